"""Repositories elsewhere: bare clones in the cache, made by one import and fetched by the next.

They hold one branch's commits and trees and no file's contents, and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from crmtool.errors import GitFailed, RepositoryError
from crmtool.model.config import Source
from crmtool.store.credentials import token_env
from crmtool.store.git import HARDENED, QUIET_ENV, ForeignRepository, make_git, reason, run
from crmtool.store.sealed import cache_folder

Progress = Callable[[int, int | None], None]

_FLAGS: Final = (
    *HARDENED,
    *("-c", "fetch.writeCommitGraph=true"),
    *("-c", "gc.auto=6700"),
    *("-c", "gc.autoDetach=false"),
    *("-c", "http.lowSpeedLimit=1000"),
    *("-c", "http.lowSpeedTime=60"),
)
_ENV: Final = {
    **QUIET_ENV,
    "GIT_ALLOW_PROTOCOL": "https:http:ssh:file",
    "GIT_ASKPASS": "true",  # asks nobody
}
_SSH: Final = "-oBatchMode=yes -oConnectTimeout=30"
_DENIED: Final = re.compile(
    r"authentication failed|could not read (?:username|password)|permission denied|access denied|"
    r"terminal prompts disabled|returned error: 40[13]|host key verification failed",
    re.IGNORECASE,
)
_RECEIVED: Final = re.compile(rb"Receiving objects: +\d+% \((\d+)/(\d+)\)")
_BRANCH: Final = "refs/heads/"
_SHOWN: Final = 8


class AccessDenied(RepositoryError):
    """Where a source points, they want to know who asks."""

    exit_code = 4


class Clone:
    """A source's clone in the cache."""

    def __init__(self, root: Path, name: str, source: Source) -> None:
        self.name, self.source = name, source
        mark = hashlib.sha256(source.target.encode()).hexdigest()[:16]
        cache = cache_folder(root)
        self.folder = cache / "clones" / mark
        self.env = {**_ENV, **_ssh_env(cache, source.target), **_token_env(name, source)}

    def refresh(self, progress: Progress) -> Path:
        """Fetch the branch that `source.yml` names, else the remote's default; the folder.

        Raises:
            AccessDenied: the remote wants a token, a password or a key.
            RepositoryError: it cannot be reached, is empty, or lacks the branch.

        """
        self._begin()
        branch = self._branch()
        refspec = f"+{branch}:{branch}"
        self._fetch(refspec, progress)
        self._call("symbolic-ref", "HEAD", branch)
        # A clone without contents lacks this one too.
        self._call("cat-file", "-e", f"{branch}:.mailmap", must=False, GIT_NO_LAZY_FETCH="0")
        return self.folder

    def _from_shallow(self) -> bool:
        """Whether the remote is itself a shallow clone, on this machine; no server is one."""
        path = self.source.target.removeprefix("file://")
        if path == self.source.target or not Path(unquote(path)).is_dir():
            return False
        return ForeignRepository(self.name, Path(unquote(path))).is_shallow

    def _begin(self) -> None:
        """An empty repository where there is none yet, or where one has to do with shallow ones."""
        shallow = self._from_shallow() or (self.folder / "shallow").exists()
        if (self.folder / "HEAD").is_file() and not shallow:
            return
        fresh = self.folder.with_suffix(".new")
        for left in (fresh, self.folder):
            shutil.rmtree(left, ignore_errors=True)
        fresh.mkdir(parents=True)
        run(fresh, "init", "--bare", "--quiet", "--template=", str(fresh))
        fresh.rename(self.folder)

    def _branch(self) -> str:
        """The full name of the branch to fetch, as the remote has it."""
        out = self._call("ls-remote", "--symref", "origin", "HEAD", f"{_BRANCH}*")
        lines = [line.partition("\t") for line in out.decode("utf-8", "replace").splitlines()]
        heads = [name for _, _, name in lines if name.startswith(_BRANCH)]
        default = next((ref[5:] for ref, _, _ in lines if ref.startswith("ref: ")), "")
        wanted = f"{_BRANCH}{self.source.branch}" if self.source.branch else default
        if wanted in heads:
            return wanted
        known = ", ".join(name.removeprefix(_BRANCH) for name in heads[:_SHOWN])
        if not known:
            raise RepositoryError(
                self.name,
                f"{self.source.target} has no commit yet",
                "import again after the first one",
            )
        asked = f"no branch {self.source.branch!r}" if self.source.branch else "no default branch"
        raise RepositoryError(
            self.name,
            f"{asked} in {self.source.target}",
            f"name one with branch: in source.yml; there are: {known}",
        )

    def _fetch(self, refspec: str, progress: Progress) -> None:
        # Not both: git before 2.44 looks for the commits that a shallow clone lacks by fetching
        # them, which looks for them by fetching them, and so on without end.
        less = "--update-shallow" if self._from_shallow() else "--filter=blob:none"
        command = self.command(
            *("fetch", "--progress", "--no-tags", "--no-recurse-submodules"),
            *("--no-write-fetch-head", less, "origin", refspec),
        )
        running: Any = make_git(self.folder, self.env).execute(command, as_process=True)
        process, words = running.proc, []
        for line in _lines(process.stderr.read1):
            if found := _RECEIVED.search(line):
                progress(int(found[1]), int(found[2]))
            else:
                words.append(line.decode("utf-8", "replace"))
        process.stdout.close()
        process.stderr.close()
        if process.wait():
            raise self._refusal("\n".join(words[-20:]))

    def command(self, *args: str) -> list[str]:
        """What runs git on the clone, with its origin named: nothing of it is stored there."""
        origin = ("-c", f"remote.origin.url={self.source.target}")
        return ["git", *_FLAGS, *origin, f"--git-dir={self.folder}", *args]

    def _call(self, *args: str, must: bool = True, **env: str) -> bytes:
        """What git prints; with `must` a failure is raised."""
        git: Any = make_git(self.folder, {**self.env, **env})
        status, out, words = git.execute(
            self.command(*args),
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
        )
        if status and must:
            raise self._refusal(str(words))
        return bytes(out)

    def _refusal(self, words: str) -> RepositoryError:
        if _DENIED.search(words):
            return AccessDenied(
                self.name,
                f"{self.source.target} cannot be read: {reason(words)}",
                "name the variable that holds a token with token_env: in source.yml, or see that "
                "git fetch works there without asking",
            )
        return RepositoryError(
            self.name,
            f"{self.source.target} cannot be read: {reason(words)}",
            "check the address and the network, then import again",
        )


def _lines(read: Callable[[], bytes]) -> Iterator[bytes]:
    """Lines as they come; git ends those that it will overwrite with a carriage return."""
    rest = b""
    while chunk := read():
        *lines, rest = re.split(rb"[\r\n]", rest + chunk)
        yield from lines
    yield rest


def _ssh_env(folder: Path, target: str) -> dict[str, str]:
    """The user's own ssh, told never to wait for an answer."""
    if target.startswith(("http://", "https://", "file://")):
        return {}
    command = os.environ.get("GIT_SSH_COMMAND", "")
    if not command:
        with suppress(GitFailed):
            command = run(folder, "config", "--get", "core.sshCommand").decode().strip()
    return {"GIT_SSH_COMMAND": f"{command or 'ssh'} {_SSH}"}


def _token_env(name: str, source: Source) -> dict[str, str]:
    """The token as configuration for its own host alone, in the environment: `ps` shows arguments.

    Raises:
        AccessDenied: the variable is not set, or the token would travel in clear.

    """
    if not source.token_env:
        return {}
    token = os.environ.get(source.token_env)
    if not token:
        raise AccessDenied(
            name, f"the variable {source.token_env} is not set", "put the token into it"
        )
    found = token_env(source.target, token)
    if not found:
        raise AccessDenied(
            name, "a token is sent over https only", "give the target's https address"
        )
    return found
