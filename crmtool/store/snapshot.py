"""A digest of all that a check of the work tree looks at, without reading it: git knows it.

git's index remembers the content of each file together with what the disk said of the file when it
was looked at, and knows which of that it must not rely on. What differs from the index, or is not
in it, is read here.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import Final, NamedTuple

from crmtool.errors import GitFailed
from crmtool.model.protocols import FOLDERS, EntryKind, Tree
from crmtool.store.git import run
from crmtool.store.objects import KINDS, Commit, ObjectTree
from crmtool.store.paths import CONFIG, FORGOTTEN, TAGS
from crmtool.store.survey import public_place, survey
from crmtool.store.tree import WorkTree
from crmtool.store.workspace import split

# What a user's settings could make git less careful about.
_CAREFUL: Final = ("-c", "core.trustctime=true", "-c", "core.checkStat=default")
_AS_USUAL: Final = b"H "
"""How `ls-files -v` marks a file of the index that git was not told to overlook."""
_UNKNOWN: Final = b"? "
"""How it marks one that is not in the index."""
_CONVERTED: Final = ("ident", "filter", "working-tree-encoding")
"""Attributes by which a file on disk says something else than what git stored of it.

Line endings are not among them: to whoever reads a record they are all the same.
"""
_CHUNK: Final = 1 << 20
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def check_digest(root: Path) -> bytes | None:
    """All that a check of the work tree depends on but the day; None where that cannot be told."""
    files = work_tree_digest(root)
    if files is None:
        return None
    facts = (survey(WorkTree(root)), public_place(root), _keys(root))
    return hashlib.blake2b(files + repr(facts).encode("utf-8", "surrogateescape")).digest()


def commit_digest(root: Path, commit: Commit) -> bytes:
    """All that a check of a commit depends on but the day."""
    facts = (commit.name, public_place(root), _all_keys())
    return hashlib.blake2b(repr(facts).encode("utf-8", "surrogateescape")).digest()


def _keys(root: Path) -> object:
    """Which privacy keys there are, where somebody was forgotten: then the check needs one."""
    return _all_keys() if (root / FORGOTTEN).exists() else ()


def _all_keys() -> object:
    from crmtool.store.keys import VARIABLE, key_folder

    folder = key_folder()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return os.environ.get(VARIABLE), [(file.name, _content(file)) for file in files]


def work_tree_digest(root: Path, folders: Collection[str] = FOLDERS) -> bytes | None:
    """What the files below these folders are, and the settings; None where git cannot tell.

    32 bytes.
    """
    seen = _looked_at(root, folders)
    if seen is None:
        return None
    digest = hashlib.blake2b(seen.listing, digest_size=32)
    for path in sorted(seen.suspect):
        digest.update(b"%d\0%s\0" % (len(path), os.fsencode(path)))
        digest.update(_content(root / path))
    return digest.digest()


class _Seen(NamedTuple):
    listing: bytes
    """What `ls-files -v --stage --modified --others -z` says."""
    suspect: set[str]
    """What is otherwise on disk, or may be; without these, the index tells what is there."""


def _looked_at(root: Path, folders: Collection[str]) -> _Seen | None:
    """What git knows of the files below these folders; None where that is not enough."""
    # What is in the index; once more what of it is not as it was or is gone; what is not in it.
    asked = ("ls-files", "-v", "--stage", "--modified", "--others", "-z")
    try:
        listing = run(root, *_CAREFUL, *asked, "--", CONFIG, TAGS, *folders)
    except GitFailed:
        return None
    told = (line for line in listing.split(b"\0") if line and not line.startswith(_AS_USUAL))
    suspect = {_path(line) for line in told}
    if any(path.endswith("/") for path in suspect):  # a repository of its own: git says no more
        return None
    return _Seen(listing, suspect)


def _path(line: bytes) -> str:
    """The path in `C 100644 NAME 0<TAB>PATH`, or `? PATH`."""
    name = line[2:] if line.startswith(_UNKNOWN) else line.partition(b"\t")[2]
    return os.fsdecode(name)


def differing(before: ObjectTree, after: Tree) -> set[str] | None:
    """The records, feeds and configuration that are otherwise in two states of a workspace.

    Some may be the same all the same; None where git cannot tell.
    """
    theirs = before.objects()
    if isinstance(after, ObjectTree):
        ours, suspect = after.objects(), set[str]()
    else:
        seen = _looked_at(before.root, FOLDERS)
        if seen is None or _is_converted(before.root):
            return None
        ours, suspect = _indexed(seen.listing), seen.suspect
    return suspect | {path for path, _ in theirs.items() ^ ours.items()}


def _indexed(listing: bytes) -> dict[str, tuple[EntryKind, str]]:
    """What the index holds at each path; one that is not merged yet is there in several ways."""
    found: dict[str, tuple[EntryKind, str]] = {}
    for line in split(listing):
        if line.startswith(_UNKNOWN.decode()):
            continue
        words, _, path = line.partition("\t")
        _, mode, name, stage = words.split(" ")
        found[path] = KINDS.get(mode, "file"), name if stage == "0" else ""
    return found


def _is_converted(root: Path) -> bool:
    """Whether git may call a file unchanged that says something else than what it stored."""
    plain = " ".join(f"!{name}" for name in _CONVERTED)
    try:
        return bool(run(root, "ls-files", "-z", "--", *FOLDERS, f":(exclude,attr:{plain})*"))
    except GitFailed:
        return True


def _content(path: Path) -> bytes:
    """What lies at a path: its kind and, of a file, the hash of what is in it."""
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            return b"%o" % stat.S_IFMT(mode)
        handle = os.open(path, _FLAGS)
    except OSError as error:
        return b"error %d" % (error.errno or 0)
    digest = hashlib.blake2b(digest_size=32)
    with os.fdopen(handle, "rb") as file:
        while part := file.read(_CHUNK):
            digest.update(part)
    return digest.digest()
