"""Activities out of the feeds, the newest first, with no more of the files read than is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from crmtool.model.community import FeedFile
from crmtool.model.feeds import Activity, activity_key, decode_activity

_A_DAY: Final = timedelta(days=1)


class Done(NamedTuple):
    """One activity, and the source that tells of it."""

    source: str
    activity: Activity


def newest(
    feeds: Iterable[FeedFile], since: date | None = None, until: date | None = None
) -> Iterator[Done]:
    """Every activity, the newest first; of a source's id told twice, the first line.

    The days are those of UTC, and a day more on each side is read: where a community's day
    begins, the caller knows. What has no date comes last, unless a day is asked for.
    """
    wanted = [feed for feed in feeds if _may_hold(_month(feed), since, until)]
    wanted.sort(key=_order, reverse=True)
    for _, files in groupby(wanted, key=_month):
        yield from sorted(_of(files), key=lambda d: activity_key(d.activity), reverse=True)


def _month(feed: FeedFile) -> str:
    return feed.path.rpartition("/")[2].removesuffix(".jsonl")


def _order(feed: FeedFile) -> tuple[bool, str]:
    return (_month(feed) != "undated", _month(feed))


def _may_hold(month: str, since: date | None, until: date | None) -> bool:
    if month == "undated":
        return since is None and until is None
    return (since is None or month >= (since - _A_DAY).isoformat()[:7]) and (
        until is None or month <= (until + _A_DAY).isoformat()[:7]
    )


def _of(files: Iterable[FeedFile]) -> Iterator[Done]:
    for feed in files:
        seen = set[str]()
        for line in feed.local.read_bytes().split(b"\n"):
            try:
                activity = decode_activity(line) if line else None
            except (msgspec.DecodeError, UnicodeDecodeError):  # `check` speaks of it
                continue
            if activity and activity.id not in seen:
                seen.add(activity.id)
                yield Done(feed.source, activity)
