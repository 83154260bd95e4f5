"""What is handed in from outside, so that pure code stays pure and tests need no patches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
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


class Tree(Protocol):
    """One state of a workspace: the work tree, the index, or a commit."""

    @property
    def label(self) -> str:
        """How messages call it."""

    def entries(self, folders: Collection[str] = FOLDERS) -> Iterable[Entry]:
        """Configuration, then every path below these folders, in git's order.

        Links and special files are named, never followed.
        """

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
