"""Tasks: a board of what is open, a list of what is over, and a page each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Record
from crmtool.model.records import Task
from crmtool.publish.index import note_title
from crmtool.publish.kit import Entry, Kit, Page
from crmtool.publish.paths import note_path, task_path

_OPEN: Final = (("open", "Open"), ("doing", "Doing"), ("waiting", "Waiting"))
_OVER: Final = 100


def pages(kit: Kit) -> Iterator[Page]:
    """The board, then every task."""
    tasks, today = kit.site.tasks, kit.site.as_of
    over = sorted(
        (r for r in tasks if not r.data.is_open),
        key=lambda r: (r.data.due or r.data.created or today, r.slug),
        reverse=True,
    )
    yield kit.page(
        "tasks/index.html",
        "Tasks",
        "tasks.html",
        columns=[
            (title, kit.task_lines([r for r in tasks if r.data.status == status]))
            for status, title in _OPEN
        ],
        overdue=sum(r.data.is_overdue(today) for r in tasks),
        open_count=len(tasks) - len(over),
        over=kit.task_lines(over[:_OVER]),
        over_count=len(over),
        search=Entry("Tasks", "What is to be done"),
    )
    for record in tasks:
        yield _task(kit, record)


def _task(kit: Kit, record: Record[Task]) -> Page:
    task = record.data
    note = kit.site.view.notes.get(task.from_note) if task.from_note else None
    return kit.page(
        task_path(record.slug),
        task.title,
        "task.html",
        line=kit.task_lines([record])[0],
        record=record,
        task=task,
        body=kit.html(record.body) if record.body.strip() else "",
        note=(note_title(note), note_path(note.slug)) if note else None,
        search=Entry(task.title, f"Task, {task.status}", tuple(task.tags)),
    )
