"""What checks found, remembered by the state of the workspace that they looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from crmtool.errors import WorkspaceError
from crmtool.model.finding import Finding
from crmtool.store.sealed import MOST, Sealed, cache_folder, code_stamp

_HEAD: Final = b"crmtool verdicts\n"
_MANY: Final = 16
"""States that are remembered, the last ones."""
_ROOMS: Final = ("app", "model", "rules", "store", "text")
_LIBRARIES: Final = ("msgspec", "phonenumbers", "pydantic", "sqlglot", "stdnum", "yaml")


class Remembered(msgspec.Struct, frozen=True):
    """All that was found in a state, on a day that began in a zone."""

    zone: str
    day: date
    findings: list[Finding]
    waived: list[Finding] = []
    """What somebody's word set aside."""


def recall(root: Path, state: bytes) -> Remembered | None:
    """What was found in this state of a workspace, if that is remembered."""
    try:
        known = _known(_file(root))
    except (OSError, WorkspaceError):
        return None
    return msgspec.msgpack.decode(known[state], type=Remembered) if state in known else None


def remember(root: Path, state: bytes, verdict: Remembered) -> None:
    """Keep what was found. Where that cannot be, the next check takes its time again."""
    try:
        new = msgspec.msgpack.encode(verdict)
        file = _file(root)
        others = {key: value for key, value in _known(file).items() if key != state}
        kept = dict([(state, new), *others.items()][:_MANY])
        if sum(map(len, kept.values())) < MOST:
            file.write(msgspec.msgpack.encode(kept))
    except (OSError, WorkspaceError, UnicodeEncodeError):  # a name that is no text is in no cache
        return


def _file(root: Path) -> Sealed:
    return Sealed(cache_folder(root) / "verdicts", _HEAD, code_stamp(_ROOMS, _LIBRARIES))


def _known(file: Sealed) -> dict[bytes, bytes]:
    try:
        payload = file.read()
    except FileNotFoundError:
        return {}
    return msgspec.msgpack.decode(payload, type=dict[bytes, bytes]) if payload else {}
