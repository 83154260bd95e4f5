"""Values of records in people's words: `starts=friday`, `roles=ada:speaker,grace:organiser`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from crmtool.errors import UsageError
from crmtool.model.days import KNOWN, read_day
from crmtool.model.guessing import guess

_DAYS: Final = frozenset("date expires starts ends sent received due".split())
_PAIRS: Final = frozenset({"roles", "metrics"})


def read_values(
    kind: type[BaseModel], given: Mapping[str, str], today: date, person: Callable[[str], str]
) -> dict[str, Any]:
    """Keys of a record with their values understood; `person` tells whom a name means.

    Raises:
        UsageError: there is no such key, or a day or a pair is none.

    """
    return {key: _value(kind, key, text, today, person) for key, text in given.items()}


def day_named(text: str, today: date) -> date:
    """The day that is meant.

    Raises:
        UsageError: it is no day.

    """
    try:
        return read_day(text, today)
    except ValueError as error:
        raise UsageError(str(error), f"days look like: {KNOWN}") from None


def _value(
    kind: type[BaseModel], key: str, text: str, today: date, person: Callable[[str], str]
) -> object:
    if key not in kind.model_fields:
        known = ", ".join(kind.model_fields)
        raise UsageError(
            f"a {kind.__name__.lower()} has no {key[:40]!r}",
            guess(key, kind.model_fields, f"it has: {known}"),
        )
    if key in _DAYS:
        return day_named(text, today)
    if key in _PAIRS:
        pairs = dict(read_pairs(key, text))
        return {person(k): v for k, v in pairs.items()} if key == "roles" else pairs
    return text


def read_pairs(key: str, text: str) -> Iterator[tuple[str, str]]:
    """`ada:speaker, grace:organiser` as pairs.

    Raises:
        UsageError: a part is no pair.

    """
    return (_pair(key, part) for part in text.split(",") if part.strip())


def _pair(key: str, part: str) -> tuple[str, str]:
    name, colon, value = (word.strip() for word in part.rpartition(":"))
    if not (name and colon and value):
        example = "ada-lovelace:speaker" if key == "roles" else "servers:3"
        raise UsageError(f"{part.strip()[:40]!r} is no pair for {key}", f"write {key}={example}")
    return name, value
