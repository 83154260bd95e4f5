"""The file edits that a command has decided on and not yet made."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# What a file is to hold: its bytes, or a finished file to be moved into place.
Content = bytes | Path


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex: how plan and journal tell a file from another."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """One file: what it was (None: absent), what it is to be (None: deleted), and why.

    With `origin` the file is moved: `old` is what it holds there, under `path` there is nothing
    yet, and `new` is what it is to hold from then on, be it the same.
    """

    path: str
    old: str | None
    new: Content | None
    why: str
    origin: str | None = None

    @property
    def verb(self) -> str:
        """create, patch, move or delete."""
        if self.new is None:
            return "delete"
        if self.origin is not None:
            return "move"
        return "create" if self.old is None else "patch"

    @property
    def is_record(self) -> bool:
        """Whether people own the file, rather than an importer."""
        return not self.path.startswith("sources/")


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits of one command, and the commit message.

    An empty plan is what an import without news makes: nothing is written and nothing committed.
    """

    changes: tuple[Change, ...] = ()
    message: str = ""
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        twice = [path for path, count in Counter(self.touched()).items() if count > 1]
        if twice:
            raise ValueError(f"a plan changes {twice[0]} twice")

    def __bool__(self) -> bool:
        return bool(self.changes)

    def touched(self) -> Iterator[str]:
        """Every path that will hold something else afterwards, or nothing."""
        for change in self.changes:
            yield change.path
            if change.origin is not None:
                yield change.origin

    @property
    def records(self) -> tuple[Change, ...]:
        """The changes to files that people own, the ones that the mass-change rule counts."""
        return tuple(c for c in self.changes if c.is_record)
