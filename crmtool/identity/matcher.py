"""Suggestions: pairs that may be one human, each with a calibrated score and its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crmtool.identity.blocking import candidates
from crmtool.identity.evidence import Evidence, Witness
from crmtool.identity.portraits import Portrait, Seal, portraits
from crmtool.identity.resolve import fold
from crmtool.identity.weights import BASE, WEIGHTS, in_words
from crmtool.model.community import Community
from crmtool.model.sighting import Sighting
from crmtool.model.suggestion import Reason, Suggestion

SHOWN: Final = 0.5
"""What is likelier than not is worth a question."""
_RARE: Final = frozenset({"rare", "uncommon"})


class Matcher:
    """The suggester that needs nothing but what crmtool brings along.

    `sightings` say when and where each identity was active. `seal` hashes a login as the
    workspace's key does; without it nothing of an address is compared.
    """

    def __init__(
        self, sightings: Mapping[str, Sighting], seal: Seal | None, least: float = SHOWN
    ) -> None:
        self._sightings, self._seal, self._least = sightings, seal, least

    def __call__(self, community: Community) -> Iterator[Suggestion]:
        """Every pair worth asking about, the surest first; never one that was answered with no."""
        everybody = portraits(community, self._sightings, self._seal)
        witness = Witness(everybody.values())
        found = []
        for a, b in candidates(everybody.values()):
            one, other = everybody[a], everybody[b]
            evidence = witness.compare(one, other)
            score = score_of(evidence)
            if (
                score >= self._least
                and has_second_sign(evidence)
                and not were_told_apart(one, other)
            ):
                found.append(Suggestion(a, b, score, reasons(evidence)))
        return iter(sorted(found, key=lambda s: (-s.score, s.a, s.b)))


def score_of(evidence: Sequence[Evidence]) -> float:
    """The probability that two are one, 0 to 1."""
    bits = BASE + sum(map(weight_of, evidence))
    return 1 / (1 + float(2**-bits))


def weight_of(evidence: Evidence) -> float:
    """What one sign adds to the log-odds, base 2."""
    return sum(WEIGHTS.get(part, 0.0) for part in evidence.parts)


def reasons(evidence: Sequence[Evidence]) -> tuple[Reason, ...]:
    """The signs in words, the weightiest first."""
    found = [Reason(in_words(one), round(weight_of(one), 1)) for one in evidence]
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


def has_second_sign(evidence: Sequence[Evidence]) -> bool:
    """Whether anything but a name speaks for it: two may be called the same and never have met.

    That both were seen in one place at times that fit is enough where the name is rare there.
    """
    signs = {one.sign.partition(".")[0] for one in evidence}
    if signs & {"word", "form", "host", "mark"}:
        return True
    is_rare = any(one.sign.startswith("name.") and one.rarity in _RARE for one in evidence)
    return is_rare and any(one.sign in {"time.overlap", "time.succession"} for one in evidence)


def were_told_apart(a: Portrait, b: Portrait) -> bool:
    """Whether somebody said that they are not one: of the records, or of an identity of either."""
    return _is_refused(a, b) or _is_refused(b, a)


def _is_refused(a: Portrait, b: Portrait) -> bool:
    if not a.no:
        return False
    refused = {fold(one) for one in a.no}
    return b.key in a.no or not refused.isdisjoint(map(fold, {b.key, *b.identities}))
