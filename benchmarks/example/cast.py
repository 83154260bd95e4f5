"""Everybody in the example, by slug."""

from __future__ import annotations

from benchmarks.example.cast_contributors import CONTRIBUTORS
from benchmarks.example.cast_friends import FRIENDS
from benchmarks.example.cast_team import TEAM
from benchmarks.example.shapes import Member

CAST: dict[str, Member] = {one.slug: one for one in (*TEAM, *CONTRIBUTORS, *FRIENDS)}
