"""The scalar types of the formats, each with the words a volunteer reads when it does not fit.

Frontmatter arrives as text (YAML 1.2 scalars are not guessed at), so these types do the
converting: `NO` stays a name, `12:30` stays a time of day, `01234` keeps its zero.

Each type also says itself as JSON Schema, for texts as we read them (`"true"`, `"10"`) and for
values as other YAML readers make of them (`true`, `10`).
"""

from __future__ import annotations

import math
import re
from datetime import date
from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from crmtool.model.shape import PLAIN

SLUG: Final = re.compile(r"[a-z0-9-]{1,64}\Z")
_WORD: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
TAG: Final = re.compile(rf"(?=.{{1,64}}\Z){_WORD}(?:/{_WORD})*\Z")
IDENTITY: Final = re.compile(r"""[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?:[^\s<>"'`\\]{1,200}\Z""")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MONTH: Final = re.compile(r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
_COUNT: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})\Z")
_NUMBER: Final = re.compile(
    r"[-+]?(?:[0-9]{1,50}(?:\.[0-9]{0,50})?|\.[0-9]{1,50})(?:[eE][-+]?[0-9]{1,2})?\Z"
)
_NOT_FINITE: Final = re.compile(r"[-+]?\.?(?:inf(?:inity)?|nan)\Z", re.IGNORECASE)
_URL: Final = re.compile(
    r"[hH][tT][tT][pP][sS]?://(?:[^\s/?#@:\[\]\\]+:?@)?"
    r"(?:[^\s/?#@:\[\]\\]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?(?:[/?#]\S*)?\Z"
)
ORDINARY_URL: Final = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/[A-Za-z0-9._~/-]*)?\Z")
"""Nearly all links, about which nothing more has to be asked."""
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


def check_number(value: object) -> object:
    """A finite number, written with digits."""
    if not isinstance(value, str):
        return value
    if _NUMBER.match(value):
        return float(value)
    raise ValueError("is not a finite number" if _NOT_FINITE.match(value) else "is not a number")


def check_weight(value: float) -> float:
    """A number that is not negative."""
    if value < 0:
        raise ValueError("must be at least 0")
    return value


def check_count(value: object) -> object:
    """A whole number from 0, written with digits."""
    if not isinstance(value, str) or _COUNT.match(value):
        return value
    if re.match(r"-[0-9]+\Z", value):
        raise ValueError("must be at least 0")
    if re.match(r"0[0-9]+\Z", value):
        raise ValueError("begins with a 0, which some take for an octal number")
    raise ValueError(
        "is too large a number" if re.match(r"[0-9]+\Z", value) else "is not a whole number"
    )


def check_url(value: str) -> str:
    """A link that a page may carry: http or https with a host, no blanks, no password."""
    return value if ORDINARY_URL.match(value) else _taken_apart(value)


def _taken_apart(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise ValueError("is not a link") from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise ValueError("is not a link that a page may carry: http:// or https:// expected")
    if parts.password or re.search(r"\s", value):
        raise ValueError("is not a link: it holds blanks or a password")
    if not _URL.match(value):
        raise ValueError("is not a link")
    return value


@cache
def _zones() -> frozenset[str]:
    """Of the package, read in a moment; `available_timezones` opens every file of the system's."""
    from importlib.resources import files

    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def check_zone(value: str) -> str:
    """A name of the time zone database. Looked up in the list, never opened as a path."""
    if value not in _zones():
        raise ValueError("is not a time zone: a name such as Europe/London expected")
    return value


def zone(name: str) -> ZoneInfo:
    """The time zone of a name that `check_zone` accepted."""
    return ZoneInfo(check_zone(name))


def form(pattern: str, what: str, **more: object) -> WithJsonSchema:
    """A text's JSON Schema: its pattern (ECMA 262), and what editors say where it does not fit."""
    return WithJsonSchema(
        {"type": "string", "pattern": f"^{pattern}$", "patternErrorMessage": what, **more}
    )


def ecma(pattern: re.Pattern[str]) -> str:
    """One of our patterns as JSON Schema has them (ECMA 262), without the anchors."""
    return pattern.pattern.replace(r"\Z", "$").removesuffix("$")


def _text(most: int) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": most}
    )


_SLUG_FORM: Final = "(?!(?:aux|con|nul|prn|(?:com|lpt)[0-9])$)" + ecma(SLUG)
# Every day of the calendar from the year 1.
DAY_FORM: Final = (
    "(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
MONTH_FORM: Final = ecma(_MONTH)
# What other YAML readers take for a whole number, and we for text.
_OR_DIGITS: Final = {"type": ["string", "integer"], "minimum": 0}

# A limit that follows the type is checked with it; one that follows a function costs a call.
Text = Annotated[str, Field(min_length=1, max_length=500), _text(500)]
Name = Annotated[str, Field(min_length=1, max_length=200), _text(200)]
Slug = Annotated[
    str,
    AfterValidator(check_slug),
    form(_SLUG_FORM, "not a slug: only a-z, 0-9 and '-', at most 64 of them", **_OR_DIGITS),
]
Tag = Annotated[
    str,
    AfterValidator(check_tag),
    form(ecma(TAG), "not a tag: only a-z, 0-9, '-' and '/', at most 64", **_OR_DIGITS),
]
Identity = Annotated[
    str,
    AfterValidator(check_identity),
    form(ecma(IDENTITY), "not an identity: network:handle expected, such as github:ada"),
]
Author = Annotated[
    str,
    AfterValidator(lambda v: check_identity(v) if ":" in v else check_slug(v)),
    form(
        f"(?:{ecma(IDENTITY)}|{_SLUG_FORM})",
        "neither a slug nor an identity (network:handle)",
        **_OR_DIGITS,
    ),
]
Day = Annotated[date, BeforeValidator(check_date), form(DAY_FORM, "not a day: YYYY-MM-DD expected")]
Month = Annotated[
    str,
    AfterValidator(check_month),
    form(rf"(?:{MONTH_FORM}|{DAY_FORM})", "not a month: YYYY-MM expected"),
    PLAIN,
]
Flag = Annotated[
    bool,
    BeforeValidator(check_flag),
    form("(?:true|false)", "neither true nor false", type=["boolean", "string"]),
]
Number = Annotated[
    float,
    BeforeValidator(check_number),
    AfterValidator(check_finite),
    form(ecma(_NUMBER), "not a number", type=["number", "string"]),
]
Weight = Annotated[
    Number,
    AfterValidator(check_weight),
    form(
        rf"(?!-[^eE]*[1-9]){ecma(_NUMBER)}",
        "not a number from 0",
        type=["number", "string"],
        minimum=0,
    ),
]
Count = Annotated[
    int,
    BeforeValidator(check_count),
    Field(ge=0),
    form(ecma(_COUNT), "not a whole number from 0", **_OR_DIGITS),
]
Url = Annotated[
    str,
    Field(max_length=2000),
    AfterValidator(check_url),
    form(ecma(_URL), "not a link: http:// or https:// expected", maxLength=2000),
]


class _OneOfTheZones:
    """Says a time zone as JSON Schema: the list of them, which is read only for that."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(core_schema) | {"enum": sorted(_zones())}


Zone = Annotated[str, AfterValidator(check_zone), _OneOfTheZones()]
