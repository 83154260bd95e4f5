"""Killed at any moment, out of room, interrupted, edited meanwhile: nothing is lost or doubled."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crmtool.errors import Refused
from crmtool.model.plan import Plan
from crmtool.store import journal
from crmtool.store.apply import apply
from tests.store.accidents import Child, kill
from tests.store.helpers import DAY, Repo, leftovers

# How often a plug is pulled at a random moment; CRMTOOL_TEST_KILLS=200 for the whole proof.
KILLS = int(os.environ.get("CRMTOOL_TEST_KILLS", "10"))
PARTS = 4
FEED = "sources/g/activities/2026-11.jsonl"
CURSOR = "sources/g/cursor.json"

# Only to silence what Python >= 3.12 says of any fork beside pytest-xdist's threads.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@dataclass(frozen=True)
class State:
    """Everything that a command could have changed."""

    files: dict[str, bytes]
    status: list[str]
    """HEAD's commit, and what differs from it in the index and in the files."""

    @classmethod
    def of(cls, repo: Repo) -> State:
        said = repo.git("status", "--porcelain=v2", "--branch", "--untracked-files=all")
        return cls(repo.files(), said.splitlines())


class Scene:
    """A workspace, by default with unfinished work of the user's, and an import of all kinds."""

    def __init__(self, folder: Path, *, staged: bool = True) -> None:
        self.folder = folder
        self.base = Repo(folder / "base").begin(ada="Ada\n", grace="Grace\n", joan="Joan\n")
        self.base.write(FEED, "1\n")
        self.base.write("notes/n.md", "one\n")
        self.base.commit_all("More")
        if staged:
            self.base.write("notes/n.md", "two\n")
            self.base.git("add", "notes/n.md")
            self.base.write("notes/n.md", "three\n")
        self.before = State.of(self.base)
        done = self.copy()
        run(done)
        self.after = State.of(done)
        assert len(self.after.files) == len(self.before.files) + 1
        assert done.status() == (["MM notes/n.md"] if staged else [])

    def copy(self) -> Repo:
        """The workspace anew."""
        shutil.rmtree(self.folder / "crm", ignore_errors=True)
        shutil.copytree(self.base.root, self.folder / "crm")
        return Repo(self.folder / "crm")


def run(repo: Repo, *, patience: float = 5) -> None:
    """The command: it finds nothing to do where it was done."""

    def decide() -> Plan:
        if repo.read("people/ada.md") == "Ada Lovelace\n":
            return Plan()
        changes = (
            repo.change(CURSOR, "2\n"),
            repo.change(FEED, "1\n2\n"),
            repo.change("people/ada.md", "Ada Lovelace\n"),
            repo.change("people/h/hedy.md", "Hedy\n"),
            repo.change("people/hopper.md", "Grace Hopper\n", origin="people/grace.md"),
            repo.change("people/joan.md", None),
        )
        return Plan(changes, "Import g")

    apply(repo.root, decide, patience=patience)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where that can be: thousands of fsyncs would only be slow.

    The clock of git stands still, so that equal commits have equal names.
    """
    monkeypatch.setenv("GIT_AUTHOR_DATE", DAY)
    monkeypatch.setenv("GIT_COMMITTER_DATE", DAY)
    shared = Path("/dev/shm")  # noqa: S108 (quicker than a disk)
    with TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def scene(memory: Path) -> Scene:
    return Scene(memory)


def meet(
    repo: Repo, accident: Callable[[], None] = lambda: None, at: int = 0, patience: float = 5
) -> Child:
    """The command in a process of its own, with an accident at its n-th step."""
    return Child(repo.root, lambda: run(repo, patience=patience), accident, at)


def is_open(repo: Repo) -> bool:
    return journal.read(repo.root) is not None


def require_next_command_completes(repo: Repo, scene: Scene) -> None:
    """An open plan goes to its end; one that was never opened is decided on anew."""
    if not is_open(repo):
        now = State.of(repo)
        assert now in (scene.before, scene.after)
        if not leftovers(repo.root):
            return
    run(repo)
    assert State.of(repo) == scene.after
    assert leftovers(repo.root) == set()
    assert not (repo.root / ".git/index.lock").exists()


# --- a pulled plug ------------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("staged", [True, False], ids=["beside staged work", "alone"])
def test_killed_at_any_step_the_next_command_completes(
    memory: Path, staged: bool, part: int
) -> None:
    scene = Scene(memory, staged=staged)
    at, opened = part + 1, 0
    while True:
        repo = scene.copy()
        outcome = meet(repo, kill, at).end()
        if not outcome.happened:
            break
        assert outcome.killed
        opened += is_open(repo)
        require_next_command_completes(repo, scene)
        at += PARTS
    assert opened >= 4, "before and after renames, and before the commit"


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_again_while_completing(scene: Scene, part: int) -> None:
    """From the middle of the renames on, recovery itself is killed at its every step."""
    repo = scene.copy()
    meet(repo, kill, middle(scene)).end()
    half = scene.folder / "half"
    shutil.copytree(repo.root, half)
    at = part + 1
    while True:
        shutil.rmtree(repo.root)
        shutil.copytree(half, repo.root)
        if not meet(repo, kill, at).end().happened:
            break
        require_next_command_completes(repo, scene)
        at += PARTS


def middle(scene: Scene) -> int:
    """A step at which some files are in place and others not."""
    for at in range(1, 100):
        repo = scene.copy()
        meet(repo, kill, at).end()
        if is_open(repo) and (repo.root / "people/h/hedy.md").exists():
            return at
    raise AssertionError


@pytest.mark.parametrize("group", [True, False], ids=["with its git", "git goes on"])
def test_killed_from_outside_at_random_moments(scene: Scene, group: bool) -> None:
    repo, dice = scene.copy(), random.Random(3)
    begun = time.perf_counter()
    meet(repo).end()
    whole = time.perf_counter() - begun
    killed = 0
    for _ in range(KILLS // 2):
        repo = scene.copy()
        child = meet(repo)
        child.kill_after(dice.uniform(0, whole), group=group)
        killed += child.end().killed
        run(repo)
        assert State.of(repo) == scene.after
        assert leftovers(repo.root) == set()
    assert killed


# --- a write that fails -------------------------------------------------------------------------


def fail(code: int) -> Callable[[], None]:
    def accident() -> None:
        raise OSError(code, os.strerror(code))

    return accident


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize(
    ("accident", "once"),
    [(fail(errno.ENOSPC), True), (fail(errno.EACCES), False), (interrupt, True)],
    ids=["once no room", "no permission from then on", "interrupted"],
)
def test_any_write_failing_leaves_all_or_nothing(
    scene: Scene, accident: Callable[[], None], once: bool, part: int
) -> None:
    at = part + 1
    while True:
        repo = scene.copy()
        outcome = meet(repo, accident, at if once else -at, patience=0).end()
        if not outcome.happened:
            break
        assert not outcome.killed
        if outcome.error and outcome.error[0] not in (
            "KeyboardInterrupt",
            "PermissionError",
            "OSError",
        ):
            assert outcome.error[:2] in (("WorkspaceError", 3), ("GitFailed", 3))
            assert "\n" not in outcome.error[2]
        if not outcome.error:
            assert State.of(repo) == scene.after
        require_next_command_completes(repo, scene)
        at += 2


def test_an_interrupt_that_comes_after_the_commit_does_not_take_it_back(scene: Scene) -> None:
    repo = scene.copy()
    repo.hook("post-commit", "kill -INT $(cat .git/pid)")

    def work() -> None:
        repo.write(".git/pid", str(os.getpid()))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run(repo)

    assert Child(repo.root, work).end().error is None
    assert State.of(repo) == scene.after
    assert leftovers(repo.root) == set()


@pytest.mark.parametrize("limit", [0, 10, 200, 2_000, 20_000])
def test_a_file_that_cannot_be_written_to_its_end(scene: Scene, limit: int) -> None:
    """A disk that is really full, for us and for git: here by the system's limit on a file."""
    repo = scene.copy()
    change = repo.change("sources/g/activities/2026-12.jsonl", "".join(map(str, range(10_000))))

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        apply(repo.root, lambda: Plan((change,), "Import"))

    outcome = Child(repo.root, work).end()
    assert outcome.error
    assert outcome.error[0] in ("WorkspaceError", "GitFailed", "OSError")
    assert State.of(repo) == scene.before
    require_next_command_completes(repo, scene)


# --- an editor at the same time -----------------------------------------------------------------


def save_by_rename(path: Path) -> None:
    fresh = path.with_name(".editor")
    fresh.write_text("mine\n")
    fresh.replace(path)


def save_in_place(path: Path) -> None:
    path.write_text("mine\n")


@pytest.mark.parametrize("save", [save_by_rename, save_in_place], ids=lambda f: f.__name__)
@pytest.mark.parametrize("name", ["ada", "grace", "joan", "h/hedy"])
def test_what_an_editor_saves_at_any_step_survives(
    scene: Scene, name: str, save: Callable[[Path], None]
) -> None:
    """The plan patches, moves, deletes and creates these files."""
    at, refused, made = 1, 0, 0
    while True:
        repo = scene.copy()
        (repo.root / "people/h").mkdir()
        path = repo.root / f"people/{name}.md"
        outcome = meet(repo, partial(save, path), at).end()
        if not outcome.happened:
            break
        assert path.read_text() == "mine\n"
        assert leftovers(repo.root) == set()
        if outcome.error:
            assert outcome.error[0] in ("Changed", "Refused")
            assert State.of(repo).status[0] == scene.before.status[0]
            refused += 1
        else:
            made += 1
        at += 3
    assert refused
    assert made


def test_two_imports_and_an_editor_at_once_lose_nothing(repo: Repo) -> None:
    def import_twice(who: int) -> None:
        for n in range(2):
            while not done(f"import {who}.{n}\n", f"p{who}-{n}"):
                pass

    def done(line: str, name: str) -> bool:
        def decide() -> Plan:
            return repo.plan(ada=repo.read("people/ada.md") + line, **{name: line})

        try:
            apply(repo.root, decide, commit=False)
        except Refused:
            return False
        return True

    children = [Child(repo.root, partial(import_twice, who)) for who in range(2)]
    saved = [f"edit {n}\n" for n in range(30)]
    for line in saved:
        fresh = repo.root / "people/.editor"
        fresh.write_text(repo.read("people/ada.md") + line)
        fresh.replace(repo.root / "people/ada.md")
    assert [child.end().error for child in children] == [None, None]
    assert [x for x in repo.read("people/ada.md").splitlines(keepends=True) if x in saved] == saved
    assert {p.stem for p in (repo.root / "people").glob("p*")} == {"p0-0", "p0-1", "p1-0", "p1-1"}


def test_five_commands_at_once_wait_for_each_other(repo: Repo) -> None:
    def count(who: int) -> None:
        apply(
            repo.root, lambda: repo.plan(f"By {who}", ada=repo.read("people/ada.md") + f"{who}\n")
        )

    children = [Child(repo.root, partial(count, who)) for who in range(5)]
    assert [child.end().error for child in children] == [None] * 5
    assert sorted(repo.read("people/ada.md").split()) == sorted(["name:", "Ada", *"01234"])
    assert sorted(repo.subjects()) == ["Begin", *(f"By {n}" for n in range(5))]


# --- the whole program --------------------------------------------------------------------------


def crmtool(repo: Repo, *args: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "crmtool", "-q", "-C", str(repo.root), *args]
    path = os.pathsep.join(p for p in sys.path if p)
    return subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": path}, stdout=subprocess.DEVNULL, process_group=0
    )


@pytest.fixture
def project(scene: Scene) -> Scene:
    """Instead of the scene's workspace a new one, with a git source of two people."""
    source = Repo(scene.folder / "tern").begin()
    for who in ("Ada Lovelace", "Grace Hopper"):
        source.write(who, "1\n")
        source.git("add", "--all")
        source.git("commit", "--quiet", f"--author={who} <{who[0]}@example.org>", "--message", who)
    shutil.rmtree(scene.base.root)
    assert crmtool(source, "init", str(scene.base.root), "--git", str(source.root)).wait() == 0
    scene.before = State.of(scene.base)
    repo = scene.copy()
    assert crmtool(repo, "import").wait() == 0
    scene.after = State.of(repo)
    assert sorted(p.name for p in (repo.root / "people").glob("*.md")) == [
        "ada-lovelace.md", "grace-hopper.md", "grace.md",
    ]  # fmt: skip
    return scene


def test_an_import_killed_from_outside_is_completed_by_the_next_command(project: Scene) -> None:
    dice = random.Random(5)
    begun = time.perf_counter()
    crmtool(project.copy(), "import").wait()
    whole = time.perf_counter() - begun
    for n in range(max(2, KILLS // 5)):
        repo = project.copy()
        child = crmtool(repo, "import")
        try:
            child.wait(whole * dice.triangular(0, 1, 0.9))  # mostly where it writes
        except subprocess.TimeoutExpired:
            (os.killpg if n % 2 else os.kill)(child.pid, signal.SIGKILL)
            child.wait()
        assert crmtool(repo, "check").wait() == 0
        assert not is_open(repo)
        assert State.of(repo) in (project.before, project.after)
        assert crmtool(repo, "import").wait() == 0
        assert State.of(repo) == project.after
