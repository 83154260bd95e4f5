"""A state of a workspace beside the commit that it changes: read once for check and review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from crmtool.app.judging import informed
from crmtool.app.opening import Asked, Scene, day_of, find_revision, open_scene, open_tree
from crmtool.errors import WorkspaceError
from crmtool.identity.resolve import resolve
from crmtool.model.changes import PathChange
from crmtool.model.community import Community
from crmtool.model.config import Config
from crmtool.model.protocols import Tree
from crmtool.store.cache import RecordCache
from crmtool.store.changes import changed_paths
from crmtool.store.load import load, read_config
from crmtool.store.objects import Commit, ObjectTree, commit_tree
from crmtool.store.paths import CONFIG


@dataclass(frozen=True)
class Compared:
    """A state, and the commit before it. What they say is loaded when somebody asks for it."""

    asked: Asked
    root: Path
    tree: Tree
    commit: Commit | None
    start: Commit
    before: ObjectTree

    @cached_property
    def _cache(self) -> RecordCache:
        """One for both, so that what does not differ is made once."""
        return RecordCache(self.root)

    @property
    def cache_at_hand(self) -> RecordCache:
        """The same if it was read; else an empty one, as a few files are parsed in less time."""
        return self._cache if "_cache" in vars(self) else RecordCache(None)

    @cached_property
    def scene(self) -> Scene:
        """All that the state says."""
        return open_scene(self.asked, cache=self._cache)

    @cached_property
    def config(self) -> Config:
        """The state's configuration."""
        if isinstance(self.tree, ObjectTree):
            self.tree.expect((CONFIG,))
        return read_config(self.tree)

    @property
    def day(self) -> date:
        """What day it is, in the community's zone."""
        return day_of(self.asked, self.commit, self.config)

    @cached_property
    def base(self) -> Community | None:
        """What the commit said; None where it was no workspace yet, or a broken one."""
        try:
            return load(self.before, self._cache)
        except WorkspaceError:
            return None

    @cached_property
    def informed_base(self) -> Community | None:
        """The same with all that rules may ask for."""
        return informed(self.before, self.base, self.root, self.day) if self.base else None

    @cached_property
    def paths(self) -> list[PathChange]:
        """Every path that differs, records or not."""
        return changed_paths(self.root, self.start, self.commit, staged=self.asked.staged)

    @property
    def old(self) -> Community:
        """What the commit said, with the person behind each actor; nothing where it cannot say."""
        if self.base is None:
            return Community(self.config, type(self.scene.records.tags)(), {}, {}, {}, {})
        return replace(self.base, actors=resolve(self.base.people, self.base.profiles))


def open_compared(asked: Asked, base: str) -> Compared:
    """Find the state that the options ask for, and the commit to compare it with.

    Raises:
        UsageError: there is no such commit.
        WorkspaceError: the state's `crm.yml` cannot be understood.

    """
    root, tree = open_tree(asked)
    commit = find_revision(root, asked.rev) if asked.rev is not None else None
    start = find_revision(root, base)
    change = Compared(asked, root, tree, commit, start, commit_tree(root, start))
    _ = change.config  # a broken one is no change to judge
    return change
