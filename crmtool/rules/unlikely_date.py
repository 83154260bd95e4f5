"""unlikely-date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.model.records import Note, Person, Task
from crmtool.rules.base import Rule

_EARLIEST: Final = date(1950, 1, 1)
_DAY: Final = timedelta(days=1)
"""In some zone it is tomorrow already."""
_YEAR: Final = 366 * _DAY
_DECADE: Final = 10 * _YEAR
Said = tuple[KeyPath, date | None]


def check(community: Community) -> Iterator[Finding]:
    """A date is hardly the one that was meant.

    What: a consent, a gift or a task is not from tomorrow, a note at most a year ahead, an event
    and what is due at most ten, and nothing lies before 1950. A task is due after it was written
    down, a gift arrives after it was sent, a note expires after its own day.
    Why: one wrong digit puts a task out of everybody's sight for a hundred years.
    Bad: `due: 2126-12-01`
    Good: `due: 2026-12-01`
    """
    today = community.as_of
    for person in community.people.values():
        if person.data.consent and person.data.consent.on:
            yield from _found(person.path, _of_person(person.data), (), today)
    for note in community.notes.values():
        yield from _found(note.path, _of_note(note.data), _pairs_of_note(note.data), today)
    for task in community.tasks.values():
        data = task.data
        pair = (("due",), data.due, data.created, "it was written down")
        yield from _found(task.path, _of_task(data), (pair,), today)


def _of_person(data: Person) -> tuple[tuple[Said, timedelta], ...]:
    return (((("consent", "on"), data.consent.on if data.consent else None), _DAY),)


def _of_note(data: Note) -> tuple[tuple[Said, timedelta], ...]:
    return (
        ((("date",), data.date), _DECADE if data.kind == "event" else _YEAR),
        ((("starts",), data.starts), _DECADE),
        ((("sent",), data.sent), _DAY),
        ((("received",), data.received), _DAY),
    )


def _of_task(data: Task) -> tuple[tuple[Said, timedelta], ...]:
    return ((("created",), data.created), _DAY), ((("due",), data.due), _DECADE)


Pair = tuple[KeyPath, date | None, date | None, str]


def _pairs_of_note(data: Note) -> tuple[Pair, ...]:
    return (
        (("received",), data.received, data.sent, "it was sent"),
        (("expires",), data.expires, data.date, "its own day"),
    )


def _found(
    path: str,
    said: tuple[tuple[Said, timedelta], ...],
    pairs: tuple[Pair, ...],
    today: date | None,
) -> Iterator[Finding]:
    for (key, day), ahead in said:
        if day is None:
            continue
        if day < _EARLIEST:
            yield RULE.finding(path, f"{_called(key)} {day} is long ago", "is it the year?", key)
        elif today and day > today + ahead:
            yield RULE.finding(
                path, f"{_called(key)} {day} lies in the future", "is it the year?", key
            )
    for key, later, earlier, what in pairs:
        if later and earlier and later < earlier:
            message = f"{_called(key)} {later} is before {what} ({earlier})"
            yield RULE.finding(path, message, "correct one of the two", key)


def _called(key: KeyPath) -> str:
    return ".".join(map(str, key))


RULE: Final = Rule("unlikely-date", "warning", check)
