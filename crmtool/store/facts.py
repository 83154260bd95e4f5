"""What `doctor` asks of a workspace and its machine: gathered here, judged elsewhere.

Nothing is written, no network is asked, and whatever cannot be found out is left empty.
"""

from __future__ import annotations

import fcntl
import os
import platform
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from crmtool.errors import CrmError, GitFailed, KeyProblem, WorkspaceError
from crmtool.model.config import Config
from crmtool.model.paths import collisions
from crmtool.model.protocols import FOLDERS
from crmtool.store import cache, journal
from crmtool.store.git import run
from crmtool.store.keys import find_key
from crmtool.store.load import read_config
from crmtool.store.tree import WorkTree
from crmtool.store.workspace import Workspace, split

LIBRARIES: Final = (
    "click",
    "duckdb",
    "gitpython",
    "mkdocs",
    "mkdocs-material",
    "msgspec",
    "pydantic",
)
_UNDER_WAY: Final = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
}
_RECORD: Final = re.compile(r".*\.(?:md|yml|json|jsonl)\Z", re.DOTALL)
_PASSWORD: Final = re.compile(r"(?<=://)[^/@]*@")


@dataclass
class GitFacts:
    """What git says of the workspace's repository."""

    version: tuple[int, ...] = ()
    is_repository: bool = False
    trouble: str = ""
    """Why git does not want to say more, in its own words."""
    identity: bool = False
    shallow: bool = False
    calm: tuple[str, str] | None = None
    """What keeps crmtool from committing, and the remedy; None: nothing."""
    config: dict[str, str] = field(default_factory=dict)
    hooks: tuple[str, ...] = ()
    remotes: tuple[tuple[str, str], ...] = ()
    """Name and address of each remote, passwords left out."""
    ignored: tuple[str, ...] = ()
    """Records that git ignores, so that nobody else gets them."""
    tracked_state: tuple[str, ...] = ()
    """Files of `.crm/` or `build/` that are under git."""


@dataclass
class Facts:
    """Everything that `doctor` judges."""

    root: Path
    git: GitFacts = field(default_factory=GitFacts)
    config: Config | None = None
    config_error: tuple[str, str] | None = None
    key_error: tuple[str, str] | None = None
    mkdocs: str | None = None
    gitignore: str = ""
    journal: str = ""
    """Empty, `open`, or what is wrong with it."""
    cache: str = "none"
    holder: str = ""
    """Who holds the lock, if anybody does."""
    collisions: tuple[tuple[str, str], ...] = ()
    """Paths that are one and the same where case does not count."""
    writable: bool = True
    free: int = 0
    """Bytes left on the workspace's disk."""
    python: str = ""
    libraries: dict[str, str | None] = field(default_factory=dict)


def gather(root: Path) -> Facts:
    """Find out everything about a workspace that is there, whatever state it is in."""
    facts = Facts(root, git=_git(root))
    try:
        facts.config = read_config(WorkTree(root))
        find_key(facts.config.privacy.key)
    except KeyProblem as error:
        facts.key_error = error.message, error.hint
    except WorkspaceError as error:
        facts.config_error = error.message, error.hint
    facts.mkdocs = _text(root / "mkdocs.yml")
    facts.gitignore = _text(root / ".gitignore") or ""
    facts.journal = _journal(root)
    facts.cache = cache.state(root)
    facts.holder = _holder(root)
    facts.collisions = tuple(_collisions(root))
    facts.writable = os.access(root, os.W_OK)
    facts.free = shutil.disk_usage(root).free
    facts.python = platform.python_version()
    facts.libraries = {name: _version(name) for name in LIBRARIES}
    return facts


def _git(root: Path) -> GitFacts:
    facts = GitFacts()
    try:
        said = re.search(rb"(\d+)\.(\d+)(?:\.(\d+))?", run(root, "version"))
        facts.version = tuple(int(part) for part in said.groups() if part) if said else ()
        workspace = Workspace(root, patience=0)
        facts.is_repository = workspace.is_repository()
        if facts.is_repository:
            _ask(root, workspace, facts)
    except CrmError as error:
        facts.trouble = error.message
    return facts


def _ask(root: Path, workspace: Workspace, facts: GitFacts) -> None:
    facts.identity = not workspace.identity()
    shallow = run(root, "rev-parse", "--is-shallow-repository")
    facts.shallow = shallow.strip() == b"true"
    facts.calm = _calm(root, workspace)
    settings = split(workspace.run("config", "--list", "-z"))
    facts.config = dict(line.partition("\n")[::2] for line in settings)
    facts.remotes = tuple(
        (name.split(".", 1)[1].rpartition(".")[0], _PASSWORD.sub("", address))
        for name, address in facts.config.items()
        if name.startswith("remote.") and name.endswith((".url", ".pushurl"))
    )
    folder = workspace.run("rev-parse", "--git-path", "hooks").decode("utf-8", "surrogateescape")
    facts.hooks = tuple(_hooks(root / folder.strip("\n")))
    ignored = run(
        root,
        *("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--"),
        *("crm.yml", "tags.yml", *FOLDERS),
    )
    facts.ignored = tuple(path for path in split(ignored) if _RECORD.match(path))
    facts.tracked_state = tuple(split(run(root, "ls-files", "-z", "--", ".crm", "build")))


def _calm(root: Path, workspace: Workspace) -> tuple[str, str] | None:
    """What keeps a commit from being made. Unlike `require_calm`, this frees nothing."""
    lock = workspace.index_lock
    if lock.exists():
        return f"{lock} is there", "wait until git has ended; if none is running, delete that file"
    for name, what in _UNDER_WAY.items():
        if (workspace.place.folder / name).exists():
            return f"a {what} is under way", "finish it or abort it: git status says how"
    try:
        run(root, "symbolic-ref", "--quiet", "HEAD")
    except GitFailed:
        return "no branch is checked out (detached head)", "run: git switch BRANCH"
    return None


def _hooks(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for file in sorted(folder.iterdir()):
            if not file.name.endswith(".sample") and os.access(file, os.X_OK):
                yield file.name


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace") if path.is_file() else None
    except OSError:
        return None


def _journal(root: Path) -> str:
    try:
        return "open" if journal.read(root) else ""
    except (WorkspaceError, OSError) as error:
        return str(error)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        yield handle
    finally:
        os.close(handle)


def _holder(root: Path) -> str:
    """Who holds the workspace's lock: tried for the moment of the question."""
    try:
        with _opened(root / ".crm" / "lock") as handle:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return "something that is no lock file"
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return "process " + os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"something that cannot be read ({error.strerror})"
    return ""


def _collisions(root: Path) -> list[tuple[str, str]]:
    try:
        found = collisions(entry.path for entry in WorkTree(root).entries())
        return [(one, other) for one, other, _ in found]
    except OSError:
        return []


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
