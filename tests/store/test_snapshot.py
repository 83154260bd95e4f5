"""The digest of a work tree: another one for any other content, and the same for the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.store.snapshot import check_digest
from tests.store.helpers import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "crm").begin(ada="---\nname: Ada\n---\n", bob="---\nname: Bob\n---\n")
    repo.write(".gitignore", "/.crm/\nignored.md\n")
    repo.commit_all("Ignore")
    return repo


def test_the_same_files_have_the_same_digest_however_git_came_to_know_them(repo: Repo) -> None:
    first = check_digest(repo.root)
    assert first
    assert check_digest(repo.root) == first
    repo.write("people/ada.md", "---\nname: Ada L\n---\n")
    edited = check_digest(repo.root)
    repo.write("people/ada.md", "---\nname: Ada\n---\n")
    repo.git("update-index", "--refresh")
    assert check_digest(repo.root) == first != edited


def touch_back(path: Path, text: str) -> None:
    """Write other content of the same length and set every time back that can be set."""
    before = path.stat()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def stage(repo: Repo) -> None:
    repo.write("people/n.md", "x")
    repo.git("add", "--all")


CHANGES: dict[str, Callable[[Repo], object]] = {
    "edited": lambda r: r.write("people/ada.md", "---\nname: Adah\n---\n"),
    "edited, of equal length and times": lambda r: touch_back(
        r.root / "people/ada.md", "---\nname: Eda\n---\n"
    ),
    "new": lambda r: r.write("people/new.md", "---\nname: New\n---\n"),
    "new and ignored": lambda r: r.write("people/ignored.md", "---\nname: New\n---\n"),
    "gone": lambda r: (r.root / "people/ada.md").unlink(),
    "moved": lambda r: (r.root / "people/ada.md").rename(r.root / "people/eda.md"),
    "a link": lambda r: (r.root / "people/link.md").symlink_to("ada.md"),
    "configuration": lambda r: r.write("crm.yml", "community: {name: Gulls}\n"),
    "a feed": lambda r: r.write("sources/x/activities/2026-01.jsonl", "{}\n"),
    "attributes": lambda r: r.write(".gitattributes", "*.md -diff\n"),
    "staged": stage,
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_a_check_would_see_changes_it(repo: Repo, what: str) -> None:
    first = check_digest(repo.root)
    CHANGES[what](repo)
    assert check_digest(repo.root) != first


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_files_that_git_was_told_to_overlook_are_looked_at(repo: Repo, flag: str) -> None:
    repo.git("update-index", flag, "people/ada.md")
    first = check_digest(repo.root)
    assert first == check_digest(repo.root)
    repo.write("people/ada.md", "---\nname: Eda\n---\n")
    assert check_digest(repo.root) != first


def test_settings_that_make_git_careless_are_overruled(repo: Repo) -> None:
    repo.git("config", "core.trustctime", "false")
    repo.git("config", "core.checkStat", "minimal")
    first = check_digest(repo.root)
    touch_back(repo.root / "people/ada.md", "---\nname: Eda\n---\n")
    assert check_digest(repo.root) != first


def test_the_key_counts_where_somebody_was_forgotten(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_key(text: str) -> bytes | None:
        monkeypatch.setenv("CRMTOOL_KEY", text * 64)
        return check_digest(repo.root)

    assert other_key("a") == other_key("b")
    repo.write("sources/forgotten.jsonl", "")
    assert other_key("a") != other_key("b")


def test_where_git_cannot_tell_there_is_none(repo: Repo, tmp_path: Path) -> None:
    assert check_digest(tmp_path) is None
    Repo(repo.root / "people/nested").begin()
    assert check_digest(repo.root) is None
