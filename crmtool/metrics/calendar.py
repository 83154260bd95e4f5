"""Months as numbers, and where a zone's clocks stand.

The zone's own rules come from Python's time zone database, like everywhere else in the project:
an engine with a database of its own could put an activity into another month than a page does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


def month_number(name: str) -> int | None:
    """Months since the year 0; None where the text is no `YYYY-MM`."""
    found = _MONTH.fullmatch(name)
    return 12 * int(found[1]) + int(found[2]) - 1 if found else None


@lru_cache(1000)
def month_name(number: int) -> str:
    """`YYYY-MM`."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def month_of(day: date) -> int:
    """The number of a day's month."""
    return 12 * day.year + day.month - 1


def first_day(text: str) -> date:
    """The day on which what began in `YYYY-MM` or on `YYYY-MM-DD` began at the earliest."""
    return date.fromisoformat(text if len(text) > len("YYYY-MM") else f"{text}-01")


def last_day(text: str) -> date:
    """The day on which what ended in `YYYY-MM` or on `YYYY-MM-DD` ended at the latest."""
    if len(text) > len("YYYY-MM"):
        return date.fromisoformat(text)
    number = (month_number(text) or 0) + 1
    if number >= month_of(date.max):
        return date.max
    return first_day(month_name(number)) - _DAY


def shifts(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, int]]:
    """From when on a zone's clocks stand how many seconds ahead of UTC.

    Takes and gives moments of UTC without tzinfo, oldest first; the first pair is for `first`.
    No two changes of a zone are less than a day apart, so it looks daily and then halves.
    """
    here, shift = first, _shift(zone, first)
    yield here, shift
    while here < last:
        ahead = min(here + _DAY, last)
        if (then := _shift(zone, ahead)) != shift:
            yield _change(zone, here, ahead, shift), then
            shift = then
        here = ahead


def _shift(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _change(zone: ZoneInfo, before: datetime, after: datetime, shift: int) -> datetime:
    """The first second at which the shift is another one."""
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if _shift(zone, middle) == shift:
            before = middle
        else:
            after = middle
    return after


_DAYS: Final = {"h": 1 / 24, "d": 1, "w": 7, "m": 30.4375, "y": 365.25}


def days_of(period: str) -> int:
    """How many days a period such as `48h`, `90d`, `6m` or `1y` has, at least one."""
    return max(1, round(int(period[:-1]) * _DAYS[period[-1]]))
