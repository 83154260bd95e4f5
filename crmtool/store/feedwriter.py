"""New activities on their way into a feed: spilled to disk by month, then merged in order.

Memory holds one month and some megabytes, whatever the length of a history.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from crmtool.errors import WorkspaceError
from crmtool.model.feeds import DAMAGED, Activity, Profile, encode
from crmtool.model.plan import Change, digest
from crmtool.model.vocabulary import CONTRIBUTIONS
from crmtool.store.paths import ACTIVITY_FILE, state_folder

_SPILL: Final = 24 << 20
_CONTRIBUTIONS: Final = frozenset(CONTRIBUTIONS)
_MONTH: Final = re.compile(r"\d{4}-\d{2}\Z")
_UNDATED: Final = "undated"
Line = tuple[str, str, bytes]
"""(at, id, line): lines of a file are in the order of these."""


class _Key(msgspec.Struct, frozen=True, gc=False):
    """What orders a line: time, then id."""

    id: str
    at: str | None = None


class _Deed(msgspec.Struct, frozen=True, gc=False):
    """What counting needs of a line."""

    type: str
    actor: str | None = None


_key_of = msgspec.json.Decoder(_Key).decode
_deed_of = msgspec.json.Decoder(_Deed).decode


class FeedWriter:
    """Collects one source's new activities and says which files they change."""

    def __init__(self, root: Path, source: str) -> None:
        self.root, self.source = root, source
        self.contributions: Counter[str] = Counter()
        """By actor, of what was added; complete once `changes` has ended."""
        self.added = self.before = self.after = 0
        """New activities; how many the files at hand held, and will hold."""
        self._months: dict[str, list[Line]] = {}
        self._size = 0
        self._spool = state_folder(root) / "spool" / source
        shutil.rmtree(self._spool, ignore_errors=True)
        self._spool.mkdir(parents=True)

    def add(self, activity: Activity) -> None:
        """Take one activity."""
        line, at = encode(activity), activity.at or ""
        month = self._months.get(at[:7])
        if month is None:
            month = self._months.setdefault(at[:7] if _MONTH.match(at[:7]) else _UNDATED, [])
        month.append((at, activity.id, line))
        self._size += len(line)
        if activity.actor and activity.type in _CONTRIBUTIONS:
            self.contributions[activity.actor] += 1
        if self._size > _SPILL:
            self._spill()

    def _spill(self) -> None:
        for month, lines in self._months.items():
            with (self._spool / month).open("ab") as file:
                file.write(b"".join([line + b"\n" for _, _, line in lines]))
        self._months.clear()
        self._size = 0

    def changes(self, *, replaces: bool, why: str) -> Iterator[Change]:
        """The files to write: each month that has news, merged with what it held.

        With `replaces` the run read everything: months and lines it did not name go away.
        """
        existing = set(self._existing())
        months = self._months.keys() | {file.name for file in self._spool.iterdir()}
        for month in sorted(months):
            path = f"sources/{self.source}/activities/{month}.jsonl"
            change = self._merge(path, self._lines(month), why, replaces=replaces)
            existing.discard(path)
            if change:
                yield change
        if replaces:
            for path in sorted(existing):
                old = (self.root / path).read_bytes()
                self.before += old.count(b"\n")
                yield Change(path, digest(old), None, "the source no longer has these")

    def _existing(self) -> Iterator[str]:
        folder = self.root / "sources" / self.source / "activities"
        if folder.is_dir():
            for file in folder.iterdir():
                path = f"sources/{self.source}/activities/{file.name}"
                if ACTIVITY_FILE.match(path):
                    yield path

    def _lines(self, month: str) -> list[Line]:
        """A month's new lines, in the order in which they came; they are let go of here."""
        spilled = self._spool / month
        early = spilled.read_bytes().split(b"\n")[:-1] if spilled.exists() else []
        keys = map(_key_of, early)
        lines = [(key.at or "", key.id, line) for key, line in zip(keys, early, strict=True)]
        return lines + self._months.pop(month, [])

    def _merge(self, path: str, new: list[Line], why: str, *, replaces: bool) -> Change | None:
        target = self.root / path
        before = target.read_bytes() if target.exists() else None
        kept = {} if before is None else read_lines(path, before)
        merged = {} if replaces else dict(kept)
        for line in new:
            if line[1] in merged:
                self._uncount(merged[line[1]][2])
            merged[line[1]] = line
        self.added += len(merged.keys() - kept.keys())
        self.before += len(kept)
        self.after += len(merged)
        after = b"".join([line + b"\n" for _, _, line in sorted(merged.values())])
        if after == before:
            return None
        staged = self._spool / f"{path.rpartition('/')[2]}.new"
        staged.write_bytes(after)
        return Change(path, digest(before) if before is not None else None, staged, why)

    def _uncount(self, line: bytes) -> None:
        """An activity that was known, or came twice, was counted twice."""
        deed = _deed_of(line)
        if deed.actor and deed.type in _CONTRIBUTIONS:
            self.contributions[deed.actor] -= 1


def read_lines(path: str, data: bytes) -> dict[str, Line]:
    """A feed's lines by id, without one at the end that was cut off before its line break.

    Raises:
        WorkspaceError: a line is damaged; nothing may be written over it.

    """
    found: dict[str, Line] = {}
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                key = _key_of(line)
            except DAMAGED as error:
                if number == len(lines) and is_torn(line, error):
                    break
                raise WorkspaceError(
                    f"{path}:{number}:1: is not an activity: {error}",
                    "restore the line from git's history, then import again",
                ) from None
            found[key.id] = (key.at or "", key.id, line.rstrip(b"\r"))
    return found


def is_torn(line: bytes, error: Exception) -> bool:
    """Whether a line that cannot be read is one that was not written to its end.

    It has no line break, or a file system that lost power filled it with zeros.
    """
    truncated = str(error).startswith("Input data was truncated")
    return not line.strip(b"\0 \t\r\n") or (truncated and not line.endswith(b"\n"))


def count_contributions(files: Iterable[Path]) -> Counter[str]:
    """How many contributions each actor made, over activity files; damaged lines count nothing."""
    counts: Counter[str] = Counter()
    for file in files:
        for line in file.read_bytes().split(b"\n"):
            try:
                deed = _deed_of(line)
            except DAMAGED:
                continue
            if deed.actor and deed.type in _CONTRIBUTIONS:
                counts[deed.actor] += 1
    return counts


def profile_change(root: Path, source: str, profiles: Iterable[Profile], why: str) -> Change | None:
    """The profile file, one line an identity, ordered by identity; None where nothing is new."""
    path = f"sources/{source}/profiles.jsonl"
    ordered = sorted(profiles, key=lambda p: p.identity)
    return file_change(root, path, b"".join(encode(p) + b"\n" for p in ordered), why)


def file_change(root: Path, path: str, after: bytes, why: str) -> Change | None:
    """One small file's change; None where it already is so."""
    target = root / path
    before = target.read_bytes() if target.exists() else None
    if before == after or (before is None and not after):
        return None
    return Change(path, digest(before) if before is not None else None, after, why)
