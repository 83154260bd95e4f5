"""What people wrote, wherever it stands, and what the detectors find in it.

One pass serves all rules about personal data. The short values of a record are looked through
together first: nearly always there is nothing, and only then is each one asked for its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from crmtool.model.community import Community, Record
from crmtool.model.finding import Finding, KeyPath
from crmtool.model.records import Person
from crmtool.rules.base import Rule
from crmtool.rules.detect.hit import Hit, Kind
from crmtool.rules.detect.scan import EVERYWHERE, PROSE, scan

_PRIVATE: Final[tuple[Kind, ...]] = ("secret", "bank")
"""What may stand nowhere: neither in `contact` nor in a source's address."""
_IDENTITIES: Final = frozenset(("identities", "not_identities", "author"))
# Handles that are hashes, and those that look like addresses: `address-in-clear` asks for the
# policy, and on the federated networks they are none.
_HANDLES: Final = tuple(
    f"{network}:"
    for network in """email-hmac git email mastodon fediverse activitypub lemmy pixelfed
    peertube""".split()
)
Values = list[tuple[KeyPath, str]]


class Found(NamedTuple):
    """What was found, in which file, and at which key (`("body", offset)` for a body)."""

    path: str
    key: KeyPath
    hit: Hit
    line: int = 0
    column: int = 0


def report(
    rule: Rule, found: Iterable[Found], message: Callable[[Hit], str], hint: str
) -> Iterator[Finding]:
    """A finding for each, at its place; one that is in a comment knows its line."""
    for each in found:
        yield Finding(
            rule.code,
            rule.severity,
            each.path,
            message(each.hit),
            hint,
            each.key,
            each.line,
            each.column,
        )


def found(community: Community, kind: Kind) -> Iterator[Found]:
    """All of one kind that a community's records and configuration hold."""
    return (each for each in _all(_Same(community)) if each.hit.kind == kind)


class _Same:
    """A community as a key: itself and no other, since what it holds cannot be hashed."""

    def __init__(self, community: Community) -> None:
        self.community = community

    def __hash__(self) -> int:
        return id(self.community)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.community is self.community


@lru_cache(maxsize=1)
def _all(same: _Same) -> list[Found]:
    community = same.community
    parts: list[Iterator[Found]] = [_in_record(record) for record in community.records()]
    return list(chain(*parts, _in_config(community), _in_comments(community)))


def _in_record(record: Record[Any]) -> Iterator[Found]:
    path, data = record.path, record.data
    plain, contact = Values(), Values()
    for key, text in _values(data, ()):
        if key[0] in _IDENTITIES and text.startswith(_HANDLES):
            continue
        (contact if key[0] == "contact" else plain).append((key, text))
    yield from _in_values(path, plain, EVERYWHERE)
    yield from _in_values(path, contact, _PRIVATE)
    yield from _in_values(path, [v for v in plain if v[0][0] in ("title", "fields")], PROSE[4:])
    if isinstance(data, Person) and data.location and any(map(str.isdigit, data.location)):
        yield from _in_values(path, [(("location",), f"address: {data.location}")], ("address",))
    if record.body:
        about_people = getattr(data, "kind", "person") not in ("organisation", "bot")
        for hit in scan(record.body, PROSE if about_people else EVERYWHERE):
            yield Found(path, ("body", hit.start), hit)


def _in_values(path: str, values: Values, kinds: tuple[Kind, ...]) -> Iterator[Found]:
    if not values or not scan("\n\n".join([text for _, text in values]), kinds):
        return
    for key, text in values:
        for hit in scan(text, kinds):
            yield Found(path, key, hit)


def _in_config(community: Community) -> Iterator[Found]:
    config = [v for v in _values(community.config, ()) if v[0][0] != "bots"]
    yield from _in_values("crm.yml", config, EVERYWHERE)
    yield from _in_values("crm.yml", list(_values(community.config.bots, ("bots",))), _PRIVATE)
    yield from _in_values("tags.yml", list(_values(community.tags, ())), EVERYWHERE)
    for name, source in community.sources.items():
        yield from _in_values(f"sources/{name}/source.yml", list(_values(source, ())), _PRIVATE)


def _in_comments(community: Community) -> Iterator[Found]:
    for comment in community.comments:
        for hit in scan(comment.text, PROSE if comment.path.endswith(".md") else EVERYWHERE):
            yield Found(comment.path, (), hit, comment.line, comment.column + hit.start)


def _values(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text in a value, with its key path; a free key is part of what is said."""
    kind = type(value)
    if kind is str:
        yield key, str(value)
    elif isinstance(value, BaseModel):
        for name, item in value.__dict__.items():
            if item:
                yield from _values(item, (*key, name.rstrip("_")))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values(item, (*key, number))
    elif isinstance(value, dict):
        for name, item in value.items():
            if type(item) is str:
                yield (*key, name), f"{str(name).replace('_', ' ')}: {item}"
            else:
                yield from _values(item, (*key, name))
