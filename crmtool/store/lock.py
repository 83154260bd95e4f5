"""One writer at a time in a workspace."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from crmtool.errors import Locked
from crmtool.store.paths import state_folder

# Two short commands at once both succeed; who meets a long import is told so before long.
PATIENCE: Final = 5.0
_PAUSE: Final = 0.05


def patiently(attempt: Callable[[], bool], patience: float) -> bool:
    """Try until it works, or until so many seconds have passed; whether it worked."""
    end = time.monotonic() + patience
    while not attempt():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


@contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the workspace's lock. The system frees it when the process ends, however it ends.

    Raises:
        Locked: another process still holds it after `patience` seconds.

    """
    path = state_folder(root) / "lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if not patiently(lambda: _take(handle), patience):
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            raise Locked(f"process {holder}" if holder else "its process is unknown")
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
