"""Rows that become timelines, and rows that belong to one month or person after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from sys import intern

from crmtool.metrics.database import Row
from crmtool.model.figures import Moment


def moment(row: Sequence[str]) -> Moment:
    """A row as every query of moments ends: at, source, type, who, title, url, channel."""
    at, source, kind, who, title, url, channel = row
    # Interned, because everyone's timelines at once repeat these by the hundred thousand.
    place = intern(channel) if channel else channel
    return Moment(at, intern(source), intern(kind), intern(who), title, url, place)


class Parted:
    """Rows that begin with a number and come sorted by it, taken number by number."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def take(self, number: int) -> list[Row]:
        """The rows of a number, without it; numbers are to be asked for in rising order."""
        if self._next is None or self._next[0] != number:
            return []
        rows = [row[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return rows
