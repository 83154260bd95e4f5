"""The file edits that a command has decided on and not yet made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

# What a file is to hold: its bytes, or a finished file to be moved into place.
Content = bytes | Path


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex: how plan and journal tell a file from another."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """One file: what it was (None: absent), what it is to be (None: deleted), and why."""

    path: str
    old: str | None
    new: Content | None
    why: str

    @property
    def verb(self) -> str:
        """create, patch or delete."""
        if self.new is None:
            return "delete"
        return "create" if self.old is None else "patch"


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits of one command, in the order in which they reach the disk, and the commit message.

    An empty plan is what an import without news makes: nothing is written and nothing committed.
    """

    changes: tuple[Change, ...] = ()
    message: str = ""
    notes: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def records(self) -> tuple[Change, ...]:
        """The changes to files that people own, the ones that the mass-change rule counts."""
        return tuple(c for c in self.changes if not c.path.startswith("sources/"))
