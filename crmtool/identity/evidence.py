"""What speaks for two portraits being one human, and what against: named signs, no numbers yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from crmtool.identity.alike import NOTHING, Level, Likeness, likeness
from crmtool.identity.names import Rarity
from crmtool.identity.portraits import Portrait

_SOON: Final = 90
_LATE: Final = 730
_FEW: Final = 3
_SOME: Final = 10
# The share of people whose further words agree as loosely as this by chance.
_LOOSELY: Final = {Level.INITIAL: 0.08, Level.NICKNAME: 0.02, Level.CLOSE: 0.02}
_BOUNDS: Final = ((0.001, "rare"), (0.01, "uncommon"), (0.1, "common"))


class Evidence(NamedTuple):
    """One sign, how rare it is where that matters, and what it was found in."""

    sign: str
    rarity: str = ""
    detail: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The signs that a weight was found for: `name.same` and `name:rare`."""
        kind = "word" if self.sign == "name.word" else self.sign.partition(".")[0]
        return (self.sign, f"{kind}:{self.rarity}") if self.rarity else (self.sign,)


class Witness:
    """Compares portraits, knowing how common everything is among all of them."""

    def __init__(self, everybody: Iterable[Portrait]) -> None:
        everybody = [*everybody]
        self._rarity = Rarity(name for p in everybody for name in p.full_names)
        self._bearers: Counter[str] = Counter()
        self._hosts: Counter[str] = Counter()
        for portrait in everybody:
            self._bearers.update(portrait.words.keys() | portrait.forms.keys())
            self._hosts.update(portrait.hosts)

    def compare(self, a: Portrait, b: Portrait) -> list[Evidence]:
        """Every sign, at most one of a kind."""
        alike = best_likeness(a, b)
        return [
            *self._names(alike),
            *self._logins(a, b, alike),
            *self._belongings(a, b),
            *_accounts(a, b),
            *_times(a, b),
        ]

    def _names(self, alike: Likeness) -> Iterator[Evidence]:
        level, words = alike.level, " ".join(alike.words)
        if level is Level.APART:
            yield Evidence("name.half" if words else "name.apart", detail=words)
        elif level is not Level.NONE:
            yield Evidence(f"name.{level.name.lower()}", self._rarity_of(alike), words)

    def _rarity_of(self, alike: Likeness) -> str:
        """How few namesakes are to be expected where names agree like this."""
        expected = self._rarity.namesakes(alike.words, but=2)
        expected *= _LOOSELY.get(alike.level, 1.0)
        return next((word for bound, word in _BOUNDS if expected < bound), "frequent")

    def _logins(self, a: Portrait, b: Portrait, alike: Likeness) -> Iterator[Evidence]:
        """A word that both have, and one that one has and the other's name makes: the rarest.

        That two of one name have logins made of it says little more than the name.
        """
        shared = a.words.keys() & b.words.keys()
        own = shared - a.forms.keys() - b.forms.keys()
        if shared:
            word = min(own or shared, key=lambda w: (self._bearers[w], w))
            kinds = {a.words[word], b.words[word]}
            if kinds == {"name"}:
                yield Evidence("name.word", self._among(word))
            else:
                sign = "word.own" if own else "word.named"
                yield Evidence(sign, self._among(word), " and ".join(sorted(kinds)))
        if shared and alike.level < Level.INITIAL:
            return
        made = [
            (y.forms[word], self._bearers[word], word, x.words[word])
            for x, y in ((a, b), (b, a))
            for word in x.words.keys() & y.forms.keys() - x.forms.keys()
        ]
        if made:
            form, _, word, kind = min(made)
            yield Evidence(f"form.{form.name.lower()}", self._among(word), kind)

    def _among(self, word: str) -> str:
        number = self._bearers[word]
        return "two" if number < _FEW else "few" if number <= _SOME else "many"

    def _belongings(self, a: Portrait, b: Portrait) -> Iterator[Evidence]:
        kinds = {mark.partition(":")[0].partition(" ")[0] for mark in a.marks & b.marks}
        yield from (Evidence(f"mark.{kind}") for kind in sorted(kinds))
        if hosts := a.hosts & b.hosts:
            fewest = min(self._hosts[host] for host in hosts)
            yield Evidence("host", "few" if fewest <= _FEW else "many")


def best_likeness(a: Portrait, b: Portrait) -> Likeness:
    """The way in which their names agree most; where none does, that full names differ."""
    found = [likeness(x, y) for x in a.names.values() for y in b.names.values()]
    best = min(found, default=NOTHING)
    if best.level is Level.NONE:
        return min((one for one in found if one.level is Level.APART), default=NOTHING)
    return best


def _accounts(a: Portrait, b: Portrait) -> Iterator[Evidence]:
    """Who has two accounts on one network has a reason, or is two people."""
    networks = [
        n for n in a.accounts.keys() & b.accounts.keys() if not a.accounts[n] & b.accounts[n]
    ]
    if networks:
        yield Evidence("accounts.differ", detail=min(networks))


def _times(a: Portrait, b: Portrait) -> Iterator[Evidence]:
    """Whether one fell silent as the other began; only where both were in one place."""
    if not (a.first and b.first and a.places & b.places):
        return
    early, late = sorted((a, b), key=lambda p: p.last)
    gap = _day(late.first) - _day(early.last)
    if gap <= 0:
        yield Evidence("time.overlap")
    elif gap <= _SOON:
        yield Evidence("time.succession")
    elif gap > _LATE:
        yield Evidence("time.apart")


def _day(moment: str) -> int:
    return date.fromisoformat(moment[:10]).toordinal()
