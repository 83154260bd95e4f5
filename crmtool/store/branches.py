"""Branches of a workspace: making one for a proposal, committing to it, pushing it.

The user's own git does the work, with their configuration, hooks and credentials; what it may
never do here is push to the default branch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from crmtool.errors import GitFailed, Refused
from crmtool.store.workspace import Workspace, joined, split

_HEADS: Final = "refs/heads/"
_OFTEN_DEFAULT: Final = frozenset({"main", "master", "trunk", "default", "develop"})
_DENIED: Final = re.compile(
    r"permission|denied|not allowed|\b40[13]\b|authentication|could not read|protected|declined",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a branch is pushed, or proposed to."""

    name: str
    url: str


def _alone(url: str) -> Mapping[str, str]:  # noqa: ARG001 (nothing, whatever the address)
    return {}


class Branches:
    """The branches of a workspace's repository, and its remotes."""

    def __init__(self, root: Path, network: Callable[[str], Mapping[str, str]] = _alone) -> None:
        """Take what git's environment needs for an address, such as a token for its host."""
        self.workspace = Workspace(root)
        self.network = network

    def current(self) -> str:
        """The branch checked out.

        Raises:
            Refused: none is.

        """
        try:
            return self._line("symbolic-ref", "--short", "HEAD")
        except GitFailed:
            raise Refused(
                "no branch is checked out (detached head), so nothing was done",
                "run: git switch BRANCH",
            ) from None

    def exists(self, branch: str) -> bool:
        """Whether there is a branch of that name here."""
        try:
            self._line("rev-parse", "--verify", "--quiet", f"{_HEADS}{branch}")
        except GitFailed:
            return False
        return True

    def free(self, branch: str) -> str:
        """The name, or the first after it that no branch here has."""
        names = (f"{branch}-{n}" if n > 1 else branch for n in count(1))
        return next(name for name in names if not self.exists(name))

    def remotes(self) -> dict[str, Remote]:
        """Every remote by name, with the address that pushes go to."""
        names = self._line("remote").splitlines()
        return {n: Remote(n, self._line("remote", "get-url", "--push", n)) for n in names}

    def settings(self) -> dict[str, str]:
        """What this clone's configuration says of its host; never the repository's own files."""
        try:
            out = self._line("config", "--get-regexp", r"^crmtool\.(forge|api|web)$")
        except GitFailed:
            return {}
        pairs = (line.partition(" ") for line in out.splitlines())
        return {key.partition(".")[2]: value for key, _, value in pairs}

    def default(self, remote: Remote) -> str:
        """The branch that a remote calls its own.

        Raises:
            GitFailed: it cannot be asked.

        """
        out = self._far(remote, "ls-remote", "--symref", "--", remote.name, "HEAD")
        found = re.search(rf"^ref: {_HEADS}([^\s-]\S*)\tHEAD$", out, re.MULTILINE)
        return found[1] if found else "main"

    def start(self, branch: str) -> None:
        """Make a branch here and go to it; edits that are not committed come along."""
        self.workspace.run("switch", "--quiet", "--no-track", "--create", branch)

    def restart(self, branch: str, commit: str) -> None:
        """Go to a branch that begins at a commit, whatever it was before.

        Raises:
            GitFailed: the work tree has edits that this would lose.

        """
        self.workspace.run("switch", "--quiet", "--no-track", "--force-create", branch, commit)

    def go(self, branch: str) -> None:
        """Go to a branch that is there."""
        self.workspace.run("switch", "--quiet", branch)

    def has_edits(self) -> bool:
        """Whether a file that git knows differs from the last commit."""
        return bool(self._line("status", "--porcelain", "--untracked-files=no"))

    def contains(self, commit: str, older: str) -> bool:
        """Whether a commit grew from another one, or is it."""
        return self._line("merge-base", commit, older) == older if commit and older else False

    def said(self, commits: Iterable[str], line: str) -> bool:
        """Whether the message of one of these commits, or of one before them, has this line.

        It may hold nothing that a regular expression reads otherwise.
        """
        found = self._line("log", "--max-count=1", "--format=%H",
                           f"--grep=^{line}$", "--end-of-options", *commits, "--")  # fmt: skip
        return bool(found)

    def message(self, commit: str) -> str:
        """What was said of a commit."""
        return self._line("log", "--max-count=1", "--format=%B", "--end-of-options", commit, "--")

    def back(self, branch: str, from_: str) -> None:
        """Return to a branch from one that was just begun, which is given up; edits come along."""
        self.go(branch)
        self.workspace.run("branch", "--quiet", "--delete", "--force", "--", from_)

    def edited(self) -> list[str]:
        """Files of the workspace that differ from the last commit, or that git does not know."""
        known = self.workspace.run(
            "diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD"
        )
        fresh = self.workspace.run("ls-files", "--others", "--exclude-standard", "-z")
        return sorted({*split(known), *split(fresh)})

    def commit(self, paths: Iterable[str], message: str) -> str:
        """Commit these files alone, whatever else is staged; the commit.

        Raises:
            GitFailed: git or one of its hooks does not want it.

        """
        names = joined(paths)
        stdin = ("--pathspec-from-file=-", "--pathspec-file-nul")
        env = self.workspace.identity()

        def on_paths(*args: str) -> None:
            self.workspace.run(*args, *stdin, options=["--literal-pathspecs"], stdin=names, env=env)

        on_paths("reset", "--quiet")  # git finds no file that is gone from the index too
        on_paths("add", "--all")
        try:
            on_paths("commit", "--quiet", "--only", "--cleanup=whitespace", f"--message={message}")
        except GitFailed:
            on_paths("reset", "--quiet")
            raise
        return self.workspace.head()

    def ahead(self, remote: Remote, default: str) -> list[str]:
        """The subjects of commits that the remote's default branch lacks, the oldest first."""
        known = f"refs/remotes/{remote.name}/{default}"
        try:
            self._line("rev-parse", "--verify", "--quiet", known)
        except GitFailed:
            known = ""
        excluded = [f"^{known}"] if known else []
        out = self._line("log", "--reverse", "--format=%s", "HEAD", *excluded, "--")
        return [line for line in out.splitlines() if line]

    def push(
        self, remote: Remote, branch: str, *, default: str, instead_of: str | None = None
    ) -> None:
        """Push a branch under its own name.

        With `instead_of` it may replace that very commit there; empty: there is no such branch yet.

        Raises:
            Refused: it is the default branch, or the server does not let us.
            GitFailed: it cannot be reached.

        """
        refuse_default(branch, default)
        lease = [] if instead_of is None else [f"--force-with-lease={branch}:{instead_of}"]
        spec = f"{_HEADS}{branch}:{_HEADS}{branch}"
        try:
            self._far(remote, "push", "--quiet", *lease, "--set-upstream", remote.name, spec)
        except GitFailed as error:
            raise _not_pushed(remote, branch, error.message) from None

    def push_forward(self, remote: Remote, branch: str) -> None:
        """Push a branch under its own name, whichever it is, as long as nothing there is lost.

        Raises:
            GitFailed: it cannot be reached, or has commits that this one lacks.

        """
        spec = f"{_HEADS}{branch}:{_HEADS}{branch}"
        self._far(remote, "push", "--quiet", remote.name, spec)

    def fetch(self, remote: Remote, ref: str, local: str) -> str:
        """Bring what a reference of the remote points to here, under another name; the commit.

        Nothing of it is checked out. Empty where the remote has no such reference.

        Raises:
            GitFailed: it cannot be reached.

        """
        if not self._far(remote, "ls-remote", "--", remote.name, ref):
            return ""
        self._far(remote, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                  "--no-recurse-submodules", "--", remote.name, f"+{ref}:{local}")  # fmt: skip
        return self._line("rev-parse", "--verify", f"{local}^{{commit}}")

    def track(self, remote: Remote, branch: str) -> str:
        """Bring a branch of the remote to where git keeps the remote's branches; its commit.

        Empty where the remote has no such branch.

        Raises:
            GitFailed: it cannot be reached.

        """
        return self.fetch(remote, f"{_HEADS}{branch}", f"refs/remotes/{remote.name}/{branch}")

    def merged(self, ours: str, theirs: str, message: str = "Merged") -> str:
        """A commit that holds what merging them would give, on no branch; empty where it conflicts.

        The work tree and the index are not touched.
        """
        try:
            tree = self._line("merge-tree", "--write-tree", "--no-messages", ours, theirs)
        except GitFailed:
            return ""
        env = self.workspace.identity()
        made = self.workspace.run("commit-tree", tree, "-p", ours, "-p", theirs, "-m", message,
                                  env=env)  # fmt: skip
        return made.decode().strip()

    def common(self, ours: str, theirs: str) -> str:
        """The commit that both grew from.

        Raises:
            GitFailed: there is none.

        """
        try:
            return self._line("merge-base", ours, theirs)
        except GitFailed:
            raise GitFailed(
                f"{theirs[:12]} shares no history with {ours[:12]}",
                "clone the repository anew, whole, and bring your edits there",
            ) from None

    def _far(self, remote: Remote, *args: str) -> str:
        """What git says after talking to a remote."""
        env = {**self.network(remote.url)}
        try:
            out = self.workspace.run(*args, env=env)
        except GitFailed as error:
            raise GitFailed(
                f"{remote.name}: {error.message}",
                "is the network there, and may you read it? see: git remote -v; then run it again",
            ) from None
        return out.decode("utf-8", "surrogateescape").strip("\n")

    def _line(self, *args: str) -> str:
        return self.workspace.run(*args).decode("utf-8", "surrogateescape").strip("\n")


def _not_pushed(remote: Remote, branch: str, why: str) -> Refused | GitFailed:
    """What to do about a push that failed."""
    words = why.replace(branch, "")  # a branch may be called what a refusal says
    if "[rejected]" in words:
        return GitFailed(
            why,
            f"{branch} has gained commits there: git pull --rebase {remote.name} {branch}, "
            "then run it again",
        )
    if _DENIED.search(words):
        return Refused(
            f"{remote.name} does not let you push: {why}",
            "fork the project there, then: git remote add fork ADDRESS, and "
            "crmtool propose --remote fork",
        )
    return GitFailed(why, "what was committed is kept; run it again")


def refuse_default(branch: str, default: str) -> None:
    """Never push to a branch that others build on.

    Raises:
        Refused: it is one.

    """
    if branch == default or branch in _OFTEN_DEFAULT:
        raise Refused(
            f"{branch} is the branch that others build on, so nothing was pushed",
            "propose from a branch of its own: crmtool propose --branch NAME",
        )
