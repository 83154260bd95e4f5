"""How imports went on this machine: `.crm/runs.json`, which git does not see."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from crmtool.store.paths import state_folder
from crmtool.store.workspace import Workspace

_FILE: Final = "runs.json"


class RunNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """One source's last import: when (RFC 3339), how many activities were new, what went wrong."""

    at: str
    added: int = 0
    error: str = ""


def read_runs(root: Path) -> dict[str, RunNote]:
    """What is noted of each source; nothing where the note cannot be read."""
    try:
        data = (state_folder(root) / _FILE).read_bytes()
        return msgspec.json.decode(data, type=dict[str, RunNote])
    except (OSError, msgspec.DecodeError):
        return {}


def note_runs(root: Path, runs: Mapping[str, RunNote]) -> None:
    """Note how sources went, beside what is noted of others."""
    file = state_folder(root) / _FILE
    new = file.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(read_runs(root) | dict(runs), order="sorted"))
    new.replace(file)


def last_commit_at(root: Path, path: str) -> str:
    """When a path last changed in history (RFC 3339), empty where it never did."""
    workspace = Workspace(root)
    if not workspace.is_repository() or not workspace.head():
        return ""
    return workspace.run("log", "-1", "--format=%cI", "--", path).decode().strip()
