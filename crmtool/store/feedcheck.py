"""What is wrong with the lines of feeds: whether they can be read, and what they say.

There may be millions, so blocks of them are looked at together, and line by line only where that
finds something. Little is kept: a number for each id, and the accounts and days that were found
right, which come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from io import BytesIO
from itertools import groupby, islice
from operator import attrgetter
from typing import BinaryIO, Final, TypeVar

from crmtool.model.community import FeedFile
from crmtool.model.feeds import (
    DAMAGED,
    Activity,
    Profile,
    decode_activities,
    decode_activity,
    decode_profile,
)
from crmtool.model.finding import Finding, Severity, shown
from crmtool.model.scalars import IDENTITY
from crmtool.model.vocabulary import ACTIVITY_TYPES
from crmtool.store.feedwriter import is_torn
from crmtool.store.memory import uncollected

T = TypeVar("T")

MOST: Final = 20
"""Findings in one file that are told; one is damage enough to act on."""
LONGEST: Final = 1 << 20
"""Bytes of a line: the text of an activity has at most 10,000 characters."""
_BLOCK: Final = 1 << 18
_MARKERS: Final = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_TIME: Final = re.compile(r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z\Z")
_LINK: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# Read by map() in C: there may be millions of activities.
_ACTOR, _COUNTS, _ID, _MENTIONS, _TYPE, _URL = map(
    attrgetter, ("actor", "counts", "id", "mentions", "type", "url")
)
_RESTORE: Final = "restore the line from git's history"
_IMPORT: Final = "correct what made it, and import again"
_Same = tuple[str, Severity, str, str]
_SAME: Final[_Same] = ("feed-twice", "info", "says what {} says", "crmtool fmt removes the copy")
_OTHER: Final[_Same] = (
    "feed-conflict",
    "error",
    "has the id of {}, and says something else",
    "keep the line that the source has now; a merge may have brought one back",
)


class Lines:
    """The lines of one feed file, and findings on the one at hand."""

    def __init__(self, path: str, what: str) -> None:
        self.path, self.what = path, what
        self.number = 0
        """Of the line at hand, from 1."""

    def finding(self, code: str, message: str, hint: str, severity: Severity = "error") -> Finding:
        """A finding on the line at hand."""
        return Finding(code, severity, self.path, shown(message), shown(hint), (), self.number, 1)

    def damaged(self, line: bytes, error: Exception) -> list[Finding]:
        """What is wrong with a line that cannot be read; nothing with a blank one."""
        if not line.strip():
            return []
        if line.startswith(_MARKERS):
            hint = "decide which side is right; remove the markers"
            return [self.finding("feed-line", "holds git conflict markers", hint)]
        if is_torn(line, error):
            hint = "the next import leaves it out; restore it from git's history to keep it"
            return [self.finding("feed-torn", "was cut off", hint, "warning")]
        return [self.finding("feed-line", f"is not {self.what}: {error}", _RESTORE)]


def read_small(
    path: str, data: bytes, what: str, decode: Callable[[bytes], T]
) -> tuple[list[T], list[Finding]]:
    """What the lines of a small file say, and what is wrong with those that cannot be read."""
    reader = Lines(path, what)
    said, findings = list[T](), list[Finding]()
    for reader.number, line in enumerate(BytesIO(data), 1):
        try:
            said.append(decode(line))
        except DAMAGED as error:
            findings += reader.damaged(line, error)
    return said, findings


def read_profiles(path: str, data: bytes) -> tuple[dict[str, Profile], list[Finding]]:
    """The profiles of a source by identity, and what is wrong with their file."""
    reader = Lines(path, "a profile")
    known = dict[str, Profile]()
    findings = list[Finding]()
    last = ""
    for reader.number, line in enumerate(BytesIO(data), 1):
        try:
            profile = decode_profile(line)
        except DAMAGED as error:
            findings += reader.damaged(line, error)
            continue
        findings += _of_profile(reader, profile, known, last)
        last = profile.identity
        known[last] = profile
    return known, findings


def _of_profile(
    reader: Lines, profile: Profile, known: Mapping[str, Profile], last: str
) -> Iterator[Finding]:
    identity = profile.identity
    if not IDENTITY.match(identity):
        message = "identity holds no account: network:handle expected"
        yield reader.finding("feed-value", message, _IMPORT)
    if identity in known and known[identity] == profile:
        hint = "crmtool fmt removes the copy"
        yield reader.finding("feed-twice", "says what a line before says", hint, "info")
    elif identity in known:
        message = "is about the identity of a line before, and says something else"
        yield reader.finding("feed-conflict", message, "keep what the source says now")
    elif identity < last:
        message, hint = "comes after a later identity", "crmtool fmt puts them in order"
        yield reader.finding("feed-order", message, hint, "warning")


def feed_findings(feeds: Iterable[FeedFile]) -> Iterator[Finding]:
    """What is wrong with the activities of sources; `MOST` findings of each file."""
    for _, files in groupby(feeds, key=lambda feed: feed.source):
        source = _Source()
        months = list(files)
        for feed in months:
            yield from islice(_opened(feed, source.findings), MOST)
        if source.again:
            for feed in months:
                yield from islice(_opened(feed, source.compared), MOST)


def _opened(
    feed: FeedFile, look: Callable[[FeedFile, BinaryIO], Iterator[Finding]]
) -> Iterator[Finding]:
    try:
        with feed.local.open("rb") as file:
            yield from look(feed, file)
    except FileNotFoundError:
        return
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "check its permissions and the disk"
        yield Finding("unreadable", "error", feed.path, message, hint, (), 1, 1)


class _Source:
    """What was seen of one source so far."""

    def __init__(self) -> None:
        self.ids = set[int]()
        """Hashes of ids: a third of the ids themselves. Equal ones are looked at again."""
        self.again = set[int]()
        self.first = dict[str, tuple[bytes, tuple[str, int]]]()
        self.right = set[str | None]({None})
        """Accounts and days that are as they should be."""
        self.last = "", ""
        """What orders the line before: time, then id."""

    def findings(self, feed: FeedFile, file: BinaryIO) -> Iterator[Finding]:
        """Findings on the lines of a file, a block of whole lines at a time."""
        reader = Lines(feed.path, "an activity")
        month = feed.path.rpartition("/")[2].removesuffix(".jsonl")
        self.last = "", ""
        while block := file.read(_BLOCK):
            block += file.readline(LONGEST)
            lines = block.count(b"\n")
            with uncollected():
                right = self._all_right(block, lines, month)
            if right:
                reader.number += lines
                continue
            for line in BytesIO(block):
                reader.number += 1
                yield from self._line(reader, line, month)
            if len(block) > LONGEST and not block.endswith(b"\n"):
                _skip_line(file)

    def _all_right(self, block: bytes, count: int, month: str) -> bool:
        """Whether there is nothing to say of a block; all at once takes a third of the time.

        msgspec's own reader of lines also takes records that share a line or span several. None
        does where each line begins with `{`, ends with `}`, and there are as many of both.
        """
        whole = block.startswith(b"{") and block.endswith(b"}\n") and len(block) <= LONGEST
        if not whole or block.count(b"}\n{") != count - 1:
            return False
        try:
            read = decode_activities(block)
        except DAMAGED:
            return False
        ids, moments = list(map(_ID, read)), [activity.at or "" for activity in read]
        keys, hashes = list(zip(moments, ids, strict=True)), set(map(hash, ids))
        right = (
            len(hashes) == len(read) == count
            and self.last < keys[0]
            and keys == sorted(keys)
            and hashes.isdisjoint(self.ids)
            and "" not in ids
            and ACTIVITY_TYPES.keys() >= set(map(_TYPE, read))
            and not any(min(counts.values()) < 0 for counts in filter(None, map(_COUNTS, read)))
            and self._accounts(read)
            and self._moments(moments, month)
            and all(map(_LINK.match, {url[:9] for url in map(_URL, read) if url is not None}))
        )
        if right:
            self.ids |= hashes
            self.last = keys[-1]
        return right

    def _accounts(self, read: list[Activity]) -> bool:
        new = set(map(_ACTOR, read)).union(*filter(None, map(_MENTIONS, read))) - self.right
        if not all(map(_is_account, new)):
            return False
        self.right |= new
        return True

    def _moments(self, moments: list[str], month: str) -> bool:
        if month == "undated":
            return not any(moments)
        days = {at[:10] for at in moments}
        if not all(day.startswith(month) for day in days) or not all(
            map(_is_day, days - self.right)
        ):
            return False
        self.right |= days
        return all(map(_TIME.match, {at[10:] for at in moments}))

    def _line(self, reader: Lines, line: bytes, month: str) -> Iterator[Finding]:
        if len(line) > LONGEST:
            yield reader.finding("feed-line", "is a line of more than 1,024 KiB", _RESTORE)
            return
        try:
            read = decode_activity(line)
        except DAMAGED as error:
            yield from reader.damaged(line, error)
            return
        at, known = read.at or "", hash(read.id)
        if known in self.ids:
            self.again.add(known)
        self.ids.add(known)
        if (at, read.id) < self.last:
            message, hint = "comes after a later line", "crmtool fmt puts them in order"
            yield reader.finding("feed-order", message, hint, "warning")
        self.last = at, read.id
        yield from self._wrong(reader, read)
        if (at[:7] or "undated") != month:
            message = f"is of {at[:7]}" if at else "has no date"
            hint = f"it belongs into {at[:7] or 'undated'}.jsonl"
            yield reader.finding("feed-month", message, hint)

    def _wrong(self, reader: Lines, activity: Activity) -> Iterator[Finding]:
        """What one line says that cannot be."""
        if activity.type not in ACTIVITY_TYPES:
            close = get_close_matches(activity.type[:60], ACTIVITY_TYPES, n=1)
            hint = f"did you mean {close[0]}?" if close else "see: crmtool explain activities"
            message = f"{activity.type[:40]!r} is no type of activity"
            yield reader.finding("feed-value", message, hint)
        for key, account in (
            ("actor", activity.actor),
            *(("mentions", m) for m in activity.mentions),
        ):
            if not _is_account(account):
                message = f"{key} holds no account: network:handle expected"
                yield reader.finding("feed-value", message, _IMPORT)
        if activity.at and not (_is_day(activity.at[:10]) and _TIME.match(activity.at[10:])):
            message = f"{activity.at[:40]!r} is no moment in UTC"
            hint = "write it as 2026-11-01T10:00:00Z, or null where nobody knows"
            yield reader.finding("feed-value", message, hint)
        if not activity.id:
            yield reader.finding("feed-value", "id is empty", _IMPORT)
        if any(count < 0 for count in activity.counts.values()):
            yield reader.finding("feed-value", "counts what is less than nothing", _IMPORT)
        if activity.url is not None and not _LINK.match(activity.url):
            message = "url is not a link that a page may carry"
            yield reader.finding("feed-value", message, "http:// or https:// expected")

    def compared(self, feed: FeedFile, file: BinaryIO) -> Iterator[Finding]:
        """What came twice, and whether it says the same; asked of all files of the source again."""
        for number, line in enumerate(file, 1):
            try:
                read = decode_activity(line)
            except DAMAGED:
                continue
            if hash(read.id) not in self.again:
                continue
            said, where = line.strip(), (feed.path, number)
            before, first = self.first.setdefault(read.id, (said, where))
            if first == where:
                continue
            place = f"line {first[1]}" if first[0] == feed.path else f"{first[0]}:{first[1]}"
            code, severity, message, hint = _SAME if before == said else _OTHER
            yield Finding(code, severity, feed.path, message.format(place), hint, (), number, 1)


def _skip_line(file: BinaryIO) -> None:
    """The rest of a line of any length."""
    while (part := file.readline(LONGEST)) and not part.endswith(b"\n"):
        pass


def _is_account(account: str | None) -> bool:
    return account is None or bool(IDENTITY.match(account))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
