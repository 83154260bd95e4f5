"""`crmtool fmt`: files written as the formats like it. Nothing that they say changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from crmtool.app.opening import Asked, open_tree
from crmtool.app.scope import Scope, at_or_below
from crmtool.errors import UsageError
from crmtool.model.config import Config, Source, Tags
from crmtool.model.finding import Finding
from crmtool.model.plan import Change, Plan, digest
from crmtool.model.protocols import Tree
from crmtool.store.apply import apply
from crmtool.store.changes import changed_paths
from crmtool.store.load import KINDS
from crmtool.store.objects import find_commit
from crmtool.store.paths import CONFIG, SOURCE_FILE, TAGS, find_workspace
from crmtool.store.tree import WorkTree
from crmtool.store.workspace import Workspace
from crmtool.text.formatting import formatted
from crmtool.text.frontmatter import MAX_FILE
from crmtool.text.original import SpliceError
from crmtool.text.parse import parse_mapping, parse_record

_SETTINGS: Final[dict[str, type[BaseModel]]] = {CONFIG: Config, TAGS: Tags}


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
    root, tree = open_tree(asked)
    return _survey(tree, _wanted(asked, root, tree, paths))


def repair(
    asked: Asked,
    paths: frozenset[str],
    *,
    dry_run: Callable[[Plan], None] | None = None,
    allow_mass_change: bool = False,
) -> Formatting:
    """Repair the files asked for, or all, in one plan without a commit.

    With `dry_run` the plan is shown to it and nothing is written.

    Raises:
        UsageError: no such path, or a commit is asked for, which is not to be rewritten.
        Refused: see `crmtool.errors`; nothing was written then.

    """
    if asked.rev is not None:
        raise UsageError("a commit cannot be formatted", "leave out --rev, or add --check")
    root = find_workspace(asked.folder)
    found = Formatting()

    def decide() -> Plan:
        nonlocal found
        tree = WorkTree(root)
        found = _survey(tree, _wanted(asked, root, tree, paths))
        plan = Plan(tuple(found.changes))
        if dry_run is not None:
            dry_run(plan)
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
    for path, model in _files(tree):
        if wanted(path):
            _inspect(tree, path, model, found)
    return found


def _files(tree: Tree) -> Iterator[tuple[str, type[BaseModel]]]:
    """Every file that people own, with its format."""
    for entry in tree.entries():
        top, _, rest = entry.path.partition("/")
        if entry.kind != "file":
            continue
        if entry.path in _SETTINGS:
            yield entry.path, _SETTINGS[entry.path]
        elif SOURCE_FILE.match(entry.path):
            yield entry.path, Source
        elif rest and top in KINDS and rest.endswith(".md"):
            yield entry.path, KINDS[top]


def _inspect(tree: Tree, path: str, model: type[BaseModel], found: Formatting) -> None:
    """Look at one file."""
    try:
        data = tree.read(path, MAX_FILE + 1)
    except FileNotFoundError:
        return
    except OSError as error:
        words, hint = f"cannot be read: {error.strerror}", "check its permissions and the disk"
        found.left.append(Finding("unreadable", "error", path, words, hint, (), 1, 1))
        return
    if problem := _in_the_way(path, model, data):
        found.left.append(problem)
        return
    try:
        after, repairs = formatted(data.decode(), model, yml=path.endswith(".yml"))
    except SpliceError as error:
        found.left.append(Finding("unreadable", "error", path, str(error), "", (), 1, 1))
        return
    if repairs:
        why = f"repaired: {', '.join(repairs)}"
        found.changes.append(Change(path, digest(data), after.encode(), why))
        found.repairs[path] = repairs
    else:
        found.fine += 1


def _in_the_way(path: str, model: type[BaseModel], data: bytes) -> Finding | None:
    """The first thing that keeps a file from being read; wrong values do not."""
    parse = parse_mapping if path.endswith(".yml") else parse_record
    _, findings = parse(model, path, data)
    problems = [f for f in findings if f.line and f.severity == "error"]
    return min(problems, key=lambda f: (f.line, f.column), default=None)
