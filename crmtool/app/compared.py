"""A state of a workspace beside the commit that it changes: read once for check and review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from crmtool.app.opening import Asked, Scene, find_revision, open_scene
from crmtool.errors import WorkspaceError
from crmtool.identity.resolve import resolve
from crmtool.model.changes import PathChange
from crmtool.model.community import Community
from crmtool.store.cache import RecordCache
from crmtool.store.changes import changed_paths
from crmtool.store.load import load
from crmtool.store.objects import Commit, ObjectTree, commit_tree


@dataclass(frozen=True)
class Compared:
    """A state, and the commit before it."""

    scene: Scene
    start: Commit
    before: ObjectTree

    @cached_property
    def base(self) -> Community | None:
        """What the commit said; None where it was no workspace yet, or a broken one."""
        try:
            return load(self.before, RecordCache(self.scene.root))
        except WorkspaceError:
            return None

    @cached_property
    def paths(self) -> list[PathChange]:
        """Every path that differs, records or not."""
        staged = self.scene.asked.staged
        return changed_paths(self.scene.root, self.start, self.scene.commit, staged=staged)

    @property
    def old(self) -> Community:
        """What the commit said, with the person behind each actor; nothing where it cannot say."""
        if self.base is None:
            return Community(
                self.scene.records.config, type(self.scene.records.tags)(), {}, {}, {}, {}
            )
        return replace(self.base, actors=resolve(self.base.people, self.base.profiles))


def open_compared(asked: Asked, base: str) -> Compared:
    """Load the state that the options ask for, and find the commit to compare it with.

    Raises:
        UsageError: there is no such commit.
        WorkspaceError: the state's `crm.yml` cannot be understood.

    """
    scene = open_scene(asked)
    start = find_revision(scene.root, base)
    return Compared(scene, start, commit_tree(scene.root, start))
