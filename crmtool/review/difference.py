"""Two states of a community, and what happened between them as a person would say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crmtool.model.community import Community, Record
from crmtool.model.records import Note, Person, Task


def difference(before: Community, after: Community) -> Iterator[str]:
    """A sentence for each person, note or task that came, went or changed; deletions first."""
    rooms: tuple[tuple[Mapping[str, Any], Mapping[str, Any], Callable[..., Any]], ...] = (
        (before.people, after.people, _person),
        (before.notes, after.notes, _note),
        (before.tasks, after.tasks, _task),
    )
    for old, new, _ in rooms:
        for slug in sorted(old.keys() - new.keys()):
            yield f"{old[slug].path} is deleted"
    for old, new, say in rooms:
        for slug in sorted(new):
            if slug not in old:
                yield from say(slug, new[slug])
            elif (old[slug].data, old[slug].body) != (new[slug].data, new[slug].body):
                yield from _changed(slug, old[slug], new[slug])


def _person(slug: str, record: Record[Person]) -> Iterator[str]:
    what = {"person": "new person", "organisation": "new organisation", "bot": "new bot"}
    yield f"{record.data.name} ({slug}): {what[record.data.kind]}"


def _note(_: str, record: Record[Note]) -> Iterator[str]:
    about = ", ".join(record.data.about) or "nobody in particular"
    yield f"new {record.data.kind} note of {record.data.date} about {about}"


def _task(_: str, record: Record[Task]) -> Iterator[str]:
    task = record.data
    due = f" due {task.due}" if task.due else ""
    whom = f" for {task.assignee}" if task.assignee else ""
    yield f"new task{due}{whom}: {task.title}"


def _changed(slug: str, old: Record[Any], new: Record[Any]) -> Iterator[str]:
    words = []
    for key in type(new.data).model_fields:
        was, now = getattr(old.data, key), getattr(new.data, key)
        if was == now:
            continue
        if isinstance(now, list) and all(isinstance(v, str) for v in (*was, *now)):
            words += [f"new {_single(key)} {v}" for v in now if v not in was]
            words += [f"{_single(key)} {v} removed" for v in was if v not in now]
        elif was is None:
            words.append(f"{key} is now {now}")
        elif now is None:
            words.append(f"{key} removed")
        else:
            words.append(f"{key} changed")
    if old.body != new.body:
        words.append("text changed")
    yield f"{slug}: {'; '.join(words)}"


def _single(key: str) -> str:
    return {"identities": "identity", "watchers": "watcher", "aliases": "alias"}.get(
        key, key.removesuffix("s")
    )
