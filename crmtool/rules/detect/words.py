"""Many words as one pattern that is quick to search, and the sentence around a place."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from crmtool.rules.detect.pattern import Pattern

ENOUGH: Final = 1000
"""Words of one kind that are looked at in one text: a longer one is a flood, and gets a warning."""
_COMMON: Final = frozenset(
    """member person people right again every goes friday joined background partner left same far
    green mixed""".split()
)
_PARTS: Final = Pattern(r"[^\W_]+")
_SENTENCE_END: Final = Pattern(r"[.!?…](?=[\s)\"'»”]|\Z)|\n[ \t]*(?:\n|[-*+#>|]|\d+[.)])|;")


def one_of(words: str, *, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """A pattern that matches any of the words.

    Written apart by blanks; `_` and `-` stand for a blank, a line break or a hyphen. The text to
    search is lower case without accents (`unfold.folded`). Grouped by first letters, since a plain
    alternation of hundreds is tried one by one.
    """
    parts = sorted(set(words.split()))
    return Pattern(rf"\b(?:{_grouped(parts, 0)})(?!\w)", flags)


def signs_of(*words: str) -> frozenset[str]:
    """The most telling part of each word or phrase.

    A text whose `Sample.words` hold none of these matches no pattern made of the phrases.
    """
    phrases = (phrase for group in words for phrase in group.split())
    return frozenset(max(_PARTS.findall(phrase), key=_tells) for phrase in phrases)


def _tells(word: str) -> tuple[bool, int]:
    """How much a word of a phrase tells: the long ones, unless everybody uses them."""
    return word not in _COMMON, len(word)


def _grouped(words: list[str], depth: int) -> str:
    if depth == 2 or len(words) == 1:
        return "|".join(sorted((_as_pattern(word[depth:]) for word in words), reverse=True))
    return "|".join(
        f"{_as_pattern(first)}(?:{_grouped(list(group), depth + 1)})" if first else ""
        for first, group in groupby(words, lambda word: word[depth : depth + 1])
    )


def _as_pattern(word: str) -> str:
    escaped = re.escape(word).replace("'", "['’]")
    return escaped.replace("_", r"[\s-]{1,3}").replace(r"\-", r"[\s-]{0,3}")


def sentence(text: str, start: int, end: int, reach: int = 300) -> tuple[int, int]:
    """Where the sentence around a span begins and ends; at most `reach` characters each way."""
    first = max(0, start - reach)
    for found in _SENTENCE_END.finditer(text, first, start):
        first = found.end()
    after = _SENTENCE_END.search(text, end, min(len(text), end + reach))
    return first, after.start() if after else min(len(text), end + reach)
