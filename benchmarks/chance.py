"""Seeded chance that gives the same picks on every machine and every Python.

Only ``Random.random`` and whole-number arithmetic are used: the order in which
``sample``, ``shuffle`` or ``gauss`` ask for numbers has changed before, and the
last bit of ``exp`` and ``log`` belongs to the C library.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """A stream of picks; two with the same seed give the same ones."""

    def __init__(self, seed: str) -> None:
        """Start the stream."""
        self.random = Random(seed).random

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to limit - 1."""
        return int(self.random() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def hit(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self.random() < share

    def count(self, expected: float) -> int:
        """Round up or down so that the mean is what was expected."""
        return int(expected + self.random())

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return one key, heavier ones more often."""
        keys = list(weights)
        sums = list(accumulate(weights.values()))
        return keys[min(bisect_right(sums, self.random() * sums[-1]), len(keys) - 1)]

    def mixed(self, items: Iterable[T]) -> list[T]:
        """Return the items in another order."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def digits(self, length: int) -> str:
        """Return hexadecimal digits, as a commit's name has them."""
        words = (f"{self.below(1 << 32):08x}" for _ in range(-(-length // 8)))
        return "".join(words)[:length]


class Skew:
    """Picks ranks by Zipf's law: the first twice as often as the second."""

    def __init__(self, size: int) -> None:
        """Prepare the ranks 0 to size - 1."""
        self._sums = list(accumulate(1 / rank for rank in range(1, size + 1)))

    def rank(self, chance: Chance) -> int:
        """Return one rank."""
        found = bisect_right(self._sums, chance.random() * self._sums[-1])
        return min(found, len(self._sums) - 1)


class Deck(Generic[T]):
    """Cards in a mixed order; none comes again before all have come."""

    def __init__(self, chance: Chance, cards: Iterable[T]) -> None:
        """Mix the cards."""
        self._cards = chance.mixed(cards)
        self._drawn = 0

    def draw(self) -> T:
        """Return the next card."""
        self._drawn += 1
        return self._cards[(self._drawn - 1) % len(self._cards)]
