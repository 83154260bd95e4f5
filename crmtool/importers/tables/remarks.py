"""Rows as remarks, which become usage notes: product usage, plans, company CRM, hiring."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Final

from crmtool.importers.contract import Context
from crmtool.importers.tables.batch import Batch
from crmtool.importers.tables.columns import Bad, Lookup, column_of, first_filled, mark_bad
from crmtool.importers.tables.dates import date_reader
from crmtool.importers.words import excerpt, text_of
from crmtool.model.feeds import Remark
from crmtool.model.mapping import Mapping
from crmtool.model.scalars import zone

_ENVIRONMENTS: Final = ("production", "development")
_PLAN: Final = 200
_GROUPED: Final = re.compile(r",(?=\d{3}(?:\D|\Z))")


class Remarks:
    """What the rows of one table say that is worth a note."""

    def __init__(self, context: Context, mapping: Mapping) -> None:
        self._map, self._privacy = mapping.note, context.config.privacy
        form = context.source.format
        self._here = zone(context.config.community.timezone)
        where = zone(form.timezone or context.config.community.timezone)
        self._date = Lookup[str | None](date_reader(form.dates, where), None)
        self._number = Lookup[float | None](_number, None)
        self._environment = Lookup[str | None](_environment, None)

    def made(self, batch: Batch, actors: list[str | None], bad: Bad) -> list[tuple[int, Remark]]:
        """The remarks of a batch with the rows that they come from."""
        described = self._map
        if described is None or not batch.size:
            return []
        column = column_of(described.date)
        dates = self._date.all(first_filled(described.date, batch), column, bad)
        if None in dates:
            mark_bad(bad, column, [not d for d in dates], "has no date, which a note needs")
        places = self._environment.all(
            first_filled(described.environment, batch), column_of(described.environment), bad
        )
        bodies = first_filled(described.body, batch)
        plans = first_filled(described.plan, batch)
        metrics = {
            name: self._number.all(first_filled(choice, batch), column_of(choice), bad)
            for name, choice in described.metrics.items()
        }
        return [
            (
                n,
                Remark(
                    about=actor,
                    body=text_of(bodies[n], self._privacy) or "",
                    date=self._day(date),
                    environment=places[n],
                    key=" ".join(filter(None, (self._day(date), places[n]))),
                    metrics={k: m for k, v in metrics.items() if (m := v[n]) is not None},
                    plan=excerpt(plans[n], _PLAN),
                    tags=list(described.tags),
                    visibility=described.visibility,
                ),
            )
            for n, (actor, date) in enumerate(zip(actors, dates, strict=True))
            if actor and date and n not in bad
        ]

    def _day(self, moment: str) -> str:
        """The day that a moment falls on in the community's zone."""
        return datetime.fromisoformat(moment).astimezone(self._here).date().isoformat()


def _number(text: str) -> float | None:
    """A figure, with or without the commas that group its thousands."""
    if not text:
        return None
    try:
        value = float(_GROUPED.sub("", text))
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not a number") from None
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]!r} is not a finite number")
    return value


def _environment(text: str) -> str | None:
    if text and text not in _ENVIRONMENTS:
        raise ValueError(f"{text[:40]!r} is not an environment: production or development")
    return text or None
