"""A part of a workspace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """What of a workspace a short question needs, so that it is answered at any size of it.

    Whole folders, files by their paths, and people by their slugs.
    """

    folders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    around: bool = True
    """Whether whoever these records name comes along."""
    only_theirs: bool = False
    """Of notes and tasks only those that concern these people, and what they link to."""
