"""`crmtool review`: what one state of the workspace changes against a commit, in people's words."""

from __future__ import annotations

from crmtool.app.opening import Asked, find_revision, open_community, open_scene
from crmtool.review.difference import difference
from crmtool.store.objects import commit_tree


def review(asked: Asked, base: str) -> list[str]:
    """A sentence for each change since a commit (or since the last one of a day).

    Raises:
        UsageError: no such commit.

    """
    scene = open_scene(asked)
    before = commit_tree(scene.root, find_revision(scene.root, base))
    return list(difference(open_community(before, scene.root), scene.community))
