"""The one function that writes a workspace: a plan goes in, files and a commit come out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from crmtool.errors import Changed, MassChange, Refused
from crmtool.model.plan import Change, Plan, digest
from crmtool.store import journal
from crmtool.store.journal import Journal, Step
from crmtool.store.lock import locked
from crmtool.store.paths import state_folder
from crmtool.store.workspace import Workspace

_ORDER: Final = ("activities/", "counts.jsonl", "profiles.jsonl", "cursor.json")
_FEW: Final = 20
_MANY: Final = 64


def recover(root: Path) -> bool:
    """Finish what a cut-off command left. Called under the lock, before anything is read."""
    left = journal.read(root)
    if left is None:
        shutil.rmtree(root / ".crm" / journal.STAGE, ignore_errors=True)
        return False
    paths = journal.finish(root, left)
    if left.message:
        Workspace(root).commit(paths, left.message)
    journal.close(root)
    return True


def apply(
    root: Path,
    decide: Callable[[], Plan],
    *,
    commit: bool = True,
    allow_mass_change: bool = False,
) -> tuple[Plan, str]:
    """Decide under the lock, write, commit; the plan that was carried out and its commit.

    Raises:
        Refused: see `crmtool.errors`; nothing was written then.

    """
    with locked(root):
        recover(root)
        workspace = Workspace(root)
        if commit:
            _require_repository(workspace)
        plan = decide()
        if not plan:
            return plan, ""
        refuse_mass_change(root, plan, allowed=allow_mass_change)
        if commit:
            _refuse_pending(workspace, plan)
        steps = _stage(root, plan)
        journal.write(root, Journal(steps, plan.message if commit else ""))
        return plan, _carry_out(root, steps, plan.message if commit else "")


def _carry_out(root: Path, steps: list[Step], message: str) -> str:
    done = journal.finish(root, Journal(steps, message))
    made = Workspace(root).commit(done, message) if message else ""
    journal.close(root)
    return made


def _require_repository(workspace: Workspace) -> None:
    if not workspace.is_repository():
        raise Refused(
            f"{workspace.root} is not under git, so there is nothing to commit to",
            "run: git init, or add --no-commit",
        )
    workspace.require_calm()


def _refuse_pending(workspace: Workspace, plan: Plan) -> None:
    """The user's unfinished edit of a file that the plan touches must not slip into our commit."""
    touched = [c.path for c in plan.changes]
    pending = workspace.pending(touched)
    if pending:
        names = ", ".join(pending[:3]) + (f" and {len(pending) - 3} more" if pending[3:] else "")
        raise Refused(
            f"{names}: edited and not committed, and this would change it too; nothing was done",
            "commit or stash your edit first, or add --no-commit",
        )


def refuse_mass_change(root: Path, plan: Plan, *, allowed: bool) -> None:
    """Never rewrite or remove most records because a source went quiet."""
    risky = sum(1 for c in plan.records if c.verb != "create")
    total = sum(1 for name in ("people", "notes", "tasks") for _ in (root / name).rglob("*.md"))
    if not allowed and risky > max(_FEW, total // 10):
        raise MassChange(risky, total)


def _rank(change: Change) -> int:
    """Records, then activities, then profiles, then the cursor: data before what points past it."""
    return next((n for n, part in enumerate(_ORDER, 1) if part in change.path), 0)


def _stage(root: Path, plan: Plan) -> list[Step]:
    """Write every new content beside, on the disk, and check that nothing changed meanwhile."""
    stage = state_folder(root) / journal.STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    # Many small files reach the disk sooner by one sync of it than by one each.
    many = len(plan.changes) > _MANY
    steps = []
    for number, change in enumerate(sorted(plan.changes, key=_rank)):
        if journal.file_digest(root / change.path) != change.old:
            raise Changed(change.path)
        if change.new is None:
            steps.append(Step(change.path, change.old, None, None))
            continue
        name = str(number)
        new = _stage_one(stage / name, change.new, flush=not many)
        steps.append(Step(change.path, change.old, new, name))
    if many:
        os.sync()
    journal.sync_folder(stage)
    return steps


def _stage_one(target: Path, content: bytes | Path, *, flush: bool) -> str:
    if isinstance(content, Path):
        content.replace(target)
        content = target.read_bytes()
    else:
        target.write_bytes(content)
    if flush:
        with target.open("rb") as file:
            journal.flush(file.fileno())
    return digest(content)
