"""Tasks as a table and as a page of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from crmtool.app.tables import Cell, Table, cells
from crmtool.app.tasks import Tasks
from crmtool.model.community import Record
from crmtool.model.records import Task

_DATED: Final = re.compile(r"\A\d{4}-\d{2}-\d{2}-(?=.)")


def task_table(tasks: Tasks) -> Table:
    """Tasks as rows; what is overdue is marked, and so is what somebody waits for."""
    short = Counter(_short(record.slug) for record in tasks.records)
    rows = (
        cells(
            (
                _due(tasks, record.data),
                record.slug if short[_short(record.slug)] > 1 else _short(record.slug),
                Cell(record.data.title + _state(record.data), "" if record.data.is_open else "dim"),
                tasks.named(record.data.assignee) or Cell("nobody", "dim"),
                ", ".join(map(tasks.named, record.data.about)),
            )
        )
        for record in tasks.records
    )
    empty = "no tasks that fit; write one: crmtool task add TITLE"
    return Table(("due", "name", "task", "who", "about"), tuple(rows), empty)


def _short(slug: str) -> str:
    """A name without the day that it begins with, which finds the task as well."""
    return _DATED.sub("", slug)


def _due(tasks: Tasks, task: Task) -> Cell:
    if task.due is None:
        return Cell("no day", "dim")
    late = tasks.days_late(task)
    return Cell(f"{task.due} overdue {late}d", "bad") if late else Cell(str(task.due))


def _state(task: Task) -> str:
    return f" ({task.status})" if task.status not in ("open", "done") else ""


def task_lines(tasks: Tasks, record: Record[Task]) -> Iterator[str]:
    """One task for a terminal."""
    task = record.data
    late = tasks.days_late(task)
    yield f"{task.title} · {task.status}"
    yield f"  {record.path}"
    facts = {
        "due": f"{task.due}" + (f" (overdue for {late} days)" if late else "") if task.due else "",
        "assignee": _with_slug(tasks, task.assignee),
        "about": ", ".join(_with_slug(tasks, slug) for slug in task.about),
        "repeats": task.repeat or "",
        "part": task.subproject or "",
        "tags": ", ".join(task.tags),
        "created": str(task.created or ""),
        "from note": task.from_note or "",
        "for": "" if task.visibility == "team" else str(task.visibility),
    }
    yield from (f"  {name:<11}{value}" for name, value in facts.items() if value)
    if record.body.strip():
        yield ""
        yield from (f"  {line}" for line in record.body.strip().splitlines())


def _with_slug(tasks: Tasks, slug: str | None) -> str:
    return f"{tasks.named(slug)} ({slug})" if slug in tasks.names else slug or ""
