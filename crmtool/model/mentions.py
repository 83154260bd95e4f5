"""Whom a record names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from crmtool.model.community import Record
from crmtool.model.links import LINK, target
from crmtool.model.records import Note, Person, Task
from crmtool.model.scalars import SLUG


def links(body: str) -> Iterator[str]:
    """What the `[[links]]` of a text name: people or notes."""
    return (name for found in LINK.finditer(body) if SLUG.match(name := target(found[1])))


def named(record: Record[Person] | Record[Note] | Record[Task]) -> Iterator[str]:
    """Everybody whom a record names, and the note that it comes from."""
    yield from mentions(record)
    if isinstance(record.data, Task) and record.data.from_note:
        yield record.data.from_note


def mentions(record: Record[Person] | Record[Note] | Record[Task]) -> Iterator[str]:
    """The slugs, aliases and accounts of everybody whom a record names, in no order."""
    data = record.data
    yield from links(record.body)
    if isinstance(data, Person):
        yield from (a.organisation for a in data.affiliations)
        yield from (*data.watchers, *data.not_same_as)
        if data.owner:
            yield data.owner
        return
    yield from concerned(data)
    if isinstance(data, Note):
        yield data.author


def concerned(data: Note | Task) -> Iterator[str]:
    """Whom a note or task is about, who was what in it, and who is to do it."""
    yield from data.about
    if isinstance(data, Note):
        yield from data.roles
    elif data.assignee:
        yield data.assignee


def own_names(person: Record[Person]) -> tuple[str, ...]:
    """The slug of a person, and those that they had before."""
    return (person.slug, *person.data.aliases)


def theirs(
    slugs: Iterable[str],
    people: Mapping[str, Record[Person]],
    notes: Mapping[str, Record[Note]],
    tasks: Mapping[str, Record[Task]],
) -> set[str]:
    """The notes and tasks, by their stems, that concern these people, and what they link to."""
    known = [people[slug] for slug in slugs]
    names = {name for person in known for name in own_names(person)}
    records: list[Record[Note] | Record[Task]] = [*notes.values(), *tasks.values()]
    found = [record for record in records if not names.isdisjoint(concerned(record.data))]
    linked = chain.from_iterable(map(mentions, (*known, *found)))
    return {*(record.slug for record in found), *linked}
