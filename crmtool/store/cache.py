"""What parsing made of a record, remembered by the hash of the file's path and bytes.

Every file is still read at each load (34 ms for 12,000 records); only what follows is spared, so
no clock and no inode of a record has to be trusted. Clean records alone are remembered: whatever
has findings is read anew. One file holds them all and is replaced in one rename, so that readers
need no lock; two writers at once cost one of them its news and nothing else.

The file proves itself: a checksum over it is keyed with the code that parses and with the moment
at which `.crm` came to be on this machine, so one that is damaged, of another version, or brought
along by a checkout or an archive counts as none.
"""

from __future__ import annotations

import hashlib
import os
import platform
import stat
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec
from pydantic import BaseModel

from crmtool import __version__, model, text
from crmtool.errors import WorkspaceError
from crmtool.model.community import Record
from crmtool.store import packing
from crmtool.store.packing import pack, unpack
from crmtool.store.paths import state_folder

T = TypeVar("T", bound=BaseModel)

MOST: Final = 256 << 20
"""Bytes of a cache file beyond which it is not read, and of entries beyond which the oldest go."""
_SPARE: Final = 2
"""Entries that the tree at hand did not use are kept up to this many times what it used."""
_FEW: Final = 100
_HEAD: Final = b"crmtool records\n"
_DIGEST: Final = 32
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


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


class RecordCache:
    """The records that earlier loads of a workspace parsed. Without a usable file, none."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = dict[bytes, bytes]()
        self._used = dict[bytes, bytes]()
        self._news = 0
        try:
            self._path: Path | None = cache_folder(root) / "records"
            self._known = _read(self._path)
        except (OSError, WorkspaceError):  # a read-only disk: everything is parsed, every time
            self._path = None

    def get(self, kind: type[T], path: str, data: bytes) -> Record[T] | None:
        """The record that a file with these bytes at this path is, if that is remembered."""
        key = _key(path, data)
        value = self._known.get(key)
        if value is None:
            return None
        self._used[key] = value
        return unpack(kind, path, value)

    def put(self, record: Record[Any], data: bytes) -> None:
        """Remember a clean record."""
        self._used[_key(record.path, data)] = pack(record)
        self._news += 1

    def save(self, *, whole: bool = True) -> None:
        """Write what was used, and what else there is room for, if anything is new.

        After a load that was not of the whole tree nothing goes, and a few news wait for the next
        one: parsing them again is cheaper than writing everything.
        """
        if self._news <= (0 if whole else _FEW) or self._path is None:
            return
        kept = self._worth_keeping() if whole else self._known | self._used
        payload = msgspec.msgpack.encode(kept)
        try:
            _write(self._path, payload)
        except OSError:  # a full disk costs the next load some time, and nothing else
            return

    def _worth_keeping(self) -> dict[bytes, bytes]:
        """This tree's entries, then those of other branches, the last used first."""
        kept = dict(self._used)
        used = sum(map(len, kept.values()))
        room = min(_SPARE * used, MOST - used)
        for key, value in self._known.items():
            if key not in kept:
                room -= len(value)
                if room < 0:
                    break
                kept[key] = value
        return kept


def state(root: Path) -> Literal["none", "good", "other version", "damaged"]:
    """How the cache file of a workspace is, for `doctor`."""
    path = root / ".crm" / "cache" / "records"
    try:
        data = _bytes(path)
    except FileNotFoundError:
        return "none"
    except OSError:
        return "damaged"
    start = len(_HEAD) + _DIGEST
    if data[: len(_HEAD)] == _HEAD and len(data) >= start and data[len(_HEAD) : start] != _stamp():
        return "other version"
    return "good" if _payload(path, data) is not None else "damaged"


def _key(path: str, data: bytes) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(b"%d %s %s" % (len(name), name, data), digest_size=16).digest()


@cache
def _stamp() -> bytes:
    """What the parsers are: their own text, and the libraries that they stand on."""
    words = [
        __version__,
        platform.python_version(),
        *(version(name) for name in ("msgspec", "pydantic", "pyyaml")),
    ]
    stamp = hashlib.blake2b(repr(words).encode(), digest_size=_DIGEST)
    files = [Path(__file__), Path(packing.__file__)]
    for package in (model, text):
        files += sorted(Path(package.__path__[0]).glob("*.py"))
    for file in files:
        stamp.update(file.read_bytes())
    return stamp.digest()


def _seal(path: Path, payload: bytes) -> bytes:
    """The checksum that only this code on this machine in this workspace makes.

    The ignore file beside is made with `.crm` itself and never again. Its change time cannot be
    set, so whoever brings a cache along cannot know it.
    """
    here = (path.parent.parent / ".gitignore").lstat()
    place = f"{here.st_dev} {here.st_ino} {here.st_ctime_ns}".encode()
    key = hashlib.blake2b(_stamp() + place).digest()
    return hashlib.blake2b(payload, key=key, digest_size=_DIGEST).digest()


def _bytes(path: Path) -> bytes:
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > 2 * MOST:
            raise OSError(f"{path} is no cache file")
        return file.read()


def _payload(path: Path, data: bytes) -> bytes | None:
    head, seal, payload = _HEAD + _stamp(), _DIGEST, data[len(_HEAD) + 2 * _DIGEST :]
    whole = data.startswith(head) and data[len(head) : len(head) + seal] == _seal(path, payload)
    return payload if whole else None


def _read(path: Path) -> dict[bytes, bytes]:
    try:
        payload = _payload(path, _bytes(path))
    except FileNotFoundError:
        return {}
    if payload is None:
        return {}
    return msgspec.msgpack.decode(payload, type=dict[bytes, bytes])


def _write(path: Path, payload: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
        try:
            file.write(_HEAD + _stamp() + _seal(path, payload) + payload)
            file.flush()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
