"""What an output may hold: a community as one audience may see it.

Pages, exports and digests accept a View and nothing else, and the one way to a View is
`crmtool.privacy.redact`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from crmtool.model.community import FeedFile, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.records import Audience, Note, Person, Task


class Measurable(Protocol):
    """What figures are computed from: a Community for the team's own eyes, a View for output."""

    @property
    def config(self) -> Config:
        """Zones, weights, subprojects."""

    @property
    def people(self) -> Mapping[str, Record[Person]]:
        """Who is known, by slug."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Where the feeds come from, by name."""

    @property
    def feeds(self) -> tuple[FeedFile, ...]:
        """The activity files."""

    @property
    def actors(self) -> Mapping[str, str]:
        """Actor identity to slug, or to a pseudonym `~n` of somebody who may not be named."""

    @property
    def outside(self) -> frozenset[str]:
        """Actors whose activities stand outside every figure."""


@dataclass(frozen=True)
class View:
    """A community as one audience may see it.

    Who is restricted is nowhere in it. Who may be counted but not named has no record here; their
    actors share a pseudonym that begins with `~`, so that distinct people stay distinct.
    """

    audience: Audience
    config: Config
    tags: Tags
    people: Mapping[str, Record[Person]]
    notes: Mapping[str, Record[Note]]
    tasks: Mapping[str, Record[Task]]
    sources: Mapping[str, Source]
    feeds: tuple[FeedFile, ...] = ()
    actors: Mapping[str, str] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    """Earlier slugs of people, for links that are older than a merge; none for the public."""
