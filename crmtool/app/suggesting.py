"""`crmtool identity suggest`: who may be one person, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import KeyProblem, UsageError
from crmtool.identity.matcher import Matcher
from crmtool.identity.raw import raw_identities
from crmtool.model.records import Audience
from crmtool.model.suggestion import Suggester, Suggestion
from crmtool.store.keys import find_key
from crmtool.store.sightings import sightings


@dataclass(frozen=True)
class Suggested:
    """What is worth asking, and what a reviewer calls those it is about."""

    suggestions: tuple[Suggestion, ...]
    names: dict[str, str]
    places: dict[str, int]
    """Of each slug and unclaimed identity, its first line in `identity export`."""
    warning: str = ""


def suggested(asked: Asked, limit: int | None = None) -> Suggested:
    """The pairs worth asking about, the surest first, no more than the limit.

    Raises:
        UsageError: it was asked for the public.

    """
    scene = open_scene(asked)
    if scene.audience is Audience.PUBLIC:
        raise UsageError(
            "who may be whom is not for the public",
            "leave --audience out: suggestions show what the files themselves hold",
        )
    suggester, warning = make_suggester(scene)
    found = tuple(islice(suggester(scene.community), limit))
    places: dict[str, int] = {}
    names: dict[str, str] = {}
    community = scene.community
    for line, raw in enumerate(raw_identities(community.people, community.profiles)):
        key = raw.person or raw.identity
        places.setdefault(key, line)
        names.setdefault(key, raw.name or "")
    names |= {slug: record.data.name for slug, record in community.people.items()}
    return Suggested(found, names, places, warning)


def make_suggester(scene: Scene) -> tuple[Suggester, str]:
    """Who finds suggestions in a workspace, and what keeps it from finding all of them."""
    seen = sightings(scene.community.feeds)
    try:
        keyed = find_key(scene.community.config.privacy.key)
    except KeyProblem as error:
        return Matcher(seen, None), f"{error.message}: nothing of addresses is compared"
    return Matcher(seen, lambda word: keyed.sign("local", word)), ""


def as_pairs(found: Suggested) -> dict[str, list[list[Any]]]:
    """The lines of `identity export` that each suggestion is about, from 0, with its score."""
    at = found.places
    rows = [
        [at[s.a], at[s.b], round(s.score, 4)] for s in found.suggestions if {s.a, s.b} <= at.keys()
    ]
    return {"suggest": rows}


def as_data(found: Suggested) -> list[dict[str, Any]]:
    """Suggestions for programs."""
    return [asdict(suggestion) for suggestion in found.suggestions]


def as_text(found: Suggested) -> str:
    """Suggestions for a terminal: both, how sure it is, and each reason with its weight."""
    return "\n\n".join(_paragraph(one, found.names) for one in found.suggestions)


def _paragraph(suggestion: Suggestion, names: dict[str, str]) -> str:
    a, b = (_called(key, names.get(key, "")) for key in (suggestion.a, suggestion.b))
    lines = [f"{suggestion.score:4.0%}  {a}  =  {b}?"]
    lines += [f"      {reason.weight:+5.1f}  {reason.words}" for reason in suggestion.reasons]
    return "\n".join(lines)


def _called(key: str, name: str) -> str:
    return f"{name} ({key})" if name and name != key else key
