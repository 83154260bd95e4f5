"""`crmtool review`: what the work tree changes against a commit, in people's words."""

from __future__ import annotations

from pathlib import Path

from crmtool.app.opening import community_of, open_community
from crmtool.review.difference import difference
from crmtool.store.objects import commit_tree


def review(root: Path, base: str) -> list[str]:
    """A sentence for each change since a commit.

    Raises:
        UsageError: no such commit.

    """
    return list(difference(open_community(commit_tree(root, base)), community_of(root)))
