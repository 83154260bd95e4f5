"""What parsing made of a record, remembered by the hash of the file's path and bytes.

Every file is still read at each load (34 ms for 12,000 records); only what follows is spared, so
no clock and no inode of a record has to be trusted. Clean records alone are remembered: whatever
has findings is read anew. One sealed file holds them all; two writers at once cost one of them its
news and nothing else.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec
from pydantic import BaseModel

from crmtool.errors import WorkspaceError
from crmtool.model.community import Record
from crmtool.store.packing import pack, unpack
from crmtool.store.sealed import MOST, Sealed, cache_folder, code_stamp

T = TypeVar("T", bound=BaseModel)

_SPARE: Final = 2
"""Entries that the tree at hand did not use are kept up to this many times what it used."""
_HEAD: Final = b"crmtool records\n"


class RecordCache:
    """The records that earlier loads of a workspace parsed. Without a usable file, none.

    Trees that are loaded with one cache share the records of equal files. Of no workspace, it
    serves for that alone.
    """

    def __init__(self, root: Path | None) -> None:
        self._known = dict[bytes, bytes]()
        self._used = dict[bytes, bytes]()
        self._met = dict[bytes, Record[Any]]()
        self._news = 0
        self._path: Path | None = None
        if root is None:
            return
        try:
            self._path = cache_folder(root) / "records"
            self._known = _read(self._path)
        except (OSError, WorkspaceError):  # a read-only disk: everything is parsed, every time
            self._path = None

    def get(self, kind: type[T], path: str, data: bytes) -> Record[T] | None:
        """The record that a file with these bytes at this path is, if that is remembered."""
        key = _key(path, data)
        if met := self._met.get(key):  # by the load of a tree that has the same file
            return met
        value = self._known.get(key)
        if value is None:
            return None
        self._used[key] = value
        self._met[key] = record = unpack(kind, path, value)
        return record

    def put(self, record: Record[Any], data: bytes) -> None:
        """Remember a clean record."""
        key = _key(record.path, data)
        self._used[key], self._met[key] = pack(record), record
        self._news += 1

    def save(self, *, whole: bool = True) -> None:
        """Write what was used, and what else there is room for, if anything is new.

        After a load that was not of the whole tree nothing goes.
        """
        if not self._news or self._path is None:
            return
        kept = self._worth_keeping() if whole else self._known | self._used
        self._news = 0
        payload = msgspec.msgpack.encode(kept)
        try:
            _sealed(self._path).write(payload)
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
    return _sealed(root / ".crm" / "cache" / "records").state()


def _key(path: str, data: bytes) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(b"%d %s %s" % (len(name), name, data), digest_size=16).digest()


def _sealed(path: Path) -> Sealed:
    return Sealed(path, _HEAD, _stamp())


def _stamp() -> bytes:
    """What the parsers are, and what the cache makes of what they say."""
    return code_stamp(("model", "text", "store"), ("msgspec", "pydantic", "yaml"))


def _read(path: Path) -> dict[bytes, bytes]:
    try:
        payload = _sealed(path).read()
    except FileNotFoundError:
        return {}
    return msgspec.msgpack.decode(payload, type=dict[bytes, bytes]) if payload else {}
