"""Trees that live in git's object store: the index, and any commit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmtool.errors import GitFailed, UsageError
from crmtool.model.protocols import Entry, EntryKind
from crmtool.store.git import run
from crmtool.store.paths import CONFIG, TAGS, state_folder
from crmtool.store.tree import FOLDERS

_KINDS: Final[dict[str, EntryKind]] = {"120000": "link", "160000": "submodule"}


@dataclass(frozen=True, slots=True)
class _Blob:
    kind: EntryKind
    name: str


class ObjectTree:
    """One state of a workspace as git has stored it. Contents are read in one go, when needed."""

    def __init__(self, root: Path, label: str, blobs: dict[str, _Blob]) -> None:
        self.root = root
        self.label = label
        self._blobs = blobs
        self._contents: dict[str, bytes] = {}

    def entries(self) -> Iterator[Entry]:
        """Configuration first, then what lies below the record folders, sorted."""
        for path in (CONFIG, TAGS):
            if path in self._blobs:
                yield Entry(path, self._blobs[path].kind)
        for path in sorted(self._blobs, key=lambda p: p.split("/")):
            if path.partition("/")[0] in FOLDERS:
                yield Entry(path, self._blobs[path].kind)

    def read(self, path: str) -> bytes:
        """A file's bytes as stored."""
        blob = self._blobs.get(path)
        if blob is None or blob.kind != "file":
            raise FileNotFoundError(path)
        if path not in self._contents:
            self._fetch(path)
        return self._contents[path]

    def _fetch(self, path: str) -> None:
        """Everything but activities on the first call, so that git starts once."""
        wanted = [path] if "/activities/" in path else [
            p for p, b in self._blobs.items()
            if b.kind == "file" and "/activities/" not in p and p not in self._contents
        ]
        names = "\n".join(self._blobs[p].name for p in wanted).encode() + b"\n"
        out = run(self.root, "cat-file", "--batch", stdin=names)
        at = 0
        for name in wanted:
            end = out.index(b"\n", at)
            size = int(out[at:end].rsplit(b" ", 1)[1])
            self._contents[name] = out[end + 1 : end + 1 + size]
            at = end + 2 + size

    def local(self, path: str) -> Path:
        """The file's bytes in the cache, named by their hash."""
        folder = state_folder(self.root) / "cache" / "blobs"
        target = folder / self._blobs[path].name
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            fresh = folder / f"{target.name}.{os.getpid()}"
            fresh.write_bytes(self.read(path))
            fresh.replace(target)
            self._contents.pop(path, None)
        return target


def commit_tree(root: Path, rev: str) -> ObjectTree:
    """The workspace as a commit has it.

    Raises:
        UsageError: there is no such commit.

    """
    try:
        commit = run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{commit}"
        ).decode().strip()
    except GitFailed:
        raise UsageError(
            f"there is no commit {rev!r} here", "give a commit, a branch or a tag (git log)"
        ) from None
    out = run(root, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:{_prefix(root)}")
    blobs = {}
    for line in filter(None, out.split(b"\0")):
        meta, _, path = line.partition(b"\t")
        mode, _, name = meta.decode().split()
        blobs[path.decode("utf-8", "surrogateescape")] = _Blob(_KINDS.get(mode, "file"), name)
    return ObjectTree(root, f"commit {commit[:12]}", blobs)


def index_tree(root: Path) -> ObjectTree:
    """The workspace as it is staged."""
    out = run(root, "ls-files", "--stage", "-z")
    blobs = {}
    for line in filter(None, out.split(b"\0")):
        meta, _, path = line.partition(b"\t")
        mode, name, _ = meta.decode().split()
        blobs[path.decode("utf-8", "surrogateescape")] = _Blob(_KINDS.get(mode, "file"), name)
    return ObjectTree(root, "the index", blobs)


def _prefix(root: Path) -> str:
    return run(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").strip("\n")
