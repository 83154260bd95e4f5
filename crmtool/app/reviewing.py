"""`crmtool review`: what one state of the workspace changes against a commit, in people's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Final

import msgspec

from crmtool.app.checking import judge_change
from crmtool.app.compared import Compared, open_compared
from crmtool.app.judging import HEADS
from crmtool.app.opening import Asked
from crmtool.model.changes import FeedChange, PathChange
from crmtool.model.feeds import decode_activity
from crmtool.model.protocols import Tree
from crmtool.review.difference import difference, in_order
from crmtool.review.findings import finding_statements
from crmtool.review.levels import level_statements
from crmtool.review.statement import Statement
from crmtool.review.words import as_data as review_data
from crmtool.review.words import as_markdown
from crmtool.review.words import as_text as review_lines
from crmtool.store.paths import ACTIVITY_FILE

__all__ = ["changes", "review", "review_data", "review_lines", "review_markdown"]


_SAID: Final = frozenset({"changed-policy"})
"""What the statements about settings say more fully."""


def review(asked: Asked, base: str) -> list[Statement]:
    """What changed since a commit (or since the last one of a day) and what is wrong with it.

    Raises:
        UsageError: no such commit.

    """
    change = open_compared(asked, base)
    found = judge_change(change, lambda finding: finding.code not in _SAID).findings
    wrong = {finding.path for finding in found if finding.severity == "error"}
    return in_order([*finding_statements(found, HEADS), *_changes(change, wrong)])


def changes(asked: Asked, base: str) -> list[Statement]:
    """What changed since a commit, risks first, without asking the rules.

    Raises:
        UsageError: no such commit.

    """
    return in_order(_changes(open_compared(asked, base)))


def _changes(change: Compared, wrong: Collection[str] = ()) -> Iterator[Statement]:
    scene, old, new = change.scene, change.old, change.scene.community
    feeds = _feeds(change.before, scene.tree, change.paths)
    yield from difference(old, new, change.paths, feeds, wrong)
    yield from level_statements(old, new, scene.day)


def review_markdown(found: list[Statement]) -> list[str]:
    """A review as the lines of a comment on a pull request."""
    return as_markdown(found).splitlines()


def _feeds(before: Tree, after: Tree, paths: Iterable[PathChange]) -> Iterator[FeedChange]:
    """What the activity files that differ gained and lost, in lines, a source at a time."""
    sources: dict[str, list[str]] = {}
    for change in paths:
        if (found := ACTIVITY_FILE.match(change.path)) and change.kind == "file":
            sources.setdefault(found[1], []).append(change.path)
    for source, files in sources.items():
        old: Counter[bytes] = Counter()
        new: Counter[bytes] = Counter()
        for path in files:
            old.update(_lines(before, path))
            new.update(_lines(after, path))
        added = new - old
        actors = Counter(filter(None, map(_actor, added.elements())))
        yield FeedChange(source, added.total(), (old - new).total(), actors)


def _lines(tree: Tree, path: str) -> list[bytes]:
    try:
        return [line for line in tree.read(path).split(b"\n") if line]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _actor(line: bytes) -> str | None:
    try:
        return decode_activity(line).actor
    except msgspec.DecodeError:
        return None
