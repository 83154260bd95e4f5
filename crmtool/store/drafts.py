"""What somebody wrote and could not be taken: kept beside the workspace's state, never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from crmtool.store.paths import state_folder

_FILE: Final = "unwritten.md"


def keep_draft(root: Path, text: str) -> Path:
    """Put a text where its writer finds it again; the last one alone is kept."""
    path = state_folder(root) / _FILE
    path.write_text(text)
    return path
