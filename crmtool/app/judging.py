"""What is wrong in one state of a workspace, by the rules of it or of what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
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


def found_in(scene: Scene) -> list[Finding]:
    """All that is wrong in a state, waived things left out, in order and numbered."""
    with passed_over():
        return _found(scene.tree, _informed(scene.tree, scene.records, scene))


def found_against(
    scene: Scene, before: Tree, said: Community | None
) -> tuple[list[Finding], list[Finding]]:
    """All that is wrong in a state, judged as a change to another one; and in that one.

    `said` is what the tree before says, None where it is no workspace or a broken one.
    """
    community = _informed(scene.tree, scene.records, scene)
    if said is None:
        return _found_by_both(scene.tree, community, None), []
    base = _informed(before, said, scene)
    # Who was forgotten before stays so, whatever key or hashes the change names.
    community = replace(
        community,
        base=base,
        keyed=base.keyed or community.keyed,
        tombstones=tuple(dict.fromkeys((*community.tombstones, *base.tombstones))),
    )
    return _found_by_both(scene.tree, community, base), _found(before, base)


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
