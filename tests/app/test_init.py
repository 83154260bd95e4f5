"""`crmtool init`: a workspace that is ready to import, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from git import Repo

from crmtool.app.checking import check
from crmtool.app.init import init
from crmtool.app.opening import Asked
from crmtool.errors import Refused, RepositoryError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone with one commit."""
    repo = Repo.init(tmp_path / "My Project", initial_branch="main")
    with repo.config_writer() as config:
        config.set_value("user", "name", "Ada").set_value("user", "email", "ada@example.org")
    repo.git.commit("--allow-empty", "-m", "Begin")
    return Path(repo.working_dir)


def test_a_new_workspace_is_committed_and_clean(project: Path, tmp_path: Path) -> None:
    said = init(tmp_path / "crm", (str(project),), None, "hmac")
    repo = Repo(tmp_path / "crm")
    assert not repo.is_dirty(untracked_files=True)
    assert check(Asked(tmp_path / "crm")) == []
    assert any("my-project" in line for line in said)


def test_the_source_s_path_is_relative_so_that_both_can_move(project: Path, tmp_path: Path) -> None:
    init(tmp_path / "crm", (str(project),), None, "hmac")
    text = (tmp_path / "crm" / "sources" / "my-project" / "source.yml").read_text()
    assert text == 'type: git\ntarget: "../My Project"\n'


def test_the_key_stays_outside_and_only_its_fingerprint_inside(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMTOOL_KEY", "ab" * 32)
    init(tmp_path / "crm", (str(project),), None, "hmac")
    texts = [p.read_bytes() for p in (tmp_path / "crm").glob("*.yml")]
    assert not any(b"abab" in text for text in texts)
    assert any(b"key: " in text for text in texts)


def test_a_folder_that_is_no_repository_makes_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(RepositoryError, match="is not a git repository"):
        init(tmp_path / "crm", (str(tmp_path / "plain"),), None, "hmac")
    assert not (tmp_path / "crm").exists()


@pytest.mark.parametrize("name", ["crm.yml", "people", "mkdocs.yml"])
def test_what_is_there_is_not_taken_over(name: str, project: Path, tmp_path: Path) -> None:
    (tmp_path / "crm").mkdir()
    (tmp_path / "crm" / name).write_text("mine")
    with pytest.raises(Refused):
        init(tmp_path / "crm", (str(project),), None, "hmac")
    assert (tmp_path / "crm" / name).read_text() == "mine"


def test_a_workspace_needs_no_repository_to_begin(tmp_path: Path) -> None:
    init(tmp_path / "crm", (), "The Tern: project", "none")
    assert 'name: "The Tern: project"' in (tmp_path / "crm" / "crm.yml").read_text()
    assert check(Asked(tmp_path / "crm")) == []
