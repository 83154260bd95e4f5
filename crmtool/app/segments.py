"""`crmtool segment`: saved questions about people, asked and exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.app.tables import Cell, Table, cells
from crmtool.errors import UsageError
from crmtool.metrics.engine import Engine
from crmtool.metrics.segments import FIGURES, columns_of, people_rows, select
from crmtool.model.config import Segment
from crmtool.model.figures import PersonFigures
from crmtool.model.guessing import guess
from crmtool.model.records import Audience, Person
from crmtool.model.segment import Condition, read_condition

SHOWN: Final = (
    "slug name kind location tags owner first_seen last_seen contributions conversations".split()
)
"""The columns that a list and an export have."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Who a segment finds, a row each; and how many may not be written to, if that was asked."""

    title: str
    rows: tuple[dict[str, Any], ...]
    names: Mapping[str, str]
    without_consent: int = 0


def list_segments(asked: Asked) -> Table:
    """Every segment with the number of people whom it finds, or why it finds none."""
    scene = open_scene(asked)
    segments = scene.view.tags.segments
    conditions = {name: read_condition(segment.where) for name, segment in segments.items()}
    rows = _rows(scene, conditions.values())
    found = (
        cells((name, _number(scene, rows, conditions[name]), segment.title))
        for name, segment in segments.items()
    )
    empty = "no segments; see segments in tags.yml"
    return Table(("segment", "people", "what"), tuple(found), empty)


def _number(scene: Scene, rows: list[dict[str, Any]], condition: Condition) -> Cell:
    try:
        return Cell(str(len(select(rows, condition, scene.day))))
    except UsageError as error:
        return Cell(error.message.removeprefix("the condition "), "bad")


def run_segment(
    asked: Asked, name: str | None, where: str | None, *, emails: bool = False
) -> Selection:
    """Whom a segment, or a condition typed in, finds.

    Raises:
        UsageError: there is no such segment, its condition cannot be asked, or addresses are
            asked for somebody who may not see them.

    """
    if emails and asked.audience is not Audience.STEWARDS:
        raise UsageError(
            f"e-mail addresses are not for the {asked.audience}", "add --audience stewards"
        )
    scene = open_scene(asked)
    segment = _segment(scene, name) if name else Segment(title=where or "", where=where or "TRUE")
    condition = read_condition(segment.where)
    # The faults of a condition are told before the feeds are read.
    rows = [] if condition.faults else _rows(scene, [condition], shown=True)
    slugs = set(select(rows, condition, scene.day))
    names = {slug: record.data.name for slug, record in scene.view.people.items()}
    found = [{c: row[c] for c in SHOWN} for row in rows if row["slug"] in slugs]
    if not emails:
        return Selection(segment.title, tuple(found), names)
    willing = list(_with_emails(scene, found))
    return Selection(segment.title, tuple(willing), names, len(found) - len(willing))


def segment_slugs(scene: Scene, name: str) -> set[str]:
    """The slugs of whom a segment finds.

    Raises:
        UsageError: see `run_segment`.

    """
    condition = read_condition(_segment(scene, name).where)
    rows = [] if condition.faults else _rows(scene, [condition])
    return set(select(rows, condition, scene.day))


def _segment(scene: Scene, name: str) -> Segment:
    segments = scene.view.tags.segments
    if name not in segments:
        hint = guess(name, segments, "list them: crmtool segment list")
        raise UsageError(f"there is no segment {name[:64]!r}", hint)
    return segments[name]


def _rows(
    scene: Scene, conditions: Iterable[Condition], *, shown: bool = False
) -> list[dict[str, Any]]:
    """The view `people`; the feeds are read only where a condition or the answer needs them."""
    figures: Mapping[str, PersonFigures] = {}
    levels: Mapping[str, int] = {}
    if shown or any(FIGURES & columns_of(condition) for condition in conditions):
        with Engine(scene.view, scene.day) as engine:
            figures, levels = engine.people(), engine.levels()
    return list(people_rows(scene.view, figures, levels, scene.day))


def _with_emails(scene: Scene, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those who agreed to be written to, with their address."""
    for row in rows:
        person = scene.view.people[row["slug"]].data
        if may_be_written_to(person):
            yield row | {"email": person.contact.email if person.contact else None}


def may_be_written_to(person: Person) -> bool:
    """Whether somebody has an address here and said that it may be used."""
    agreed = person.consent is not None and person.consent.contact is True
    return agreed and person.contact is not None and person.contact.email is not None


LISTED: Final = ("name", "slug", "location", "tags", "owner", "last_seen", "contributions")
"""The columns that fit a terminal."""


def selection_table(found: Selection, columns: tuple[str, ...] = ()) -> Table:
    """A selection as rows, of these columns or of all."""
    columns = columns or (tuple(found.rows[0]) if found.rows else tuple(SHOWN))
    rows = (cells(_shown(found, c, row[c]) for c in columns) for row in found.rows)
    return Table(columns, tuple(rows), f"nobody: {found.title}")


def _shown(found: Selection, column: str, value: object) -> object:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return found.names.get(str(value), value) if column == "owner" and value else value
