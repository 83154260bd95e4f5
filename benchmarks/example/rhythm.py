"""When everybody in the example was there, and what they did: the months as figures.

A figure in an arc is how often somebody does a thing in an ordinary month. A season
multiplies it for everybody, ``only`` and ``rests`` for one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.chance import Chance

SEASON = {
    "2025-09": 0.7,
    "2025-10": 0.9,
    "2025-11": 0.8,
    "2025-12": 0.5,
    "2026-01": 0.85,
    "2026-02": 1.2,  # Ghent
    "2026-03": 1.0,
    "2026-04": 1.1,
    "2026-05": 1.65,  # 4.0
    "2026-06": 0.9,
    "2026-07": 0.55,
    "2026-08": 0.5,
    "2026-09": 1.1,
    "2026-10": 1.15,
    "2026-11": 1.0,
}
MONTHS = tuple(SEASON)
START = datetime(2025, 9, 1, 12, tzinfo=UTC)
END = datetime(2026, 11, 20, 21, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arc:
    """One member's year. ``hours`` is how far the clock is ahead of UTC."""

    hours: float
    areas: tuple[str, ...] = ()
    prs: float = 0
    review: float = 0
    merge: float = 0
    comment: float = 0
    issues: float = 0
    translate: float = 0
    wiki: float = 0
    ask: float = 0
    help: float = 0
    show: float = 0
    like: float = 0
    since: str = MONTHS[0]
    until: str = "2026-12"
    only: Mapping[str, float] = field(default_factory=dict)
    weekdays: bool = False

    def level(self, what: str, month: str) -> float:
        """Return how often this happens in this month."""
        if not self.since[:7] <= month <= self.until[:7]:
            return 0.0
        figure: float = getattr(self, what)
        return figure * SEASON[month] * self.only.get(month, 1.0)

    def there(self, at: datetime) -> bool:
        """Whether somebody is around on this day at all."""
        return self.since <= f"{at:%Y-%m-%d}"[: len(self.since)] and (
            f"{at:%Y-%m-%d}"[: len(self.until)] <= self.until
        )


class Clock:
    """Finds believable moments for people who sleep, work and live in other time zones."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance

    def in_month(self, month: str, arc: Arc) -> datetime | None:
        """Return a moment in the month when this member is there; None where there is none."""
        first = datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
        length = ((first + timedelta(days=31)).replace(day=1) - first).days
        for _ in range(20):
            day = first + timedelta(days=self._chance.below(length))
            at = self.awake(day, arc)
            idle = arc.weekdays and at.weekday() > 4 and self._chance.hit(0.9)
            if arc.there(at) and START <= at <= END and f"{at:%Y-%m}" == month and not idle:
                return at
        return None

    def awake(self, day: datetime, arc: Arc) -> datetime:
        """Return a moment of this day between breakfast and bedtime, where the member lives."""
        local = 8 * 3600 + (self._chance.below(14 * 3600) + self._chance.below(14 * 3600)) // 2
        return day.replace(hour=0, minute=0, second=0) + timedelta(
            seconds=local - int(arc.hours * 3600)
        )

    def after(self, at: datetime, arc: Arc, low: int, high: int) -> datetime:
        """Return a moment ``low`` to ``high`` minutes later, put off until they are awake.

        Short waits are likelier than long ones.
        """
        share = self._chance.random()
        later = at + timedelta(seconds=int(60 * (low + (high - low) * share * share * share)))
        local = later + timedelta(seconds=int(arc.hours * 3600))
        if local.hour < 7:
            later += timedelta(hours=7 - local.hour, seconds=self._chance.below(3000))
        return later


def text(at: datetime) -> str:
    """Write a moment the way feeds do."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
