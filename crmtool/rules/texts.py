"""What people wrote, wherever it stands, and what the detectors find in it.

One pass serves all rules about personal data. The short values of a record are looked through
together first: nearly always there is nothing, and only then is each one asked for its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from pydantic import BaseModel

from crmtool.model.community import Community, Record
from crmtool.model.finding import Finding, KeyPath
from crmtool.model.records import Note, Person, Task
from crmtool.rules.base import Rule
from crmtool.rules.detect.hit import Hit, Kind
from crmtool.rules.detect.scan import EVERYWHERE, PROSE, scan
from crmtool.rules.detect.sieve import speaks_of_people, suspects

_PRIVATE: Final[tuple[Kind, ...]] = ("secret", "bank")
"""What may stand nowhere: neither in `contact` nor in a source's address."""
_IDENTITIES: Final = frozenset(("identities", "not_identities", "author"))
# Handles that are hashes, and those that look like addresses: `address-in-clear` asks for the
# policy, and on the federated networks they are none.
HANDLES: Final = tuple(
    f"{network}:"
    for network in """email-hmac git email mastodon fediverse activitypub lemmy pixelfed
    peertube""".split()
)
# Names of records and words of the format: their dates look like numbers, and nothing hides there.
_NAMES: Final = frozenset("from_note kind status stage timezone".split())
_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "title": PROSE,
    "fields": PROSE,
    "location": (*EVERYWHERE, "address"),
    "contact": _PRIVATE,
}
_AT_ONCE: Final = 2_000
"""Records that go through the sieve together."""
AnyRecord = Record[Person] | Record[Note] | Record[Task]


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
    return (each for each in community.once(_all) if each.hit.kind == kind)


def _all(community: Community) -> list[Found]:
    records = list(community.records())
    parts = [_in_records(records[n : n + _AT_ONCE]) for n in range(0, len(records), _AT_ONCE)]
    others = (_in_config(community), _in_comments(community), _in_unread(community))
    return list(chain(*parts, *others))


def _in_records(records: list[AnyRecord]) -> Iterator[Found]:
    """What records hold, of which only the suspect ones are looked at value by value."""
    said = [_said(record) for record in records]
    # Roles, places, tags and languages are the same in many records.
    different = list(dict.fromkeys(chain(*said)))
    suspect = {different[number] for number in suspects(different)}
    for record, texts in zip(records, said, strict=True):
        if not suspect.isdisjoint(texts) or speaks_of_people(_prose(record)):
            yield from _in_record(record)


def _said(record: AnyRecord) -> list[str]:
    """All that a record says, for the sieve."""
    texts = [record.body]
    for name, value in record.data.__dict__.items():
        if not value or name in _NAMES:
            continue
        if type(value) is str:
            texts.append(value)
        elif name in _IDENTITIES:
            texts += [identity for identity in value if not identity.startswith(HANDLES)]
        elif type(value) is list and type(value[0]) is str:
            texts += value
        else:
            texts += [text for _, text in values(value, ())]
    return texts


def _prose(record: AnyRecord) -> str:
    """What of a record is sentences about people."""
    data = record.data
    if isinstance(data, Task):
        return f"{data.title}\n{record.body}"
    if not isinstance(data, Person):
        return record.body
    said = [record.body] if data.kind == "person" else []
    said += [f"{name.replace('_', ' ')}: {value}" for name, value in data.fields.items()]
    if data.location:
        said.append(f"address: {data.location}")
    return "\n".join(said)


def _in_record(record: AnyRecord) -> Iterator[Found]:
    path, data = record.path, record.data
    for key, text in values(data, ()):
        if key[0] in _NAMES or (key[0] in _IDENTITIES and text.startswith(HANDLES)):
            continue
        said = f"address: {text}" if key == ("location",) else text
        yield from _in_values(path, [(key, said)], _KINDS.get(str(key[0]), EVERYWHERE))
    about_people = not isinstance(data, Person) or data.kind == "person"
    for hit in scan(record.body, PROSE if about_people else EVERYWHERE):
        yield Found(path, ("body", hit.start), hit)


def _in_values(
    path: str, said: Iterable[tuple[KeyPath, str]], kinds: tuple[Kind, ...]
) -> Iterator[Found]:
    for key, text in said:
        for hit in scan(text, kinds):
            yield Found(path, key, hit)


def _in_config(community: Community) -> Iterator[Found]:
    for key, text in values(community.config, ()):
        kinds = _PRIVATE if key[0] == "bots" else EVERYWHERE
        yield from _in_values("crm.yml", [(key, text)], kinds)
    yield from _in_values("tags.yml", values(community.tags, ()), EVERYWHERE)
    for name, source in community.sources.items():
        yield from _in_values(f"sources/{name}/source.yml", values(source, ()), _PRIVATE)


def _in_comments(community: Community) -> Iterator[Found]:
    unread = {file.path for file in community.unread}
    for comment in community.comments:
        kinds = PROSE if comment.path.endswith(".md") else EVERYWHERE
        if comment.path in unread:
            kinds = tuple(kind for kind in kinds if kind not in _PRIVATE)
        for hit in scan(comment.text, kinds):
            yield Found(comment.path, (), hit, comment.line, comment.column + hit.start)


def _in_unread(community: Community) -> Iterator[Found]:
    """In broken YAML what may stand nowhere, comments included; in a body everything."""
    for file in community.unread:
        keys, body = file.text[: file.body], file.text[file.body :]
        hits = [(hit.start, hit) for hit in scan(keys, _PRIVATE)]
        hits += [(file.body + hit.start, hit) for hit in scan(body)]
        for at, hit in hits:
            line, column = file.text.count("\n", 0, at) + 1, at - file.text.rfind("\n", 0, at)
            yield Found(file.path, (), hit, line, column)


def values(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text in a value, with its key path; a free key is part of what is said."""
    if type(value) is str:  # an Audience is one too, and says nothing
        yield key, value
    elif isinstance(value, (list, dict)):
        yield from _of_many(value, key)
    elif isinstance(value, BaseModel):
        for name, item in value.__dict__.items():
            if type(item) is str:
                yield (*key, name), item
            elif item:
                yield from values(item, (*key, name.rstrip("_")))


def _of_many(
    value: list[object] | dict[str, object], key: KeyPath
) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            said = f"{name.replace('_', ' ')}: {item}" if isinstance(item, str) else item
            yield from values(said, (*key, name))
    else:
        for number, item in enumerate(value):
            yield from values(item, (*key, number))
