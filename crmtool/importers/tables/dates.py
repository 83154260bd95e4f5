"""Dates as a source declares them, brought to the form that feeds hold. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Final

from crmtool.importers.tables.columns import Undeclared
from crmtool.model.moments import written

_DONE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_AMBIGUOUS: Final = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)\b")
_DIVISOR: Final = {"unix": 1, "unix-ms": 1000}
_NO_ZONE: Final = re.compile(r"\s+(?:UTC|GMT|Z)\Z")


class AmbiguousDate(Undeclared):
    """A date that may be a day of two months; the file says nowhere which one is meant."""

    hint = 'say which under format in source.yml: dates: "%d/%m/%Y" (day first) or "%m/%d/%Y"'

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:40]!r} can be read with the day or the month first")


def date_reader(form: str, zone: tzinfo) -> Callable[[str], str | None]:
    """What reads a cell as a moment in UTC, None where it is empty.

    The reader raises ValueError with the reason, AmbiguousDate where only a declaration helps.
    """
    if form == "iso":
        return lambda text: _iso(text, zone)
    if form in _DIVISOR:
        return lambda text: _unix(text, _DIVISOR[form])
    return lambda text: _formed(text, form, zone)


def _iso(text: str, zone: tzinfo) -> str | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(_NO_ZONE.sub("Z", text) if " " in text else text)
    except ValueError:
        if _AMBIGUOUS.match(text):
            raise AmbiguousDate(text) from None
        raise ValueError(f"{text[:40]!r} is not a date in ISO 8601") from None
    return text if _DONE.match(text) else _kept(moment, text, zone)


def _unix(text: str, divisor: int) -> str | None:
    if not text:
        return None
    try:
        return written(datetime.fromtimestamp(float(text) / divisor, UTC))
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{text[:40]!r} is not a number of seconds since 1970") from None


def _formed(text: str, form: str, zone: tzinfo) -> str | None:
    if not text:
        return None
    try:
        moment = datetime.strptime(text, form)  # noqa: DTZ007 (the zone is put in below)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not a date of the form {form}") from None
    return _kept(moment, text, zone)


def _kept(moment: datetime, text: str, zone: tzinfo) -> str:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return written(moment)
    except OverflowError:
        raise ValueError(f"{text[:40]!r} is beyond the calendar") from None
