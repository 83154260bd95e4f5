"""Trees: one state of a workspace. The work tree here; index and commits read git's objects."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from crmtool.model.protocols import FOLDERS, Entry
from crmtool.store.paths import CONFIG, TAGS

# Folders that hold no files of a workspace, or those that `entries` names.
_PASSED_OVER: Final = frozenset({*FOLDERS, ".crm", "build"})
_MADE: Final = frozenset({"__pycache__", "node_modules", "venv", ".venv", ".tox", ".cache"})
_MOST: Final = 20_000
_BARE: Final = frozenset({"HEAD", "objects", "refs"})
# A FIFO in a file's place would otherwise wait for a writer for ever.
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class WorkTree:
    """The files as they lie on disk now. Links are named, never followed."""

    label = "the work tree"

    def __init__(self, root: Path) -> None:
        self.root = root

    def entries(self, folders: Collection[str] = FOLDERS) -> Iterator[Entry]:
        """Configuration first, then every path below the folders asked for, in git's order.

        Raises:
            OSError: a folder cannot be listed.

        """
        for name in (CONFIG, TAGS, *(f for f in FOLDERS if f in folders)):
            try:
                mode = (self.root / name).lstat().st_mode
            except FileNotFoundError:
                continue
            if stat.S_ISDIR(mode) and name in FOLDERS:
                yield from _walk(os.fspath(self.root), name)
            elif stat.S_ISREG(mode):
                yield Entry(name)
            else:
                yield Entry(name, "link" if stat.S_ISLNK(mode) else "special")

    def others(self) -> Iterator[Entry]:
        """What lies outside the record folders; hidden and made folders are passed over.

        At most `_MOST` of it, as a workspace may lie in a project's whole repository.
        """
        pending: list[Entry | str] = [""]
        for _ in range(_MOST):
            if not pending:
                return
            item = pending.pop()
            if isinstance(item, Entry):
                if item.path not in (CONFIG, TAGS):
                    yield item
            elif item not in _PASSED_OVER and item.rpartition("/")[2] not in _MADE:
                with suppress(OSError):
                    pending += _listed(os.fspath(self.root), item)

    def read(self, path: str, limit: int = -1) -> bytes:
        """A regular file's bytes; a link or a FIFO is never opened."""
        handle = os.open(f"{self.root}/{path}", _FLAGS)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise FileNotFoundError(path)
            return _drain(handle, status.st_size, limit)
        finally:
            os.close(handle)

    def local(self, path: str) -> Path:
        """The file itself."""
        return self.root / path


def _drain(handle: int, size: int, limit: int) -> bytes:
    """Everything up to the limit, in two calls for most files (a file object would need six)."""
    left = size + 1 if limit < 0 else limit
    parts = []
    while left > 0 and (part := os.read(handle, left)):
        parts.append(part)
        left = left if limit < 0 else left - len(part)
    return b"".join(parts)


def _walk(root: str, top: str) -> Iterator[Entry]:
    """Depth first with an explicit stack: a deep tree cannot exhaust the interpreter."""
    pending: list[Entry | str] = [top]
    while pending:
        item = pending.pop()
        if isinstance(item, Entry):
            yield item
        else:
            pending += _listed(root, item)


def _listed(root: str, folder: str) -> list[Entry | str]:
    """What a folder holds, last first; a folder in it is a path alone.

    A repository inside is named and not entered: it is not this workspace's, and git would take
    its configuration for an order.
    """
    with os.scandir(f"{root}/{folder}") as found:
        items = list(found)
    names = {item.name for item in items}
    if folder and (".git" in names or names >= _BARE):
        return [Entry(folder, "submodule")]
    items.sort(key=_in_git_s_order, reverse=True)
    prefix = f"{folder}/" if folder else ""
    return [_entry(item, prefix + item.name) for item in items if item.name != ".git"]


def _in_git_s_order(item: os.DirEntry[str]) -> str:
    return item.name + "/" if item.is_dir(follow_symlinks=False) else item.name


def _entry(item: os.DirEntry[str], path: str) -> Entry | str:
    if item.is_symlink():
        return Entry(path, "link")
    if item.is_dir(follow_symlinks=False):
        return path
    return Entry(path, "file" if item.is_file(follow_symlinks=False) else "special")
