"""Who an output is for."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who an output is for; also how far a record may travel. Widest first."""

    PUBLIC = "public"
    TEAM = "team"
    STEWARDS = "stewards"

    def may_see(self, visibility: Audience) -> bool:
        """Whether an output for this audience may hold what has that visibility."""
        order = list(Audience)
        return order.index(self) >= order.index(visibility)
