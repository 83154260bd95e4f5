"""The YAML that nearly every record is written in, read without a parser.

That is `key: value`, `key: [one, two]`, `key: {name: value}`, and below a key a list of plain
words, of mappings, or one mapping. Whatever this reader takes it takes exactly as `yamltext` does
(a property test compares them), in a fifth of the time. Of all else, right or wrong, it says
nothing but that it does not know.
"""

from __future__ import annotations

import re
from typing import Any, Final

MOST: Final = 5_000
"""Characters that are looked at, too few for too many items."""
_KEY: Final = r"[A-Za-z][A-Za-z0-9_/-]{0,63}"
# A plain scalar begins with no sign of YAML's own, and holds neither a comment nor a ': '.
_VALUE: Final = r"(?!null\n)[^\W_][^\n:#]*+(?::[^\s:#][^\n:#]*+)*+(?<! )"
# Between brackets these and the comma count as well.
_WORD: Final = r"(?!null[,\]}])[^\W_][^\n:#,?\[\]{}]*+(?::[^\s:#,?\[\]{}][^\n:#,?\[\]{}]*+)*+(?<! )"
_PAIR: Final = rf"{_KEY}: {_WORD}"
_ENTRY: Final = re.compile(
    rf"({_KEY}):(?: (?:({_VALUE})|\[({_WORD}(?:, {_WORD})*+)\]|\{{({_PAIR}(?:, {_PAIR})*+)\}})\n"
    r"|\n((?:[ -].*\n)++))"
)
_LIST, _MAPPING, _BELOW = 3, 4, 5  # its groups
_ITEMS: Final = re.compile(rf"( *- ){_VALUE}\n(?:\1{_VALUE}\n)*+\Z")
_PAIRS: Final = re.compile(rf"( +){_KEY}: {_VALUE}\n(?:\1{_KEY}: {_VALUE}\n)*+\Z")
_MAPPINGS: Final = re.compile(rf"(( *)- ){_KEY}: {_VALUE}\n(?:\2(?:- |  ){_KEY}: {_VALUE}\n)*+\Z")


def read_plain(text: str) -> dict[str, Any] | None:
    """What a text that ends with a line break says; None where it takes a parser to tell."""
    if len(text) > MOST or not text.replace("\n", "").isprintable():
        return None
    found, at = dict[str, Any](), 0
    while entry := _ENTRY.match(text, at):
        key, which, at = entry[1], entry.lastindex or 0, entry.end()
        value: Any = entry[which]
        if which == _LIST:
            value = value.split(", ")
        elif which == _MAPPING:
            value = _mapping(value.split(", "))
        elif which == _BELOW:
            value = _below(value)
        if value is None or key in found:
            return None
        found[key] = value
    return found if found and at == len(text) else None


def _mapping(pairs: list[str]) -> dict[str, str] | None:
    """Pairs as a mapping; None where a key stands there twice."""
    made = dict([pair.split(": ", 1) for pair in pairs])
    return made if len(made) == len(pairs) else None


def _below(text: str) -> object:
    """What stands on the lines below a key."""
    if found := _ITEMS.match(text):
        return text[found.end(1) : -1].split(f"\n{found[1]}")
    if found := _PAIRS.match(text):
        return _mapping(text[found.end(1) : -1].split(f"\n{found[1]}"))
    if found := _MAPPINGS.match(text):
        items = text[found.end(1) : -1].split(f"\n{found[1]}")
        mappings = [_mapping(item.split(f"\n{found[2]}  ")) for item in items]
        return None if None in mappings else mappings
    return None
