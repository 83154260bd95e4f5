"""A text as a reader sees it: look-alikes made plain, what cannot be seen taken out.

An address stays one when it is written in full-width letters, with a zero-width space inside, as
HTML entities, with a backslash before the `@` or with an empty comment in the middle. Each plain
character knows where it came from.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from crmtool.rules.detect.pattern import Pattern

_ESCAPES: Final = (
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});?"  # HTML entities
    r"|\\[@.+_()\[\]-]"  # what Markdown takes a backslash from
    r"|%(?:40|2[BbDdEe])"  # @ + - . inside a link
)
_ESCAPED: Final = Pattern(_ESCAPES)
# Combining marks, fillers, variation selectors, zero-width and direction marks, tag characters;
# blanks, dashes and dots of other widths; full-width, circled, raised and mathematical letters.
_ODD: Final = Pattern(
    "[\xa0\xad\xb2\xb3\xb9\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u1d2c-\u1d6a\u2000-\u2013\u2024-\u202f\u205f-\u209c\u20d0-\u20f0\u2100-\u214f\u2212"
    "\u2460-\u24ff\u3000\u3002\u3164\ufe00-\ufe0f\ufe50-\ufe6b\ufeff\uff01-\uffee"
    "\U0001d400-\U0001d7ff\U0001f100-\U0001f189\U000e0000-\U000e01ef]|" + _ESCAPES
)
HIDING: Final = Pattern(
    "[\xad\u0300-\u036f\u061c\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1d2c-\u1d6a\u200b-\u200f"
    "\u2024-\u202e\u2060-\u209c\u20d0-\u20f0\u2100-\u214f\u2460-\u24ff\u3002\u3164\ufe00-\ufe0f"
    "\ufe50-\ufe6b\ufeff\uff01-\uffee\U0001d400-\U0001d7ff\U0001f100-\U0001f189\U000e0000-\U000e01ef]"
)
"""Those of the above in which something may hide (no blank or dash between a number's parts), and
the digits of other scripts."""
# What NFKC leaves alone.
_ALIKE: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-") | dict.fromkeys("\u3002", ".")
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
_UNSEEN: Final = frozenset(("Cf", "Mn", "Me", "Cc", "Zl", "Zp"))
# Markup with letters on both sides: a reader sees one word.
_GLUE: Final = Pattern(
    r"(?<=[^\s<>])(?:(?:<!--[^<>]{0,100}-->|</?[a-zA-Z][^<>\n@]{0,100}>)){1,20}(?=[^\s<>])"
)


class Plain(NamedTuple):
    """A plain text, and the place of each of its characters in the original (None: the same)."""

    text: str
    at: Sequence[int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the plain text stands in the original."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


def unfold(text: str) -> Iterator[Plain]:
    """The plain text; and once more without the markup inside words, if there is any."""
    if not text.isascii():
        plain = _replaced(Plain(text), _ODD)
    elif "&" in text or "\\" in text or "%" in text:
        plain = _replaced(Plain(text), _ESCAPED)
    else:
        plain = Plain(text)
    yield plain
    if "<" in text:
        joined = _replaced(plain, _GLUE)
        if joined.text != plain.text:
            yield joined


def _replaced(plain: Plain, pattern: Pattern) -> Plain:
    """The text with each match as its reader sees it."""
    text, origins = plain
    if not pattern.search(text):
        return plain
    parts: list[str] = []
    at: list[int] = []
    done = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        seen = _seen(found[0])
        parts += (text[done:start], seen)
        at += range(done, start)
        at += [start] * len(seen)
        done = end
    parts.append(text[done:])
    at += range(done, len(text))
    return Plain("".join(parts), at if origins is None else [origins[i] for i in at])


def _seen(odd: str) -> str:
    """What a reader sees of one match: of markup nothing, of an escape what it stands for."""
    if odd[0] == "&":
        return html.unescape(odd)
    if odd[0] == "\\":
        return odd[1:]
    if odd[0] == "%":
        return chr(int(odd[1:], 16))
    return "" if odd[0] == "<" else _ALIKE.get(odd) or _compatible(odd)


def _compatible(odd: str) -> str:
    plain = unicodedata.normalize("NFKC", odd)
    return "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN and c not in _FILLERS)


def folded(text: str) -> str:
    """Lower case without accents, each character still at its place."""
    if text.isascii():
        return text.lower()
    return text.replace("\u0130", "I").lower().translate(_BASE)


_BASE: Final = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in range(0xE0, 0x250)
    if unicodedata.normalize("NFD", chr(code))[0].isascii()
} | {0x2019: "'"}
