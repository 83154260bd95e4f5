"""How alike two names are, whatever alphabet, order and habit they were written in."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import JaroWinkler

from crmtool.identity.names import Name, sound
from crmtool.identity.nicknames import are_forms_of_one

_CLOSE: Final = 0.9
_SHORT: Final = 4


class Level(IntEnum):
    """How two names agree, from the most to the least telling."""

    SAME = 0
    SOUND = 1
    WITHIN = 2
    NICKNAME = 3
    INITIAL = 4
    CLOSE = 5
    PART = 6
    NONE = 7
    APART = 8


class Likeness(NamedTuple):
    """How two names agree, and the words that they agree in."""

    level: Level
    words: tuple[str, ...]


NOTHING: Final = Likeness(Level.NONE, ())


@lru_cache(maxsize=65536)
def likeness(a: Name, b: Name) -> Likeness:
    """Compare two names.

    Two full names agree where each word of the shorter finds one of its own in the longer; one word
    at least must be there in full. A name of one word is part of a full one, or says nothing.
    """
    if not (a.is_full and b.is_full):
        return _of_one_word(a, b)
    if a.key == b.key or a.joined in _rotations(b):
        return Likeness(Level.SAME, a.words)
    short, long = sorted((a, b), key=lambda name: (len(name.words), name))
    worst = Level.SAME
    shared: list[str] = []
    rest = list(long.words)
    for word in sorted(short.words, key=len, reverse=True):
        level, other = min(
            ((_match(word, other), other) for other in rest), default=(Level.APART, "")
        )
        if level >= Level.NONE:
            return _leftover(shared)
        rest.remove(other)
        worst = max(worst, level)
        if level <= Level.SOUND:
            shared.append(word)
    if not shared and worst is not Level.CLOSE:
        return Likeness(Level.APART, ())
    if rest and worst < Level.WITHIN:
        worst = Level.WITHIN
    return Likeness(worst, tuple(shared))


def _leftover(shared: list[str]) -> Likeness:
    return Likeness(Level.APART, tuple(shared))


def _rotations(name: Name) -> set[str]:
    words = name.words
    return {"".join(words[at:] + words[:at]) for at in range(len(words))}


def _of_one_word(a: Name, b: Name) -> Likeness:
    single, other = (a, b) if not a.is_full else (b, a)
    if not single.words:
        return NOTHING
    word = single.joined
    if other.is_full and len(word) > 1:
        if word in _rotations(other):
            return Likeness(Level.SOUND, other.words)
        if any(sound(word) == sound(one) for one in other.words if len(one) > 2):  # noqa: PLR2004
            return Likeness(Level.PART, (word,))
    return NOTHING


@lru_cache(maxsize=65536)
def _match(a: str, b: str) -> Level:
    """How two words of names agree; `APART` where they do not."""
    if a == b:
        return Level.SAME
    if len(a) == 1 or len(b) == 1:
        return Level.INITIAL if a[0] == b[0] else Level.APART
    if sound(a) == sound(b):
        return Level.SOUND
    if are_forms_of_one(a, b):
        return Level.NICKNAME
    if min(len(a), len(b)) >= _SHORT and JaroWinkler.similarity(a, b) >= _CLOSE:
        return Level.CLOSE
    return Level.APART
