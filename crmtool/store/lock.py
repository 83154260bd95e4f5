"""One writer at a time in a workspace."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crmtool.errors import Locked
from crmtool.store.paths import state_folder


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace's lock. The system frees it when the process ends, however it ends.

    Raises:
        Locked: another process holds it.

    """
    path = state_folder(root) / "lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            raise Locked(f"process {holder}" if holder else "its process is unknown") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
