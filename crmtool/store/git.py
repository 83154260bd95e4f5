"""Every call to git. GitPython runs the processes; foreign repositories are read hardened.

A repository's own configuration can name programs (fsmonitor, hooks, pagers, external diffs);
none of them runs here. Names that a user or a feed gives follow `--end-of-options`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtool.errors import GitFailed, RepositoryError

if TYPE_CHECKING:
    from git import Git

CHUNK: Final = 1 << 20
HARDENED: Final = (
    "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}", "-c", "log.showSignature=false",
    "-c", "i18n.logOutputEncoding=UTF-8", "-c", "mailmap.file=", "-c", "core.quotePath=false",
    "-c", "protocol.ext.allow=never", "-c", "core.attributesFile=", "-c", "gc.auto=0",
)
QUIET_ENV: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C.UTF-8",
}


def _git(folder: Path) -> Git:
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    from git import Git  # noqa: PLC0415 (heavy, and only some commands need it)

    return Git(str(folder))


def run(folder: Path, *args: str, stdin: bytes = b"", hardened: bool = True,
        env: Mapping[str, str] | None = None) -> bytes:
    """Run git in a folder and return what it prints.

    Raises:
        GitFailed: git exited otherwise than with 0; its own words are the message.

    """
    from git.exc import CommandError  # noqa: PLC0415

    command = ["git", *(HARDENED if hardened else ()), *args]
    git = _git(folder)
    git.update_environment(**QUIET_ENV, **(env or {}))
    try:
        with _stdin(stdin) as handle:
            out: bytes = git.execute(
                command, istream=handle, stdout_as_string=False, strip_newline_in_stdout=False
            )
    except CommandError as error:
        raise GitFailed(_words(error, args)) from None
    return out


@contextmanager
def _stdin(data: bytes) -> Iterator[Any]:
    with tempfile.TemporaryFile() as handle:
        handle.write(data)
        handle.seek(0)
        yield handle


def _words(error: Any, args: tuple[str, ...]) -> str:
    text = str(error.stderr or "").strip().removeprefix("stderr: ").strip("'\n ")
    lines = [line for line in text.splitlines() if line.strip()]
    return f"git {args[0] if args else ''}: {lines[-1] if lines else 'failed'}"


class ForeignRepository:
    """A git repository that activities are imported from; only ever read."""

    def __init__(self, source: str, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.git_dir = self._find()

    def _find(self) -> Path:
        hint = "give the folder of a clone, bare or with its work tree"
        if not self.folder.is_dir():
            raise RepositoryError(self.source, f"{self.folder} is not there", hint)
        if (self.folder / "HEAD").is_file() and (self.folder / "objects").is_dir():
            return self.folder.resolve()
        try:
            found = run(self.folder, "rev-parse", "--absolute-git-dir").decode().strip()
        except GitFailed as error:
            raise RepositoryError(
                self.source, f"{self.folder} is not a git repository ({error.message})", hint
            ) from None
        return Path(found)

    def _run(self, *args: str, stdin: bytes = b"") -> bytes:
        return run(self.git_dir, f"--git-dir={self.git_dir}", "--bare", *args, stdin=stdin)

    def head(self, branch: str | None) -> str:
        """The commit that a branch, or HEAD, points to.

        Raises:
            RepositoryError: the branch does not exist, or nothing was ever committed.

        """
        rev = branch or "HEAD"
        try:
            return self._run(
                "rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{commit}"
            ).decode().strip()
        except GitFailed:
            pass
        if branch is None:
            raise RepositoryError(
                self.source, f"{self.folder} has no commit yet", "import again after the first one"
            )
        names = self._run("for-each-ref", "--format=%(refname:short)", "--count=8", "refs/heads")
        known = ", ".join(names.decode("utf-8", "replace").split())
        raise RepositoryError(
            self.source, f"no branch {branch!r} in {self.folder}",
            f"branches: {known}" if known else "name a branch in source.yml",
        )

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether history only grew since `old`."""
        try:
            self._run("merge-base", "--is-ancestor", "--end-of-options", old, new)
        except GitFailed:
            return False
        return True

    def mailmap(self, commit: str) -> str:
        """The object name of a commit's `.mailmap`, empty where it has none."""
        try:
            return self._run(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:.mailmap"
            ).decode().strip()
        except GitFailed:
            return ""

    def count(self, commit: str, since: str | None) -> int:
        """How many commits a log of that range will say."""
        return int(self._run("rev-list", "--count", *_range(commit, since)))

    @contextmanager
    def log(
        self, fields: str, commit: str, since: str | None, paths: Iterable[str] = (),
        mailmap: str = "",
    ) -> Iterator[Iterator[bytes]]:
        """`git log` of a range in the given format, as chunks of bytes; no object is opened twice.

        Raises:
            RepositoryError: git ended with an error after the last chunk.

        """
        only = ["--", *paths] if (paths := list(paths)) else []
        command = [
            "git", *HARDENED, f"--git-dir={self.git_dir}", "--bare", "-c", f"mailmap.blob={mailmap}",
            "log", "--no-color", "--no-show-signature", "--use-mailmap", f"--format={fields}",
            *_range(commit, since), *only,
        ]
        git = _git(self.git_dir)
        git.update_environment(**QUIET_ENV)
        process: Any = git.execute(command, as_process=True)
        stdout = process.proc.stdout
        try:
            yield iter(lambda: stdout.read(CHUNK), b"")
        finally:
            stdout.close()
            status = process.proc.wait()
            words = process.proc.stderr.read().decode("utf-8", "replace").strip()
            process.proc.stderr.close()
        if status:
            raise RepositoryError(self.source, f"git log failed: {words or status}")

    def check_mailmap(
        self, pairs: Iterable[tuple[str, str]], mailmap: str
    ) -> dict[tuple[str, str], tuple[str, str]]:
        """The (name, address) that `.mailmap` gives for each raw pair; as they are without one."""
        asked = list(pairs)
        if not mailmap or not asked:
            return {pair: pair for pair in asked}
        lines = b"".join(
            f"{name} <{address}>\n".encode("utf-8", "surrogateescape") for name, address in asked
        )
        out = self._run("-c", f"mailmap.blob={mailmap}", "check-mailmap", "--stdin", stdin=lines)
        answers = out.decode("utf-8", "surrogateescape").split("\n")
        return dict(zip(asked, map(_pair, answers), strict=False))


def _range(commit: str, since: str | None) -> list[str]:
    return ["--end-of-options", commit, *([f"^{since}"] if since else [])]


def _pair(line: str) -> tuple[str, str]:
    name, _, address = line.rpartition("<")
    return name.strip(), address.rstrip(">").strip()
