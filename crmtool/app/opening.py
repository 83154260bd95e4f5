"""A workspace, opened: which of its states, on what day, for whom, with every actor resolved.

What reading takes is imported where something is read: a check may remember its answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from crmtool.errors import UsageError
from crmtool.model.audience import Audience
from crmtool.model.protocols import Tree
from crmtool.store.paths import find_workspace, is_cut_off
from crmtool.store.tree import WorkTree

if TYPE_CHECKING:
    from crmtool.model.community import Community
    from crmtool.model.config import Config
    from crmtool.model.part import Part
    from crmtool.model.view import View
    from crmtool.store.cache import RecordCache
    from crmtool.store.objects import Commit

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the global options ask for. Without any: the work tree, today, for the team."""

    folder: Path
    rev: str | None = None
    """A commit, a branch, a tag; or a day, whose last commit along first parents is meant."""
    staged: bool = False
    as_of: date | None = None
    audience: Audience = Audience.TEAM
    mention: Callable[[str], None] = lambda _: None
    """Told what was read, for who wants to know."""


@dataclass(frozen=True)
class Scene:
    """One state of a workspace, with all that outputs are made of."""

    asked: Asked
    root: Path
    tree: Tree
    commit: Commit | None
    records: Community
    """Everything that the tree says, without the person behind each actor."""
    day: date
    """What day it is, in the community's zone."""
    audience: Audience

    @cached_property
    def community(self) -> Community:
        """Everything that the tree says, with the person behind each actor."""
        return _resolved(self.records)

    @cached_property
    def view(self) -> View:
        """What the audience may see."""
        from crmtool.privacy.redact import redact

        return redact(self.community, self.audience)

    @property
    def revision(self) -> str:
        """The commit that the tree is or begins from, in 12 digits; empty before the first."""
        from crmtool.store.workspace import Workspace

        return (self.commit.name if self.commit else Workspace(self.root).head())[:12]


def open_workspace(start: Path) -> Path:
    """The workspace's root, after finishing whatever a command that was cut off left to do."""
    root = find_workspace(start)
    if is_cut_off(root):
        from crmtool.store import journal
        from crmtool.store.apply import recover
        from crmtool.store.lock import locked

        if journal.read(root) is not None:
            with locked(root):
                recover(root)
    return root


def open_scene(asked: Asked, part: Part | None = None, cache: RecordCache | None = None) -> Scene:
    """Load the state of the workspace that the options ask for, or a part of it.

    A cache that is given is one of this workspace, which another load used.

    Raises:
        UsageError: there is no such commit.
        WorkspaceError: its `crm.yml` cannot be understood.

    """
    from crmtool.store.cache import RecordCache
    from crmtool.store.load import load

    root = find_workspace(asked.folder)
    commit = find_revision(root, asked.rev) if asked.rev is not None else None
    tree = _tree(root, asked, commit)
    records = load(tree, cache or RecordCache(root), part)
    day = day_of(asked, commit, records.config)
    asked.mention(
        f"{tree.label} of {root}, on {day}, for {asked.audience}: {len(records.people)} people, "
        f"{len(records.notes)} notes, {len(records.tasks)} tasks, {len(records.feeds)} feeds"
    )
    return Scene(asked, root, tree, commit, records, day, asked.audience)


def day_of(asked: Asked, commit: Commit | None, config: Config) -> date:
    """What day it is in the community's zone, for the state that is asked for."""
    return asked.as_of or _day(asked.rev, commit, config)


def open_tree(asked: Asked) -> tuple[Path, Tree]:
    """The workspace's root and the state of it that the options ask for, not loaded.

    Raises:
        UsageError: there is no such commit.

    """
    root = find_workspace(asked.folder)
    commit = find_revision(root, asked.rev) if asked.rev is not None else None
    return root, _tree(root, asked, commit)


def _tree(root: Path, asked: Asked, commit: Commit | None) -> Tree:
    if commit is not None:
        from crmtool.store.objects import commit_tree

        return commit_tree(root, commit)
    if asked.staged:
        from crmtool.store.objects import index_tree

        return index_tree(root)
    open_workspace(root)
    return WorkTree(root)


def _day(rev: str | None, commit: Commit | None, config: Config) -> date:
    """Today; of a commit, the day that it was asked by or that it was made on."""
    if rev is not None and _DAY.match(rev):
        return _calendar_day(rev)
    name = config.community.timezone
    return commit.day(ZoneInfo(name)) if commit else today(name)


def today(timezone: str) -> date:
    """What day it is in a zone."""
    return SystemClock().now().astimezone(ZoneInfo(timezone)).date()


def find_revision(root: Path, rev: str) -> Commit:
    """The commit that a user names: a commit, a branch, a tag, or a day in the community's zone.

    Raises:
        UsageError: there is none.

    """
    from crmtool.store.objects import find_commit, last_commit_of

    if not _DAY.match(rev):
        return find_commit(root, rev)
    from crmtool.store.load import read_config

    here = ZoneInfo(read_config(WorkTree(root)).community.timezone)
    return last_commit_of(root, _calendar_day(rev), here)


def _calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is not a day of the calendar", "write it YYYY-MM-DD") from None


def open_community(tree: Tree, root: Path, part: Part | None = None) -> Community:
    """Everything that a tree says, with the person behind each actor."""
    from crmtool.store.cache import RecordCache
    from crmtool.store.load import load

    return _resolved(load(tree, RecordCache(root), part))


def _resolved(community: Community) -> Community:
    from crmtool.identity.resolve import resolve

    return replace(community, actors=resolve(community.people, community.profiles))
