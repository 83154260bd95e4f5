"""The folder that a site is built into: only ours is ever written over, and only what changed.

A marker file lists what was built. A folder without one that holds anything is somebody's, and is
refused; what is not in the list is never deleted.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import IO, Final, Self

from crmtool.errors import Refused

MARKER: Final = ".crmtool-site"
_HEAD: Final = (
    "crmtool site 1: crmtool made every file listed here and replaces them without asking"
)
_FLAGS: Final = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)


class Folder:
    """One build into one folder: write the pages, then `finish`. A context manager."""

    def __init__(self, path: Path, workspace: Path) -> None:
        self.written = self.unchanged = self.removed = 0
        self.path = path = _require_ours(path, workspace)
        path.mkdir(parents=True, exist_ok=True)
        self._old = frozenset(_listed(path))
        self._new: set[str] = set()
        self._folders = {""}
        self._marker: IO[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._marker:
            self._marker.close()

    def write(self, name: str, data: bytes) -> None:
        """Put a file at a path below the folder, unless it holds these bytes already."""
        self._new.add(name)
        self._make_folder(name.rpartition("/")[0])
        if _holds(self.path / name, data):
            self.unchanged += 1
            return
        if name not in self._old:
            self._note(name)
        _replace(self.path / name, data)
        self.written += 1

    def finish(self) -> None:
        """Delete what earlier builds made and this one did not, and list what there is now."""
        for name in sorted(self._old - self._new):
            self._remove(name)
        marker = self.path / MARKER
        if _holds(marker, text := "\n".join((_HEAD, *sorted(self._new), "")).encode()):
            return
        temporary = self.path / f"{MARKER}.new"
        _replace(temporary, text)
        temporary.replace(marker)

    def _note(self, name: str) -> None:
        """Say in the marker that a file is ours before it is there: a build may be killed."""
        if self._marker is None:
            marker = self.path / MARKER
            if not marker.exists():
                _replace(marker, f"{_HEAD}\n".encode())
            self._marker = marker.open("a", encoding="utf-8", newline="\n")
        self._marker.write(f"{name}\n")
        self._marker.flush()

    def _make_folder(self, name: str) -> None:
        if name in self._folders:
            return
        self._make_folder(name.rpartition("/")[0])
        folder = self.path / name
        if folder.is_symlink():
            raise Refused(f"{folder} is a link, so nothing was built", "remove the link")
        folder.mkdir(exist_ok=True)
        self._folders.add(name)

    def _remove(self, name: str) -> None:
        parts = PurePosixPath(name).parts
        folders = [self.path.joinpath(*parts[:n]) for n in range(1, len(parts))]
        if any(folder.is_symlink() or not folder.is_dir() for folder in folders):
            return
        (self.path / name).unlink(missing_ok=True)
        self.removed += 1
        for folder in reversed(folders):
            try:
                folder.rmdir()
            except OSError:  # holds something still
                return


def _require_ours(path: Path, workspace: Path) -> Path:
    """The folder's real path; refuse to build where a user's files could be.

    Raises:
        Refused: the folder is a link, holds the workspace, or holds what no build has made.

    """
    hint = "name an empty folder, or one that an earlier build made"
    if path.is_symlink():
        raise Refused(f"{path} is a link, so nothing was built", hint)
    real, root = path.resolve(), workspace.resolve()
    if real == root or real in root.parents or root / ".git" in (real, *real.parents):
        raise Refused(f"{path} is the workspace itself, so nothing was built", hint)
    if real.exists() and not real.is_dir():
        raise Refused(f"{path} is not a folder, so nothing was built", hint)
    if real.exists() and not (real / MARKER).is_file() and any(real.iterdir()):
        raise Refused(f"{path} holds files that crmtool did not make, so nothing was built", hint)
    return real


def _listed(path: Path) -> list[str]:
    """What the marker lists, less whatever would lead out of the folder."""
    try:
        lines = (path / MARKER).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    return [name for name in lines[1:] if _is_below(name)]


def _is_below(name: str) -> bool:
    parts = name.split("/")
    return name not in ("", MARKER) and not any(p in ("", ".", "..") for p in parts)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a regular file holds exactly these bytes."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def _replace(path: Path, data: bytes) -> None:
    """Write a file; a link in its place is removed, never written through."""
    if path.is_symlink():
        path.unlink()
    handle = os.open(path, _FLAGS | os.O_CREAT | os.O_TRUNC, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
