"""git repositories made by hand, object by object: what git would refuse to write can be had too.

No process is started for a commit, so a history of any shape costs milliseconds.
"""

from __future__ import annotations

import hashlib
import subprocess
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

ADA = "Ada Lovelace <ada@example.org>"
GRACE = "Grace Hopper <grace@example.org>"
MONDAY = 1_767_607_200  # 2026-01-05T10:00:00Z
DAY = 86_400


class Project:
    """A repository to import from. A commit comes a day after the one before."""

    def __init__(self, folder: Path, *, bare: bool = False) -> None:
        self.folder = folder
        self.git_dir = folder if bare else folder / ".git"
        how = ["--bare"] if bare else []
        subprocess.run(
            ["git", "init", "--quiet", "--template=", "--initial-branch=main", *how, str(folder)],
            check=True,
        )
        self._files: dict[str, dict[str, str]] = {}
        self._clock = MONDAY

    def git(self, *args: str) -> str:
        """What git itself says of it."""
        done = subprocess.run(
            ["git", "-C", str(self.folder), *args], capture_output=True, check=True
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    def commit(
        self,
        message: str | bytes = "Work",
        *,
        author: str | bytes = ADA,
        date: str | None = None,
        parents: Iterable[str] | None = None,
        files: Mapping[str, str] | None = None,
        branch: str = "main",
    ) -> str:
        """A commit on a branch, after its last one unless `parents` are given.

        `date` is as git stores it (`1767607200 +0100`); `files` change those of the first parent.
        """
        before = [self.head(branch)] if self.head(branch) else []
        parents = before if parents is None else list(parents)
        known = self._files.get(parents[0], {}) if parents else {}
        kept = {**known, **(files or {})}
        when = date or f"{self._clock} +0000"
        self._clock += DAY
        lines = [
            b"tree " + self.tree(kept).encode(),
            *(b"parent " + parent.encode() for parent in parents),
            b"author " + _bytes(author) + b" " + when.encode(),
            b"committer Committer <committer@example.org> %d +0000" % self._clock,
            b"",
            _bytes(message),
        ]
        name = self.put("commit", b"\n".join(lines))
        self._files[name] = kept
        self.point(branch, name)
        return name

    def tree(self, files: Mapping[str, str]) -> str:
        """A tree of files, by path."""
        folders: dict[str, dict[str, str]] = {}
        entries: dict[bytes, bytes] = {}
        for path, text in files.items():
            top, _, rest = path.partition("/")
            if rest:
                folders.setdefault(top, {})[rest] = text
            else:
                blob = bytes.fromhex(self.put("blob", text.encode()))
                entries[top.encode()] = b"100644 " + top.encode() + b"\0" + blob
        for name, inside in folders.items():
            tree = bytes.fromhex(self.tree(inside))
            entries[name.encode() + b"/"] = b"40000 " + name.encode() + b"\0" + tree
        return self.put("tree", b"".join(entries[key] for key in sorted(entries)))

    def put(self, kind: str, data: bytes) -> str:
        """Store any object, be it one that git would not make."""
        whole = f"{kind} {len(data)}\0".encode() + data
        name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        target = self.object(name)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(zlib.compress(whole, 1))
        return name

    def object(self, name: str) -> Path:
        """The file that holds an object."""
        return self.git_dir / "objects" / name[:2] / name[2:]

    def head(self, branch: str = "main") -> str:
        """A branch's last commit, empty before the first."""
        ref = self.git_dir / "refs" / "heads" / branch
        return ref.read_text().strip() if ref.exists() else ""

    def point(self, branch: str, commit: str) -> None:
        """Move a branch."""
        ref = self.git_dir / "refs" / "heads" / branch
        ref.parent.mkdir(parents=True, exist_ok=True)
        ref.write_text(commit + "\n")

    def shortlog(self, *args: str) -> dict[tuple[str, str], int]:
        """Commits of each (name, address) after `.mailmap`, as git counts them."""
        found = {}
        mapped = ("-c", "mailmap.blob=HEAD:.mailmap")  # there is no work tree to find it in
        for line in self.git(*mapped, "shortlog", "-sne", *(args or ("HEAD",))).split("\n"):
            count, _, who = line.partition("\t")
            if who:
                name, _, address = who.rpartition("<")
                found[name.rstrip(" "), address.removesuffix(">")] = int(count)
        return found


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
