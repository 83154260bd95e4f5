"""Suggestions: two who may be one, how sure that is, and why. What `identity review` asks about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from crmtool.model.community import Community


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for two being one person, or, with a weight below 0, against it.

    `words` say it to a reviewer ("same login on GitHub and in Discourse"); `weight` is what it
    adds to the log-odds (base 2: 1 doubles the odds).
    """

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two records that may be one person.

    `a` and `b` are slugs or, of what no record lists, identities; `a` comes before `b` in the
    alphabet. `score` is the probability that they are one, 0 to 1; the weightiest reason is first.
    """

    a: str
    b: str
    score: float
    reasons: tuple[Reason, ...]


class Suggester(Protocol):
    """Who finds them."""

    def __call__(self, community: Community) -> Iterator[Suggestion]:
        """Every pair worth asking about, the surest first; never one that was answered with no."""
