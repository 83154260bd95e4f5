"""The one commit that a command makes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from crmtool.errors import GitFailed
from crmtool.store.lock import patiently
from crmtool.store.paths import state_folder
from crmtool.store.workspace import SCRATCH, Workspace, joined, split

_QUIET: Final = ("-c", "gc.auto=0", "-c", "maintenance.auto=false")
# The journal ends when the commit stands, so the commit must stand through a power cut.
_DURABLE: Final = ("-c", "core.fsync=all")
# Every blob straight into one pack: 3,000 new records are one file in .git, not 3,000.
_PACKED: Final = ("-c", "core.bigFileThreshold=1", "-c", "core.compression=1")
_MANY: Final = 64


class Draft:
    """A commit in the making, of exactly the paths given as they lie on the disk.

    It is made from an index of its own, a copy of the user's without what else is staged there.
    So what the user has staged stays, and a git that is killed leaves the user's index unlocked.
    """

    def __init__(self, workspace: Workspace, paths: Iterable[str]) -> None:
        self.workspace = workspace
        self.paths = list(paths)
        self._scratch = state_folder(workspace.root) / f"{SCRATCH}{os.getpid()}"
        self._words = self._scratch.with_name(f"{self._scratch.name}.message")
        self._before: bytes | None = None
        # Whether the user's index holds nothing that this one does not.
        self._alone = True
        # Whether git was asked for the commit.
        self.begun = False

    def commit(self, message: str) -> None:
        """Make it, unless HEAD already holds all of it.

        Raises:
            GitFailed: git or a hook of the user's refused.

        """
        unborn = not self.workspace.head()
        self._copy(unborn=unborn)
        if not unborn:
            self._leave_out_others()
        self._git(
            *("update-index", "--add", "--remove", "--replace", "-z", "--stdin"),
            options=(*_DURABLE, *(_PACKED if len(self.paths) > _MANY else ())),
            stdin=joined(self.paths),
        )
        if unborn or self._differs():
            self.begun = True
            self._commit(message)

    def stands(self) -> bool:
        """Whether HEAD holds it, however `commit` ended.

        Git may have been quicker than the interrupt; or the git that a killed command left running
        made this very commit just now.

        Raises:
            GitFailed, OSError: there is no telling.

        """
        return self.begun and bool(self.workspace.head()) and not self._differs()

    def settle(self) -> None:
        """Let the user's index know the commit; what else is staged in it stays.

        Raises:
            GitFailed: another git holds it. The commit stands; the next command settles it.

        """
        try:
            if not (self._alone and self._swap()) and not self._catch_up():
                self._reset(self.workspace.run)
        except (GitFailed, OSError) as error:
            raise GitFailed(
                f"{error}; the commit is made, but the index does not know it yet",
                "when no other git is at work here, any crmtool command sets it right",
            ) from None
        self.discard()

    def _catch_up(self) -> bool:
        """Make the user's index what it is now, with our paths as HEAD has them; whether it was.

        In a copy, since a git that is killed leaves the lock of the index that it worked on.
        """
        self._copy(unborn=False)
        if not self._scratch.exists():
            return False
        self._reset(self._git)
        return self._swap()

    def _reset(self, git: Callable[..., bytes]) -> None:
        git(
            *("reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul"),
            options=("--literal-pathspecs", *_DURABLE),
            stdin=joined(self.paths),
        )

    def discard(self) -> None:
        """Forget it."""
        self._scratch.unlink(missing_ok=True)
        self._words.unlink(missing_ok=True)

    def _git(
        self,
        *args: str,
        options: Iterable[str] = (),
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
    ) -> bytes:
        env = {**(env or {}), "GIT_INDEX_FILE": str(self._scratch)}
        return self.workspace.run(*args, options=options, stdin=stdin, env=env)

    def _copy(self, *, unborn: bool) -> None:
        """Take over the user's index, with its time: git tells by it which files to look at."""
        self.discard()
        try:
            with self.workspace.place.index.open("rb") as file:
                status = os.fstat(file.fileno())
                self._before = file.read()
        except FileNotFoundError:
            return
        if unborn:  # whatever is staged is not ours
            self._alone = False
            return
        self._scratch.write_bytes(self._before)
        os.utime(self._scratch, ns=(status.st_atime_ns, status.st_mtime_ns))

    def _leave_out_others(self) -> None:
        """Whatever else is staged: as it is in HEAD."""
        ours = {self.workspace.place.prefix + path for path in self.paths}
        out = self._git("diff-index", "--cached", "--raw", "-z", "--no-renames", "HEAD")
        others = [f"{old.mode} {old.name}\t{path}" for old, path in _raw(out) if path not in ours]
        if others:
            self._alone = False
            self._git("update-index", "-z", "--index-info", stdin=joined(others))

    def _differs(self) -> bool:
        return bool(self._git("diff-index", "--cached", "--name-only", "HEAD"))

    def _commit(self, message: str) -> None:
        self._words.write_text(message, encoding="utf-8")
        self._git(
            *("commit", "--quiet", "--cleanup=whitespace", f"--file={self._words}"),
            options=(*_QUIET, *_DURABLE, "-c", "i18n.commitEncoding=UTF-8"),
            env=self.workspace.identity(),
        )

    def _swap(self) -> bool:
        """Put this index into the place of the user's, if it is still the one that was copied.

        By git's own protocol: who makes `index.lock` may rename it to `index`.
        """
        index, lock = self.workspace.place.index, self.workspace.index_lock
        try:
            linked = patiently(lambda: _linked(self._scratch, lock), self.workspace.patience)
        except OSError:  # no hard links here
            return False
        if linked and _bytes(index) == self._before:
            lock.replace(index)
            return True
        if linked:
            lock.unlink()
        return False


def _linked(file: Path, name: Path) -> bool:
    try:
        os.link(file, name)
    except FileExistsError:
        return False
    return True


class _Blob(NamedTuple):
    mode: str
    name: str


def _raw(data: bytes) -> Iterator[tuple[_Blob, str]]:
    """What `diff-index --raw -z` says: the old blob of each path that differs."""
    parts = iter(split(data))
    for head in parts:
        old_mode, _, old_name, _, _ = head.removeprefix(":").split(" ")
        yield _Blob(old_mode, old_name), next(parts)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
