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
from typing import Final

from crmtool.errors import GitFailed
from crmtool.model.protocols import FOLDERS
from crmtool.store.git import run
from crmtool.store.paths import CONFIG, FORGOTTEN, TAGS
from crmtool.store.survey import public_place, survey
from crmtool.store.tree import WorkTree
from crmtool.store.workspace import split

# What a user's settings could make git less careful about.
_CAREFUL: Final = ("-c", "core.trustctime=true", "-c", "core.checkStat=default")
_AS_USUAL: Final = b"H "
"""How `ls-files -v` marks a file that git was not told to overlook."""
_CHUNK: Final = 1 << 20
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def check_digest(root: Path) -> bytes | None:
    """All that a check of the work tree depends on but the day; None where that cannot be told."""
    files = work_tree_digest(root)
    if files is None:
        return None
    facts = (survey(WorkTree(root)), public_place(root), _keys(root))
    return hashlib.blake2b(files + repr(facts).encode("utf-8", "surrogateescape")).digest()


def _keys(root: Path) -> object:
    """Which privacy keys there are, where somebody was forgotten: then the check needs one."""
    if not (root / FORGOTTEN).exists():
        return ()
    from crmtool.store.keys import VARIABLE, key_folder

    folder = key_folder()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return os.environ.get(VARIABLE), [(file.name, _content(file)) for file in files]


def work_tree_digest(root: Path, folders: Collection[str] = FOLDERS) -> bytes | None:
    """What the files below these folders are, and the settings; None where git cannot tell.

    32 bytes.
    """
    listed = ("--", CONFIG, TAGS, *folders)
    try:
        index = run(root, *_CAREFUL, "ls-files", "-v", "--stage", "-z", *listed)
        asked = ("diff-files", "--name-only", "--relative", "--ignore-submodules=none", "-z")
        changed = split(run(root, *_CAREFUL, *asked, *listed))
        unknown = split(run(root, *_CAREFUL, "ls-files", "--others", "-z", *listed))
    except GitFailed:
        return None
    overlooked = [
        line.partition(b"\t")[2].decode("utf-8", "surrogateescape")
        for line in index.split(b"\0")
        if line and not line.startswith(_AS_USUAL)
    ]
    digest = hashlib.blake2b(index, digest_size=32)
    for path in sorted({*changed, *unknown, *overlooked}):
        if path.endswith("/"):  # a repository of its own, of which git says no more
            return None
        digest.update(b"%d\0%s\0" % (len(path), os.fsencode(path)))
        digest.update(_content(root / path))
    return digest.digest()


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
