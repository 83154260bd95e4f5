"""`crmtool check`: what is wrong in a workspace, each with its line and its remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from crmtool.app.opening import Asked, open_scene
from crmtool.model.finding import Finding
from crmtool.model.protocols import Tree
from crmtool.rules.base import run_rules
from crmtool.store.feedcheck import damaged_lines
from crmtool.text.parse import place


def check(asked: Asked) -> list[Finding]:
    """Every finding, ordered by file and line.

    Raises:
        WorkspaceError: `crm.yml` cannot be understood.

    """
    scene = open_scene(asked)
    found = list(run_rules(replace(scene.community, as_of=scene.day)))
    for feed in scene.community.feeds:
        found += damaged_lines(feed)
    return sorted(_placed(scene.tree, found), key=lambda f: (f.path, f.line, f.column, f.code))


def _placed(tree: Tree, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with their lines and columns, for which each file is read once more."""
    for path, group in groupby(sorted(found, key=lambda f: f.path), key=lambda f: f.path):
        data: bytes | None = None
        for finding in group:
            if finding.line:
                yield finding
                continue
            data = tree.read(path) if data is None else data
            line, column = place(path, data, finding.key)
            yield replace(finding, line=line, column=column)
