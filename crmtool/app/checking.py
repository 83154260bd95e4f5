"""`crmtool check`: what is wrong in a workspace, each with its line and its remedy."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtool.app.opening import Asked, open_scene, open_tree, today
from crmtool.app.scope import Scope, inside, workspace_of
from crmtool.model.finding import Finding, Severity
from crmtool.model.protocols import Tree
from crmtool.store.memory import passed_over
from crmtool.store.snapshot import check_digest, commit_digest
from crmtool.store.verdicts import Remembered, recall, remember
from crmtool.store.workspace import Workspace

if TYPE_CHECKING:
    from crmtool.app.compared import Compared
    from crmtool.app.judging import Judged

# By this name hosts say that a branch has nothing before it.
_NOTHING: Final = re.compile(r"0{40,64}\Z")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, in the order in which it is to be shown."""

    root: Path
    findings: list[Finding]
    """All of it; with a base, what the base does not have."""
    older: list[Finding] = field(default_factory=list)
    """What the base has as well, and what nobody has to mend for this change."""
    base: str = ""
    """How the commit is called that it was compared with, if it was."""

    def prefix(self) -> str:
        """Where the workspace lies in its repository: empty, or a folder with a `/` behind it."""
        workspace = Workspace(self.root)
        return workspace.place.prefix if workspace.is_repository() else ""

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def blocks(self, finding: Finding, *, strict: bool) -> bool:
        """Whether a finding stands in the way."""
        return finding.severity == "error" or (strict and finding.severity == "warning")


def check(asked: Asked) -> list[Finding]:
    """Every finding, ordered by file and line.

    Raises:
        WorkspaceError: `crm.yml` cannot be understood.

    """
    return judge(asked, Scope()).findings


def judge(asked: Asked, scope: Scope) -> Verdict:
    """What is wrong in a state of the workspace, or what a change makes wrong in it.

    Raises:
        UsageError: no such commit, path or code.
        WorkspaceError: `crm.yml` cannot be understood.

    """
    here = replace(asked, folder=workspace_of(asked.folder, scope.paths))
    root, tree = open_tree(here)
    shown = partial(inside, scope=scope.resolved(asked.folder, root, tree))
    if scope.base is None or _NOTHING.match(scope.base):
        return Verdict(root, list(filter(shown, _all_of(here, root))))
    # Only here: a check that remembers its answer reads nothing, and loads no types of records.
    from crmtool.app.compared import open_compared

    return judge_change(open_compared(here, scope.base), shown)


def _all_of(asked: Asked, root: Path) -> list[Finding]:
    """Everything wrong in a state; of the work tree from memory, if all is as it was."""
    is_work_tree = asked.rev is None and not asked.staged
    state = check_digest(root) if is_work_tree else None
    if state and (known := recall(root, state)) and known.day == (asked.as_of or today(known.zone)):
        asked.mention(f"nothing has changed in {root} since the last check")
        return known.findings

    from crmtool.app.judging import found_in

    scene = open_scene(asked)
    found = found_in(scene)
    if state and state == check_digest(root):  # nobody wrote while we read
        zone = scene.records.config.community.timezone
        remember(root, state, Remembered(zone, scene.day, found))
    return found


def judge_change(change: Compared, shown: Callable[[Finding], bool]) -> Verdict:
    """What a change makes wrong, and what was wrong before it."""
    from crmtool.app.judging import in_order

    found, known = _found_against(change)
    fresh, older = _parted(found, known, _news(change.tree, change.before))
    touched = frozenset(path.path for path in change.paths)
    return Verdict(
        change.root,
        list(filter(shown, in_order(fresh, touched))),
        list(filter(shown, in_order(older, touched))),
        change.start.name[:12],
    )


def _found_against(change: Compared) -> tuple[list[Finding], list[Finding]]:
    """All that is wrong in a state, judged as a change of its base; and all in that base."""
    from crmtool.app.deriving import derived
    from crmtool.app.judging import as_change, found_by_both, informed

    known = _found_in_base(change)
    if known:
        trees = change.before, change.tree
        if quick := derived(change.day, known, *trees, change.cache_at_hand):
            return quick.findings, known.findings
    here = informed(change.tree, change.scene.records, change.root, change.day)
    community = as_change(here, change.informed_base)
    with passed_over():
        found = found_by_both(change.tree, community)
    return found, known.findings if known else []


def _found_in_base(change: Compared) -> Judged | None:
    """All that is wrong in the base on the state's day, from memory if it is there."""
    from crmtool.app.judging import Judged, judged

    state = commit_digest(change.root, change.start)
    if (known := recall(change.root, state)) and known.day == change.day:
        return Judged(known.findings, known.waived)
    if change.informed_base is None:
        return None
    with passed_over():
        found = judged(change.before, change.informed_base)
    zone = change.config.community.timezone
    remember(change.root, state, Remembered(zone, change.day, found.findings, found.waived))
    return found


def _parted(
    found: Iterable[Finding], known: Iterable[Finding], is_news: Callable[[Finding], bool]
) -> tuple[list[Finding], list[Finding]]:
    """What the base lacks, and what it has too; of equal ones, those on new lines are new."""
    before = Counter(finding.kind for finding in known)
    groups = defaultdict[tuple[str, ...], list[Finding]](list)
    for finding in found:
        groups[finding.kind].append(finding)
    fresh, older = list[Finding](), list[Finding]()
    for kind, group in groups.items():
        if 0 < before[kind] < len(group):
            group.sort(key=is_news)
        older += group[: before[kind]]
        fresh += group[before[kind] :]
    return fresh, older


def _news(tree: Tree, before: Tree) -> Callable[[Finding], bool]:
    """Whether a finding stands on a line that its file did not have."""

    def is_news(finding: Finding) -> bool:
        lines = tree.read(finding.path).split(b"\n")
        here = lines[finding.line - 1] if finding.line <= len(lines) else b""
        return here not in before.read(finding.path).split(b"\n")

    return is_news
