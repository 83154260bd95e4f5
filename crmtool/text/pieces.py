"""A YAML mapping that is broken somewhere, read key by key: so that every slip is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from crmtool.text.yamltext import MAX_PROBLEMS, Problem, read_yaml

_MOST: Final = 200
"""Keys of a broken text that are read by themselves."""
_KEY: Final = re.compile(r"(['\"]?)([\w.-]+)\1[ \t]*:(?:[ \t]|$)")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")
# What begins at the margin and is no key: a blank line, a comment, an item, a closing bracket.
_NO_KEY: Final = re.compile(r"(?:[ \t#}\]]|-(?:[ \t]|$)|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One key of a text with all that belongs to it."""

    key: str | None
    """None where it cannot be told."""
    value: Any
    text: str
    line_offset: int
    problems: list[Problem] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether what it says can be looked at."""
        return self.key is not None and not self.problems


def pieces(text: str, line_offset: int) -> list[Piece]:
    """The keys of a text, the broken ones with their problems; a key that comes twice is one."""
    found = list[Piece]()
    for number, lines in _cut(text):
        block = "".join(lines)
        offset = line_offset + number
        document = read_yaml(block, offset)
        key = _KEY.match(block)
        value = document.value
        if isinstance(value, dict) and len(value) == 1 and not document.problems:
            name, held = next(iter(value.items()))
            found.append(Piece(name, held, block, offset))
        else:
            problems = document.problems[:1] or [_no_key(block, offset)]
            found.append(Piece(key[2] if key else None, None, block, offset, problems))
        if sum(len(piece.problems) for piece in found) >= MAX_PROBLEMS:
            break
    return found


def _cut(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each key, and how many lines come before them."""
    begin, held = 0, list[str]()
    count = 0
    for number, line in enumerate(_LINE.findall(text)):  # only LF ends a line here
        starts = not _NO_KEY.match(line)
        if starts and count < _MOST:
            if any(not _NO_KEY.match(each) for each in held):
                yield begin, held
                begin, held = number, []
            count += 1
        held.append(line)
    if any(not _NO_KEY.match(each) for each in held):
        yield begin, held


def _no_key(block: str, line_offset: int) -> Problem:
    lines = block.split("\n")
    number = next(n for n, line in enumerate(lines) if not _NO_KEY.match(line))
    hint = "put a ':' and a blank after the key"
    message = "is not valid YAML: a line of 'key: value' expected"
    return Problem("yaml-syntax", message, line_offset + number + 1, 1, hint)
