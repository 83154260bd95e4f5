"""What an importer is: two methods and a few plain facts.

`fetch` yields raw items newer than a cursor and says where the next run begins; `normalise` turns
one raw item into profiles and activities, purely. Everything else (ordering, months, dedupe,
records, the commit) is done once for all importers elsewhere.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from crmtool.model.config import Config, Source
from crmtool.model.feeds import Activity, Profile
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import Clock, Repository

Raw = TypeVar("Raw")
Cursor = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What an importer is given: its source's settings, the policy, and the outside world."""

    name: str
    source: Source
    config: Config
    keyed: Keyed
    clock: Clock
    repository: Callable[[], Repository]
    progress: Callable[[int, int | None], None] = lambda done, total: None
    watched: bool = False
    """Whether somebody looks at the progress, so that a total is worth counting."""


@dataclass
class Outcome:
    """What a run found besides items; filled in while `fetch` goes on."""

    cursor: dict[str, Any] = field(default_factory=dict)
    replaces: bool = False
    """Whether this run read everything, so that what it did not name is gone."""
    skipped: dict[str, int] = field(default_factory=dict)
    """What was left out, by reason."""

    def skip(self, reason: str) -> None:
        """Count one item that was left out."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


class Importer(ABC, Generic[Raw]):
    """A source type. Subclasses say how to fetch and how to normalise; no more is needed."""

    type: ClassVar[str]
    """The word in `source.yml`."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.outcome = Outcome()

    @abstractmethod
    def fetch(self, cursor: Cursor) -> Iterator[Raw]:
        """Raw items since the cursor (empty at first). Sets `outcome.cursor` for the next run.

        Raises:
            SourceError: the source cannot be read; what was yielded before is kept.

        """

    @abstractmethod
    def normalise(self, raw: Raw) -> Iterable[Activity | Profile]:
        """One raw item in the words of the vocabulary. Profiles come before who they describe."""

    def close(self) -> Iterable[Profile]:
        """What can be said only after the last item; by default nothing."""
        return ()
