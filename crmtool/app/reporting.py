"""`crmtool report`: one month in figures, as text, Markdown or JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from crmtool.app.opening import Asked, open_scene
from crmtool.metrics.engine import Engine
from crmtool.model.figures import Report
from crmtool.publish.report_text import as_markdown, as_text


def report(
    asked: Asked, month: str | None, subproject: str | None = None
) -> tuple[Report, dict[str, str]]:
    """One month's report and the names of those it mentions; the last whole month unless asked.

    Raises:
        UsageError: no such month or subproject.

    """
    scene = open_scene(asked)
    with Engine(scene.view, scene.day) as engine:
        found = engine.report(month or _month_before(scene.day), subproject)
    return found, {slug: record.data.name for slug, record in scene.view.people.items()}


def _month_before(day: date) -> str:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year:04}-{month:02}"


def report_text(found: Report, names: dict[str, str]) -> str:
    """A report for a terminal."""
    return as_text(found, names)


def report_markdown(found: Report, names: dict[str, str]) -> str:
    """A report to paste into a page or a message."""
    return as_markdown(found, names)


def report_data(found: Report) -> dict[str, Any]:
    """A report for programs."""
    return asdict(found)
