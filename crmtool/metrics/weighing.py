"""What each type of activity is and weighs in each source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crmtool.model.config import Weights
from crmtool.model.view import Measurable
from crmtool.model.vocabulary import ACTIVITY_TYPES, ActivityType


class Weighed(NamedTuple):
    """One row of `vocabulary`. `kind`: contribution, conversation or formality."""

    source: str
    type: str
    kind: str
    weight: float


def weighing(data: Measurable) -> Iterator[Weighed]:
    """Every type in every source that is configured or has a feed, or in a nameless one.

    A source's weight for a type goes before its default, then the community's, then the
    vocabulary's own.
    """
    names = sorted({*data.sources, *(feed.source for feed in data.feeds)}) or [""]
    for source in names:
        known = data.sources.get(source)
        layers = [known.weights if known else {}, data.config.engagement.weights]
        for name, activity in ACTIVITY_TYPES.items():
            weight = _weight(name, activity, layers)
            formal = activity.kind == "conversation" and weight == 0
            yield Weighed(source, name, "formality" if formal else activity.kind, weight)


def _weight(name: str, activity: ActivityType, layers: list[Weights]) -> float:
    for weights in layers:
        if name in weights:
            return weights[name]
        # A formality counts only where it is named: `default: 1` is not said with sign-offs
        # in mind.
        if "default" in weights and activity.weight:
            return weights["default"]
    return activity.weight
