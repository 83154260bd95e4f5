"""What the metrics say: figures that explain themselves, and the lists behind them.

`who` is a slug, or a pseudonym `~n` of somebody who may be counted and not named, or the bare
actor identity of an account without a record. Months are `YYYY-MM` in the community's zone,
moments RFC 3339 in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Unit = Literal["people", "activities", "share", "days", "hours"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one month, beside the month and the year before (None: nothing to compare).

    `about` says in a sentence what is counted and who defined it.
    """

    name: str
    title: str
    unit: Unit
    about: str
    value: float | None
    month_before: float | None = None
    year_before: float | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One activity, as a timeline shows it."""

    at: str
    source: str
    type: str
    who: str
    title: str | None = None
    url: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one part (a type, a source, a subproject, an organisation, a person) did in a month."""

    name: str
    contributions: int
    conversations: int
    people: int
    month_before: int = 0
    year_before: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One month of the community, or of one subproject."""

    month: str
    subproject: str | None
    complete: bool
    figures: tuple[Figure, ...]
    types: tuple[Share, ...] = ()
    sources: tuple[Share, ...] = ()
    subprojects: tuple[Share, ...] = ()
    organisations: tuple[Share, ...] = ()
    people: tuple[Share, ...] = ()
    newcomers: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """One point of a time series."""

    month: str
    people: int
    contributors: int
    newcomers: int
    contributions: int
    conversations: int


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who took part in the same threads."""

    who: str
    threads: int


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person across all sources. `months` lists only months with activity, oldest first."""

    slug: str
    first_seen: str
    last_seen: str
    contributions: int
    conversations: int
    months: tuple[tuple[str, int, int], ...] = ()
    types: tuple[tuple[str, int], ...] = ()
    sources: tuple[tuple[str, int], ...] = ()
    companions: tuple[Companion, ...] = ()
    recent: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """The community at a glance: where it stands on one day."""

    as_of: date
    people: int
    contributors: int
    active: int
    newcomers: int
    absence_factor: int
    months: tuple[Month, ...] = ()
    recent: tuple[Moment, ...] = ()
    subprojects: tuple[Share, ...] = ()
    quiet: tuple[str, ...] = field(default=())
