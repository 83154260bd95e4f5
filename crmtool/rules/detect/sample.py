"""A text made ready once for all detectors, and the spans that they find in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple

from crmtool.rules.detect.unfold import folded

_WORD: Final = re.compile(r"\w+")
_BLANKS: Final = {c: " " for c in range(128) if not (chr(c).isalnum() or chr(c) == "_")}
_DIGIT: Final = re.compile(r"\d")
_SIX: Final = re.compile(r"\d(?:[ ().\u00b7/\t-]{0,4}\d){5}")


class Span(NamedTuple):
    """A place in a text, and what stands there in a word or two (never the thing itself)."""

    start: int
    end: int
    what: str = ""


class Sample:
    """A plain text, the same folded, and what is asked first because it is quick to know."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = folded(text)
        """In lower case without accents, each character at its place."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the folded text."""
        if self.low.isascii():
            return frozenset(self.low.translate(_BLANKS).split())
        return frozenset(_WORD.findall(self.low))

    @cached_property
    def has_digit(self) -> bool:
        """Whether there is any digit."""
        return _DIGIT.search(self.text) is not None

    @cached_property
    def long_number(self) -> bool:
        """Whether six digits stand close together anywhere."""
        return _SIX.search(self.text) is not None
