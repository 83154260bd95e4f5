"""What a workspace's own history says: when a file was last touched, what commits say they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmtool.store.git import run

_FORMAT: Final = "%H%x00%P%x00%B%x00"
_FIELDS: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A commit, those before it, and its message."""

    name: str
    parents: tuple[str, ...]
    message: str


def last_change(root: Path, path: str) -> int:
    """When the last commit that touched a file was made, in seconds since 1970; 0 if none did."""
    out = run(root, "log", "-1", "--format=%ct", "--", path).decode().strip()
    return int(out or 0)


def commits_that_say(root: Path, words: str) -> Iterator[Told]:
    """The commits up to HEAD with a line that begins with these words, newest first."""
    asked = ("log", "--topo-order", f"--grep=^{words}", "-z", f"--format=tformat:{_FORMAT}")
    yield from _told(run(root, *asked))


def commit_message(root: Path, name: str) -> Told:
    """One commit."""
    return next(_told(run(root, "log", "-1", "-z", f"--format=tformat:{_FORMAT}", name)))


def _told(out: bytes) -> Iterator[Told]:
    fields = out.decode("utf-8", "replace").split("\0")
    for at in range(0, len(fields) - _FIELDS, _FIELDS + 1):
        name, parents, message = fields[at : at + _FIELDS]
        yield Told(name, tuple(parents.split()), message)
