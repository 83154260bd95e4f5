"""What an importer is: two methods and a few plain facts.

`fetch` yields raw items newer than a cursor and says where the next run begins; `normalise` turns
one raw item into profiles and activities, purely. Everything else (ordering, months, dedupe,
records, the commit) is done once for all importers elsewhere.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from crmtool.model.config import Config, Source
from crmtool.model.feeds import Activity, Profile
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import Clock

Raw = TypeVar("Raw")
Cursor = Mapping[str, Any]
Pair = tuple[str, str]
"""A (name, address) as somebody wrote it; bytes that are not UTF-8 as surrogates."""


class Repository(Protocol):
    """A foreign git repository, read only."""

    @property
    def is_shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""

    def head(self, branch: str | None) -> str:
        """The commit to import up to."""

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether history only grew since `old`."""

    def mailmap(self, commit: str) -> str:
        """The object name of that commit's `.mailmap`, empty where it has none."""

    def alterations(self) -> bytes:
        """What makes git see other commits than there are, in no particular form."""

    def count(self, commit: str, since: str | None) -> int:
        """How many commits a log of that range will say."""

    def log(
        self, fields: str, commit: str, since: str | None, paths: Iterable[str]
    ) -> AbstractContextManager[Iterator[bytes]]:
        """`git log --format=FIELDS -z` of a range, in chunks of bytes."""

    def check_mailmap(self, pairs: Iterable[Pair], mailmap: str) -> Mapping[Pair, Pair]:
        """The pair that `.mailmap` gives for each raw one."""


def _unwatched(done: int, total: int | None) -> None:
    """Show nobody how far the work has come."""


@dataclass(frozen=True)
class Context:
    """What an importer is given: its source's settings, the policy, and the outside world."""

    name: str
    source: Source
    config: Config
    keyed: Keyed
    clock: Clock
    repository: Callable[[], Repository]
    progress: Callable[[int, int | None], None] = _unwatched
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
    notes: list[str] = field(default_factory=list)
    """What the user should know of the source."""

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
            SourceError: the source cannot be read; nothing of this run is kept.

        """

    @abstractmethod
    def normalise(self, raw: Raw) -> Iterable[Activity | Profile]:
        """One raw item in the words of the vocabulary. Profiles come before who they describe."""

    def close(self) -> Iterable[Profile]:
        """What can be said only after the last item; by default nothing."""
        return ()
