"""`crmtool task list` and `show`: what is to be done, by whom and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from crmtool.app.naming import open_around, person_named, record_named
from crmtool.app.opening import Asked, Scene
from crmtool.app.values import day_named
from crmtool.model.community import Record
from crmtool.model.records import Task

ME: Final = "me"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are asked for."""

    status: str | None = None
    """One of the five, or `all`; None: those that somebody still has to do."""
    assignee: str | None = None
    about: str | None = None
    tag: str | None = None
    subproject: str | None = None
    overdue: bool = False
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks as an audience may see them, by due day, and what everybody on them is called."""

    records: tuple[Record[Task], ...]
    names: Mapping[str, str]
    day: date

    def named(self, slug: str | None) -> str:
        """What somebody is called; nothing for nobody."""
        return self.names.get(slug, slug) if slug else ""

    def days_late(self, task: Task) -> int:
        """For how many days it is overdue."""
        return (self.day - task.due).days if task.due and task.is_overdue(self.day) else 0


def list_tasks(asked: Asked, wanted: TaskFilter) -> Tasks:
    """The tasks that fit, what is due first at the top, what has no day at the end.

    Raises:
        UsageError: a name or a day is none.

    """
    me = _likely_me(asked) if wanted.assignee == ME else ()
    typed = [n for n in (wanted.assignee, wanted.about) if n and n != ME]
    scene = _narrowed(open_around(asked, ("tasks",), (*typed, *me)), wanted)
    assignee = assignee_named(scene, wanted.assignee, lambda: _myself(scene))
    about = person_named(scene, wanted.about) if wanted.about else None
    until = day_named(wanted.until, scene.day) if wanted.until else None
    found = [
        record
        for record in scene.view.tasks.values()
        if (assignee is None or record.data.assignee == assignee)
        and (about is None or about in record.data.about)
        and (until is None or (record.data.due is not None and record.data.due <= until))
    ]
    found.sort(key=by_due)
    return Tasks(tuple(found), _names(scene), scene.day)


def _likely_me(asked: Asked) -> tuple[str, ...]:
    # Who sits here, git has to be asked; most lists are not theirs alone.
    from crmtool.app.authors import likely_author

    return likely_author(asked, None)


def _myself(scene: Scene) -> str:
    from crmtool.app.authors import find_myself

    return find_myself(scene)


def assignee_named(scene: Scene, typed: str | None, me: Callable[[], str]) -> str | None:
    """The slug of who is to do something; `me` says who sits here, should that be meant."""
    if typed is None:
        return None
    return me() if typed == ME else person_named(scene, typed)


def _narrowed(scene: Scene, wanted: TaskFilter) -> Scene:
    """The scene with no more tasks than may be shown: what is not there, nobody has to redact."""
    known = scene.records.tasks
    tasks = {slug: r for slug, r in known.items() if _fits(r.data, wanted, scene.day)}
    return replace(scene, records=replace(scene.records, tasks=tasks))


def by_due(record: Record[Task]) -> tuple[bool, date, str]:
    """The order of tasks."""
    return (record.data.due is None, record.data.due or date.min, record.slug)


def _fits(task: Task, wanted: TaskFilter, today: date) -> bool:
    right = task.is_open if wanted.status is None else wanted.status in ("all", task.status)
    return (
        right
        and (wanted.tag is None or wanted.tag in task.tags)
        and (wanted.subproject is None or task.subproject == wanted.subproject)
        and (not wanted.overdue or task.is_overdue(today))
    )


def _names(scene: Scene) -> dict[str, str]:
    return {slug: record.data.name for slug, record in scene.view.people.items()}


def show_task(asked: Asked, typed: str) -> Tasks:
    """The one task that is meant.

    Raises:
        UsageError: the audience may see none of that name, or several.

    """
    scene = open_around(asked, ("tasks", "notes"))
    return Tasks((record_named(scene.view.tasks, typed, "task"),), _names(scene), scene.day)
