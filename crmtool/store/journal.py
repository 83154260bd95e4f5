"""What makes a plan survive a pulled plug.

New contents are first written beside, in `.crm/stage/`, and reach the disk. Then the journal
appears, in one rename: from here on the plan will be carried out, by this process or by the next.
Each file is then renamed into place, the commit made, the journal removed. Before the journal
nothing has happened; after it, everything that is needed to finish lies on the disk.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import msgspec

from crmtool.errors import WorkspaceError
from crmtool.model.plan import digest
from crmtool.store.paths import state_folder

JOURNAL: Final = "journal.json"
STAGE: Final = "stage"


class Step(msgspec.Struct, frozen=True):
    """One file of an open plan: hashes before and after, and the staged file's name."""

    path: str
    old: str | None
    new: str | None
    staged: str | None


class Journal(msgspec.Struct, frozen=True):
    """An open plan. An empty message means that no commit is to be made."""

    steps: list[Step]
    message: str


def write(root: Path, journal: Journal) -> None:
    """Make the plan irrevocable."""
    folder = state_folder(root)
    fresh = folder / (JOURNAL + ".new")
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        flush(file.fileno())
    fresh.replace(folder / JOURNAL)
    sync_folder(folder)


def read(root: Path) -> Journal | None:
    """The open journal of a workspace, if a command was cut off.

    Raises:
        WorkspaceError: there is one and it cannot be read.

    """
    path = root / ".crm" / JOURNAL
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return msgspec.json.decode(data, type=Journal)
    except msgspec.DecodeError as error:
        raise WorkspaceError(
            f"{path} is damaged: {error}",
            "look at git status; when the files are right, delete it and run the command again",
        ) from None


def close(root: Path) -> None:
    """The plan is done: nothing of it is left to do."""
    folder = root / ".crm"
    (folder / JOURNAL).unlink(missing_ok=True)
    sync_folder(folder)
    shutil.rmtree(folder / STAGE, ignore_errors=True)


def finish(root: Path, journal: Journal) -> list[str]:
    """Carry out what is left of an open plan; the paths whose content is now the plan's.

    A file that is neither what it was nor what it was to be is somebody's newer work: it stays,
    and so does the staged content, in `.crm/rescued/`.
    """
    done, folders = [], set()
    for step in journal.steps:
        now = file_digest(root / step.path)
        if now == step.new:
            done.append(step.path)
        elif now == step.old:
            folders.add(_place(root, step))
            done.append(step.path)
        elif step.staged:
            _rescue(root, step)
    for folder in folders:
        sync_folder(folder)
    return done


def _place(root: Path, step: Step) -> Path:
    """Move one file into place; the folder whose names changed."""
    target = root / step.path
    if step.staged is None:
        target.unlink(missing_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(root / ".crm" / STAGE / step.staged, target)  # noqa: PTH105 (a hot path)
    return target.parent


def _rescue(root: Path, step: Step) -> None:
    staged = root / ".crm" / STAGE / str(step.staged)
    if staged.exists():
        rescued = root / ".crm" / "rescued"
        rescued.mkdir(exist_ok=True)
        staged.replace(rescued / step.path.replace("/", "__"))


def file_digest(path: Path) -> str | None:
    """A file's SHA-256, None where there is none."""
    if not os.path.lexists(path):
        return None
    return digest(path.read_bytes())


def flush(handle: int) -> None:
    """Bring a file's bytes to the disk."""
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
