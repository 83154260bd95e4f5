"""Where things lie in a workspace."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from crmtool.errors import WorkspaceError

CONFIG: Final = "crm.yml"
TAGS: Final = "tags.yml"
STATE: Final = ".crm"
JOURNAL: Final = "journal.json"
UNDO: Final = "undo.json"
SOURCE_FILE: Final = re.compile(r"sources/([^/]+)/source\.yml\Z")
PROFILES_FILE: Final = re.compile(r"sources/([^/]+)/profiles\.jsonl\Z")
ACTIVITY_FILE: Final = re.compile(r"sources/([^/]+)/activities/(\d{4}-\d{2}|undated)\.jsonl\Z")
COUNTS_FILE: Final = re.compile(r"sources/([^/]+)/counts\.jsonl\Z")
FORGOTTEN: Final = "sources/forgotten.jsonl"
CURSOR_FILE: Final = re.compile(r"sources/([^/]+)/cursor\.json\Z")
INBOX_FILE: Final = re.compile(r"sources/([^/]+)/inbox/([^/]+\.json)\Z")
# Out of the workspace, or into what belongs to git or to crmtool itself.
_ELSEWHERE: Final = re.compile(r"(?i)(?:\A|/)(?:\.{0,2}|\.git)(?:/|\Z)|\A\.crm(?:/|\Z)|\0")


def find_workspace(start: Path) -> Path:
    """The workspace that holds a folder: the nearest one upwards with a `crm.yml`.

    Raises:
        WorkspaceError: there is none.

    """
    if not start.is_dir():
        raise WorkspaceError(f"{start} is not a folder", "check the path after -C")
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG).exists():
            return folder
        if (folder / ".git").exists():
            break
    raise WorkspaceError(
        f"{start} is not a crmtool workspace: no {CONFIG} here",
        f"make one with: crmtool init {start} --git PATH-TO-YOUR-PROJECT",
    )


def is_cut_off(root: Path) -> bool:
    """Whether a command may have left a journal behind: asked before every command, so cheaply."""
    return any((root / STATE / name).exists() for name in (JOURNAL, UNDO))


def state_folder(root: Path) -> Path:
    """`.crm/` of a workspace, made on demand, invisible to git even without a .gitignore.

    Raises:
        WorkspaceError: something that is not a folder, or a link, stands there.

    """
    folder = root / STATE
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise WorkspaceError(f"{folder} is not a folder", "move it away; crmtool keeps state there")
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists() or not ignore.stat().st_size:
        ignore.write_text("*\n")
    return folder


def require_inside(root: Path, paths: Iterable[str]) -> None:
    """Refuse to write where a path leads out of the workspace: by `..`, by `.git`, through a link.

    Raises:
        WorkspaceError: nothing may be written there.

    """
    folders = set()
    for path in paths:
        if _ELSEWHERE.search(path):
            raise WorkspaceError(f"{path!r} cannot be a file of a workspace", "please report this")
        folders.add(path.rpartition("/")[0])
    for folder in folders:
        _require_folder(root, folder)


def _require_folder(root: Path, folder: str) -> None:
    """Every part of it an ordinary folder, or not there yet."""
    here = str(root)
    for part in filter(None, folder.split("/")):
        here = f"{here}/{part}"
        try:
            mode = os.lstat(here).st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            what = "a symbolic link" if stat.S_ISLNK(mode) else "not a folder"
            raise WorkspaceError(f"{here} is {what}", "put an ordinary folder in its place")
