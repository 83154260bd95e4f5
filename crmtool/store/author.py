"""Who sits here: git's name and address, and whom they were found to be before."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from crmtool.errors import GitFailed, WorkspaceError
from crmtool.model.scalars import SLUG
from crmtool.store.git import run
from crmtool.store.paths import state_folder

_IDENT: Final = re.compile(r"(.*) <([^<>]*)> \d+ [-+]\d{4}\n?\Z")
_FILE: Final = "author"


class GitUser(NamedTuple):
    """Name and address under which the user's git commits here; empty where it has none."""

    name: str = ""
    address: str = ""

    @property
    def digest(self) -> str:
        """A mark of the two: what is remembered of them needs no address in clear."""
        return hashlib.sha256(f"{self.name}\0{self.address}".encode()).hexdigest()[:32]


@cache
def git_user(root: Path) -> GitUser:
    """What git would write as a commit's author in this folder."""
    words = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    try:
        said = run(root, *words, hardened=False)
    except GitFailed:
        return GitUser()
    found = _IDENT.match(said.decode("utf-8", "replace"))
    return GitUser(found[1], found[2]) if found else GitUser()


def recall(root: Path, user: GitUser) -> str | None:
    """The slug of the record that a user was found to be last time."""
    with suppress(OSError, ValueError):
        digest, slug = (root / ".crm" / _FILE).read_text().split()
        if digest == user.digest and SLUG.match(slug):
            return slug
    return None


def remember(root: Path, user: GitUser, slug: str) -> None:
    """Keep whom a user is, for this clone alone; `.crm/` is in no repository."""
    with suppress(OSError, WorkspaceError):  # it only spares the next command a search
        (state_folder(root) / _FILE).write_text(f"{user.digest} {slug}\n")
