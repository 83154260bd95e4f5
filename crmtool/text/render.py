"""New records as text. An existing file is never rendered again: it is spliced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

# What reads as text in YAML 1.1 and 1.2 alike when left unquoted.
_PLAIN: Final = re.compile(
    r"[^\W\d_](?:[^\x00-\x1f\"'#:,\[\]{}&*!|>%@`]|:(?=[^\s,\[\]{}]))*\Z"
)
_WORDS: Final = frozenset(
    "true false yes no on off null y n t f ~ none inf nan".split()
)
_DAY: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?\Z")


def scalar(value: object) -> str:
    """One value as YAML that any reader takes for the same text.

    >>> scalar("Ada Lovelace"), scalar("NO"), scalar("a: b")
    ('Ada Lovelace', '"NO"', '"a: b"')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _DAY.match(text):
        return text
    if _PLAIN.match(text) and text.lower() not in _WORDS and text == text.strip():
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Text in double quotes, with every character escaped that YAML or an eye could mistake."""
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char.isprintable() or char == "\u200d" or char == "\u200c":
            out.append(char)
        else:
            code = ord(char)
            out.append(f"\\x{code:02x}" if code < 256 else  # noqa: PLR2004
                       f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}")  # noqa: PLR2004
    return '"' + "".join(out) + '"'


def _lines(key: str, value: Any, indent: str) -> Iterable[str]:
    if isinstance(value, Mapping):
        yield f"{indent}{key}:"
        for name, item in value.items():
            yield from _lines(name, item, indent + "  ")
    elif isinstance(value, (list, tuple)):
        yield f"{indent}{key}:"
        yield from (f"{indent}  - {scalar(item)}" for item in value)
    else:
        yield f"{indent}{key}: {scalar(value)}"


def record(frontmatter: Mapping[str, Any], body: str = "") -> str:
    """A new record's text: the block with its keys in the order given, then the body."""
    lines = ["---"]
    for key, value in frontmatter.items():
        lines += _lines(key, value, "")
    lines.append("---")
    text = "\n".join(lines) + "\n"
    return text + body.rstrip("\n") + "\n" if body.strip() else text


def mapping(values: Mapping[str, Any]) -> str:
    """A configuration file's text."""
    return "\n".join(line for k, v in values.items() for line in _lines(k, v, "")) + "\n"
