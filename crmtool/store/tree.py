"""Trees: one state of a workspace. The work tree here; index and commits read git's objects."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from crmtool.model.protocols import Entry
from crmtool.store.paths import CONFIG, TAGS

FOLDERS: Final = ("people", "notes", "tasks", "sources")


class WorkTree:
    """The files as they lie on disk now. Links are named, never followed."""

    label = "the work tree"

    def __init__(self, root: Path) -> None:
        self.root = root

    def entries(self) -> Iterator[Entry]:
        """Configuration first, then every path below the record folders, sorted."""
        for name in (CONFIG, TAGS):
            entry = _entry(self.root / name, name)
            if entry:
                yield entry
        for folder in FOLDERS:
            top = _entry(self.root / folder, folder)
            if top and top.kind == "link":
                yield top
            elif (self.root / folder).is_dir():
                yield from _walk(str(self.root / folder), folder)

    def read(self, path: str) -> bytes:
        """A regular file's bytes; a link or a FIFO is never opened."""
        handle = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise FileNotFoundError(path)
            return file.read()

    def local(self, path: str) -> Path:
        """The file itself."""
        return self.root / path


def _entry(path: Path, name: str) -> Entry | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return Entry(name, _kind(status.st_mode), status.st_size)


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "file"
    return "link" if stat.S_ISLNK(mode) else "special"


def _walk(folder: str, prefix: str) -> Iterator[Entry]:
    """Depth first with an explicit stack: a deep or looping tree cannot exhaust the interpreter."""
    pending = [(folder, prefix)]
    while pending:
        here, name = pending.pop()
        below = []
        with os.scandir(here) as found:
            for item in sorted(found, key=lambda e: e.name):
                path = f"{name}/{item.name}"
                if item.is_symlink():
                    yield Entry(path, "link")
                elif item.is_dir():
                    below.append((item.path, path))
                elif item.is_file():
                    yield Entry(path, "file", item.stat(follow_symlinks=False).st_size)
                else:
                    yield Entry(path, "special")
        pending += reversed(below)
