"""`crmtool fmt`: files written as the formats like it. Nothing that they say changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from crmtool.app.opening import Asked, open_tree, open_workspace
from crmtool.app.scope import Scope, at_or_below, workspace_of
from crmtool.errors import UsageError
from crmtool.model.config import Config, Source, Tags
from crmtool.model.finding import Finding
from crmtool.model.plan import Change, Plan, digest
from crmtool.model.protocols import Tree
from crmtool.store.apply import apply
from crmtool.store.changes import changed_paths
from crmtool.store.feedtidy import tidied
from crmtool.store.load import KINDS
from crmtool.store.objects import find_commit
from crmtool.store.paths import CONFIG, SOURCE_FILE, TAGS
from crmtool.store.tree import WorkTree
from crmtool.store.workspace import Workspace
from crmtool.text.formatting import formatted
from crmtool.text.frontmatter import decode
from crmtool.text.limits import MAX_FILE
from crmtool.text.original import SpliceError
from crmtool.text.yamltext import Problem

_SETTINGS: Final[dict[str, type[BaseModel]]] = {CONFIG: Config, TAGS: Tags}
_LINES: Final = re.compile(
    r"sources/(?:[^/]+/(?:profiles|counts|activities/(?:\d{4}-\d{2}|undated))|forgotten)\.jsonl\Z"
)
_Done = tuple[bytes, tuple[str, ...]] | Finding
"""The new bytes and what was repaired, or what is in the way."""
_How = Callable[[str, bytes], _Done]


@dataclass
class Formatting:
    """What is to be repaired, or was."""

    changes: list[Change] = field(default_factory=list)
    repairs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By file, in the order of the files: what is repaired in it."""
    left: list[Finding] = field(default_factory=list)
    """Files that cannot be read, and so are not touched: of each the first thing in the way."""
    fine: int = 0
    """How many files have nothing to repair."""


def inspect(asked: Asked, paths: frozenset[str]) -> Formatting:
    """What would be repaired in a state of the workspace.

    Raises:
        UsageError: no such commit or path.

    """
    root, tree = open_tree(replace(asked, folder=workspace_of(asked.folder, paths)))
    return _survey(tree, _wanted(asked, root, tree, paths))


def repair(
    asked: Asked,
    paths: frozenset[str],
    *,
    dry_run: Callable[[Path, Plan], None] | None = None,
    allow_mass_change: bool = False,
) -> Formatting:
    """Repair the files asked for, or all, in one plan without a commit.

    With `dry_run` the workspace and the plan are shown to it and nothing is written.

    Raises:
        UsageError: no such path, or a commit is asked for, which is not to be rewritten.
        Refused: see `crmtool.errors`; nothing was written then.

    """
    if asked.rev is not None:
        raise UsageError("a commit cannot be formatted", "leave out --rev, or add --check")
    root = open_workspace(workspace_of(asked.folder, paths))
    found = Formatting()

    def decide() -> Plan:
        nonlocal found
        tree = WorkTree(root)
        found = _survey(tree, _wanted(asked, root, tree, paths))
        plan = Plan(tuple(found.changes))
        if dry_run is not None:
            dry_run(root, plan)
            return Plan()
        return plan

    apply(root, decide, commit=False, allow_mass_change=allow_mass_change)
    return found


def _wanted(asked: Asked, root: Path, tree: Tree, paths: frozenset[str]) -> Callable[[str], bool]:
    """Which files are asked for."""
    below = Scope(paths).resolved(asked.folder, root, tree).paths
    staged = _staged(root) if asked.staged else None
    return lambda path: (
        (staged is None or path in staged) and (not below or at_or_below(path, below))
    )


def _staged(root: Path) -> frozenset[str] | None:
    """The files that the next commit changes; None where it is the first and holds all."""
    if not Workspace(root).head():
        return None
    changed = changed_paths(root, find_commit(root, "HEAD"), None, staged=True)
    return frozenset(change.path for change in changed if change.verb != "deleted")


def _survey(tree: Tree, wanted: Callable[[str], bool]) -> Formatting:
    found = Formatting()
    for entry in tree.entries():
        how = _how(entry.path) if entry.kind == "file" and wanted(entry.path) else None
        if how is None or (data := _content(tree, entry.path, found)) is None:
            continue
        done = how(entry.path, data)
        if isinstance(done, Finding):
            found.left.append(done)
        elif done[1]:
            why = f"repaired: {', '.join(done[1])}"
            found.changes.append(Change(entry.path, digest(data), done[0], why))
            found.repairs[entry.path] = done[1]
        else:
            found.fine += 1
    return found


def _how(path: str) -> _How | None:
    """What repairs a file: by its format. None of what nobody edits."""
    top, _, rest = path.partition("/")
    if path in _SETTINGS:
        return partial(_written_anew, _SETTINGS[path])
    if SOURCE_FILE.match(path):
        return partial(_written_anew, Source)
    if rest and top in KINDS and rest.endswith(".md"):
        return partial(_written_anew, KINDS[top])
    return tidied if _LINES.match(path) else None


def _content(tree: Tree, path: str, found: Formatting) -> bytes | None:
    try:
        return tree.read(path, -1 if _LINES.match(path) else MAX_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        words, hint = f"cannot be read: {error.strerror}", "check its permissions and the disk"
        found.left.append(Finding("unreadable", "error", path, words, hint, (), 1, 1))
        return None


def _written_anew(model: type[BaseModel], path: str, data: bytes) -> _Done:
    """A file that people own; the first thing in the way where it cannot be read."""
    _, problems = decode(data)
    errors = [problem for problem in problems if problem.severity == "error"]
    if not errors:
        try:
            after, repairs = formatted(data.decode(), model, yml=path.endswith(".yml"))
        except SpliceError as error:
            errors = [error.problem or Problem("unreadable", str(error), 1, 1)]
        else:
            return after.encode(), repairs
    first = min(errors, key=lambda problem: (problem.line, problem.column))
    place = first.line, first.column
    return Finding(first.code, "error", path, first.message, first.hint, (), *place)
