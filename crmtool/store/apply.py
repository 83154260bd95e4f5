"""The one function that writes a workspace: a plan goes in, files and a commit come out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from crmtool.errors import CrmError, GitFailed, MassChange, Refused, WorkspaceError
from crmtool.model.plan import Change, Plan
from crmtool.store import journal
from crmtool.store.draft import Draft
from crmtool.store.journal import Journal
from crmtool.store.lock import PATIENCE, locked
from crmtool.store.paths import INBOX_FILE, require_inside
from crmtool.store.workspace import Workspace

# What points past other data comes after it.
_ORDER: Final = ("activities/", "counts.jsonl", "profiles.jsonl", "inbox/", "cursor.json")
_FEW: Final = 20
_NAMED: Final = 3


def recover(root: Path, patience: float = PATIENCE) -> bool:
    """Finish what a cut-off command left. Called under the lock, before anything is read.

    Raises:
        Refused: it cannot be finished, and was taken back; or not now, and waits.

    """
    left = journal.read(root)
    if left is None:
        shutil.rmtree(root / ".crm" / journal.STAGE, ignore_errors=True)
        return False
    require_inside(root, (step.path for step in left.steps))
    if left.undo:
        journal.take_back(root, left)
        return True
    workspace = Workspace(root, patience)
    try:
        if left.message:
            workspace.require_calm()
        if not journal.is_whole(root, left):
            journal.take_back(root, left)
            raise Refused(
                "what it had prepared was changed or removed; its edits were taken back",
                "run that command again",
            )
        _carry_out(root, left, workspace)
    except CrmError as error:
        error.message = f"a crmtool command was cut off and cannot be finished: {error.message}"
        error.args = (error.message,)
        raise
    return True


def apply(
    root: Path,
    decide: Callable[[], Plan],
    *,
    commit: bool = True,
    allow_mass_change: bool = False,
    patience: float = PATIENCE,
) -> tuple[Plan, str]:
    """Decide under the lock, write, commit; the plan that was carried out and its commit.

    Either all of it happens or nothing does, also where git or one of its hooks says no. Another
    command, or another git, at work here is waited for `patience` seconds.

    Raises:
        Refused: see `crmtool.errors`; nothing was written then.
        GitFailed: git or a hook did not want the commit; the edits were taken back.
        WorkspaceError: a file cannot be written; the edits were taken back, or, where that cannot
            be done either, the next command does it.

    """
    with locked(root, patience):
        recover(root, patience)
        workspace = Workspace(root, patience)
        if commit:
            workspace.require_calm()
        plan = decide()
        if not plan:
            return plan, ""
        require_inside(root, plan.touched())
        refuse_mass_change(root, plan, allowed=allow_mass_change)
        if commit:
            _refuse_pending(workspace, plan)
        opened = _open(root, plan, plan.message if commit else "")
        return plan, _carry_out(root, opened, workspace)


def _open(root: Path, plan: Plan, message: str) -> Journal:
    """Everything that the plan needs, on the disk. Where that fails, nothing has happened."""
    try:
        opened = Journal(journal.stage(root, sorted(plan.changes, key=_rank)), message)
        journal.write(root, opened)
    except BaseException as error:  # noqa: BLE001 (raised again, in other words)
        with suppress(OSError):
            journal.close(root)
        _tell(error, "nothing was written")
    return opened


def _carry_out(root: Path, opened: Journal, workspace: Workspace) -> str:
    """Every rename, the commit, the end of the journal; or everything as it was."""
    draft = None
    try:
        done = journal.finish(root, opened)
        if opened.message:
            draft = Draft(workspace, done)
            draft.commit(opened.message)
    except BaseException as error:  # noqa: BLE001 (raised again, in other words)
        if draft is None:
            _take_back(root, opened, error)
        if not draft.stands():
            draft.discard()
            _take_back(root, opened, error)
    if draft is not None:
        draft.settle()
    journal.close(root)
    return workspace.head() if draft is not None and draft.begun else ""


def _take_back(root: Path, opened: Journal, error: BaseException) -> NoReturn:
    """Go back, and say why."""
    try:
        left = journal.take_back(root, opened)
    except OSError as second:
        _tell(second, "the edits are half made; the next command takes them back")
    newer = f", but for newer work in {_named(left)}" if left else ""
    _tell(error, f"the edits were taken back{newer}")


def _tell(error: BaseException, outcome: str) -> NoReturn:
    """Raise an error of the system's or of git's with what became of the edits; others as is."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        raise WorkspaceError(
            f"{where}{error.strerror or error}; {outcome}",
            "check the permissions and the room on the disk, then run the command again",
        ) from error
    if isinstance(error, GitFailed):
        raise GitFailed(
            f"{error.message}; {outcome}",
            "mend what git or its hook complains of, or add --no-commit",
        ) from error
    raise error


def _refuse_pending(workspace: Workspace, plan: Plan) -> None:
    """The user's unfinished edit of a file that the plan touches must not slip into our commit."""
    pending = workspace.pending(
        plan.touched(), (c.origin or c.path for c in plan.changes if c.old is not None)
    )
    # An envelope of an inbox is taken in whole, whether git knows it yet or not.
    pending = [path for path in pending if not INBOX_FILE.match(path)]
    if pending:
        raise Refused(
            f"{_named(pending)}: edited and not committed, and this would change it too; "
            "nothing was done",
            "commit or stash your edit first, or add --no-commit",
        )


def _named(paths: list[str]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more


def refuse_mass_change(root: Path, plan: Plan, *, allowed: bool) -> None:
    """Never rewrite or remove most records because a source went quiet.

    A record that only gains lines loses nothing, whatever their number: it is not counted.
    """
    if allowed:
        return
    risky = sum(1 for c in plan.records if c.verb != "create" and not _only_gains(root, c))
    if risky <= _FEW:
        return
    total = sum(1 for name in ("people", "notes", "tasks") for _ in (root / name).rglob("*.md"))
    if risky > total // 10:
        raise MassChange(risky, total)


def _only_gains(root: Path, change: Change) -> bool:
    """Whether every line of the file stays, in its order."""
    if change.verb != "patch" or not isinstance(change.new, bytes):
        return False
    try:
        before = (root / change.path).read_bytes()
    except OSError:  # changed meanwhile: that is told apart when the plan is opened
        return False
    after = iter(change.new.splitlines())
    return all(line in after for line in before.splitlines())


def _rank(change: Change) -> int:
    """Records, then activities, then profiles, then the cursor: data before what points past it."""
    if change.is_record:
        return 0
    rest = change.path.split("/", 2)[-1]
    return next((n for n, part in enumerate(_ORDER, 1) if rest.startswith(part)), 0)
