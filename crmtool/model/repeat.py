"""When a task that repeats comes again (RFC 5545, daily or slower)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from crmtool.model.recurrence import check_repeat

_FARTHEST: Final = timedelta(days=100 * 366)
"""A rule without a day in a century (every 30th of February) has none at all."""
_LONGEST: Final = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_DECEMBER: Final = 12
_WORDS: Final = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "yearly": "FREQ=YEARLY",
}
WORDS: Final = tuple(_WORDS)
"""The words that `read_repeat` knows."""


def read_repeat(text: str) -> str:
    """A rule as records hold it, from a word (`weekly`) or from itself.

    Raises:
        ValueError: it is neither.

    """
    return _WORDS.get(text.strip().lower()) or check_repeat(text.strip().upper())


def following(rule: str, due: date, today: date) -> tuple[date, str] | None:
    """The day on which a task is due again, and the rule that it has then; None: never.

    What was missed is passed over: the day lies after `due` and not before `today`. A COUNT is one
    less each time that it comes.

    >>> following("FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 16), date(2026, 11, 25))
    (datetime.date(2026, 11, 30), 'FREQ=WEEKLY;BYDAY=MO')

    Raises:
        ValueError: the rule cannot be read after all (`BYDAY=1MO,`).

    """
    from dateutil.rrule import rrulestr

    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if _has_no_day(parts):
        return None
    begin = datetime.combine(due, time())
    count = parts.pop("COUNT", None)
    end = datetime.strptime(u[:8], "%Y%m%d") if (u := parts.pop("UNTIL", "")) else datetime.max  # noqa: DTZ007, DTZ901 (days of the community, in no zone)
    end = min(end, begin + _FARTHEST) if begin < datetime.max - _FARTHEST else end  # noqa: DTZ901
    words = ";".join(f"{key}={value}" for key, value in parts.items())
    found = rrulestr(f"{words};UNTIL={end:%Y%m%d}", dtstart=begin)
    for number, moment in enumerate(found.xafter(begin), 1):
        if count and number >= int(count):
            return None
        if moment.date() >= today:
            return moment.date(), _counted(rule, int(count) - number if count else 0)
    return None


def _has_no_day(parts: dict[str, str]) -> bool:
    """Whether it asks for days that its months never have; dateutil would look for them long."""
    days = [int(day) for day in parts.get("BYMONTHDAY", "1").split(",") if day]
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",") if month]
    lengths = [_LONGEST.get(month, 31) for month in months if 1 <= month <= _DECEMBER]
    return all(abs(day) > max(lengths, default=0) for day in days)


def _counted(rule: str, left: int) -> str:
    """The rule with so many times left, itself among them."""
    parts = [f"COUNT={left}" if p.startswith("COUNT=") else p for p in rule.split(";")]
    return ";".join(parts)
