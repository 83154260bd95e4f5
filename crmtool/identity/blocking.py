"""Which pairs to compare: those that share something rare enough, never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from typing import Final

from crmtool.identity.names import Name, sound
from crmtool.identity.portraits import Form, Portrait

_CROWD: Final = 40
"""What more than so many share tells nobody apart, and would be compared for long."""
_FEW: Final = 6
_BEGIN: Final = 4
_WORDS: Final = 5
_VOWELS: Final = str.maketrans("", "", "aeiou")

Pair = tuple[str, str]


def candidates(everybody: Iterable[Portrait]) -> set[Pair]:
    """Pairs of keys worth a closer look, each in the order of the alphabet."""
    everybody = [*everybody]
    words = _sharing(everybody, lambda portrait: portrait.words)
    found = {*_within(words, _CROWD)}
    found.update(_within(_sharing(everybody, _keys), _CROWD))
    found.update(_within(_sharing(everybody, _sounds), _FEW))
    found.update(_made(words, everybody))
    return found


def _sharing(
    everybody: Iterable[Portrait], keys_of: Callable[[Portrait], Iterable[str]]
) -> dict[str, list[str]]:
    """Who shares each key."""
    found: dict[str, list[str]] = defaultdict(list)
    for portrait in everybody:
        for key in keys_of(portrait):
            found[key].append(portrait.key)
    return found


def _within(groups: dict[str, list[str]], most: int) -> Iterator[Pair]:
    for known in groups.values():
        if 1 < len(known) <= most:
            yield from combinations(sorted(known), 2)


def _made(words: dict[str, list[str]], everybody: Iterable[Portrait]) -> Iterator[Pair]:
    """Those of whom one has a login that the other's name makes."""
    makers: dict[str, list[str]] = defaultdict(list)
    for portrait in everybody:
        for text, form in portrait.forms.items():
            if text in words and (form < Form.GIVEN or len(words[text]) <= _FEW):
                makers[text].append(portrait.key)
    for text, known in makers.items():
        if len(known) * len(words[text]) <= _CROWD:
            pairs = product(words[text], known)
            yield from ((min(a, b), max(a, b)) for a, b in pairs if a != b)


def _sounds(portrait: Portrait) -> set[str]:
    """The words of its names: one that few bear may be enough."""
    return {sound(word) for name in portrait.names.values() for word in name.words if word[1:]}


def _keys(portrait: Portrait) -> set[str]:
    """What two portraits of one human are likely to share one of."""
    keys = {*portrait.marks}
    for name in portrait.full_names:
        keys.update(_of_name(name))
    keys.update(f"={text}" for text, form in portrait.forms.items() if form is Form.WHOLE)
    return keys


def _of_name(name: Name) -> Iterator[str]:
    """Pairs of its words as they sound, whole or begun, so that one of them may be misspelled."""
    heard = [sound(word) for word in name.words[:_WORDS]]
    for a, b in combinations(sorted(heard), 2):
        yield f"{a} {b}"
        yield f"{a[0]} {b}"
        yield f"{a} {b[0]}"
        yield f"~{a[:_BEGIN]} {b[:_BEGIN]}"
        yield f"^{a[0]}{a.translate(_VOWELS)} {b[0]}{b.translate(_VOWELS)}"
