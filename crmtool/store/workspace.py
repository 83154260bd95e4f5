"""A workspace's own repository: what state it is in, and the one commit that a command makes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from crmtool.errors import GitFailed, Refused
from crmtool.store.git import run

IDENTITY = ("crmtool", "crmtool@localhost")
_QUICK = ("--literal-pathspecs", "-c", "gc.auto=0")
# Every blob straight into one pack: 3,000 new records are one file in .git, not 3,000.
_PACKED = ("-c", "core.bigFileThreshold=1", "-c", "core.compression=1")


class Workspace:
    """The git repository that a workspace lives in. Author and hooks are the user's git's."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _run(self, *args: str, stdin: bytes = b"", **env: str) -> bytes:
        return run(self.root, *args, stdin=stdin, hardened=False, env=env)

    def is_repository(self) -> bool:
        """Whether the workspace is under git at all."""
        try:
            inside = run(self.root, "rev-parse", "--is-inside-work-tree").decode().strip()
        except GitFailed:
            return False
        return inside == "true"

    def head(self) -> str:
        """The commit checked out, empty before the first."""
        try:
            return run(self.root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
        except GitFailed:
            return ""

    def require_calm(self) -> None:
        """Refuse to commit in the middle of the user's own merge or on a detached head.

        Raises:
            Refused: with what to do first.

        """
        folder = Path(run(self.root, "rev-parse", "--absolute-git-dir").decode().strip())
        for name, what in (
            ("MERGE_HEAD", "merge"), ("rebase-merge", "rebase"), ("rebase-apply", "rebase"),
            ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"),
        ):
            if (folder / name).exists():
                raise Refused(
                    f"a {what} is under way in this workspace, so nothing was done",
                    f"finish it or run: git {what} --abort",
                )
        try:
            run(self.root, "symbolic-ref", "--quiet", "HEAD")
        except GitFailed:
            raise Refused(
                "no branch is checked out (detached head), so nothing was done",
                "run: git switch BRANCH",
            ) from None

    def pending(self, paths: Iterable[str]) -> list[str]:
        """Which of these files differ from the last commit: the user's own unfinished work."""
        stdin = b"".join(p.encode("utf-8", "surrogateescape") + b"\0" for p in paths)
        if not stdin or not self.head():
            return []
        out = run(
            self.root, "--literal-pathspecs", "diff", "--name-only", "-z", "--no-ext-diff",
            "--relative", "HEAD", "--", *_split(stdin),
        ) if stdin.count(b"\0") <= 500 else run(  # noqa: PLR2004 (below the argument limit)
            self.root, "diff", "--name-only", "-z", "--no-ext-diff", "--relative", "HEAD"
        )
        asked = set(_split(stdin))
        return sorted(asked & set(_split(out)))

    def commit(self, paths: Iterable[str], message: str) -> str:
        """One commit of exactly these paths; whatever else is staged or edited stays as it was.

        Returns the new commit, empty where the paths already are what HEAD holds.
        """
        stdin = b"".join(p.encode("utf-8", "surrogateescape") + b"\0" for p in paths)
        if not stdin:
            return ""
        specs = ("--pathspec-from-file=-", "--pathspec-file-nul")
        before = self.head()
        others = self._staged(before) - self._from_top(_split(stdin))
        self._run(*_QUICK, *_PACKED, "add", "--force", "--all", *specs, stdin=stdin)
        if before and not self._staged(before) - others:
            return ""
        # Nothing else is staged: the index is the commit, and git need not read the files again.
        only = ("--only", *specs) if others or not before else ()
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as words:
            words.write(message)
            words.flush()
            self._run(
                *_QUICK, "commit", "--quiet", f"--file={words.name}", *only,
                stdin=stdin, **self._identity(),
            )
        return self.head()

    def _staged(self, head: str) -> set[str]:
        """Paths, from the repository's top, whose staged content differs from a commit's."""
        if not head:
            return set()
        return set(_split(run(self.root, "diff-index", "--cached", "--name-only", "-z", head)))

    def _from_top(self, paths: Iterable[str]) -> set[str]:
        prefix = run(self.root, "rev-parse", "--show-prefix").decode().strip("\n")
        return {prefix + path for path in paths}

    def _identity(self) -> dict[str, str]:
        """crmtool's own name where the user's git has none, so that a commit never fails for it."""
        try:
            self._run("var", "GIT_COMMITTER_IDENT")
        except GitFailed:
            name, address = IDENTITY
            return {
                "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": address,
                "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": address,
            }
        return {}


def _split(data: bytes) -> list[str]:
    return [p.decode("utf-8", "surrogateescape") for p in data.split(b"\0") if p]


def create_repository(root: Path) -> None:
    """Make a new repository on branch `main`."""
    run(root, "init", "--quiet", "--initial-branch=main", hardened=False)
