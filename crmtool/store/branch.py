"""A plan committed on a branch of its own; work tree, index and HEAD stay as they are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from crmtool.errors import GitFailed, Refused, UsageError
from crmtool.model.plan import Change, Plan
from crmtool.store.apply import refuse_mass_change
from crmtool.store.git import run
from crmtool.store.paths import require_inside
from crmtool.store.workspace import Workspace, joined

_NO_COMMIT: Final = "0" * 40


def commit_on_branch(
    root: Path, plan: Plan, branch: str, *, allow_mass_change: bool = False
) -> str:
    """Make a new branch off HEAD with one commit that holds a plan made for HEAD; its name.

    Hooks that look at the work tree have nothing to look at, so none runs.

    Raises:
        UsageError: there is such a branch already, or none can be called so.
        Refused: there is no commit yet, or too much would change.

    """
    workspace = Workspace(root)
    head = workspace.head()
    if not head:
        raise Refused("there is no commit to branch off yet", "commit the workspace first")
    require_inside(root, plan.touched())
    refuse_mass_change(root, plan, allowed=allow_mass_change)
    _require_new(root, branch)
    tree = _tree(workspace, head, plan)
    commit = run(
        root,
        *("commit-tree", tree, "-p", head, "-F", "-"),
        stdin=plan.message.encode(),
        hardened=False,
        env=workspace.identity(),
    )
    name = commit.decode().strip()
    run(root, "update-ref", f"refs/heads/{branch}", name, "0" * len(name))
    return name


def _require_new(root: Path, branch: str) -> None:
    try:
        run(root, "check-ref-format", "--branch", branch)
    except GitFailed:
        raise UsageError(
            f"no branch can be called {branch!r}", "take letters, digits, '-' and '/'"
        ) from None
    if run(root, "for-each-ref", f"refs/heads/{branch}"):
        raise UsageError(f"there is a branch {branch!r} already", "name another one")


def _tree(workspace: Workspace, head: str, plan: Plan) -> str:
    """The tree of a commit with a plan carried out in it."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"GIT_INDEX_FILE": os.fspath(Path(folder) / "index")}

        def git(*args: str, stdin: bytes = b"") -> bytes:
            return run(workspace.root, *args, stdin=stdin, env=env)

        git("read-tree", head)
        lines = [line for change in plan.changes for line in _entries(workspace, change)]
        git("update-index", "-z", "--index-info", stdin=joined(lines))
        return git("write-tree").decode().strip()


def _entries(workspace: Workspace, change: Change) -> list[str]:
    """What the index is to hold: `mode name TAB path`, mode 0 for what goes."""
    prefix = workspace.place.prefix
    gone = [f"0 {_NO_COMMIT}\t{prefix}{path}" for path in _gone(change)]
    if change.new is None:
        return gone
    data = change.new.read_bytes() if isinstance(change.new, Path) else change.new
    blob = run(workspace.root, "hash-object", "-w", "--stdin", stdin=data).decode().strip()
    return [*gone, f"100644 {blob}\t{prefix}{change.path}"]


def _gone(change: Change) -> list[str]:
    if change.new is None:
        return [change.path]
    return [change.origin] if change.origin else []
