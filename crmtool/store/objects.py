"""Trees that live in git's object store: the index, and any commit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Final

from crmtool.errors import GitFailed, UsageError, WorkspaceError
from crmtool.model.protocols import FOLDERS, Entry, EntryKind
from crmtool.store.blobs import keep, stream
from crmtool.store.git import run
from crmtool.store.paths import ACTIVITY_FILE, CONFIG, TAGS, require_inside

_NAME: Final = re.compile(r"[0-9a-f]{40,64}\Z")
KINDS: Final[dict[str, EntryKind]] = {"120000": "link", "160000": "submodule"}
# What is listed: the root may hold a whole project beside its community.
_PATHS: Final = (CONFIG, TAGS, *FOLDERS)


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its full name, and when its committer says it was made (seconds since 1970)."""

    name: str
    seconds: int

    def day(self, zone: tzinfo) -> date:
        """The day of the commit in a zone.

        Raises:
            UsageError: the commit states a time that no calendar has.

        """
        try:
            return datetime.fromtimestamp(self.seconds, UTC).astimezone(zone).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"commit {self.name[:12]} states no day that can be", "say which with --as-of"
            ) from None


@dataclass(frozen=True, slots=True)
class _Stored:
    kind: EntryKind
    name: str


_Listing = Callable[[tuple[str, ...]], dict[str, _Stored]]


class ObjectTree:
    """One state of a workspace as git has stored it. Contents are read in one go, when needed."""

    def __init__(self, root: Path, label: str, listing: _Listing) -> None:
        """Take a function that lists what lies at or below the paths given, or with none all."""
        self.root = root
        self.label = label
        self._listing = listing
        self._stored = listing(_PATHS)
        self._others: dict[str, _Stored] = {}
        self._contents: dict[str, bytes] = {}
        self._kept: Path | None = None

    def entries(self, folders: Collection[str] = FOLDERS) -> Iterator[Entry]:
        """Configuration first, then what lies below the folders asked for, in git's order."""
        for path in (CONFIG, TAGS):
            if path in self._stored:
                yield Entry(path, self._stored[path].kind)
        for path in sorted(self._stored):
            if path.partition("/")[0] in folders:
                yield Entry(path, self._stored[path].kind)

    def others(self) -> Iterator[Entry]:
        """What lies outside the record folders."""
        listed = self._listing(()).items()
        self._others = {path: stored for path, stored in listed if path not in self._stored}
        for path, stored in self._others.items():
            yield Entry(path, stored.kind)

    def read(self, path: str, limit: int = -1) -> bytes:
        """A file's bytes as stored."""
        stored = self._stored.get(path) or self._others.get(path)
        if stored is None or stored.kind != "file":
            raise FileNotFoundError(path)
        if stored.name not in self._contents:
            alone = path in self._others or not _is_small(path)
            self._contents |= self._fetched([stored] if alone else self._files())
        data = self._contents[stored.name]
        return data if limit < 0 else data[:limit]

    def expect(self, paths: Iterable[str]) -> None:
        """Fetch some files in one go, and no others: for who reads these alone."""
        asked = (self._stored[path] for path in paths if path in self._stored)
        self._contents |= self._fetched([stored for stored in asked if stored.kind == "file"])

    def objects(self) -> dict[str, tuple[EntryKind, str]]:
        """Of each path of records, feeds and configuration its kind, and its content's hash."""
        return {path: (stored.kind, stored.name) for path, stored in self._stored.items()}

    def _files(self) -> list[_Stored]:
        return [s for p, s in self._stored.items() if s.kind == "file" and _is_small(p)]

    def _fetched(self, files: Iterable[_Stored]) -> dict[str, bytes]:
        names = {file.name for file in files} - self._contents.keys()
        return {blob.name: blob.read() for blob in stream(self.root, sorted(names))}

    def local(self, path: str) -> Path:
        """The file's bytes in the cache, named by their hash; all feeds are put there at once."""
        if self._kept is None:
            feeds = [s.name for p, s in self._stored.items() if _is_feed(p, s)]
            self._kept = keep(self.root, feeds)
        return self._kept / self._stored[path].name

    def write_others(self, folder: Path) -> None:
        """Lay out all that is no record and no feed (`mkdocs.yml`, hand-written pages) in a folder.

        Raises:
            WorkspaceError: a path leads out of the folder.

        """
        targets: dict[str, list[str]] = {}
        for path, stored in self._listing(()).items():
            if stored.kind == "file" and path.partition("/")[0] not in FOLDERS:
                targets.setdefault(stored.name, []).append(path)
        require_inside(folder, (path for paths in targets.values() for path in paths))
        for blob in stream(self.root, list(targets)):
            data = blob.read()
            for path in targets[blob.name]:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)


def _is_feed(path: str, stored: _Stored) -> bool:
    return stored.kind == "file" and ACTIVITY_FILE.match(path) is not None


def _is_small(path: str) -> bool:
    """Whether a file is one of those that a load reads whole, feeds being read by an engine."""
    return "/activities/" not in path


def find_commit(root: Path, rev: str) -> Commit:
    """The commit that a user names: a hash, a branch, a tag, `HEAD~3`.

    Raises:
        UsageError: there is no such commit.
        WorkspaceError: git cannot read the repository.

    """
    asked = "rev-parse", "--verify", "--quiet", "--end-of-options"
    try:
        name = _line(root, *asked, f"{rev}^{{commit}}")
    except GitFailed as error:
        if "fatal:" in error.message:
            raise WorkspaceError(error.message, "is this workspace a git repository?") from None
        name = ""
    if not _NAME.match(name):
        raise UsageError(
            f"there is no commit {rev!r} here",
            "give a commit, a branch, a tag (see git log) or a day YYYY-MM-DD",
        )
    return Commit(name, int(_line(root, "show", "--no-patch", "--format=%ct", name)))


def last_commit_of(root: Path, day: date, zone: tzinfo) -> Commit:
    """The last commit of a day or, where it had none, before it; along first parents from HEAD.

    Raises:
        UsageError: there is none.

    """
    head = find_commit(root, "HEAD")
    midnight = datetime.combine(day, time(23, 59, 59), zone).replace(fold=1).timestamp()
    name = ""
    if midnight >= 0:
        until = f"--min-age={int(midnight)}"
        name = _line(root, "rev-list", "--max-count=1", "--first-parent", until, head.name)
    if not name:
        raise UsageError(f"there was no commit yet on {day}", "see: git log --first-parent")
    return find_commit(root, name)


def _line(root: Path, *args: str) -> str:
    return run(root, *args).decode("utf-8", "surrogateescape").strip("\n")


def commit_tree(root: Path, commit: Commit) -> ObjectTree:
    """The workspace as a commit has it."""
    top = f"{commit.name}:{_line(root, 'rev-parse', '--show-prefix')}"

    def listing(paths: tuple[str, ...]) -> dict[str, _Stored]:
        try:
            out = run(root, "ls-tree", "-r", "-z", "--full-tree", top, "--", *paths)
        except GitFailed:  # the workspace's folder was not there yet: then nothing was
            return {}
        return {path: _stored(mode, name) for path, (mode, _, name) in _listed(out)}

    return ObjectTree(root, f"commit {commit.name[:12]}", listing)


def index_tree(root: Path) -> ObjectTree:
    """The workspace as it is staged.

    Raises:
        WorkspaceError: a merge left a path there undecided, or git cannot read the index.

    """

    def listing(paths: tuple[str, ...]) -> dict[str, _Stored]:
        try:
            out = run(root, "ls-files", "--stage", "-z", "--", *paths)
        except GitFailed as error:
            raise WorkspaceError(error.message, "is this workspace a git repository?") from None
        found = {}
        for path, (mode, name, stage) in _listed(out):
            if stage != "0":
                hint = "decide which side is right, then: git add"
                raise WorkspaceError(f"{path} is not merged yet", hint)
            found[path] = _stored(mode, name)
        return found

    return ObjectTree(root, "the index", listing)


def _stored(mode: str, name: str) -> _Stored:
    return _Stored(KINDS.get(mode, "file"), name)


def _listed(out: bytes) -> Iterator[tuple[str, list[str]]]:
    """Path and words of each record that ls-tree or ls-files ended with a NUL."""
    for record in filter(None, out.split(b"\0")):
        words, _, path = record.partition(b"\t")
        yield path.decode("utf-8", "surrogateescape"), words.decode().split()
