"""A community as one tree holds it: every record and feed, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from crmtool.model.config import Config, Source, Tags
from crmtool.model.feeds import Profile, Tombstone
from crmtool.model.finding import Finding
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import OtherFile
from crmtool.model.records import Note, Person, Task

T = TypeVar("T", bound=BaseModel)
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """One record's file: its typed frontmatter and its Markdown body."""

    path: str
    data: T
    body: str
    body_line: int = 1

    @property
    def slug(self) -> str:
        """The file's stem, which names the record everywhere else."""
        return PurePosixPath(self.path).stem


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One month of one source's activities, as a file that an engine can read."""

    source: str
    path: str
    local: Path


@dataclass(frozen=True, slots=True)
class Comment:
    """What follows a `#` in a YAML text: read by people, by rules, and by nothing else."""

    path: str
    line: int
    column: int
    text: str
    alone: bool = False
    """Whether nothing else stands on its line."""
    close: bool = False
    """Whether it begins right behind its `#`."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be taken for what it should be, as text: for rules on content."""

    path: str
    text: str
    body: int
    """Where the body begins; before it stands YAML, whole or broken."""


@dataclass(frozen=True)
class Community:
    """Everything that one tree says."""

    config: Config
    tags: Tags
    people: Mapping[str, Record[Person]]
    notes: Mapping[str, Record[Note]]
    tasks: Mapping[str, Record[Task]]
    sources: Mapping[str, Source]
    profiles: Mapping[str, Mapping[str, Profile]] = field(default_factory=dict)
    feeds: tuple[FeedFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    actors: Mapping[str, str] = field(default_factory=dict)
    """Which person stands behind each actor of the feeds (actor identity to slug)."""
    outside: frozenset[str] = frozenset()
    """Actors whose activities stand outside every figure."""
    comments: tuple[Comment, ...] = ()
    """The comments of records' frontmatter and of configuration files."""
    unread: tuple[Unread, ...] = ()
    """The files that count for nothing until they are mended."""
    paths: tuple[str, ...] = ()
    """Every path in the record folders, whatever it is."""
    others: tuple[OtherFile, ...] = ()
    """What lies around the records; gathered for a check alone."""
    tombstones: tuple[Tombstone, ...] = ()
    """Who was forgotten, as hashes."""
    keyed: Keyed | None = None
    """The privacy key, where this machine has it."""
    public: str = ""
    """Where everybody can read this repository, as far as the machine knows."""
    as_of: date | None = None
    """What day it is, for rules that ask; None: they find nothing."""
    base: Community | None = None
    """What it was before a change, for rules on changes; None: they find nothing."""
    _known: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, work: Callable[[Community], S]) -> S:
        """What this function makes of it, worked out at the first time that somebody asks.

        It goes with the community. Kept elsewhere, it would keep all records to the program's
        end, where Python looks at each of them several times more.
        """
        if work not in self._known:
            self._known[work] = work(self)
        known: S = self._known[work]
        return known

    def unread_names(self, folder: str) -> set[str]:
        """The slugs in a record folder whose files are there, and cannot be read."""
        paths = (PurePosixPath(file.path) for file in self.unread)
        return {path.stem for path in paths if path.parts[0] == folder}

    def records(self) -> Iterator[Record[Person] | Record[Note] | Record[Task]]:
        """People, notes and tasks."""
        yield from self.people.values()
        yield from self.notes.values()
        yield from self.tasks.values()
