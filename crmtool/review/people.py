"""What a change means for the people on record: who came, went, was joined, and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from crmtool.model.community import Record
from crmtool.model.records import Affiliation, Audience, Person
from crmtool.review.statement import Part, Sentence, Statement, sentence

Records = Mapping[str, Record[Person]]

_CAME: Final = {
    "person": "new person",
    "organisation": "new organisation",
    "bot": "new bot",
}
_LISTS: Final = {
    "identities": "identity",
    "tags": "tag",
    "languages": "language",
    "links": "link",
    "watchers": "watcher",
    "not_identities": "identity that is not theirs:",
}
_PLAIN: Final = ("kind", "pronouns", "location", "timezone", "owner")


def people_statements(
    before: Records, after: Records, owners: Mapping[str, str]
) -> Iterator[Statement]:
    """Who came, went, was renamed or joined with another; then what changed on each.

    `owners` tells whose each identity was before.
    """
    heirs = {alias: slug for slug, record in after.items() for alias in record.data.aliases}
    for slug in sorted(before.keys() - after.keys()):
        record = before[slug]
        heir = heirs.get(slug)
        if heir is None:
            yield Statement(Part.LOSS, _called(record), (sentence("record deleted"),), record.path)
        elif heir in before:
            joined = sentence("joined with {} into one", _called(after[heir]))
            yield Statement(Part.PEOPLE, _called(record), (joined,), after[heir].path)
    for slug in sorted(after):
        yield from _one(slug, before, after, owners)


def _one(
    slug: str, before: Records, after: Records, owners: Mapping[str, str]
) -> Iterator[Statement]:
    record = after[slug]
    was = before.get(slug) or next(
        (before[a] for a in record.data.aliases if a in before and a not in after), None
    )
    if was is None:
        yield _statement(Part.PEOPLE, record, _arrival(record, owners))
    elif was is not record:
        renamed = [sentence("renamed from {} to {}", was.slug, slug)] * (was.slug != slug)
        yield _statement(Part.PEOPLE, record, [*renamed, *_ordinary(was, record, owners)])
    yield _statement(Part.PRIVACY, record, _private(was.data if was else None, record.data))


def _statement(part: Part, record: Record[Person], found: Iterable[Sentence]) -> Statement:
    return Statement(part, _called(record), tuple(found), record.path)


def _called(record: Record[Person]) -> str:
    """A person by name; of one whom stewards alone may see, the file's name has to do."""
    hidden = record.data.visibility is Audience.STEWARDS
    return record.slug if hidden else f"{record.data.name} ({record.slug})"


def _arrival(record: Record[Person], owners: Mapping[str, str]) -> Iterator[Sentence]:
    yield sentence(_CAME[record.data.kind])
    for name in record.data.identities:
        if name in owners:
            yield sentence("takes {} from {}", name, owners[name])


def _ordinary(
    was: Record[Person], record: Record[Person], owners: Mapping[str, str]
) -> Iterator[Sentence]:
    old, new = was.data, record.data
    if old.name != new.name:
        yield sentence("now called {}, was {}", new.name, old.name)
    for key, word in _LISTS.items():
        yield from _listed(word, getattr(old, key), getattr(new, key), owners, record.slug)
    yield from _apart(old, new)
    yield from _affiliations(old.affiliations, new.affiliations)
    for key in _PLAIN:
        yield from plain(key, getattr(old, key), getattr(new, key))
    if old.staff != new.staff:
        yield sentence("now counts as staff" if new.staff else "no longer counts as staff")
    yield from _fields(old, new)
    if was.body != record.body:
        yield sentence("text changed")


def _apart(old: Person, new: Person) -> Iterator[Sentence]:
    for slug in new.not_same_as:
        if slug not in old.not_same_as:
            yield sentence("is not the same person as {}", slug)
    for slug in old.not_same_as:
        if slug not in new.not_same_as:
            yield sentence("may be the same person as {} after all", slug)


def _fields(old: Person, new: Person) -> Iterator[Sentence]:
    """Which custom fields changed: their values may be for fewer eyes than a review."""
    for key in sorted(old.fields.keys() | new.fields.keys()):
        if old.fields.get(key) != new.fields.get(key):
            yield sentence("field {} " + _what(key in old.fields, key in new.fields), key)


def _listed(
    word: str, old: list[str], new: list[str], owners: Mapping[str, str], slug: str
) -> Iterator[Sentence]:
    for value in new:
        if value not in old:
            holder = owners.get(value) if word == "identity" else None
            if holder and holder != slug:
                yield sentence("takes {} from {}", value, holder)
            else:
                yield sentence(f"new {word} {{}}", value)
    for value in old:
        if value not in new:
            yield sentence(f"{word} {{}} removed", value)


def plain(key: str, old: object, new: object) -> Iterator[Sentence]:
    """What became of a single value."""
    if old == new:
        return
    if old is None:
        yield sentence(f"{key} is now {{}}", new)
    elif new is None:
        yield sentence(f"{key} {{}} removed", old)
    else:
        yield sentence(f"{key} is now {{}}, was {{}}", new, old)


def _affiliations(old: list[Affiliation], new: list[Affiliation]) -> Iterator[Sentence]:
    were = {a.organisation for a in old}
    for found in new:
        if found not in old and found.organisation not in were:
            yield sentence("now with {}", found.organisation)
        elif found not in old:
            yield sentence("affiliation with {} changed", found.organisation)
    for gone in sorted(were - {a.organisation for a in new}):
        yield sentence("affiliation with {} removed", gone)


def _what(was: bool, is_now: bool) -> str:  # noqa: FBT001 (two answers to one question)
    return "changed" if was and is_now else "added" if is_now else "removed"


def _private(old: Person | None, new: Person) -> Iterator[Sentence]:
    """What a steward should see; values of contact data are never repeated."""
    if old is not None and new.visibility.may_see(old.visibility) is False:
        yield sentence(
            "wider visible: {} may see this, only {} could before", new.visibility, old.visibility
        )
    if old is None and new.visibility is Audience.PUBLIC:
        yield sentence("visible to the public")
    if old is not None and old.restricted and not new.restricted:
        yield sentence("no longer restricted: back in outputs and figures")
    if (old is None or not old.restricted) and new.restricted:
        yield sentence("restricted: out of every output and figure")
    yield from _contact(old, new)
    if old is not None and _later(old.retain_until, new.retain_until):
        yield sentence("kept until {}, was {}", new.retain_until or "ever", old.retain_until)


def _later(old: date | None, new: date | None) -> bool:
    return old is not None and (new is None or new > old)


def _contact(old: Person | None, new: Person) -> Iterator[Sentence]:
    for key in ("contact", "consent"):
        was, now = _stated(old, key), _stated(new, key)
        for name in sorted(was.keys() | now.keys()):
            if was.get(name) != now.get(name):
                yield sentence(f"{key} {name} {_what(name in was, name in now)}")


def _stated(person: Person | None, key: str) -> dict[str, Any]:
    value = getattr(person, key, None)
    return value.model_dump(exclude_none=True) if value else {}
