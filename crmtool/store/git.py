"""Every call to git; foreign repositories are read hardened.

GitPython runs what is read as a stream; a question with a short answer is asked without it, whose
import takes longer than most answers. A repository's own configuration can name programs (hooks,
fsmonitor, pagers, external diffs); none of them runs here. Names that a user or a feed gives follow
`--end-of-options`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from crmtool.errors import GitFailed, RepositoryError

if TYPE_CHECKING:
    from git import Git

CHUNK: Final = 1 << 20
HARDENED: Final = (
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.attributesFile="),
    *("-c", "core.quotePath=false"),
    *("-c", "gc.auto=0"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "log.follow=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "mailmap.file="),
    *("-c", "protocol.ext.allow=never"),
    *("-c", "trailer.separators=:"),
)
QUIET_ENV: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C.UTF-8",
}
OFFLINE_ENV: Final = {
    **QUIET_ENV,
    # What a partial clone lacks is not fetched: git before 2.44 knows no GIT_NO_LAZY_FETCH.
    "GIT_ALLOW_PROTOCOL": "none",
    # Whole buffers into a pipe; git log would write each commit by itself.
    "GIT_FLUSH": "0",
}
_HINT: Final = "give the folder of a clone, bare or with its work tree"
_SHOWN: Final = 8
_FAR: Final = 300


def make_git(folder: Path, env: Mapping[str, str] = QUIET_ENV) -> Git:
    """GitPython's runner for a folder."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    from git import Git

    git = Git(str(folder))
    git.update_environment(**env)
    return git


def run(
    folder: Path,
    *args: str,
    stdin: bytes = b"",
    hardened: bool = True,
    env: Mapping[str, str] | None = None,
) -> bytes:
    """Run git in a folder and return what it prints.

    Raises:
        GitFailed: git exited otherwise than with 0; its own words are the message.

    """
    try:
        done = subprocess.run(
            ("git", *(HARDENED if hardened else ()), *args),
            cwd=folder,
            env={**os.environ, **QUIET_ENV, **(env or {})},
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitFailed(f"git {args[0]}: {error.strerror}") from None
    if done.returncode:
        words = reason(done.stderr.decode("utf-8", "replace"))
        raise GitFailed(f"git {args[0]}: {words}")
    return done.stdout


@contextmanager
def _stdin(data: bytes) -> Iterator[BinaryIO | None]:
    if not data:
        yield None
        return
    import tempfile

    with tempfile.TemporaryFile() as handle:
        handle.write(data)
        handle.seek(0)
        yield cast("BinaryIO", handle)


def reason(words: str) -> str:
    """The line of git's words that says what went wrong: a refusal, what is fatal, the last.

    A server that refuses says why on lines of its own.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    refused = [line for line in lines if line.startswith("! [")]
    far = " ".join(
        " ".join(x.removeprefix("remote:") for x in lines if x.startswith("remote:")).split()
    )
    said = (refused or fatal or lines or ["failed"])[-1]
    return f"{said}: {far[:_FAR]}" if refused and far else said


class ForeignRepository:
    """A git repository that activities are imported from; only ever read, and never over a network.

    A commit is what git's own commands take it for: grafts and replacements hold.
    """

    def __init__(self, source: str, folder: Path) -> None:
        self.source = source
        self.folder = folder
        try:
            self.git_dir = self._find()
            common = self.git_dir / "commondir"
            shared = common.read_text().strip() if common.is_file() else "."
        except OSError as error:
            message = f"{error.filename} cannot be read ({error.strerror})"
            raise RepositoryError(self.source, message, _HINT) from None
        self.common_dir = (self.git_dir / shared).resolve()

    def _find(self) -> Path:
        """The git folder of a bare repository, a work tree, a linked one, or a folder in one.

        Looked up here rather than by git, which would listen to the variables that it sets for
        hooks, and import the repository whose hook calls crmtool.
        """
        if not self.folder.is_dir():
            raise RepositoryError(self.source, f"{self.folder} is not there", _HINT)
        here = self.folder.resolve()
        for folder in (here, *here.parents):
            if _is_git_dir(folder):
                return folder
            if (folder / ".git").exists():
                return self._linked(folder / ".git")
        raise RepositoryError(self.source, f"{self.folder} is not a git repository", _HINT)

    def _linked(self, link: Path) -> Path:
        """What a `.git` is, or says: a linked work tree and a submodule have a file there."""
        target = link
        if link.is_file():
            text = link.read_text(errors="replace").strip()
            target = (link.parent / text.removeprefix("gitdir:").strip()).resolve()
        if not (target / "HEAD").is_file():
            raise RepositoryError(
                self.source, f"{self.folder} is not a git repository ({link} leads nowhere)", _HINT
            )
        return target

    def _command(self, *args: str) -> tuple[str, ...]:
        return (f"--git-dir={self.git_dir}", "--bare", *args)

    def _run(self, *args: str, stdin: bytes = b"") -> bytes:
        return run(self.git_dir, *self._command(*args), stdin=stdin, env=OFFLINE_ENV)

    def head(self, branch: str | None) -> str:
        """The commit that a branch, or HEAD, points to.

        Raises:
            RepositoryError: the branch does not exist, or nothing was ever committed.

        """
        names = [f"{where}{branch}" for where in _BRANCHES] if branch else ["HEAD"]
        try:
            asked = "".join(f"{name}^{{commit}}\n" for name in names).encode()
            out = self._run("cat-file", "--batch-check=%(objectname)", stdin=asked).decode()
        except GitFailed as error:
            raise RepositoryError(self.source, f"{self.folder}: {error.message}") from None
        for answer in out.splitlines():
            if not answer.endswith(" missing"):
                return answer
        raise self._without(branch)

    def _without(self, branch: str | None) -> RepositoryError:
        listed = self._run("for-each-ref", "--format=%(refname:lstrip=2)", f"--count={_SHOWN}",
                           "refs/heads", "refs/remotes")  # fmt: skip
        known = ", ".join(listed.decode("utf-8", "replace").split())
        if branch:
            message = f"no branch {branch!r} in {self.folder}"
        else:
            message = f"{self.folder} has no commit yet"
        hint = f"name one with branch: in source.yml; there are: {known}"
        return RepositoryError(
            self.source, message, hint if known else "import again after the first commit"
        )

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether history only grew since `old`; False also where `old` is gone."""
        try:
            self._run("merge-base", "--is-ancestor", "--end-of-options", old, new)
        except GitFailed:
            return False
        return True

    def mailmap(self, commit: str) -> str:
        """The object name of a commit's `.mailmap`, empty where it has none or lacks it."""
        try:
            out = self._run("cat-file", "--batch-check", stdin=f"{commit}:.mailmap\n".encode())
        except GitFailed:  # in a partial clone that never checked it out
            return ""
        name, _, rest = out.decode().partition(" ")
        return name if rest.startswith("blob ") else ""

    @property
    def is_shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return bool(_content(self.common_dir / "shallow"))

    def alterations(self) -> bytes:
        """What makes git see other commits than there are; empty where nothing does.

        The ends of a shallow clone, grafts, and replacements, in no particular form.
        """
        files = (self.common_dir / name for name in ("shallow", "info/grafts"))
        replaced = self._run("for-each-ref", "--format=%(refname) %(objectname)", "refs/replace")
        return b"".join(map(_content, files)) + replaced

    def count(self, commit: str, since: str | None) -> int:
        """How many commits a log of that range will say."""
        return int(self._run("rev-list", "--count", *_range(commit, since)))

    @contextmanager
    def log(
        self,
        fields: str,
        commit: str,
        since: str | None = None,
        paths: Iterable[str] = (),
    ) -> Iterator[Iterator[bytes]]:
        """`git log` of a range in the given format, as chunks of bytes, each record ended by NUL.

        With `paths`, the commits that changed them: each compared with its first parent, alone, so
        that one commit's place in the answer depends on nothing else (git's own simplification of
        a history follows some parents and not others, and a range of it may lack what the whole
        has).

        Raises:
            RepositoryError: git ended with an error after the last chunk.

        """
        log = ("log", "-z", "--no-color", "--no-mailmap", f"--format={fields}")
        if not (only := list(paths)):
            command, stdin = (*log, *_range(commit, since)), b""
        else:
            stdin = self._run("rev-list", *_range(commit, since))
            command = (*log, "--no-walk=unsorted", "--first-parent", "--stdin", "--", *only)
            if not stdin:
                yield iter(())
                return
        with _stdin(stdin) as handle, self._stream(command, handle) as chunks:
            yield chunks

    @contextmanager
    def _stream(
        self, command: tuple[str, ...], stdin: BinaryIO | None
    ) -> Iterator[Iterator[bytes]]:
        git = make_git(self.git_dir, OFFLINE_ENV)
        running: Any = git.execute(
            ["git", *HARDENED, *self._command(*command)], istream=stdin, as_process=True
        )
        process, words = running.proc, []
        # Read aside: a process that nobody listens to stops once the pipe is full.
        listener = Thread(target=lambda: words.append(process.stderr.read()), daemon=True)
        listener.start()
        try:
            yield iter(lambda: process.stdout.read(CHUNK), b"")
        except BaseException:
            process.terminate()
            raise
        finally:
            process.stdout.close()
            status = process.wait()
            listener.join()
            process.stderr.close()
        if status:
            raise RepositoryError(
                self.source,
                f"git log of {self.folder}: {reason(words[0].decode('utf-8', 'replace'))}",
                "run git fsck there; nothing of this source was imported",
            )

    def check_mailmap(
        self, pairs: Iterable[tuple[str, str]], mailmap: str
    ) -> dict[tuple[str, str], tuple[str, str]]:
        """The (name, address) that `.mailmap` gives for each raw pair; as they are without one."""
        asked = list(pairs)
        if not mailmap or not asked:
            return {pair: pair for pair in asked}
        lines = "".join(f"{name} <{address}>\n" for name, address in asked)
        out = run(
            self.git_dir,
            *("-c", f"mailmap.blob={mailmap}"),
            *self._command("check-mailmap", "--stdin"),
            stdin=lines.encode("utf-8", "surrogateescape"),
            env=OFFLINE_ENV,
        )
        answers = out.decode("utf-8", "surrogateescape").split("\n")
        return dict(zip(asked, map(_pair, answers), strict=False))


# Where a branch may lie, the nearest first; a tag will do where no branch has the name.
_BRANCHES: Final = ("refs/heads/", "refs/remotes/", "refs/remotes/origin/", "refs/tags/")


def _is_git_dir(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and all(
        (folder / name).is_dir() for name in ("objects", "refs")
    )


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _range(commit: str, since: str | None) -> list[str]:
    return ["--end-of-options", commit, *([f"^{since}"] if since else [])]


def _pair(line: str) -> tuple[str, str]:
    name, _, address = line.rpartition("<")
    return name.strip(), address.rstrip(">").strip()
