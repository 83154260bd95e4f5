"""Values as YAML text. An existing file is never rendered again: it is spliced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias, TypeGuard

Scalar: TypeAlias = str | bool | int | float | date
Value: TypeAlias = "Scalar | Sequence[Value] | Mapping[str, Value | None]"

# What reads as text in YAML 1.1 and 1.2 alike when left unquoted, inside brackets and outside,
# by libyaml and by PyYAML's own scanner (which ends a word in brackets at a '?').
_PLAIN: Final = re.compile(r"[^\W\d_](?:[^\"#:,\[\]{}|>`?]|:(?=[^\s,\[\]{}?]))*\Z")
# What YAML 1.1 takes for a truth value, and what all take for nothing.
_WORDS: Final = frozenset(["true", "false", "yes", "no", "on", "off", "y", "n", "null"])
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z")
# No blank to YAML and not printable to Python, yet part of how words are spelt and names spaced.
_SPELLING: Final = "\u200c\u200d\u3000"
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value is written as a list."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def as_read(value: Value) -> Any:
    """What the reader makes of a value once it is written: text, lists and dicts of it.

    Keys without a value are left out, as they are when written.
    """
    if isinstance(value, Mapping):
        return {name: as_read(item) for name, item in value.items() if item is not None}
    if is_list(value):
        return [as_read(item) for item in value]
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        return str(value)
    message = f"{type(value).__name__} is no value that a record can hold"
    raise TypeError(message)


def scalar(value: object) -> str:
    """One value as YAML that any reader takes for the same text, number or truth value.

    >>> scalar("Ada Lovelace"), scalar("NO"), scalar("a: b")
    ('Ada Lovelace', '"NO"', '"a: b"')

    Raises:
        TypeError: the value is none of text, number, truth value or date.

    """
    text = _text(value)
    if isinstance(value, (bool, int, float)) or _is_date(text) or _is_plain(text):
        return text
    return quoted(text)


def _is_date(text: str) -> bool:
    """Whether it is a day or a month of the calendar; others would stumble over a 31st of June."""
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    except ValueError:
        return False
    return True


def _is_plain(text: str) -> bool:
    return (
        _PLAIN.match(text) is not None
        and text.lower() not in _WORDS
        and text == text.strip()
        and all(map(_can_be_seen, text))
    )


def _can_be_seen(char: str) -> bool:
    return char.isprintable() or char in _SPELLING


def quoted(text: str) -> str:
    """Text in double quotes, with every character escaped that YAML or an eye could mistake."""
    return '"' + "".join(_ESCAPES.get(char) or _escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if _can_be_seen(char):
        return char
    digits = f"{ord(char):x}"
    letter, width = next((c, n) for c, n in (("x", 2), ("u", 4), ("U", 8)) if len(digits) <= n)
    return f"\\{letter}{digits:0>{width}}"


def key(name: str) -> str:
    """A mapping's key as YAML."""
    # A key of the format itself, which only a YAML 1.1 reader takes for a truth value.
    return name if name == "on" else scalar(name)


def inline(value: object) -> str:
    """A value on one line, lists and mappings between brackets."""
    if isinstance(value, Mapping):
        pairs = (f"{key(name)}: {inline(v)}" for name, v in value.items() if v is not None)
        return "{" + ", ".join(pairs) + "}"
    if is_list(value):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value)


def entry(name: str, value: object) -> list[str]:
    """A key and its value as lines; lists and mappings stand below the key, indented."""
    if isinstance(value, Mapping) and (pairs := block(value)):
        return [f"{key(name)}:", *(f"  {line}" for line in pairs)]
    if is_list(value) and value:
        return [f"{key(name)}:", *(f"  {line}" for each in value for line in item(each))]
    return [f"{key(name)}: {inline(value)}"]


def item(value: object) -> list[str]:
    """An item of a list as lines, the first with its dash."""
    if isinstance(value, Mapping) and (pairs := block(value)):
        return [f"- {pairs[0]}", *(f"  {line}" for line in pairs[1:])]
    return [f"- {inline(value)}"]


def block(values: Mapping[str, object]) -> list[str]:
    """A mapping as lines. What has no value is left out."""
    return [line for name, v in values.items() if v is not None for line in entry(name, v)]


def record(frontmatter: Mapping[str, Any], body: str = "") -> str:
    """A new record's text: the block with its keys in the order given, then the body."""
    text = "\n".join(["---", *block(frontmatter), "---"]) + "\n"
    return text + body.rstrip("\n") + "\n" if body.strip() else text


def mapping(values: Mapping[str, Any]) -> str:
    """A configuration file's text."""
    return "".join(f"{line}\n" for line in block(values))
