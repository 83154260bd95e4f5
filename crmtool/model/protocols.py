"""What is handed in from outside, so that pure code stays pure and tests need no patches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, Protocol

FOLDERS: Final = ("people", "notes", "tasks", "sources")
"""Where records and feeds lie."""
EntryKind = Literal["file", "link", "submodule", "special"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of a tree."""

    path: str
    kind: EntryKind = "file"


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file outside the record folders, or one about git: for rules on what lies around."""

    path: str
    kind: EntryKind = "file"
    head: bytes = b""
    """How it begins, of files that such a rule may want to look into."""


class Tree(Protocol):
    """One state of a workspace: the work tree, the index, or a commit."""

    @property
    def label(self) -> str:
        """How messages call it."""

    def entries(self, folders: Collection[str] = FOLDERS) -> Iterable[Entry]:
        """Configuration, then every path below these folders, in git's order.

        Links and special files are named, never followed.
        """

    def others(self) -> Iterable[Entry]:
        """What lies outside the record folders, as far as it may be of this workspace."""

    def read(self, path: str, limit: int = -1) -> bytes:
        """A file's bytes, no more of them than `limit` unless that is negative.

        Raises:
            FileNotFoundError: no such file in this tree.

        """

    def local(self, path: str) -> Path:
        """A file on this machine that holds the same bytes, for engines that read files."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """This moment, with a zone."""

    def sleep(self, seconds: float) -> None:
        """Let that much time pass."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a web server. Header names are in lower case."""

    method: Literal["GET", "POST", "PUT"]
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = None
    private: bool = False
    """Whether it may go to an address that the public cannot reach."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a web server answers. Header names are in lower case; the body is still encoded."""

    status: int
    headers: Mapping[str, str]
    body: Iterable[bytes]


class Transport(Protocol):
    """The way to web servers. It follows no redirect and repeats nothing."""

    def send(self, request: Request) -> AbstractContextManager[Reply]:
        """Ask, and hold the connection for as long as the body is read.

        Raises:
            NoAnswer: there is none, or the body broke off.

        """


class NoAnswer(Exception):
    """A server that did not answer: why, in words, and whether asking again is in vain."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


class Repository(Protocol):
    """A foreign git repository, read only."""

    def head(self, branch: str | None) -> str:
        """The commit to import up to."""

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether history only grew since `old`."""

    def mailmap(self, commit: str) -> str:
        """The object name of that commit's `.mailmap`, empty where it has none."""

    def log(
        self, fields: str, commit: str, since: str | None, paths: Iterable[str], mailmap: str
    ) -> AbstractContextManager[Iterator[bytes]]:
        """What `git log --format=FIELDS -z`-like records say, in chunks of bytes."""

    def check_mailmap(
        self, pairs: Iterable[tuple[str, str]], mailmap: str
    ) -> Mapping[tuple[str, str], tuple[str, str]]:
        """The (name, address) that `.mailmap` gives for each raw pair."""
