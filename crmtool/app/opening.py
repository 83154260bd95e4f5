"""A workspace, opened: its community with every actor resolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from crmtool.identity.resolve import resolve
from crmtool.model.community import Community
from crmtool.model.protocols import Tree
from crmtool.model.scalars import zone
from crmtool.store.load import load
from crmtool.store.lock import locked
from crmtool.store.apply import recover
from crmtool.store import journal
from crmtool.store.paths import find_workspace
from crmtool.store.tree import WorkTree


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)


def open_workspace(start: Path) -> Path:
    """The workspace's root, after finishing whatever a command that was cut off left to do."""
    root = find_workspace(start)
    if journal.read(root) is not None:
        with locked(root):
            recover(root)
    return root


def open_community(tree: Tree) -> Community:
    """Everything that a tree says, with the person behind each actor."""
    community = load(tree)
    return replace(community, actors=resolve(community.people, community.profiles))


def community_of(root: Path) -> Community:
    """The community as the work tree has it."""
    return open_community(WorkTree(root))


def today(community: Community, as_of: date | None = None) -> date:
    """What day it is in the community's zone, or the day that was asked for."""
    if as_of is not None:
        return as_of
    return SystemClock().now().astimezone(zone(community.config.community.timezone)).date()
