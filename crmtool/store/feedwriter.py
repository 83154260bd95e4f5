"""New activities on their way into a feed: spilled to disk by month, then merged in order.

Memory holds one month and a few megabytes, whatever the length of a history.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from crmtool.errors import WorkspaceError
from crmtool.model.feeds import Activity, Profile, encode, feed_file
from crmtool.model.plan import Change, digest
from crmtool.model.vocabulary import CONTRIBUTIONS
from crmtool.store.paths import ACTIVITY_FILE, state_folder

_SPILL: Final = 16 << 20
_CONTRIBUTIONS: Final = frozenset(CONTRIBUTIONS)


class _Key(msgspec.Struct, frozen=True):
    """What orders a line: time, then id."""

    id: str
    at: str = ""


class _Deed(msgspec.Struct, frozen=True):
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
        self.added = 0
        self._months: dict[str, list[bytes]] = {}
        self._size = 0
        self._spool = state_folder(root) / "spool" / source
        shutil.rmtree(self._spool, ignore_errors=True)
        self._spool.mkdir(parents=True)

    def add(self, activity: Activity) -> None:
        """Take one activity."""
        line = encode(activity)
        month = activity.at[:7] if activity.at else "undated"
        self._months.setdefault(month, []).append(line)
        self._size += len(line)
        if activity.actor and activity.type in _CONTRIBUTIONS:
            self.contributions[activity.actor] += 1
        if self._size > _SPILL:
            self._spill()

    def _spill(self) -> None:
        for month, lines in self._months.items():
            with (self._spool / month).open("ab") as file:
                file.write(b"\n".join(lines) + b"\n")
        self._months.clear()
        self._size = 0

    def changes(self, *, replaces: bool, why: str) -> Iterator[Change]:
        """The files to write: each month that has news, merged with what it held.

        With `replaces` the run read everything: months and lines it did not name go away.
        """
        existing = set(self._existing())
        months = set(self._months) | {p.name for p in self._spool.iterdir()}
        for month in sorted(months):
            path = f"sources/{self.source}/activities/{month}.jsonl"
            change = self._merge(path, self._lines(month), why, replaces=replaces)
            existing.discard(path)
            if change:
                yield change
        if replaces:
            for path in sorted(existing):
                old = digest((self.root / path).read_bytes())
                yield Change(path, old, None, "the source no longer has these")

    def _existing(self) -> Iterator[str]:
        folder = self.root / "sources" / self.source / "activities"
        if folder.is_dir():
            for file in folder.iterdir():
                path = f"sources/{self.source}/activities/{file.name}"
                if ACTIVITY_FILE.match(path):
                    yield path

    def _lines(self, month: str) -> list[bytes]:
        spilled = self._spool / month
        lines = spilled.read_bytes().split(b"\n")[:-1] if spilled.exists() else []
        return lines + self._months.get(month, [])

    def _merge(self, path: str, new: list[bytes], why: str, *, replaces: bool) -> Change | None:
        target = self.root / path
        before = target.read_bytes() if target.exists() else None
        kept = {} if before is None else read_lines(path, before)
        merged = {} if replaces else dict(kept)
        for line in new:
            key = _key_of(line)
            merged[key.id] = (key.at, key.id, line)
        self.added += len(merged.keys() - kept.keys())
        if merged == kept and before is not None:
            return None
        after = b"\n".join([line for _, _, line in sorted(merged.values())]) + b"\n"
        if after == before:
            return None
        staged = self._spool / f"{path.rpartition('/')[2]}.new"
        staged.write_bytes(after)
        return Change(path, digest(before) if before is not None else None, staged, why)


def read_lines(path: str, data: bytes) -> dict[str, tuple[str, str, bytes]]:
    """A feed's lines by id, each as (at, id, line), which is their order in the file.

    Raises:
        WorkspaceError: a line is damaged; nothing may be written over it.

    """
    found: dict[str, tuple[str, str, bytes]] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                key = _key_of(line)
                found[key.id] = (key.at, key.id, line.rstrip(b"\r"))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise WorkspaceError(
                    f"{path}:{number}:1: is not an activity: {error}",
                    "restore the line from git's history, then import again",
                ) from None
    return found


def count_contributions(files: Iterable[Path]) -> Counter[str]:
    """How many contributions each actor made, over activity files; damaged lines count nothing."""
    counts: Counter[str] = Counter()
    for file in files:
        for line in file.read_bytes().split(b"\n"):
            try:
                deed = _deed_of(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
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


__all__ = ["FeedWriter", "count_contributions", "feed_file", "file_change", "profile_change"]
