"""What is wrong in one state of a workspace, by the rules of it or of what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from crmtool.app.opening import Scene
from crmtool.errors import KeyProblem
from crmtool.model.community import Community
from crmtool.model.config import Config
from crmtool.model.finding import Finding, Severity
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import Tree
from crmtool.rules.base import run_rules, run_rules_on, waivable_codes
from crmtool.rules.waivers import apply_waivers, waivers
from crmtool.store.feedcheck import feed_findings
from crmtool.store.keys import find_key
from crmtool.store.memory import passed_over
from crmtool.store.survey import public_place, survey
from crmtool.text.parse import Places

HEADS: Final = ("new-waiver", "changed-policy")
"""What whoever merges a change has to see before all else."""
_GRAVITY: Final[tuple[Severity, ...]] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is wrong in a state."""

    findings: list[Finding]
    """In order and numbered."""
    waived: list[Finding]
    """What somebody's word set aside, with its lines."""

    @property
    def raw(self) -> list[Finding]:
        """What was found before anybody's word was heard."""
        return [*self.findings, *self.waived]


def found_in(scene: Scene) -> list[Finding]:
    """All that is wrong in a state, waived things left out, in order and numbered."""
    with passed_over():
        return judged(
            scene.tree, informed(scene.tree, scene.records, scene.root, scene.day)
        ).findings


def informed(tree: Tree, community: Community, root: Path, day: date) -> Community:
    """A community with all that rules may ask for besides what its files say."""
    keyed: Keyed | None
    try:
        keyed = find_key(community.config.privacy.key) if community.tombstones else None
    except KeyProblem:
        keyed = None
    return replace(
        community, as_of=day, others=survey(tree), keyed=keyed, public=public_place(root)
    )


def as_change(community: Community, base: Community | None) -> Community:
    """A community as a change of what was before it: None where that was no workspace."""
    if base is None:
        return community
    # Who was forgotten before stays so, whatever key or hashes the change names.
    stones = dict.fromkeys((*community.tombstones, *base.tombstones))
    return replace(
        community, base=base, keyed=base.keyed or community.keyed, tombstones=tuple(stones)
    )


def judged(tree: Tree, community: Community) -> Judged:
    """All that is wrong in a tree, of which the community is what it says."""
    return in_places(tree, community, [*run_rules(community), *feed_findings(community.feeds)])


def in_places(tree: Tree, community: Community, raw: Iterable[Finding]) -> Judged:
    """What rules found, each at its line; waivers heard, and what rules say of all of that."""
    found = list(_placed(tree, raw))
    left, used = apply_waivers(found, waivers(community), waivable_codes())
    waived = [finding for finding in found if finding not in left] if used else []
    left += run_rules_on(found, community)
    return Judged(numbered(left), waived)


def found_by_both(tree: Tree, community: Community) -> list[Finding]:
    """What is wrong by the rules of a change and by those of its base, as gravely as either says.

    Without a base to go by, the change sets no severities of its own.
    """
    base = community.base
    mine = community.config
    theirs = _policy_of(base.config if base else Config(community=mine.community), mine)
    first = judged(tree, community).findings
    if theirs == mine:
        return first
    graver = {finding.fingerprint: finding for finding in first}
    for finding in judged(tree, replace(community, config=theirs)).findings:
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


def numbered(found: Iterable[Finding]) -> list[Finding]:
    """In order; of equal ones in a file, each knows how many come before it."""
    seen = Counter[tuple[str, ...]]()
    numbered = []
    for finding in in_order(found):
        numbered.append(replace(finding, nth=seen[finding.kind]))
        seen[finding.kind] += 1
    return numbered


def in_order(found: Iterable[Finding], touched: frozenset[str] = frozenset()) -> list[Finding]:
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
