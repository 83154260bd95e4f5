"""`crmtool person watch`: whom somebody follows, and what those did of late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from crmtool.app.activities import ActivityFilter, activity_data, deeds
from crmtool.app.authors import find_myself, likely_author
from crmtool.app.naming import open_around, person_named, visible_people
from crmtool.app.notes import excerpt
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.app.tables import Cell, Table, cells
from crmtool.app.writing import How, Written, edited, write
from crmtool.errors import UsageError
from crmtool.model.plan import Plan

ME: Final = "me"
_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that somebody watched did, or that concerns them."""

    day: str
    who: str
    name: str
    what: str
    words: str
    data: dict[str, Any]


def watch(asked: Asked, typed: str, by: str, how: How, *, stop: bool = False) -> Written:
    """Follow somebody, or no longer.

    Raises:
        UsageError: a name is nobody's, or git's user has no record.

    """
    mine = likely_author(asked, None) if by == ME else (by,)
    scene = open_around(asked, (), (typed, *mine))
    slug = person_named(scene, typed)
    watcher = find_myself(scene) if by == ME else person_named(scene, by)
    record = scene.community.people[slug]
    others = [w for w in record.data.watchers if w != watcher]
    watchers = others if stop else [*others, watcher]
    verb = "Stop watching" if stop else "Watch"
    message = f"{verb} {slug} ({watcher})"
    if (watcher in record.data.watchers) != stop:
        return Written(Plan())
    change = edited(scene, record, {"watchers": watchers or None}, message)
    return write(scene, Plan((change,), message), how)


def watched(asked: Asked, by: str, since: date | None) -> list[Seen]:
    """What everybody whom one watches did since a day (a week ago), the newest first.

    Raises:
        UsageError: nobody is watched, or git's user has no record.

    """
    scene = open_scene(asked)
    watcher = find_myself(scene) if by == ME else person_named(scene, by)
    people = frozenset(s for s, r in visible_people(scene).items() if watcher in r.data.watchers)
    if not people:
        name = scene.view.people[watcher].data.name if watcher in scene.view.people else watcher
        raise UsageError(f"{name} watches nobody yet", "begin: crmtool person watch PERSON")
    begin = since or scene.day - timedelta(days=_DAYS)
    found = [*_deeds(scene, people, begin), *_notes(scene, people, begin)]
    return sorted(found, key=lambda seen: seen.day, reverse=True)


def _deeds(scene: Scene, people: frozenset[str], since: date) -> Iterator[Seen]:
    for deed in deeds(scene, ActivityFilter(since=since), people):
        data = activity_data(deed)
        yield Seen(deed.at, deed.who, deed.name, deed.activity.type, deed.words, data)


def _notes(scene: Scene, people: frozenset[str], since: date) -> Iterator[Seen]:
    names = {slug: record.data.name for slug, record in scene.view.people.items()}
    for record in scene.view.notes.values():
        note = record.data
        if not since <= note.date <= scene.day:
            continue
        for slug in sorted(people.intersection((*note.about, *note.roles))):
            words = excerpt(names, record)
            data = {"note": record.slug, "who": slug, "kind": note.kind}
            yield Seen(str(note.date), slug, names[slug], f"note: {note.kind}", words, data)


def watched_table(found: list[Seen]) -> Table:
    """What was seen as rows."""
    rows = (cells((s.day, s.name, s.what, Cell(s.words))) for s in found)
    return Table(("when", "who", "did", "what"), tuple(rows), "nothing new from those you watch")
