"""Whom a record names."""

from __future__ import annotations

from collections.abc import Iterator

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
    yield from data.about
    if isinstance(data, Note):
        yield from (data.author, *data.roles)
    elif data.assignee:
        yield data.assignee
