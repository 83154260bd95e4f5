"""What makes a plan survive a pulled plug: it is carried out whole, or not at all.

New contents are first written beside, as `.crm/stage/N`, and reach the disk. Then the journal
appears, in one rename: from here on everything that is needed to finish lies on the disk. Each
file and its N then change places, the commit is made, the journal removed. What a file held
before lies under its N from then on, so everything that is needed to go back is there too.

Where a plan cannot be carried out (a full disk, a hook of the user's that says no, a file that
somebody saved meanwhile) the journal is renamed to `undo.json` and every exchange made once more.
Whichever of the two names a command finds, it first goes that way to its end.

A file that holds neither what it held nor what it was to hold is somebody's newer work. It is
never touched.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from crmtool.errors import Changed, WorkspaceError
from crmtool.model.plan import Change, Content, digest
from crmtool.store.files import Seen, exchange, flush, look, mend, sync_folder, sync_folders
from crmtool.store.paths import JOURNAL, UNDO, state_folder

STAGE: Final = "stage"
_FRESH: Final = "journal.json.new"
# Many small files reach the disk sooner by one sync of it than by one each.
_MANY: Final = 64


class Step(msgspec.Struct, frozen=True):
    """One file of an open plan: hashes before and after, None where there is no file.

    For the n-th step `stage/n` holds `new` while the file holds `old`, and afterwards `old`.
    """

    path: str
    old: str | None
    new: str | None


class Journal(msgspec.Struct, frozen=True):
    """An open plan. An empty message means that no commit is to be made."""

    steps: list[Step]
    message: str
    undo: bool = False


class _Edit(NamedTuple):
    """A step before it is staged; its file gets the mode of the one that it takes the place of."""

    path: str
    old: str | None
    content: Content | None
    predecessor: str


def _edits(changes: Iterable[Change]) -> Iterator[_Edit]:
    """A move is two steps, the new name first: at no moment is the file nowhere."""
    for change in changes:
        if change.origin is None:
            yield _Edit(change.path, change.old, change.new, change.path)
        else:
            yield _Edit(change.path, None, change.new, change.origin)
            yield _Edit(change.origin, change.old, None, change.origin)


def stage(root: Path, changes: Iterable[Change]) -> list[Step]:
    """Write every new content beside, on the disk; the steps that are to be made.

    Raises:
        Changed: a file is no longer what the plan was made for.

    """
    folder = state_folder(root) / STAGE
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    edits = list(_edits(changes))
    few = len(edits) <= _MANY
    steps = [
        Step(edit.path, edit.old, _stage_one(root, edit, f"{folder}/{number}", flushed=few))
        for number, edit in enumerate(edits)
    ]
    if not few:
        os.sync()
    sync_folder(folder)
    return steps


def _stage_one(root: Path, edit: _Edit, slot: str, *, flushed: bool) -> str | None:
    if look(f"{root}/{edit.path}").digest != edit.old:
        raise Changed(edit.path)
    if edit.content is None:
        return None
    data = _write(slot, edit.content)
    if edit.old is not None or edit.predecessor != edit.path:
        mode = os.stat(f"{root}/{edit.predecessor}").st_mode  # noqa: PTH116 (a hot path)
        os.chmod(slot, stat.S_IMODE(mode))  # noqa: PTH101
    if flushed:
        flush(slot)
    return digest(data)


def _write(slot: str, content: Content) -> bytes:
    if isinstance(content, Path):
        content.replace(slot)
        return Path(slot).read_bytes()
    with open(slot, "wb") as file:  # noqa: PTH123 (a hot path)
        file.write(content)
    return content


def write(root: Path, journal: Journal) -> None:
    """Open the plan: from here on it is carried out whole, by this process or by the next."""
    folder = state_folder(root)
    fresh = folder / _FRESH
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / JOURNAL)
    sync_folder(folder)


def read(root: Path) -> Journal | None:
    """The open journal of a workspace, if a command was cut off.

    Raises:
        WorkspaceError: there is one and it cannot be read.

    """
    for name in (UNDO, JOURNAL):
        path = root / ".crm" / name
        try:
            journal = msgspec.json.decode(path.read_bytes(), type=Journal)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise WorkspaceError(
                f"{path} is damaged: {error}",
                "look at git status; when the files are right, delete it and run the command again",
            ) from None
        return msgspec.structs.replace(journal, undo=name == UNDO)
    return None


def close(root: Path) -> None:
    """The plan is done, or undone: nothing of it is left to do."""
    folder = root / ".crm"
    for name in (JOURNAL, UNDO, _FRESH):
        (folder / name).unlink(missing_ok=True)
    sync_folder(folder)
    shutil.rmtree(folder / STAGE, ignore_errors=True)


def is_whole(root: Path, journal: Journal) -> bool:
    """Whether what a cut-off command had prepared, and what it had put away, is there still."""
    mend(root / ".crm" / STAGE)
    for number, step in enumerate(journal.steps):
        target, slot = _names(root, number, step)
        held = look(slot).digest
        if held not in (step.old, step.new):
            return False
        if held == step.old != step.new and look(target).digest == step.old:
            return False
    return True


def finish(root: Path, journal: Journal) -> list[str]:
    """Carry out what is left of an open plan; the paths whose content is now the plan's.

    Raises:
        Changed: a file that is still to be replaced holds somebody's newer work.

    """
    done: list[str] = []
    folders: set[str] = set()
    for number, step in enumerate(journal.steps):
        target, slot = _names(root, number, step)
        now = look(target)
        if now.digest == step.new or (now.digest == step.old and _go(slot, target, now, folders)):
            done.append(step.path)
        elif look(slot).digest != step.old:
            raise Changed(step.path)
        # Else it was edited after it had come into place: the edit is theirs to commit.
    sync_folders(root, folders)
    return done


def take_back(root: Path, journal: Journal) -> list[str]:
    """Undo an open plan and close it; the paths that hold newer work and were left alone."""
    state = root / ".crm"
    if not journal.undo:
        (state / JOURNAL).replace(state / UNDO)  # needs no room, unlike writing another one
        sync_folder(state)
    mend(state / STAGE)
    left: list[str] = []
    folders: set[str] = set()
    for number, step in reversed(list(enumerate(journal.steps))):
        target, slot = _names(root, number, step)
        now = look(target)
        if now.digest == step.old:
            continue
        held = look(slot).digest
        # Cut off at the wrong moment, the slot may hold what somebody had saved an instant before.
        ready = held != step.new and (held is None) == (step.old is None)
        if now.digest != step.new or not ready or not _go(slot, target, now, folders):
            left.append(step.path)
    sync_folders(root, folders)
    close(root)
    return left


def _names(root: Path, number: int, step: Step) -> tuple[str, str]:
    return f"{root}/{step.path}", f"{root}/.crm/{STAGE}/{number}"


def _go(slot: str, target: str, now: Seen, folders: set[str]) -> bool:
    """Exchange, in a folder that is there; `folders` collects where names changed."""
    folder = os.path.dirname(target)  # noqa: PTH120 (a hot path)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        folders.add(folder)
    return exchange(slot, target, now)
