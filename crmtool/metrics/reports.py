"""One month of the community, put together from its figures and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from crmtool.metrics.calendar import month_name
from crmtool.metrics.catalogue import FIGURES, Metric, catalogue
from crmtool.metrics.database import Database
from crmtool.metrics.moments import Parted, moment
from crmtool.model.figures import Figure, Month, Report, Share

Values = Mapping[str, Mapping[int, float]]
"""By metric, then by month."""

_COUNTS: Final = ("people", "activities")
"""Units in which a month without a row is 0; in any other it has no value."""
_LISTS: Final = ("types", "sources", "subprojects", "organisations", "people")


def values(database: Database, scope: str) -> Values:
    """Every metric of every month that has one: one query a metric, however many months."""
    return {name: dict(database.rows(name, scope=scope)) for name in FIGURES}


def figures(found: Values, month: int, first: int) -> tuple[Figure, ...]:
    """Every metric of a month beside the month and the year before, from the `first` month on."""

    def at(metric: Metric, when: int) -> float | None:
        if when < first:
            return None
        return found[metric.name].get(when, 0 if metric.unit in _COUNTS else None)

    return tuple(
        Figure(*metric, at(metric, month), at(metric, month - 1), at(metric, month - 12))
        for metric in catalogue()
    )


def series(found: Values, months: Sequence[int]) -> tuple[Month, ...]:
    """The same few metrics month by month."""
    names = ("people", "contributors", "newcomers", "contributions", "conversations")
    return tuple(
        Month(month_name(month), *(int(found[name].get(month, 0)) for name in names))
        for month in months
    )


class Lists:
    """The lists of several months, read side by side while the months go by."""

    def __init__(self, database: Database, scope: str, months: Sequence[int]) -> None:
        positions = list(range(len(months)))
        self._scope = scope
        self._shares, self._newcomers = (
            Parted(database.stream(query, scope=scope, months=months, positions=positions))
            for query in ("lists/shares", "lists/newcomers")
        )

    def report(
        self, position: int, month: int, shown: tuple[Figure, ...], *, complete: bool
    ) -> Report:
        """The report of the month at a position; positions are to be asked for in their order."""
        parts: dict[str, list[Share]] = {name: [] for name in _LISTS}
        for name, *share in self._shares.take(position):
            parts[name].append(Share(*share))
        if self._scope:
            parts["subprojects"] = []  # a part is not compared with its siblings
        return Report(
            month=month_name(month),
            subproject=self._scope or None,
            complete=complete,
            figures=shown,
            newcomers=tuple(moment(row) for row in self._newcomers.take(position)),
            **{name: tuple(shares) for name, shares in parts.items()},
        )
