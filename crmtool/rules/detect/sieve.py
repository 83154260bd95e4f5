"""Which of many texts are worth a close look: nearly none of them.

A detector reads a text with patterns for every language and disguise, which takes its time. The
sieve searches hundreds of texts as one, for signs of which each thing to be found has at least
one, and so keeps back nothing; `tests/rules/test_detect.py` holds it to that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from crmtool.rules.detect import assigned, child, contact, home, secrets, special
from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import words_of
from crmtool.rules.detect.unfold import HIDING, folded

_BETWEEN: Final = "\n\n"
# A search for a single character costs nearly nothing, so that it goes before those for words.
_RARE: Final = ("_", "=")
_NUMBER: Final = Pattern(r"[0-9](?:[\s().\u00b7/\u2010-\u2013-]{0,4}[0-9]){6}")
_DIGIT: Final = Pattern("[0-9]")
_TOLD: Final = special.SIGNS | child.SIGNS


def _sorted_by_rarity(signs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The signs, each under the rare character in it, or under none."""
    listed: dict[str, tuple[str, ...]] = dict.fromkeys(("", *_RARE), ())
    for sign in signs:
        rare = next(filter(sign.__contains__, _RARE), "")
        listed[rare] += (sign,)
    return listed


# Case matters in tokens, and in nothing else.
_EXACT: Final = _sorted_by_rarity((*secrets.SIGNS, *contact.EXACT_SIGNS, *"@&\\%<"))
_FOLDED: Final = _sorted_by_rarity((*assigned.SIGNS, *contact.SIGNS))


def suspects(texts: Sequence[str]) -> set[int]:
    """Which texts may hold a secret, a bank number, an address or a phone number."""
    joined = _BETWEEN.join(texts)
    low = joined.replace("\u0130", "I").lower()
    starts = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))
    found = {number for number, text in enumerate(texts) if _hides(text)}
    for whole, signs in ((joined, _EXACT), (low, _FOLDED)):
        for sign in signs[""]:
            found.update(_holding(whole, sign, starts))
        for rare in _RARE:
            for number in _holding(whole, rare, starts):
                part = whole[starts[number] : starts[number + 1]]
                if any(map(part.__contains__, signs[rare])):
                    found.add(number)
    for pattern, whole in ((_NUMBER, joined), (contact.BRACKETED, low)):
        found.update(bisect_right(starts, match.start()) - 1 for match in pattern.finditer(whole))
    return found


def _hides(text: str) -> bool:
    return not text.isascii() and HIDING.search(text) is not None


def _holding(whole: str, sign: str, starts: list[int]) -> Iterator[int]:
    """The texts in which a sign stands."""
    at = whole.find(sign)
    while at >= 0:
        number = bisect_right(starts, at) - 1
        yield number
        at = whole.find(sign, starts[number + 1])


def speaks_of_people(text: str) -> bool:
    """Whether a text has any word of those that health, children, homes and births are told in."""
    words = words_of(folded(text))
    if not _TOLD.isdisjoint(words):
        return True
    return not home.SIGNS.isdisjoint(words) and _DIGIT.search(text) is not None
