"""What somebody probably meant by a value that its key does not take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

_QUOTES: Final = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-./]?([0-9]{1,2})[-./]?([0-9]{1,2})\.?\Z")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-./])\s?([0-9]{1,2})[-./]\s?([0-9]{4})\Z")
_SHORT: Final = 80
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?:[/?#]\S*)?\Z", re.IGNORECASE)
_PAGE: Final = re.compile(r"(?:https?://)?(?:www\.)?(github|gitlab)\.com/@?([\w.-]+)/?\Z")
_FLAGS: Final = {
    **dict.fromkeys("yes y on 1 ja oui si sí sim wahr".split(), "true"),
    **dict.fromkeys("no n off 0 nein non não falsch".split(), "false"),
}


def meant(words: str, given: object) -> str:
    """A hint for a value and for what is said of it; empty where nobody can tell."""
    if not isinstance(given, str) or not given.strip():
        return ""
    text = given.strip()
    if text[0] in _QUOTES or text[-1] in _QUOTES:
        return "typographic quotes are part of the value; write straight ones, or none"
    guess = next((guess for said, guess in _GUESSES.items() if words.startswith(said)), None)
    found = guess(text[:100]) if guess else ""
    return f"did you mean {found}?" if found and found != text else ""


def _day(text: str) -> str:
    if found := _YEAR_FIRST.match(text.partition("T")[0].partition(" ")[0]):
        return _iso(found[1], found[2], found[3])
    if not (found := _YEAR_LAST.match(text)):
        return ""
    one, sign, other, year = found.groups()
    day_first, month_first = _iso(year, other, one), _iso(year, one, other)
    # With slashes, half the world begins with the month: often only one of the two is a day.
    return day_first if sign == "." or not month_first else "" if day_first else month_first


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _month(text: str) -> str:
    if found := re.match(r"([0-9]{4})[-./]([0-9]{1,2})\Z", text):
        return _iso(found[1], found[2], "1")[:7]
    if found := re.match(r"([0-9]{1,2})[-./]([0-9]{4})\Z", text):
        return _iso(found[2], found[1], "1")[:7]
    return _day(text)


def _flag(text: str) -> str:
    return text.lower() if text.lower() in ("true", "false") else _FLAGS.get(text.lower(), "")


def _slug(text: str) -> str:
    return _folded(text, r"[^a-z0-9]+")


def _tag(text: str) -> str:
    return _folded(text.removeprefix("#"), r"[^a-z0-9/]+")


def _folded(text: str, others: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(others, "-", plain).strip("-/")[:64]


def _identity(text: str) -> str:
    if page := _PAGE.match(text):
        return f"{page[1]}:{page[2]}"
    network, colon, handle = text.partition(":")
    if colon and re.match(r"[A-Za-z0-9.-]+\Z", network):
        return f"{network.lower()}:{handle.strip().removeprefix('@')}"
    name = text.removeprefix("@")
    return f"github:{name}" if re.match(r"[\w-]{1,39}\Z", name) else ""


def _link(text: str) -> str:
    return f"https://{text}" if _HOST.match(text) else ""


def _period(text: str) -> str:
    found = re.match(r"([0-9]{1,5})\s*(?:([hdwmy])|(hour|day|week|month|year)s?)\Z", text.lower())
    return found[1] + (found[2] or found[3][0]) if found else ""


_GUESSES: Final[dict[str, Callable[[str], str]]] = {
    "is not a date": _day,
    "is not a month": _month,
    "is neither true nor false": _flag,
    "is not a slug": _slug,
    "is not a tag": _tag,
    "is not an identity": _identity,
    "is not a link": _link,
    "is not a period": _period,
}


def unmapped(given: object) -> str:
    """A hint for a mapping where a text belongs; empty where nobody can tell."""
    if not isinstance(given, dict) or len(given) != 1:
        return ""
    key, value = next(iter(given.items()))
    return f"write {key}:{value} without a blank, or in quotes" if isinstance(value, str) else ""


def listed(given: object) -> str:
    """A hint for a text where a list belongs; empty where nobody can tell."""
    if not isinstance(given, str):
        return ""
    if re.match(r"-\w", given):
        return "put a blank after each '-'"
    items = [part.strip() for part in given.split(",")]
    return f"write [{', '.join(items)}]" if len(given) < _SHORT and all(items) else ""
