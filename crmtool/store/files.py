"""Single files on the disk: told apart by their bytes, exchanged without a moment in between."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from crmtool.model.plan import digest

_NO_FILE: Final = "not a regular file"
_AT_FDCWD: Final = -100
_NOREPLACE: Final = 1
_EXCHANGE: Final = 2
# What a file system or a system says that does not know these two.
_UNKNOWN: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
ASIDE: Final = ".aside"


class Seen(NamedTuple):
    """One state of a file: SHA-256 of its bytes, and what tells later whether it is that still.

    Where there is nothing, both are None; a digest that is no hash is that of no regular file.
    """

    digest: str | None = None
    mark: tuple[int, int, int, int] | None = None


def look(path: str) -> Seen:
    """What a path holds now. Links are not followed."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return Seen()
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return Seen(_NO_FILE, _mark(os.lstat(path)))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return Seen(_NO_FILE, _mark(status))
        with open(handle, "rb", closefd=False) as file:
            return Seen(digest(file.read()), _mark(status))
    finally:
        os.close(handle)


def _mark(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def exchange(slot: str, target: str, seen: Seen) -> bool:
    """Let two names change places, one of which may hold nothing; doing it again undoes it.

    False, and all is as it was, where `target` no longer is what was seen: somebody saved it just
    now. There is no moment between looking and moving in which that would go unnoticed.
    """
    sys.audit("crmtool.exchange", slot, target)
    if seen.mark is None:
        return _move(slot, target)
    alone = not os.path.lexists(slot)
    if alone:
        _move(target, slot)
    else:
        _swap(slot, target)
    if _mark(os.lstat(slot)) == seen.mark:
        return True
    if alone:
        _move(slot, target)
    else:
        _swap(slot, target)
    return False


def _move(source: str, target: str) -> bool:
    """Rename; False where the new name is taken."""
    try:
        if not _rename(source, target, _NOREPLACE):
            if os.path.lexists(target):
                return False
            os.rename(source, target)  # noqa: PTH104 (a hot path)
    except FileExistsError:
        return False
    return True


def _swap(slot: str, target: str) -> None:
    """Each file under the other's name. Where the system cannot, `mend` completes a cut-off one."""
    if not _rename(slot, target, _EXCHANGE):
        os.link(target, slot + ASIDE)
        os.replace(slot, target)  # noqa: PTH105
        os.replace(slot + ASIDE, slot)  # noqa: PTH105


def mend(stage: Path) -> None:
    """Complete a `_swap` that was cut off."""
    for aside in stage.glob("*" + ASIDE):
        slot = aside.with_suffix("")
        if slot.exists():
            aside.unlink()
        else:
            aside.rename(slot)


def _rename(source: str, target: str, flag: int) -> bool:
    """Linux's renameat2; False where it is not there."""
    call = _renameat2()
    if call is None:
        return False
    names = os.fsencode(source), os.fsencode(target)
    if call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], flag) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), source, None, target)


@cache
def _renameat2() -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def flush(path: str) -> None:
    """Bring a file's bytes to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: str | Path) -> None:
    """Bring a folder's names to the disk."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folders(top: Path, folders: set[str]) -> None:
    """Bring new names below `top` to the disk, those of new folders in their parents among them."""
    every = {str(top)}
    for folder in folders:
        here = folder
        while here not in every:
            every.add(here)
            here = os.path.dirname(here)  # noqa: PTH120 (a hot path)
    for folder in every:
        sync_folder(folder)
