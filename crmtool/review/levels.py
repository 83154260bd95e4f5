"""What other weights mean for people: who would be nearer to the core, and who farther."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from crmtool.metrics.engine import Engine
from crmtool.model.community import Community
from crmtool.review.statement import Part, Statement, sentence

_FURTHEST = 4


def level_statements(before: Community, after: Community, day: date) -> Iterator[Statement]:
    """How many people change their orbit level by what a change says of weights and windows.

    The feeds are those of afterwards for both, so that the weights alone make the difference.
    """
    if _weighing(before) == _weighing(after):
        return
    with Engine(after, day) as engine:
        new = engine.levels()
    with Engine(_weighed_as(after, before), day) as engine:
        old = engine.levels()
    pairs = [(old.get(s, _FURTHEST), new.get(s, _FURTHEST)) for s in old.keys() | new.keys()]
    nearer, farther = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    yield Statement(Part.SETTINGS, "weights", (sentence(_moved(nearer, farther)),), "crm.yml")


def _moved(nearer: int, farther: int) -> str:
    count = nearer + farther
    if not count:
        return "nobody changes level"
    people = "1 person changes" if count == 1 else f"{count:,} people change"
    return f"{people} level: {nearer:,} nearer, {farther:,} farther out"


def _weighing(community: Community) -> tuple[object, ...]:
    sources = {name: source.weights for name, source in community.sources.items()}
    return community.config.engagement, {n: w for n, w in sources.items() if w}


def _weighed_as(community: Community, other: Community) -> Community:
    """The same feeds and people, weighed as another state says."""
    config = community.config.model_copy(update={"engagement": other.config.engagement})
    sources = {
        name: source.model_copy(update={"weights": other.sources[name].weights})
        if name in other.sources
        else source
        for name, source in community.sources.items()
    }
    return replace(community, config=config, sources=sources)
