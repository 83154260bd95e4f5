"""The view `people` that the conditions of segments ask, and the asking.

A database of its own holds nothing but these rows: what a condition could reach by a hole in its
reading is what it may ask for anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from crmtool.errors import UsageError
from crmtool.metrics.database import scopes
from crmtool.model.community import Record
from crmtool.model.figures import PersonFigures
from crmtool.model.records import Person
from crmtool.model.scalars import zone
from crmtool.model.segment import PEOPLE_COLUMNS, Condition
from crmtool.model.view import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIGURES: Final = frozenset(
    "first_seen last_seen contributions conversations sources subprojects level".split()
)
"""The columns that are computed from the feeds; the others stand in the records."""
_FURTHEST: Final = 4
"""The orbit level of who has done nothing lately."""
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "enable_external_access": False,
}


@dataclass(frozen=True, slots=True)
class _Moment:
    """What turns a record and its figures into a row."""

    day: date
    zone: ZoneInfo
    scopes: Mapping[str, frozenset[str]]
    """The subprojects of each source."""
    levels: Mapping[str, int]


def columns_of(condition: Condition) -> frozenset[str]:
    """The columns that a condition asks for."""
    from sqlglot.expressions import Column

    found = condition.tree.find_all(Column) if condition.tree else ()
    return frozenset(column.name.lower() for column in found)


def people_rows(
    view: View, figures: Mapping[str, PersonFigures], levels: Mapping[str, int], day: date
) -> Iterator[dict[str, Any]]:
    """Everybody in a view as a row of `people`: every column by its name."""
    belongs: dict[str, set[str]] = {}
    for scope, source in scopes(view):
        belongs.setdefault(source, set()).update({scope} - {""})
    sources = {source: frozenset(names) for source, names in belongs.items()}
    moment = _Moment(day, zone(view.config.community.timezone), sources, levels)
    for slug, record in view.people.items():
        yield {name: _COLUMNS[name](record, figures.get(slug), moment) for name in PEOPLE_COLUMNS}


def select(rows: list[dict[str, Any]], condition: Condition, day: date) -> list[str]:
    """The slugs of the rows that fulfil a condition, in their order.

    Raises:
        UsageError: it has faults, or fails on a value.

    """
    if condition.faults:
        first = condition.faults[0]
        raise UsageError(f"the condition {first.message}", first.hint)
    import duckdb

    with duckdb.connect(config=_CONFIG) as database:
        declared = ", ".join(f'"{name}" {c.type}' for name, c in PEOPLE_COLUMNS.items())
        database.execute(f"CREATE TABLE people ({declared})")
        _fill(database, rows)
        database.execute("SET lock_configuration = TRUE")
        try:
            # Not the file's text: what the reader of conditions wrote from what it understood.
            where = condition.sql(day)
            found = database.execute(f"SELECT slug FROM people WHERE {where}").fetchall()  # noqa: S608
        except duckdb.Error as error:
            words = str(error).splitlines()[0]
            raise UsageError(f"the condition cannot be asked: {words}", "correct it") from None
    fitting = {slug for (slug,) in found}
    return [row["slug"] for row in rows if row["slug"] in fitting]


def _fill(database: DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    """A list a column, its type stated: by ones, 10,000 rows take seconds."""
    import duckdb

    if rows:
        columns = [
            duckdb.Value([row[name] for row in rows], duckdb.type(f"{column.type}[]"))
            for name, column in PEOPLE_COLUMNS.items()
        ]
        values = ", ".join("UNNEST(?)" for _ in columns)
        database.execute(f"INSERT INTO people SELECT {values}", columns)


Cell = Callable[[Record[Person], PersonFigures | None, _Moment], Any]


def _said(name: str) -> Cell:
    return lambda record, _, __: getattr(record.data, name)


def _count(name: str) -> Cell:
    return lambda _, figures, __: getattr(figures, name) if figures else 0


def _seen(name: str) -> Cell:
    def day(_: Record[Person], figures: PersonFigures | None, moment: _Moment) -> date | None:
        at = getattr(figures, name) if figures else ""
        return datetime.fromisoformat(at).astimezone(moment.zone).date() if at else None

    return day


def _sources(_: Record[Person], figures: PersonFigures | None, __: _Moment) -> list[str]:
    return [name for name, _ in figures.sources] if figures else []


def _subprojects(_: Record[Person], figures: PersonFigures | None, m: _Moment) -> list[str]:
    names = (m.scopes.get(name, frozenset()) for name, _ in figures.sources) if figures else ()
    return sorted(frozenset[str]().union(*names))


def _networks(record: Record[Person], _: PersonFigures | None, __: _Moment) -> list[str]:
    return sorted({identity.partition(":")[0] for identity in record.data.identities})


def _organisations(record: Record[Person], _: PersonFigures | None, moment: _Moment) -> list[str]:
    """Affiliations that have not ended: a month that is named is still one of them."""
    today = moment.day.isoformat()
    return [
        a.organisation
        for a in record.data.affiliations
        if a.to is None or a.to >= today[: len(a.to)]
    ]


_COLUMNS: Final[dict[str, Cell]] = {
    **{name: _said(name) for name in PEOPLE_COLUMNS if name in Person.model_fields},
    "slug": lambda record, _, __: record.slug,
    "visibility": lambda record, _, __: str(record.data.visibility),
    "networks": _networks,
    "organisations": _organisations,
    "first_seen": _seen("first_seen"),
    "last_seen": _seen("last_seen"),
    "contributions": _count("contributions"),
    "conversations": _count("conversations"),
    "sources": _sources,
    "subprojects": _subprojects,
    "level": lambda record, _, moment: moment.levels.get(record.slug, _FURTHEST),
}
