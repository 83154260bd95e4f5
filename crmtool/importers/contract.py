"""What an importer is: two methods and a few plain facts.

`fetch` yields raw items newer than a cursor and says where the next run begins; `normalise` turns
one raw item into profiles, activities and figures, purely. Everything else (ordering, months,
dedupe, records, the commit) is done once for all importers elsewhere, and so is HTTP: a client with
retries, limits and a budget comes from `context.client`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from crmtool.errors import Denied, SourceError, UsageError
from crmtool.importers.client import BUDGET, Client
from crmtool.model.config import Config, Source
from crmtool.model.feeds import Activity, Figures, Profile, Remark
from crmtool.model.keyed import Keyed
from crmtool.model.moments import earlier, utc, written
from crmtool.model.protocols import Clock, Transport

Raw = TypeVar("Raw")
Cursor = Mapping[str, Any]
Line = Activity | Profile | Figures | Remark
Headers = Mapping[str, str] | None
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


def _no_repository() -> Repository:
    raise AssertionError("only a source of type git reads a repository")


def _no_documents() -> Sequence[Path]:
    return ()


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
    transport: Transport
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where secrets are, by the names that `source.yml` gives."""
    since: date | None = None
    """What is older need not be read; None for everything."""
    known: Mapping[str, Profile] = field(default_factory=dict)
    """The profiles that this source has here, by identity."""
    repository: Callable[[], Repository] = _no_repository
    documents: Callable[[], Sequence[Path]] = _no_documents
    """The files that the target means."""
    progress: Callable[[int, int | None], None] = _unwatched
    watched: bool = False
    """Whether somebody looks at the progress, so that a total is worth counting."""

    def secret(self) -> str | None:
        """The token of the variable that `token_env` names; None where the source names none.

        Raises:
            Denied: the environment has no such variable.

        """
        variable = self.source.token_env
        if variable is None:
            return None
        if token := self.environment.get(variable, "").strip():
            return token
        hint = f"set it: export {variable}=…, or remove `token_env` from its source.yml"
        raise Denied(self.name, f"the environment variable {variable} is not set", hint)

    def client(self, base: str, *, headers: Headers = None, secrets: Headers = None) -> Client:
        """An HTTP client for this source: `secrets` are headers that only `base` may see."""
        budget = BUDGET if self.source.budget is None else self.source.budget
        return Client(
            self.name, base, self.transport, self.clock, headers or {}, secrets or {}, budget
        )

    def signs(self, address: str) -> list[str]:
        """What is kept of an address for matching: nothing where the settings want nothing kept."""
        wanted = self.config.identity.signs and self.config.privacy.emails != "none"
        return self.keyed.signs(address) if wanted else []


@dataclass
class Outcome:
    """What a run found besides items; filled in while it goes on."""

    cursor: dict[str, Any] = field(default_factory=dict)
    replaces: bool = False
    """Whether this run read everything, so that what it did not name is gone."""
    seen: int = 0
    """How many activities the source told of, those that were known already among them."""
    skipped: dict[str, int] = field(default_factory=dict)
    """What was left out, by reason."""
    notes: list[str] = field(default_factory=list)
    """What the user should know of the source."""
    taken: dict[str, str] = field(default_factory=dict)
    """Files of the source's inbox that were taken in, with the SHA-256 of what they held (hex)."""
    faults: list[SourceError] = field(default_factory=list)
    """Why parts of the source could not be taken while the rest was."""
    wanted: set[str] = field(default_factory=set)
    """Identities that get a record whatever they did."""

    def skip(self, reason: str, count: int = 1) -> None:
        """Count what was left out."""
        self.skipped[reason] = self.skipped.get(reason, 0) + count

    def note(self, words: str) -> None:
        """Tell something once."""
        if words not in self.notes:
            self.notes.append(words)


class Importer(ABC, Generic[Raw]):
    """A source type. Subclasses say how to fetch and how to normalise; no more is needed."""

    type: ClassVar[str]
    """The word in `source.yml`."""
    resumable: ClassVar[bool] = False
    """Whether `outcome.cursor` is true at every moment, so that a run that breaks off keeps what
    it has yielded. Such a source is read again from a little before where it was left, so a run
    that meets nothing at all, not even what is known, stops and asks."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.outcome = Outcome()

    @abstractmethod
    def fetch(self, cursor: Cursor) -> Iterator[Raw]:
        """Raw items since the cursor (empty at first). Sets `outcome.cursor` for the next run.

        The same item may come several times; activities are told apart by their ids.

        Raises:
            SourceError: the source cannot be read; unless `resumable`, nothing of this run is kept.

        """

    @abstractmethod
    def normalise(self, raw: Raw) -> Iterable[Line]:
        """One raw item in the words of the vocabulary. Profiles come before who they describe."""

    def close(self) -> Iterable[Profile]:
        """What can be said only after the last item; by default nothing."""
        return ()

    def read(self, file: Path) -> Iterator[Raw]:
        """Raw items out of a file that the platform exported (`import --file`).

        Raises:
            UsageError: by default: the platform has no such files.
            SourceError: this is none.

        """
        raise UsageError(f"{self.type} has no files to import: {file}", "import it without --file")


class Watermark:
    """Up to when something was read.

    The next run begins a little earlier, for what was late; what it then meets again is known by
    its id. What the source dates into the future never moves the mark, or all that follows would
    be passed over.
    """

    def __init__(self, known: object, now: datetime) -> None:
        self.now = written(now)
        self.mark = utc(known) if isinstance(known, str) else None

    def since(self, overlap: timedelta = timedelta()) -> str | None:
        """Where to begin; None for the beginning."""
        return earlier(self.mark, overlap) if self.mark else None

    def see(self, moment: str | None) -> None:
        """Note the moment of an item."""
        if moment and moment <= self.now and (self.mark is None or moment > self.mark):
            self.mark = moment
