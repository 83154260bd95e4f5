"""What of a check is asked for: which files, which codes, against which commit."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from crmtool.errors import UsageError, WorkspaceError
from crmtool.model.finding import Finding
from crmtool.model.protocols import Tree
from crmtool.store.paths import find_workspace


@dataclass(frozen=True, slots=True)
class Scope:
    """Without anything: all of it, and compared with nothing."""

    paths: frozenset[str] = frozenset()
    """Files and folders; as given counted from where the user is, resolved from the workspace."""
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    base: str | None = None

    def resolved(self, here: Path, root: Path, tree: Tree) -> Scope:
        """The same with paths as a tree of the workspace names them.

        Raises:
            UsageError: there is no such path or code.

        """
        if codes := self.select | self.ignore:
            _require_known(codes)
        paths = frozenset(from_root(path, here, root) for path in self.paths)
        if missing := [p for p in sorted(paths) if not os.path.lexists(root / p)]:
            _require_in(tree, missing)
        return replace(self, paths=paths)


def _require_known(codes: Iterable[str]) -> None:
    from crmtool.rules.base import guess, known_codes

    known = known_codes()
    for code in sorted(codes):
        if code not in known:
            hint = guess(code, known, "see: crmtool explain rules")
            raise UsageError(f"no rule is called {code!r}", hint)


def workspace_of(here: Path, paths: Collection[str]) -> Path:
    """The workspace that one is in, else the one that a file asked for is in.

    Raises:
        WorkspaceError: neither is in one.

    """
    try:
        return find_workspace(here)
    except WorkspaceError:
        if not paths:
            raise
        return find_workspace((here / min(paths)).parent)


def from_root(path: str, here: Path, root: Path) -> str:
    """A path as git writes it. Links are not followed, lest a file be looked for elsewhere."""
    target = here / path
    target = target.resolve() if target.is_dir() else target.parent.resolve() / target.name
    try:
        inside_it = target.relative_to(root)
    except ValueError:
        hint = f"give files below {root}, as seen from {here.resolve()}"
        raise UsageError(f"{path} does not lie in the workspace", hint) from None
    return inside_it.as_posix()


def _require_in(tree: Tree, paths: Iterable[str]) -> None:
    """Each path is in the tree, though it may not be on disk now."""
    known = [entry.path for entry in tree.entries()]
    for path in paths:
        if not any(at_or_below(one, {path}) for one in known):
            raise UsageError(
                f"there is no {path} in {tree.label}", "give files and folders as seen from here"
            )


def inside(finding: Finding, scope: Scope) -> bool:
    """Whether a finding is one of those asked for."""
    if finding.code in scope.ignore or (scope.select and finding.code not in scope.select):
        return False
    return not scope.paths or at_or_below(finding.path, scope.paths)


def at_or_below(path: str, folders: Collection[str]) -> bool:
    """Whether a path is one of these, or lies below one; `.` is above all."""
    return any(str(part) in folders for part in (path, *PurePosixPath(path).parents))
