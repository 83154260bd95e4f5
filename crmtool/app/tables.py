"""Rows for people and for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crmtool.model.community import Record


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and whether it is to be seen first (`bad`) or may be passed over (`dim`)."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; the last column takes what room there is."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "nothing found"
    """What is said where there are no rows."""

    def without_empty_columns(self) -> Table:
        """The same, less the columns that say nothing of anything."""
        kept = [n for n in range(len(self.columns)) if any(row[n].text for row in self.rows)]
        rows = tuple(tuple(row[n] for n in kept) for row in self.rows)
        return Table(tuple(self.columns[n] for n in kept), rows, self.empty)


def cells(values: Iterable[object]) -> tuple[Cell, ...]:
    """A row of unmarked cells; None is nothing."""
    return tuple(v if isinstance(v, Cell) else Cell("" if v is None else str(v)) for v in values)


def as_csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV (RFC 4180) that no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(value) for value in row] for row in rows)
    return out.getvalue()


def _inert(value: object) -> str:
    """A cell that begins as a formula does (`=`, `+`, `-`, `@`, a tab, a CR) behind a quote."""
    text = "" if value is None else str(value)
    is_formula = text.lstrip(" \u00a0\ufeff")[:1] in tuple("=+-@\t\r\n|＝＋－＠")  # noqa: RUF001 (full-width ones count too)
    return f"'{text}" if is_formula and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


def record_data(record: Record[Any]) -> dict[str, Any]:
    """A record for programs: its name, what it says, and its text."""
    said = record.data.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"slug": record.slug, "path": record.path, **said, "text": record.body}
