"""A workspace's own repository: where it is, what state it is in, whose name it commits under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from crmtool.errors import GitFailed, Refused
from crmtool.store.git import run
from crmtool.store.lock import PATIENCE, patiently
from crmtool.store.paths import state_folder

SCRATCH: Final = "index-"
IDENTITY: Final = ("crmtool", "crmtool@localhost")
_UNDER_WAY: Final = (
    ("rebase-merge", "rebase", "git rebase --abort"),
    ("rebase-apply/applying", "git am", "git am --abort"),
    ("rebase-apply", "rebase", "git rebase --abort"),
    ("MERGE_HEAD", "merge", "git merge --abort"),
    ("CHERRY_PICK_HEAD", "cherry-pick", "git cherry-pick --abort"),
    ("REVERT_HEAD", "revert", "git revert --abort"),
    ("sequencer", "cherry-pick or revert", "git cherry-pick --abort"),
    ("BISECT_LOG", "bisect", "git bisect reset"),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a work tree's git keeps its state; `prefix` leads from its top to the workspace."""

    folder: Path
    index: Path
    prefix: str


class Workspace:
    """The git repository that a workspace lives in. Author and hooks are the user's git's."""

    def __init__(self, root: Path, patience: float = PATIENCE) -> None:
        self.root = root.absolute()
        self.patience = patience

    def run(
        self,
        *args: str,
        options: Iterable[str] = (),
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run the user's git as the user would: with their configuration and hooks.

        Raises:
            GitFailed: it exited otherwise than with 0.

        """
        try:
            return run(self.root, *options, *args, stdin=stdin, hardened=False, env=env)
        except GitFailed as error:
            raise GitFailed(f"git {args[0]}: {error.message.partition(': ')[2]}") from None

    @cached_property
    def place(self) -> _Place:
        """Where git keeps its state, of a linked work tree too.

        Raises:
            Refused: the workspace is in no work tree of git's.
            GitFailed: git does not want to say: the folder is another user's, git is not there.

        """
        nowhere = Refused(
            f"{self.root} is not under git, so there is nothing to commit to",
            "run: git init, or add --no-commit",
        )
        try:
            out = run(
                self.root,
                *("rev-parse", "--is-inside-work-tree", "--path-format=absolute"),
                *("--git-dir", "--git-path", "index", "--show-prefix"),
            )
        except GitFailed as error:
            if "not a git repository" in error.message:
                raise nowhere from None
            raise
        inside, folder, index, prefix = out.decode("utf-8", "surrogateescape").split("\n")[:4]
        if inside != "true":
            raise nowhere
        return _Place(Path(folder), Path(index), prefix)

    def is_repository(self) -> bool:
        """Whether the workspace is under git at all."""
        try:
            return bool(self.place)
        except Refused:
            return False

    def head(self) -> str:
        """The commit checked out, empty before the first."""
        try:
            return run(self.root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
        except GitFailed:
            return ""

    def require_calm(self) -> None:
        """Refuse to commit where there is no git, no branch, or in the middle of other git work.

        Raises:
            Refused: with what to do first.

        """
        for name, what, end in _UNDER_WAY:
            if (self.place.folder / name).exists():
                raise Refused(
                    f"a {what} is under way in this workspace, so nothing was done",
                    f"finish it or run: {end}",
                )
        status = self._status()
        if any(entry.startswith("u ") for entry in status):
            raise Refused(
                "a conflict is not resolved in this workspace, so nothing was done",
                "resolve it and run: git add FILE",
            )
        if "# branch.head (detached)" in status:
            raise Refused(
                "no branch is checked out (detached head), so nothing was done",
                "run: git switch BRANCH",
            )
        self._require_free_index()

    def _status(self) -> list[str]:
        """What differs between HEAD, index and files, as git tells programs."""
        out = run(
            self.root,
            *("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=no"),
            *("--no-renames", "--ignore-submodules=all"),
        )
        return split(out)

    def _require_free_index(self) -> None:
        """Nobody else's git is at work. What a cut-off command of ours locked is set free."""
        lock = self.index_lock
        for scratch in self.scratches():
            if lock.exists() and lock.samefile(scratch):
                lock.unlink()
            scratch.unlink(missing_ok=True)
        if not patiently(lambda: not lock.exists(), self.patience):
            raise Refused(
                f"another git is at work in this workspace ({lock} is there), so nothing was done",
                "wait until it has ended; if none is running, delete that file",
            )

    @property
    def index_lock(self) -> Path:
        """The file by which git keeps others from writing its index."""
        return self.place.index.with_name(self.place.index.name + ".lock")

    def scratches(self) -> list[Path]:
        """What commits of ours were made from, none of them in use while our lock is held."""
        return list(state_folder(self.root).glob(SCRATCH + "*"))

    def pending(self, paths: Iterable[str], existing: Iterable[str]) -> list[str]:
        """Which of these paths the user has edited, staged, deleted or made, and not committed.

        `existing` are those of them that are there now: git has to know them.
        """
        prefix = self.place.prefix
        names = (_name(entry) for entry in self._status() if not entry.startswith("#"))
        changed = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
        pending = changed.intersection(paths)
        if there := set(existing):
            pending |= there - set(split(run(self.root, "ls-files", "-z")))
        return sorted(pending)

    def identity(self) -> dict[str, str]:
        """Our own name where the user's git has none, so that a commit never fails for it."""
        name, address = IDENTITY
        env: dict[str, str] = {}
        for role in ("AUTHOR", "COMMITTER"):
            try:
                # Not the machine's name, which git would make an address of.
                self.run("var", f"GIT_{role}_IDENT", options=("-c", "user.useConfigOnly=true"))
            except GitFailed:
                env |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": address}
        return env


def _name(entry: str) -> str:
    """The path of one entry: `1 XY` has eight fields before it, `u XY` ten."""
    return entry.split(" ", 8 if entry.startswith("1") else 10)[-1]


def create_repository(root: Path) -> None:
    """Make a new repository on branch `main`."""
    run(root, "init", "--quiet", "--initial-branch=main", hardened=False)


def joined(paths: Iterable[str]) -> bytes:
    """Paths as git's `-z --stdin` takes them."""
    return b"".join(p.encode("utf-8", "surrogateescape") + b"\0" for p in paths)


def split(data: bytes) -> list[str]:
    """What git's `-z` prints, as paths."""
    return [p.decode("utf-8", "surrogateescape") for p in data.split(b"\0") if p]
