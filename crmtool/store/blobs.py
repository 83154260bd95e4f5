"""Contents of git objects: streamed from one git process, and kept as files for engines.

A kept file is named by the hash of its content, so it can be proved: one that is damaged, cut off
or somebody else's is written anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from crmtool.errors import WorkspaceError
from crmtool.store.git import HARDENED, OFFLINE_ENV
from crmtool.store.sealed import cache_folder

CHUNK: Final = 1 << 20
MOST: Final = 256 << 20
"""Bytes of kept files beyond which the oldest go."""
_DAY: Final = 86_400
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Blob:
    """One object's content on its way in. What is not read is skipped."""

    def __init__(self, stream: IO[bytes], name: str, size: int) -> None:
        self.name, self.size = name, size
        self._stream, self._left = stream, size

    def chunks(self) -> Iterator[bytes]:
        """The rest of the content, a megabyte at a time."""
        while self._left:
            part = self._stream.read(min(CHUNK, self._left))
            if not part:
                raise WorkspaceError(f"git object {self.name} was cut off", "run: git fsck")
            self._left -= len(part)
            yield part

    def read(self, limit: int = -1) -> bytes:
        """The content, no more of it than `limit` unless that is negative."""
        if limit < 0:
            return b"".join(self.chunks())
        part = self._stream.read(min(limit, self._left))
        self._left -= len(part)
        return part


def stream(root: Path, names: Iterable[str]) -> Iterator[Blob]:
    """The contents of objects in the order asked for, by one git process, in bounded memory.

    Raises:
        WorkspaceError: an object is not in the repository.

    """
    asked = list(names)
    if not asked:
        return
    with _cat_file(root, asked) as out:
        for name in asked:
            words = out.readline().split()
            if len(words) != 3:  # noqa: PLR2004 (name, kind, size)
                raise WorkspaceError(
                    f"git object {name} is not in this repository",
                    "a partial clone lacks it: run git fetch --refetch; else run git fsck",
                )
            blob = Blob(out, name, int(words[2]))
            yield blob
            for _ in blob.chunks():
                pass
            out.read(1)


@contextmanager
def _cat_file(root: Path, names: list[str]) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{name}\n" for name in names).encode())
        asked.seek(0)
        with subprocess.Popen(
            ("git", *HARDENED, "cat-file", "--batch"),
            cwd=root,
            env={**os.environ, **OFFLINE_ENV},
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            yield cast("IO[bytes]", process.stdout)


def keep(root: Path, names: Iterable[str]) -> Path:
    """Have each object as a file in the cache; the folder in which they lie by name.

    Raises:
        WorkspaceError: an object is missing, or the cache is not an ordinary folder.

    """
    folder = cache_folder(root) / "blobs"
    folder.mkdir(exist_ok=True)
    wanted = sorted(set(names))
    missing = [name for name in wanted if not _is_whole(folder / name)]
    for blob in stream(root, missing):
        _write(folder, blob)
    if missing:
        _drop_oldest(folder, frozenset(wanted))
    return folder


def _is_whole(path: Path) -> bool:
    """Whether a regular file holds what its name says, read in pieces."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return False
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return False
        sha = hashlib.new("sha1" if len(path.name) == 40 else "sha256")  # noqa: PLR2004
        sha.update(b"blob %d\0" % status.st_size)
        while part := file.read(CHUNK):
            sha.update(part)
    return sha.hexdigest() == path.name


def _write(folder: Path, blob: Blob) -> None:
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        try:
            for part in blob.chunks():
                file.write(part)
            file.flush()
            Path(file.name).replace(folder / blob.name)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _drop_oldest(folder: Path, wanted: frozenset[str]) -> None:
    """Make room. What is younger than a day may be in another process's use."""
    with os.scandir(folder) as found:
        others = [(e.stat(follow_symlinks=False), e.path) for e in found if e.name not in wanted]
    room = MOST - sum((folder / name).lstat().st_size for name in wanted)
    for status, path in sorted(others, key=lambda other: -other[0].st_mtime):
        room -= status.st_size
        if room < 0 and time.time() - status.st_mtime > _DAY:
            Path(path).unlink(missing_ok=True)
