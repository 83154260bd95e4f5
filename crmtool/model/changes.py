"""What differs between two states of a workspace, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from crmtool.model.protocols import EntryKind


@dataclass(frozen=True, slots=True)
class PathChange:
    """One path, and what it is afterwards (before, where it is deleted).

    `path` counts from the workspace; what lies outside it, in the same repository, begins
    with `/` and counts from the repository's top.
    """

    path: str
    verb: Literal["added", "changed", "deleted"]
    kind: EntryKind = "file"


@dataclass(frozen=True, slots=True)
class FeedChange:
    """What became of one source's activities, in lines of its feed."""

    source: str
    added: int
    removed: int
    actors: Mapping[str, int]
    """How many of the added lines each actor has; accounts that are gone are in none."""
