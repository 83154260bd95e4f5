"""Days as people write them: `tomorrow`, `friday`, `+2w`, `3 dec`, `2026-12-03`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_SHORTEST: Final = 3
_UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}
_SPAN: Final = re.compile(
    r"(?:\+ ?|in )?(\d{1,4}|an?) ?(?:(days?|d)|(weeks?|w)|(months?|m)|(years?|y))(?: from now)?\Z"
)
_DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?(?: (\d{4}))?\Z")
_MONTH_DAY: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\Z")
KNOWN: Final = "today, tomorrow, friday, +3d, +2w, +1m, 3 dec, 2026-12-03"
"""Examples of what is understood, for messages."""


def read_day(text: str, today: date) -> date:
    """The day that is meant; without a year, the next one of that name.

    >>> read_day("+2w", date(2026, 11, 21)), read_day("friday", date(2026, 11, 21))
    (datetime.date(2026, 12, 5), datetime.date(2026, 11, 27))

    Raises:
        ValueError: it is none of these, or no day of the calendar.

    """
    words = " ".join(text.lower().replace("next ", "").split())
    try:
        for reading in _READINGS:
            if (found := reading(words, today)) is not None:
                return found
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:40]!r} is not a day of the calendar") from None
    raise ValueError(f"{text[:40]!r} is not a day")


def add(day: date, number: int, unit: str) -> date:
    """So many days, weeks, months or years later (`d`, `w`, `m`, `y`); the 31st becomes the last.

    Raises:
        OverflowError, ValueError: no calendar goes that far.

    """
    if unit in "dw":
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    month = 12 * day.year + day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _written(words: str, _: date) -> date | None:
    return date.fromisoformat(words) if re.match(r"\d{4}-\d{2}-\d{2}\Z", words) else None


def _named(words: str, today: date) -> date | None:
    near = {"today": 0, "tomorrow": 1, "yesterday": -1, "week": 7, "day": 1}
    if words in near:
        return today + timedelta(days=near[words])
    if words in ("month", "year"):
        return add(today, 1, words[0])
    return None


def _weekday(words: str, today: date) -> date | None:
    number = _position(words.removeprefix("on "), _WEEKDAYS)
    if number is None:
        return None
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _span(words: str, today: date) -> date | None:
    if not (found := _SPAN.match(words)):
        return None
    unit = next(u for u, said in zip(_UNITS, found.groups()[1:], strict=True) if said)
    return add(today, int(found[1]) if found[1].isdigit() else 1, unit)


def _day_of_month(words: str, today: date) -> date | None:
    if found := _DAY_MONTH.match(words):
        day, name, year = found.groups()
    elif found := _MONTH_DAY.match(words):
        name, day, year = found.groups()
    else:
        return None
    month = _position(name, _MONTHS)
    if month is None:
        return None
    if year:
        return date(int(year), month + 1, int(day))
    return _next_of(today, month + 1, int(day))


def _next_of(today: date, month: int, day: int) -> date:
    """Its first coming from today on; a 29th of February may be years away."""
    for year in range(today.year, today.year + 9):
        if day <= monthrange(year, month)[1] and (found := date(year, month, day)) >= today:
            return found
    raise ValueError(f"no month has {day} days there")


def _position(word: str, names: list[str]) -> int | None:
    """Which of the names a word is, or begins with three letters or more."""
    if len(word) < _SHORTEST:
        return None
    return next((n for n, name in enumerate(names) if name.startswith(word)), None)


_READINGS: Final[tuple[Callable[[str, date], date | None], ...]] = (
    _written,
    _named,
    _weekday,
    _span,
    _day_of_month,
)
