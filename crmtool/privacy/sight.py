"""What one audience may see: who, which notes and tasks, and what stands in for the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, TypeVar

from crmtool.model.community import Community, Record
from crmtool.model.records import Audience, Note, Person, Task

V = TypeVar("V")

NOBODY: Final = "~"
"""Stands where a person has to be named and may not even be counted."""

_PEOPLE_WORDS: Final = {"person": "somebody", "organisation": "an organisation", "bot": "a bot"}


@dataclass(frozen=True)
class Sight:
    """Every name that records use for each other, sorted into seen and unseen.

    What is neither (a reference to nothing) counts as unseen: it may name a forgotten person.
    """

    audience: Audience
    people: Mapping[str, str]
    """Each slug and alias that may be named, to the slug in use."""
    pseudonyms: Mapping[str, str]
    """Each slug and alias that may be counted and not named, to `~n`."""
    notes: Mapping[str, str]
    """Each note's stem to the one it has for this audience."""
    tasks: Mapping[str, str]
    words: Mapping[str, str]
    """What a link to something unseen becomes."""

    @property
    def is_steward(self) -> bool:
        """Whether nothing is kept from this audience but who is restricted."""
        return self.audience is Audience.STEWARDS

    def person(self, name: str | None) -> str | None:
        """The slug in use, None for whom this audience may not see."""
        return self.people.get(name) if name else None

    def persons(self, names: Iterable[str]) -> list[str]:
        """The slugs in use of those who may be seen, each once."""
        return list(dict.fromkeys(slug for slug in map(self.person, names) if slug))

    def by_person(self, mapping: Mapping[str, V]) -> dict[str, V]:
        """The entries of those who may be seen."""
        return {slug: v for name, v in mapping.items() if (slug := self.person(name))}

    def link(self, name: str) -> str | None:
        """What stands for `[[name]]`; None where the link may stay as it is."""
        new = self.notes.get(name) or self.people.get(name)
        if new is not None:
            return None if new == name else f"[[{new}]]"
        return self.words.get(name)


def look(community: Community, audience: Audience) -> Sight:
    """Sort a community's records for one audience."""
    people = _names(community.people, audience)
    hidden = {s: r for s, r in community.people.items() if not _may_be_named(r.data, audience)}
    numbers = _pseudonyms(s for s, r in hidden.items() if not r.data.restricted)
    notes = _stems(
        (r, (r.data.author, *r.data.about, *r.data.roles))
        for r in community.notes.values()
        if _is_open(r.data.audience, (*r.data.about, *r.data.roles), people, audience)
    )
    tasks = _stems(
        (r, (r.data.assignee or "", *r.data.about))
        for r in community.tasks.values()
        if _is_open(r.data.visibility, tuple(r.data.about), people, audience)
    )
    words = dict.fromkeys(community.tasks.keys() - tasks.keys(), "a task")
    words |= dict.fromkeys(community.notes.keys() - notes.keys(), "a note")
    for record in hidden.values():
        words |= dict.fromkeys(_all_names(record), _PEOPLE_WORDS[record.data.kind])
    return Sight(
        audience,
        people,
        {name: n for s, n in numbers.items() for name in _all_names(hidden[s])},
        dict(_renamed(notes, hidden, people)),
        dict(_renamed(tasks, hidden, people)),
        words,
    )


def _may_be_named(person: Person, audience: Audience) -> bool:
    return not person.restricted and audience.may_see(person.visibility)


def _all_names(record: Record[Person]) -> tuple[str, ...]:
    return (record.slug, *record.data.aliases)


def _names(people: Mapping[str, Record[Person]], audience: Audience) -> dict[str, str]:
    """Who may be named. An alias that somebody bears as a slug today is theirs, seen or not."""
    chosen = [r for r in people.values() if _may_be_named(r.data, audience)]
    named = {a: r.slug for r in chosen for a in r.data.aliases if a not in people}
    return named | {r.slug: r.slug for r in chosen}


def _pseudonyms(slugs: Iterable[str]) -> dict[str, str]:
    """`~1`, `~2`… in an order that is stable and not the alphabet's, which would tell something."""
    ordered = sorted(slugs, key=lambda slug: hashlib.sha256(slug.encode()).digest())
    return {slug: f"~{number}" for number, slug in enumerate(ordered, 1)}


def _is_open(
    visibility: Audience, subjects: tuple[str, ...], people: Mapping[str, str], audience: Audience
) -> bool:
    """Whether a note or task may be seen: by its own word, and somebody it is about may be too."""
    if not audience.may_see(visibility):
        return False
    return not subjects or any(subject in people for subject in subjects)


def _stems(
    found: Iterable[tuple[Record[Note] | Record[Task], tuple[str, ...]]],
) -> dict[str, tuple[str, ...]]:
    return {record.slug: names for record, names in found}


def _renamed(
    stems: Mapping[str, tuple[str, ...]],
    hidden: Mapping[str, Record[Person]],
    people: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Stems, free of the names of those they may not name (`2026-11-21-call-with-ada`)."""
    slugs = {name: slug for slug, r in hidden.items() for name in _all_names(r)}
    for stem, names in stems.items():
        unseen = {slugs[name] for name in names if name in slugs and name not in people}
        new = f"-{stem}-"
        for name in sorted((n for s in unseen for n in _all_names(hidden[s])), key=len)[::-1]:
            new = new.replace(f"-{name}-", "-somebody-")
        new = new[1:-1]
        if new != stem and new in stems:
            new += "-" + hashlib.sha256(stem.encode()).hexdigest()[:6]
        yield stem, new


def new_path(path: str, stem: str) -> str:
    """A record's path under another stem."""
    return str(PurePosixPath(path).with_name(f"{stem}.md"))
