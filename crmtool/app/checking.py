"""`crmtool check`: what is wrong in a workspace, each with its line and its remedy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crmtool.app.opening import open_community
from crmtool.model.finding import Finding
from crmtool.model.protocols import Tree
from crmtool.rules.base import run_rules
from crmtool.store.tree import WorkTree
from crmtool.text.parse import place


def check(root: Path, tree: Tree | None = None) -> list[Finding]:
    """Every finding, ordered by file and line.

    Raises:
        WorkspaceError: `crm.yml` cannot be understood.

    """
    tree = tree or WorkTree(root)
    found = [_placed(tree, finding) for finding in run_rules(open_community(tree))]
    return sorted(found, key=lambda f: (f.path, f.line, f.column, f.code))


def _placed(tree: Tree, finding: Finding) -> Finding:
    """The finding with its line and column, read from the file once more."""
    if finding.line:
        return finding
    line, column = place(finding.path, tree.read(finding.path), finding.key)
    return replace(finding, line=line, column=column)
