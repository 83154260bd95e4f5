"""`crmtool task add`, `done`, `assign` and `snooze`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtool.app.authors import find_myself, likely_author
from crmtool.app.naming import open_around, persons_named, record_named
from crmtool.app.opening import Asked, Scene
from crmtool.app.stems import free_stem, stem_words
from crmtool.app.tasks import ME, assignee_named
from crmtool.app.values import day_named
from crmtool.app.writing import How, Written, edited, write
from crmtool.errors import Refused, UsageError
from crmtool.model.community import Record
from crmtool.model.days import read_day
from crmtool.model.plan import Change, Plan
from crmtool.model.records import Task
from crmtool.model.repeat import WORDS, following, read_repeat
from crmtool.text.render import record as render_record

if TYPE_CHECKING:
    from crmtool.text.render import Value

ORDER: Final = tuple(Task.model_fields)
_WORDS: Final = 7
_LATER: Final = "+1w"


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as it is asked for: names and days still in people's words."""

    title: str
    about: tuple[str, ...] = ()
    assignee: str | None = None
    due: str | None = None
    repeat: str | None = None
    message: str = ""
    subproject: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who is named."""
        assignee = (self.assignee,) if self.assignee and self.assignee != ME else ()
        return (*self.about, *assignee)


def add_task(asked: Asked, new: NewTask, how: How) -> Written:
    """Write a new task.

    Raises:
        UsageError: a name, a day or a repeat rule is none.
        Unfit: a rule finds an error in it.

    """
    me = likely_author(asked, None) if new.assignee == ME else ()
    scene = open_around(asked, (), (*new.names, *me))
    change = task_change(scene, new, me=lambda: find_myself(scene))
    return write(scene, Plan((change,), f"Add a task: {new.title}"), how)


def task_change(
    scene: Scene, new: NewTask, *, from_note: str | None = None, me: Callable[[], str]
) -> Change:
    """The file of a new task; `me` says who sits here, should they mean to do it themselves.

    Raises:
        UsageError: a name, a day or a repeat rule is none.

    """
    due = day_named(new.due, scene.day) if new.due else None
    values: dict[str, Any] = {
        "title": " ".join(new.title.split()),
        "status": "open",
        "assignee": assignee_named(scene, new.assignee, me),
        "due": due or (scene.day if new.repeat else None),
        "about": persons_named(scene, new.about) or None,
        "subproject": new.subproject,
        "repeat": _rule(new.repeat) if new.repeat else None,
        "created": scene.day,
        "from_note": from_note,
    }
    words = stem_words(new.title, _WORDS) or "task"
    return new_file(
        scene, {key: values.get(key) for key in ORDER}, words, new.message, "a new task"
    )


def new_file(scene: Scene, values: Mapping[str, Any], words: str, body: str, why: str) -> Change:
    """A task's file, named by the day on which it is made."""
    stem = free_stem(scene, "tasks", f"{scene.day}-{words}")
    return Change(
        f"tasks/{scene.day:%Y}/{stem}.md", None, render_record(values, body).encode(), why
    )


def _rule(text: str) -> str:
    try:
        return read_repeat(text)
    except ValueError as error:
        hint = f"write {', '.join(WORDS)}, or a rule such as FREQ=WEEKLY;BYDAY=MO"
        raise UsageError(f"{text[:40]!r} {error}", hint) from None


def finish_tasks(asked: Asked, typed: Sequence[str], how: How, *, dropped: bool = False) -> Written:
    """Mark tasks as done, or dropped; one that repeats comes again, when it was done.

    Raises:
        UsageError: there is no such task.
        Refused: it is over already.

    """
    scene = open_around(asked, ("tasks",))
    records = [_task(scene, name) for name in typed]
    status = "dropped" if dropped else "done"
    changes: list[Change] = []
    for record in {r.slug: r for r in records}.values():
        _require_open(record)
        changes.append(edited(scene, record, {"status": status}, f"is {status}"))
        if not dropped and (again := _again(scene, record)):
            changes.append(again)
    titles = ", ".join(record.data.title for record in records)
    return write(scene, Plan(tuple(changes), f"{status.title()}: {titles}"), how)


def _task(scene: Scene, typed: str) -> Record[Task]:
    """The record itself, of a task that the audience may see."""
    seen = {s: r for s, r in scene.community.tasks.items() if s in scene.view.tasks}
    return record_named(seen, typed, "task")


def _require_open(record: Record[Task]) -> None:
    if not record.data.is_open:
        raise Refused(
            f"{record.data.title!r} is {record.data.status} already, so nothing was done",
            f"see it: crmtool task show {record.slug}",
        )


def _again(scene: Scene, record: Record[Task]) -> Change | None:
    """The next one of a task that repeats."""
    task = record.data
    if task.repeat is None:
        return None
    begin = task.due or scene.day
    try:
        found = following(task.repeat, begin, scene.day)
    except ValueError as error:
        hint = "correct it; a rule looks like FREQ=WEEKLY;BYDAY=MO"
        raise UsageError(f"{record.path}: repeat: {error}", hint) from None
    if found is None:
        return None
    due, rule = found
    said = task.model_dump(exclude_unset=True, mode="json")
    values = said | {"status": "open", "due": due, "repeat": rule, "created": scene.day}
    words = record.slug[11:] if record.slug[:4].isdigit() else record.slug
    body = record.body.replace("- [x]", "- [ ]").replace("- [X]", "- [ ]")
    ordered = {key: values[key] for key in ORDER if key in values}
    return new_file(scene, ordered, words, body, f"{task.repeat} has it come again")


def assign_task(asked: Asked, typed: str, whom: str, how: How) -> Written:
    """Give a task to somebody.

    Raises:
        UsageError: there is no such task or person.

    """
    me = likely_author(asked, None) if whom == ME else (whom,)
    scene = open_around(asked, ("tasks",), me)
    record = _task(scene, typed)
    slug = assignee_named(scene, whom, lambda: find_myself(scene)) or ""
    return _edit(scene, record, {"assignee": slug}, f"Give to {slug}", how)


def snooze_task(asked: Asked, typed: str, until: str | None, how: How) -> Written:
    """Put a task off, by a week from today unless a day is given.

    Raises:
        UsageError: there is no such task, or it is no day, or one that has passed.

    """
    scene = open_around(asked, ("tasks",))
    record = _task(scene, typed)
    day = day_named(until, scene.day) if until else read_day(_LATER, scene.day)
    if day <= scene.day:
        raise UsageError(f"{day} is not in the future", "a task is put off to a later day")
    return _edit(scene, record, {"due": day}, f"Put off to {day}", how)


def _edit(
    scene: Scene,
    record: Record[Task],
    values: Mapping[str, Value | None],
    what: str,
    how: How,
) -> Written:
    _require_open(record)
    change = edited(scene, record, values, what)
    same = change.new == scene.tree.read(record.path)
    plan = Plan(() if same else (change,), f"{what}: {record.data.title}")
    return write(scene, plan, how)
