"""Everybody's figures, remembered by the state of the workspace that gave them."""

from __future__ import annotations

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


class _Kept(msgspec.Struct, frozen=True):
    """What one state, day and audience gave."""

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


def recall(root: Path, state: bytes) -> Figures | None:
    """The figures of a state, if they are those that are remembered."""
    try:
        payload = _file(root).read()
    except (OSError, WorkspaceError):
        return None
    if payload is None:
        return None
    kept = msgspec.msgpack.decode(payload, type=_Kept)
    return Figures(kept.people) if kept.state == state else None


def remember(root: Path, state: bytes, people: Mapping[str, PersonFigures]) -> None:
    """Keep figures, those of the last state alone; where that cannot be, they are computed anew."""
    packed = {s: msgspec.Raw(msgspec.msgpack.encode(figures)) for s, figures in people.items()}
    payload = msgspec.msgpack.encode(_Kept(state, packed))
    try:
        if len(payload) < MOST:
            _file(root).write(payload)
    except (OSError, WorkspaceError):
        return


def _file(root: Path) -> Sealed:
    return Sealed(cache_folder(root) / "figures", _HEAD, code_stamp(_ROOMS, _LIBRARIES))
