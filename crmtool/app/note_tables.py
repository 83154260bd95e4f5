"""Notes as tables: each kind has the columns that one wants to see of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crmtool.app.notes import Notes, excerpt
from crmtool.app.tables import Cell, Table, cells
from crmtool.model.community import Record
from crmtool.model.records import Note

Column = Callable[[Notes, Record[Note]], object]


def _about(notes: Notes, record: Record[Note]) -> str:
    return ", ".join(map(notes.named, record.data.about))


def _roles(notes: Notes, record: Record[Note]) -> str:
    return ", ".join(f"{notes.named(who)} ({role})" for who, role in record.data.roles.items())


def _author(notes: Notes, record: Record[Note]) -> str:
    return notes.named(record.data.author)


def _text(notes: Notes, record: Record[Note]) -> str:
    return excerpt(notes.names, record)


def _when(_: Notes, record: Record[Note]) -> str:
    starts, ends = record.data.starts or record.data.date, record.data.ends
    return f"{starts} to {ends:%m-%d}" if ends and ends != starts else str(starts)


def _kind(_: Notes, record: Record[Note]) -> Cell:
    private = record.data.audience == "stewards"
    return Cell(record.data.kind, "bad" if private else "")


def _metrics(_: Notes, record: Record[Note]) -> str:
    return ", ".join(f"{name} {number:g}" for name, number in record.data.metrics.items())


def _says(key: str) -> Column:
    return lambda _, record: getattr(record.data, key)


_COMMON: Final[dict[str, Column]] = {
    "date": _says("date"),
    "kind": _kind,
    "about": _about,
    "by": _author,
    "note": _text,
}
_BY_KIND: Final[dict[str, dict[str, Column]]] = {
    "event": {"when": _when, "place": _says("place"), "who": _roles, "event": _text},
    "gift": {
        "date": _says("date"),
        "for": _about,
        "item": _says("item"),
        "sent": _says("sent"),
        "received": lambda _, r: r.data.received or Cell("not yet", "bad"),
    },
    "opportunity": {
        "date": _says("date"),
        "with": _about,
        "programme": _says("programme"),
        "stage": _says("stage"),
        "note": _text,
    },
    "usage": {
        "date": _says("date"),
        "who": _about,
        "environment": _says("environment"),
        "plan": _says("plan"),
        "metrics": _metrics,
    },
    "decision": {"date": _says("date"), "part": _says("subproject"), "decision": _text},
    "runbook": {"date": _says("date"), "until": _says("expires"), "runbook": _text},
    "incident": {
        "date": _says("date"),
        "part": _says("subproject"),
        "about": _about,
        "incident": _text,
    },
    "feedback": {
        "date": _says("date"),
        "from": _about,
        "channel": _says("channel"),
        "part": _says("subproject"),
        "feedback": _text,
    },
}


def note_table(notes: Notes) -> Table:
    """Notes as rows: those of one kind with what that kind says, others with what all say."""
    columns = _BY_KIND.get(notes.kind or "", _COMMON)
    rows = (cells(column(notes, r) for column in columns.values()) for r in notes.records)
    what = f"{notes.kind} notes" if notes.kind else "notes"
    return Table(tuple(columns), tuple(rows), f"no {what} that fit; write one: crmtool note add")
