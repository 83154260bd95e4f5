"""How the site says things: numbers, days, changes, and text that may have come from anywhere."""

from __future__ import annotations

import re
import unicodedata
import zlib
from calendar import month_abbr, month_name
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from crmtool.model.figures import Figure, Unit

# C0 and C1 controls but tab and newline, bidi marks and overrides, and halves of surrogate pairs.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z", re.ASCII)
HUES: Final = 10
_LOWER_IS_BETTER: Final = ("hours", "days")


def clean(text: str) -> str:
    """Text without what could move a cursor, turn its neighbours round, or break the encoding."""
    return _UNSAFE.sub("", text) if _UNSAFE.search(text) else text


def cut(text: str, length: int) -> str:
    """Text of at most `length` characters, with a sign that some are missing."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def initials(name: str) -> str:
    """One or two letters for a name in any script, for where a picture would be."""
    found = [w for w in re.split(r"[\s.\-_]+", clean(name)) if w and w[0].isalpha()]
    if not found:
        return "?"
    first = found[0][0].upper()
    if len(found) > 1 and "LATIN" in unicodedata.name(first, ""):
        return first + found[-1][0].upper()
    return first


def hue(text: str) -> int:
    """The number of a colour that stays the same for one text."""
    return zlib.crc32(text.encode("utf-8", "replace")) % HUES


def number(value: float) -> str:
    """A number as people read it: `12,345`, `3.5`."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 person`, `2 people`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


@lru_cache(5000)
def month_words(month: str) -> str:
    """`November 2026` for `2026-11`."""
    year, _, number_ = month.partition("-")
    return f"{month_name[int(number_[:2])]} {year}"


def day_words(day: date | str) -> str:
    """`21 November 2026`."""
    day = _date(day)
    return f"{day.day} {month_name[day.month]} {day.year}"


@lru_cache(5000)
def short_day(day: str) -> str:
    """`21 Nov` for `2026-11-21`."""
    return f"{int(day[8:10])} {month_abbr[int(day[5:7])]}"


def _date(day: date | str) -> date:
    return date.fromisoformat(day[:10]) if isinstance(day, str) else day


def ago(day: date | str, today: date) -> str:
    """How long ago, as one would say it."""
    days = (today - _date(day)).days
    if days < 0:
        return day_words(day)
    for limit, words in ((1, "today"), (2, "yesterday"), (14, f"{days} days ago")):
        if days < limit:
            return words
    for limit, size, word in ((60, 7, "week"), (730, 30.44, "month")):
        if days < limit:
            return plural(round(days / size), word) + " ago"
    return plural(days // 365, "year") + " ago"


def until(day: date, today: date) -> str:
    """When something is due, as one would say it."""
    days = (day - today).days
    if days < 0:
        return f"overdue by {plural(-days, 'day')}"
    if days < 2:  # noqa: PLR2004 (today, tomorrow)
        return ("due today", "due tomorrow")[days]
    return f"due in {plural(days, 'day')}" if days <= 14 else f"due {day_words(day)}"  # noqa: PLR2004


def month_before(month: str, back: int = 1) -> str:
    """The month so many months earlier."""
    year, number_ = int(month[:4]), int(month[5:7])
    index = year * 12 + number_ - 1 - back
    return f"{index // 12:04}-{index % 12 + 1:02}"


def months_until(last: str, count: int) -> list[str]:
    """So many months in a row, oldest first."""
    return [month_before(last, back) for back in range(count - 1, -1, -1)]


def is_whole(month: str, as_of: date) -> bool:
    """Whether a month was over on that day."""
    return month < as_of.isoformat()[:7]


def measured(value: float, unit: Unit) -> str:
    """A figure's value with its unit, short enough for a large type."""
    if unit == "share":
        return f"{value * 100:.0f}%"
    if unit == "hours" and value >= 72:  # noqa: PLR2004 (three days)
        return f"{number(round(value / 24, 1))} days"
    if unit in ("hours", "days"):
        amount = round(value, 1)
        return f"{number(amount)} {unit[:-1] if amount == 1 else unit}"
    return number(value)


class Change(NamedTuple):
    """How a value compares with an earlier one: which way, by how much, since when.

    `tone` is what a colour may add; the words say it all.
    """

    direction: str
    size: str
    percent: str
    when: str
    tone: str


def change(now: float | None, then: float | None, unit: Unit, when: str) -> Change | None:
    """A value beside an earlier one; None where there is nothing to compare."""
    if now is None or then is None:
        return None
    difference = round((now - then) * 100) if unit == "share" else round(now - then, 1)
    if not difference:
        return Change("same", "the same", "", f"as in {when}", "same")
    up = difference > 0
    share = f"{(now - then) / then * 100:+.0f}%" if then and unit != "share" else ""
    return Change(
        "up" if up else "down",
        _size(abs(difference), unit, up=up),
        share.replace("-", "\u2212"),
        f"than in {when}",
        "same" if unit == "share" else "good" if up != (unit in _LOWER_IS_BETTER) else "bad",
    )


def _size(difference: float, unit: Unit, *, up: bool) -> str:
    if unit == "share":
        amount = plural(int(difference), "point")
    elif unit in ("hours", "days"):
        amount = measured(difference, unit)
        return f"{amount} {'longer' if up else 'shorter'}"
    else:
        amount = number(difference)
    return f"{amount} {'more' if up else 'fewer' if unit != 'share' else 'less'}"


def changes(figure: Figure, month: str) -> list[Change]:
    """A figure beside the month before and the same month a year before."""
    before = month_words(month_before(month)).partition(" ")[0]
    year = month_words(month_before(month, 12))
    found = (
        change(figure.value, figure.month_before, figure.unit, before),
        change(figure.value, figure.year_before, figure.unit, year),
    )
    return [c for c in found if c is not None]


def moment_day(at: str | None) -> str:
    """The day of an RFC 3339 moment, `2026-11-21`; empty where it says none."""
    day = (at or "")[:10]
    return day if _DAY.match(day) else ""
