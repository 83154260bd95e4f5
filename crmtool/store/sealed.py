"""Files in the cache that prove themselves, so that what stands in them is taken as it is.

A checksum over such a file is keyed with the code that made it and with the moment at which `.crm`
came to be on this machine, so one that is damaged, of another version, or brought along by a
checkout or an archive counts as none. It is replaced in one rename, so that readers need no lock.
"""

from __future__ import annotations

import hashlib
import os
import platform
import stat
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Final, Literal

from crmtool import __version__
from crmtool.errors import WorkspaceError
from crmtool.store.paths import state_folder

MOST: Final = 256 << 20
"""Bytes of a payload beyond which a file is not kept."""
_DIGEST: Final = 32
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_HERE: Final = Path(__file__).parents[1]


def cache_folder(root: Path) -> Path:
    """`.crm/cache/`, made on demand; all in it can be made again.

    Raises:
        WorkspaceError: something that is not a folder, or a link, stands there.

    """
    folder = state_folder(root) / "cache"
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError:
        folder.mkdir(exist_ok=True)
    else:
        if not stat.S_ISDIR(mode):
            raise WorkspaceError(f"{folder} is not a folder", "delete it; nothing is lost with it")
    return folder


@cache
def code_stamp(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> bytes:
    """What some rooms of the program and some libraries (packages) are.

    Of the program the text itself; of a library where it lies and when it was put there.
    """
    words = [__version__, platform.python_version(), *map(_installed, libraries)]
    stamp = hashlib.blake2b(repr(words).encode(), digest_size=_DIGEST)
    for room in rooms:
        stamp.update(_text_of(room))
    return stamp.digest()


@cache
def _text_of(room: str) -> bytes:
    """A digest of the modules of a room."""
    found = hashlib.blake2b(digest_size=_DIGEST)
    for file in sorted((_HERE / room).rglob("*.py")):
        found.update(file.read_bytes())
    return found.digest()


def _installed(library: str) -> str:
    spec = PathFinder.find_spec(library)
    origin = spec.origin if spec else None
    status = Path(origin).stat() if origin else None
    return f"{origin} {status.st_size} {status.st_mtime_ns}" if status else "none"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One such file, in `.crm/cache/`."""

    path: Path
    head: bytes
    """What every file of its kind begins with."""
    stamp: bytes
    """What the code is that makes such files."""

    def read(self) -> bytes | None:
        """What it holds; None where it cannot be relied on.

        Raises:
            FileNotFoundError: there is none.
            OSError: it cannot be read, or is something else than a file.

        """
        return self._proved(self._bytes())

    def write(self, payload: bytes) -> None:
        """Put this in its place.

        Raises:
            OSError: it cannot be written; what was there stays.

        """
        import tempfile

        begin = self.head + self.stamp + self._seal(payload)
        with tempfile.NamedTemporaryFile(dir=self.path.parent, prefix="new-", delete=False) as file:
            try:
                file.write(begin + payload)
                file.flush()
                Path(file.name).replace(self.path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def state(self) -> Literal["none", "good", "other version", "damaged"]:
        """How it is, for `doctor`."""
        try:
            data = self._bytes()
        except FileNotFoundError:
            return "none"
        except OSError:
            return "damaged"
        start, end = len(self.head), len(self.head) + _DIGEST
        if data.startswith(self.head) and len(data) >= end and data[start:end] != self.stamp:
            return "other version"
        return "good" if self._proved(data) is not None else "damaged"

    def _bytes(self) -> bytes:
        handle = os.open(self.path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_size > 2 * MOST:
                raise OSError(f"{self.path} is no cache file")
            return file.read()

    def _proved(self, data: bytes) -> bytes | None:
        begin = self.head + self.stamp
        payload = data[len(begin) + _DIGEST :]
        seal = data[len(begin) : len(begin) + _DIGEST]
        whole = data.startswith(begin) and seal == self._seal(payload)
        return payload if whole else None

    def _seal(self, payload: bytes) -> bytes:
        """The checksum that only this code on this machine in this workspace makes.

        The ignore file beside is made with `.crm` itself and never again. Its change time cannot
        be set, so whoever brings a cache along cannot know it.
        """
        here = (self.path.parent.parent / ".gitignore").lstat()
        place = f"{here.st_dev} {here.st_ino} {here.st_ctime_ns}".encode()
        key = hashlib.blake2b(self.stamp + place).digest()
        return hashlib.blake2b(payload, key=key, digest_size=_DIGEST).digest()
