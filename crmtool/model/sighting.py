"""When and where somebody was seen."""

from __future__ import annotations

from typing import NamedTuple


class Sighting(NamedTuple):
    """An identity's first and last activity (RFC 3339, UTC), and the channels that it was in."""

    first: str
    last: str
    channels: frozenset[str] = frozenset()
