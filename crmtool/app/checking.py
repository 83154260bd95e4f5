"""`crmtool check`: what is wrong in a workspace, each with its line and its remedy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from crmtool.app.opening import Asked, Scene, find_revision, open_scene
from crmtool.app.scope import Scope, inside, workspace_of
from crmtool.errors import KeyProblem, WorkspaceError
from crmtool.model.community import Community
from crmtool.model.config import Config
from crmtool.model.finding import Finding, Severity
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import Tree
from crmtool.rules.base import run_rules, run_rules_on, waivable_codes
from crmtool.rules.waivers import apply_waivers, waivers
from crmtool.store.cache import RecordCache
from crmtool.store.changes import changed_paths
from crmtool.store.feedcheck import feed_findings
from crmtool.store.keys import find_key
from crmtool.store.load import load
from crmtool.store.objects import Commit, commit_tree
from crmtool.store.survey import public_place, survey
from crmtool.store.workspace import Workspace
from crmtool.text.parse import Places

HEADS: Final = ("new-waiver", "changed-policy")
"""What whoever merges a change has to see before all else."""
_GRAVITY: Final[tuple[Severity, ...]] = ("error", "warning", "info")


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
    scene = open_scene(replace(asked, folder=workspace_of(asked.folder, scope.paths)))
    shown = partial(inside, scope=scope.resolved(asked.folder, scene.root, scene.tree))
    community = _informed(scene.tree, scene.records, scene)
    if scope.base is None:
        found = _found(scene.tree, community)
        return Verdict(scene.root, list(filter(shown, found)))
    start = find_revision(scene.root, scope.base)
    before = commit_tree(scene.root, start)
    base = _community(before, scene)
    found = _found_by_both(scene.tree, replace(community, base=base), base)
    known = _found(before, base) if base else []
    fresh, older = _compared(found, known, _news(scene.tree, before))
    touched = _touched(scene, start, staged=asked.staged)
    return Verdict(
        scene.root,
        list(filter(shown, _in_order(fresh, touched))),
        list(filter(shown, _in_order(older, touched))),
        start.name[:12],
    )


def _informed(tree: Tree, community: Community, scene: Scene) -> Community:
    """A community with all that rules may ask for besides what its files say."""
    keyed: Keyed | None
    try:
        keyed = find_key(community.config.privacy.key) if community.tombstones else None
    except KeyProblem:
        keyed = None
    return replace(
        community,
        as_of=scene.day,
        others=survey(tree),
        keyed=keyed,
        public=public_place(scene.root),
    )


def _community(before: Tree, scene: Scene) -> Community | None:
    """What a commit said; None where it was no workspace yet, or a broken one."""
    try:
        return _informed(before, load(before, RecordCache(scene.root)), scene)
    except WorkspaceError:
        return None


def _found(tree: Tree, community: Community) -> list[Finding]:
    """All that is wrong in a tree and not waived, in order and numbered."""
    raw = [*run_rules(community), *feed_findings(community.feeds)]
    placed = list(_placed(tree, raw))
    left, _ = apply_waivers(placed, waivers(community), waivable_codes())
    left += run_rules_on(placed, community)
    return _numbered(left)


def _found_by_both(tree: Tree, community: Community, base: Community | None) -> list[Finding]:
    """What is wrong by the rules of a change and by those of its base, as gravely as either says.

    Without a base to go by, the change sets no severities of its own.
    """
    mine = community.config
    theirs = _policy_of(base.config if base else Config(community=mine.community), mine)
    first = _found(tree, community)
    if theirs == mine:
        return first
    graver = {finding.fingerprint: finding for finding in first}
    for finding in _found(tree, replace(community, config=theirs)):
        known = graver.setdefault(finding.fingerprint, finding)
        if _GRAVITY.index(finding.severity) < _GRAVITY.index(known.severity):
            graver[finding.fingerprint] = finding
    return list(graver.values())


def _policy_of(base: Config, mine: Config) -> Config:
    """A change's configuration, but for what decides on findings: that is the base's."""
    privacy = base.privacy.model_copy(update={"audiences": mine.privacy.audiences})
    about = mine.community.model_copy(update={"example": base.community.example})
    policy = {"community": about, "privacy": privacy, "check": base.check}
    return mine.model_copy(update=policy)


def _placed(tree: Tree, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with their lines and columns, for which each file is read once more."""
    for path, group in groupby(sorted(found, key=lambda f: f.path), key=lambda f: f.path):
        places: Places | None = None
        for finding in group:
            if finding.line:
                yield finding
                continue
            places = places or Places(path, tree.read(path))
            line, column = places.find(finding.key)
            yield replace(finding, line=line, column=column)


def _numbered(found: Iterable[Finding]) -> list[Finding]:
    """In order; of equal ones in a file, each knows how many come before it."""
    seen = Counter[tuple[str, ...]]()
    numbered = []
    for finding in _in_order(found):
        numbered.append(replace(finding, nth=seen[finding.kind]))
        seen[finding.kind] += 1
    return numbered


def _in_order(found: Iterable[Finding], touched: frozenset[str] = frozenset()) -> list[Finding]:
    """By file and line; before, what nobody may miss, and the files that a change touches.

    A service that shows ten of many shows the first ones.
    """
    return sorted(
        found,
        key=lambda f: (
            f.code not in HEADS,
            f.path not in touched,
            f.path,
            f.line,
            f.column,
            f.code,
            f.nth,
        ),
    )


def _compared(
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


def _touched(scene: Scene, base: Commit, *, staged: bool) -> frozenset[str]:
    changes = changed_paths(scene.root, base, scene.commit, staged=staged)
    return frozenset(change.path for change in changes)
