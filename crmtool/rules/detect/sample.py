"""A text made ready once for all detectors, and the spans that they find in it."""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.unfold import folded

_WORD: Final = Pattern(r"\w+")
_BLANKS: Final = {c: " " for c in range(128) if not (chr(c).isalnum() or chr(c) == "_")}
NUMBER: Final = Pattern(r"\d(?:[\s().\u00b7/\u2010-\u2013-]{0,4}\d){6}")
"""Seven digits close together: fewer make no number that rings or pays."""


class Span(NamedTuple):
    """A place in a text, and what stands there in a word or two (never the thing itself)."""

    start: int
    end: int
    what: str = ""


def words_of(low: str) -> frozenset[str]:
    """Every word of a folded text."""
    if low.isascii():
        return frozenset(low.translate(_BLANKS).split())
    return frozenset(_WORD.findall(low))


class Sample:
    """A plain text, the same folded, and what is asked first because it is quick to know."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = folded(text)
        """In lower case without accents, each character at its place."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the folded text."""
        return words_of(self.low)

    @cached_property
    def long_number(self) -> bool:
        """Whether there may be a number that rings or pays."""
        return NUMBER.search(self.text) is not None
