"""Which lines of a feed cannot be read. What they say is for the rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from crmtool.model.community import FeedFile
from crmtool.model.feeds import DAMAGED, decode_activity
from crmtool.model.finding import Finding

MOST: Final = 20
"""Damaged lines of one file that are named; one is damage enough to act on."""
LONGEST: Final = 1 << 20
"""Bytes of a line: the text of an activity has at most 10,000 characters."""
_MARKERS: Final = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_RESTORE: Final = "restore the line from git's history"


def damaged_lines(feed: FeedFile) -> Iterator[Finding]:
    """A finding for each line of an activity file that is no activity, as far as `MOST`.

    Line by line: msgspec's own reader of lines also takes records that share or span them.
    """
    try:
        with feed.local.open("rb") as file:
            found = (
                (number, words) for number, line in enumerate(file, 1) if (words := _wrong(line))
            )
            for number, (message, hint) in islice(found, MOST):
                yield Finding("feed-line", "error", feed.path, message, hint, (), number, 1)
    except FileNotFoundError:
        return
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "check its permissions and the disk"
        yield Finding("unreadable", "error", feed.path, message, hint, (), 1, 1)


def _wrong(line: bytes) -> tuple[str, str] | None:
    """What is wrong with a line, and the remedy; None for a good or a blank one."""
    try:
        if len(line) > LONGEST:
            return f"is a line of {len(line) >> 10} KiB", _RESTORE
        decode_activity(line)
    except DAMAGED as error:
        if line.startswith(_MARKERS):
            return "holds git conflict markers", "decide which side is right; remove the markers"
        return (f"is not an activity: {error}", _RESTORE) if line.strip() else None
    return None
