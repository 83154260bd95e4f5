"""Moments as feeds hold them: RFC 3339 in UTC with whole seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache


@lru_cache(maxsize=4096)
def utc(text: str) -> str | None:
    """A moment written in ISO 8601, as feeds hold it; None where it is none or names no zone.

    >>> utc("2026-11-01T12:00:00.5+02:00")
    '2026-11-01T10:00:00Z'
    """
    try:
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else written(moment)
    except (ValueError, OverflowError):
        return None


def written(moment: datetime) -> str:
    """A moment with a zone, as feeds hold it."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()}Z"


def earlier(moment: str, by: timedelta) -> str:
    """A moment of a feed, so much earlier."""
    return written(datetime.fromisoformat(moment) - by)
