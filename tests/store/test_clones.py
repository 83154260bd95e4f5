"""Repositories elsewhere: cloned into the cache, fetched again, and clear words when that fails."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from crmtool.errors import RepositoryError
from crmtool.model.config import Source
from crmtool.store.clones import AccessDenied, Clone
from crmtool.store.git import ForeignRepository, run
from tests.gitrepo import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "elsewhere")
    made.git("config", "uploadpack.allowFilter", "true")
    made.commit("Begin", files={".mailmap": "Ada <ada@example.org>\n", "big.txt": "x" * 1000})
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "crm").mkdir()
    return tmp_path / "crm"


def source(target: str, **more: str) -> Source:
    return Source.model_validate({"type": "git", "target": target, **more})


def unwatched(done: int, total: int | None) -> None:
    """Nobody looks at the progress."""


def refresh(root: Path, target: str, **more: str) -> ForeignRepository:
    clone = Clone(root, "core", source(target, **more))
    return ForeignRepository("core", clone.refresh(unwatched))


def subjects(repository: ForeignRepository) -> list[str]:
    with repository.log("%s", repository.head(None), None) as chunks:
        return b"".join(chunks).decode().split("\0")[:-1]


def address(project: Project) -> str:
    return f"file://{project.folder}"


def test_one_branch_with_its_mailmap_and_no_other_content(project: Project, root: Path) -> None:
    project.commit("Not asked for", branch="topic")
    repository = refresh(root, address(project))
    assert subjects(repository) == ["Begin"]
    assert repository.mailmap(project.head())
    held = run(repository.git_dir, f"--git-dir={repository.git_dir}", "cat-file",
               "--batch-all-objects", "--batch-check=%(objecttype)").split()  # fmt: skip
    assert sorted(held) == [b"blob", b"commit", b"tree"]


def test_a_later_import_fetches_what_is_new(project: Project, root: Path) -> None:
    folder = refresh(root, address(project)).folder
    (folder / "the-same-clone").touch()
    project.commit("Second")
    assert subjects(refresh(root, address(project))) == ["Second", "Begin"]
    assert (folder / "the-same-clone").exists()
    project.point("main", project.commit("Rewritten", parents=[]))
    assert subjects(refresh(root, address(project))) == ["Rewritten"]


def test_the_default_branch_may_change(project: Project, root: Path) -> None:
    refresh(root, address(project))
    project.commit("On trunk", branch="trunk")
    project.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    assert subjects(refresh(root, address(project))) == ["On trunk"]


def test_a_branch_by_name(project: Project, root: Path) -> None:
    project.commit("Fix", branch="v1")
    assert subjects(refresh(root, address(project), branch="v1")) == ["Fix"]


def test_the_cache_may_be_deleted(project: Project, root: Path) -> None:
    refresh(root, address(project))
    shutil.rmtree(root / ".crm" / "cache")
    assert subjects(refresh(root, address(project))) == ["Begin"]


def test_a_clone_that_was_cut_off_is_begun_anew(project: Project, root: Path) -> None:
    folder = Clone(root, "core", source(address(project))).folder
    folder.with_suffix(".new").mkdir(parents=True)
    folder.mkdir()
    assert subjects(refresh(root, address(project))) == ["Begin"]


def test_a_shallow_remote_and_the_same_one_deepened(
    project: Project, root: Path, tmp_path: Path
) -> None:
    """With a filter as well, git before 2.44 would start processes without end."""
    project.commit("Second")
    run(tmp_path, "clone", "--quiet", "--bare", "--depth=1", address(project), "shallow.git")
    shallow = tmp_path / "shallow.git"
    assert refresh(root, f"file://{shallow}").is_shallow
    run(shallow, f"--git-dir={shallow}", "fetch", "--quiet", "--unshallow",
        env={"GIT_NO_LAZY_FETCH": "0"})  # fmt: skip
    deepened = refresh(root, f"file://{shallow}")
    assert not deepened.is_shallow
    assert subjects(deepened) == ["Second", "Begin"]


def test_progress_is_told(project: Project, root: Path) -> None:
    told: list[tuple[int, int | None]] = []
    Clone(root, "core", source(address(project))).refresh(lambda *args: told.append(args))
    assert told
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(
    ("target", "more", "message", "hint"),
    [
        ("file:///nowhere/at/all", {}, "cannot be read", "check the address"),
        ("file://{}", {"branch": "mian"}, "no branch 'mian'", "there are: main"),
    ],
)
def test_what_cannot_be_fetched(
    target: str, more: dict[str, str], message: str, hint: str, project: Project, root: Path
) -> None:
    with pytest.raises(RepositoryError, match=message) as raised:
        refresh(root, target.format(project.folder), **more)
    assert raised.value.exit_code == 5
    assert hint in raised.value.hint


def test_a_remote_without_a_commit(root: Path, tmp_path: Path) -> None:
    empty = Project(tmp_path / "empty")
    with pytest.raises(RepositoryError, match="has no commit yet"):
        refresh(root, address(empty))


class Guarded(BaseHTTPRequestHandler):
    """A server that lets nobody in, and remembers how it was asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.headers.get("Authorization", ""))
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


@pytest.fixture
def guarded() -> Iterator[str]:
    Guarded.asked = []
    with HTTPServer(("127.0.0.1", 0), Guarded) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/x.git"
        server.shutdown()


def test_who_is_not_let_in_is_told_how(guarded: str, root: Path) -> None:
    with pytest.raises(AccessDenied, match="cannot be read") as raised:
        refresh(root, guarded)
    assert raised.value.exit_code == 4
    assert "token_env" in raised.value.hint
    assert set(Guarded.asked) == {""}


@pytest.mark.parametrize(
    ("target", "value", "message"),
    [
        ("https://example.org/x.git", None, "the variable TOKEN is not set"),
        ("http://example.org/x.git", "s3cret", "over https only"),
        ("git@example.org:x.git", "s3cret", "over https only"),
    ],
)
def test_a_token_that_cannot_be_sent(
    target: str, value: str | None, message: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value:
        monkeypatch.setenv("TOKEN", value)
    with pytest.raises(AccessDenied, match=message):
        Clone(root, "core", source(target, token_env="TOKEN"))


def test_a_token_is_for_its_host_and_in_no_argument(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "s3cret")
    clone = Clone(root, "core", source("https://example.org/x.git", token_env="TOKEN"))
    assert clone.env["GIT_CONFIG_KEY_0"] == "http.https://example.org/.extraHeader"
    assert clone.env["GIT_CONFIG_VALUE_0"] == "Authorization: Basic eC1hY2Nlc3MtdG9rZW46czNjcmV0"
    assert "s3cret" not in " ".join(clone.command("fetch"))
    assert clone.env["GIT_TERMINAL_PROMPT"] == "0"


def test_ssh_is_the_user_s_own_and_asks_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -i key")
    clone = Clone(root, "core", source("git@example.org:x.git"))
    assert clone.env["GIT_SSH_COMMAND"].startswith("ssh -i key -oBatchMode=yes")
    assert "GIT_SSH_COMMAND" not in Clone(root, "core", source("https://example.org/x")).env
