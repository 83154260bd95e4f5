"""Everybody's figures, remembered by the state of the workspace that gave them.

In some files of which one is read to know of one person. Each says of which state it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from crmtool.errors import WorkspaceError
from crmtool.model.figures import PersonFigures
from crmtool.store.sealed import MOST, Sealed, cache_folder, code_stamp

_HEAD: Final = b"crmtool figures\n"
_ROOMS: Final = ("identity", "metrics", "model", "privacy", "store")
_LIBRARIES: Final = ("duckdb", "msgspec")


_FILES: Final = "0123456789abcdef"


class _Kept(msgspec.Struct, frozen=True):
    """What one state, day and audience gave for the people of one file."""

    state: bytes
    people: dict[str, msgspec.Raw]


class Figures:
    """Figures by slug, each decoded when it is asked for."""

    def __init__(self, kept: Mapping[str, msgspec.Raw]) -> None:
        self._kept = kept

    def get(self, slug: str) -> PersonFigures | None:
        """What somebody did; None for who has done nothing."""
        found = self._kept.get(slug)
        return None if found is None else msgspec.msgpack.decode(found, type=PersonFigures)


def recall(root: Path, state: bytes, slug: str) -> Figures | None:
    """The figures of a person, among others, if those of this state are remembered."""
    try:
        payload = _file(root, _which(slug)).read()
    except (OSError, WorkspaceError):
        return None
    if payload is None:
        return None
    kept = msgspec.msgpack.decode(payload, type=_Kept)
    return Figures(kept.people) if kept.state == state else None


def remember(root: Path, state: bytes, people: Mapping[str, PersonFigures]) -> None:
    """Keep figures, those of the last state alone; where that cannot be, they are computed anew."""
    packed: dict[str, dict[str, msgspec.Raw]] = {name: {} for name in _FILES}
    for slug, figures in people.items():
        packed[_which(slug)][slug] = msgspec.Raw(msgspec.msgpack.encode(figures))
    try:
        for name, kept in packed.items():
            payload = msgspec.msgpack.encode(_Kept(state, kept))
            if len(payload) < MOST:
                _file(root, name).write(payload)
    except (OSError, WorkspaceError):
        return


def _which(slug: str) -> str:
    return hashlib.blake2b(slug.encode(), digest_size=1).hexdigest()[0]


def _file(root: Path, name: str) -> Sealed:
    path = cache_folder(root) / f"figures-{name}"
    return Sealed(path, _HEAD, code_stamp(_ROOMS, _LIBRARIES))
