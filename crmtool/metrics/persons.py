"""Everyone with a record, across all sources: one query a part, however many people."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from sys import intern

from crmtool.metrics.calendar import month_name
from crmtool.metrics.database import Database, Row
from crmtool.metrics.moments import Parted, moment
from crmtool.model.figures import Companion, Moment, PersonFigures

_Ranked = dict[int, list[tuple[int, Moment]]]


def persons(database: Database) -> dict[str, PersonFigures]:
    """Figures by slug. Who has done nothing is not among them."""
    with _uncollected():
        return _Parts(database).put_together()


class _Parts:
    """The parts of everyone's figures, read side by side while the people go by."""

    def __init__(self, database: Database) -> None:
        # The one that needs the most memory comes first and ends before the others begin.
        self._companions = Parted(iter(database.rows("people/companions")))
        self._recent = _recent(database)
        self._months, self._types, self._sources = (
            Parted(database.stream(f"people/{part}")) for part in ("months", "types", "sources")
        )
        self._totals = database.rows("people/totals")

    def put_together(self) -> dict[str, PersonFigures]:
        return {row[1]: self._one(row) for row in self._totals}

    def _one(self, row: Row) -> PersonFigures:
        person, slug, first, last, contributions, conversations = row
        recent = sorted(self._recent.pop(person, ()), key=itemgetter(0))
        return PersonFigures(
            slug,
            first or "",
            last or "",
            contributions,
            conversations,
            tuple(
                (month_name(month), made, said) for month, made, said in self._months.take(person)
            ),
            tuple((intern(name), times) for name, times in self._types.take(person)),
            tuple((intern(name), times) for name, times in self._sources.take(person)),
            tuple(Companion(intern(who), n) for who, n in self._companions.take(person)),
            tuple(shown for _, shown in recent),
        )


def _recent(database: Database) -> _Ranked:
    found: _Ranked = defaultdict(list)
    for person, rank, *row in database.stream("people/recent"):
        found[person].append((rank, moment(row)))
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic collector.

    Hundreds of thousands of objects are made here and none of them is garbage; looking through
    them again and again takes a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
