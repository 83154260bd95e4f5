"""The scalar types of the formats, each with the words a volunteer reads when it does not fit.

Frontmatter arrives as text (YAML 1.2 scalars are not guessed at), so these types do the
converting: `NO` stays a name, `12:30` stays a time of day, `01234` keeps its zero.
"""

from __future__ import annotations

import math
import re
from datetime import date
from functools import cache
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

SLUG: Final = re.compile(r"[a-z0-9-]{1,64}\Z")
_WORD: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
TAG: Final = re.compile(rf"(?=.{{1,64}}\Z){_WORD}(?:/{_WORD})*\Z")
IDENTITY: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?:[^\s<>\"'`\\]{1,200}\Z")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTH: Final = re.compile(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])\Z")
# Names that Windows cannot check out, whatever their ending.
RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)


def check_slug(value: str) -> str:
    """A slug: what a record's file may be called."""
    if not SLUG.match(value):
        raise ValueError("is not a slug: only a-z, 0-9 and '-', at most 64 of them")
    if value in RESERVED:
        raise ValueError("is a name that Windows reserves")
    return value


def check_tag(value: str) -> str:
    """A tag's name; a slash makes a family (`expert/compilers`)."""
    if not TAG.match(value):
        raise ValueError("is not a tag: only a-z, 0-9, '-' and '/', at most 64 of them")
    return value


def check_identity(value: str) -> str:
    """One account on one network, `network:handle`."""
    if not IDENTITY.match(value):
        raise ValueError("is not an identity: network:handle expected, such as github:ada")
    return value


def check_date(value: object) -> object:
    """A day, written YYYY-MM-DD and no other way."""
    if isinstance(value, str):
        if not _DATE.match(value):
            raise ValueError("is not a date: YYYY-MM-DD expected")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("is not a day of the calendar") from None
    return value


def check_month(value: str) -> str:
    """A month YYYY-MM, or a day YYYY-MM-DD."""
    if _DATE.match(value):
        check_date(value)
    elif not _MONTH.match(value):
        raise ValueError("is not a month: YYYY-MM expected")
    return value


def check_flag(value: object) -> object:
    """`true` or `false`; no other word, so that `maybe` is never taken for a yes."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("is neither true nor false")
        return value == "true"
    return value


def check_finite(value: float) -> float:
    """A number that can be added up."""
    if not math.isfinite(value):
        raise ValueError("is not a finite number")
    return value


def check_url(value: str) -> str:
    """A link that a page may carry: http or https with a host, no blanks, no password."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise ValueError("is not a link") from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise ValueError("is not a link that a page may carry: http:// or https:// expected")
    if parts.password or re.search(r"\s", value):
        raise ValueError("is not a link: it holds blanks or a password")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_zone(value: str) -> str:
    """A name of the time zone database. Looked up in the list, never opened as a path."""
    if value not in _zones():
        raise ValueError("is not a time zone: a name such as Europe/London expected")
    return value


def zone(name: str) -> ZoneInfo:
    """The time zone of a name that `check_zone` accepted."""
    return ZoneInfo(check_zone(name))


def check_size(value: object) -> object:
    """Text in its place: a list or a mapping where a word is expected says so plainly."""
    if isinstance(value, (list, dict)):
        raise ValueError("is not text")  # noqa: TRY004 (pydantic reads ValueError)
    return value


Text = Annotated[str, BeforeValidator(check_size), Field(min_length=1, max_length=500)]
Name = Annotated[str, BeforeValidator(check_size), Field(min_length=1, max_length=200)]
Slug = Annotated[str, AfterValidator(check_slug)]
Tag = Annotated[str, AfterValidator(check_tag)]
Identity = Annotated[str, AfterValidator(check_identity)]
Author = Annotated[str, AfterValidator(lambda v: check_identity(v) if ":" in v else check_slug(v))]
Day = Annotated[date, BeforeValidator(check_date)]
Month = Annotated[str, AfterValidator(check_month)]
Flag = Annotated[bool, BeforeValidator(check_flag)]
Number = Annotated[float, AfterValidator(check_finite)]
Count = Annotated[int, Field(ge=0)]
Url = Annotated[str, AfterValidator(check_url), Field(max_length=2000)]
Zone = Annotated[str, AfterValidator(check_zone)]
