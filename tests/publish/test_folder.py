from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.errors import Refused
from crmtool.publish.folder import MARKER, Folder


def build(out: Path, workspace: Path, **files: str) -> Folder:
    with Folder(out, workspace) as folder:
        for name, text in files.items():
            folder.write(name.replace("__", "/") + ".html", text.encode())
        folder.finish()
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    (root / "people").mkdir(parents=True)
    (root / "people" / "ada.md").write_text("ada")
    return root


def counts(folder: Folder) -> tuple[int, int, int]:
    return folder.written, folder.unchanged, folder.removed


def test_only_what_changed_is_written(workspace: Path) -> None:
    out = workspace / "build" / "site"
    assert counts(build(out, workspace, index="1", people__ada="2")) == (2, 0, 0)
    before = (out / "index.html").stat().st_mtime_ns
    assert counts(build(out, workspace, index="1", people__ada="3")) == (1, 1, 0)
    assert (out / "index.html").stat().st_mtime_ns == before
    assert (out / "people" / "ada.html").read_text() == "3"


def test_pages_that_went_away_are_deleted_and_nothing_else(workspace: Path) -> None:
    out = workspace / "site"
    build(out, workspace, index="1", people__ada="2", people__bob="3")
    (out / "CNAME").write_text("mine")
    assert counts(build(out, workspace, index="1")) == (0, 1, 2)
    assert sorted(p.name for p in out.iterdir()) == [MARKER, "CNAME", "index.html"]


@pytest.mark.parametrize("name", [".", "people", "..", "new/../people"])
def test_a_folder_of_the_users_is_refused(workspace: Path, name: str) -> None:
    with pytest.raises(Refused):
        Folder(workspace / name, workspace)
    assert (workspace / "people" / "ada.md").read_text() == "ada"


def test_a_file_is_refused(workspace: Path) -> None:
    (workspace / "file").write_text("x")
    with pytest.raises(Refused):
        Folder(workspace / "file", workspace)


def test_inside_git_is_refused(workspace: Path) -> None:
    with pytest.raises(Refused):
        Folder(workspace / ".git" / "site", workspace)


def test_links_are_refused(workspace: Path) -> None:
    (workspace / "elsewhere").mkdir()
    (workspace / "out").symlink_to(workspace / "elsewhere")
    with pytest.raises(Refused):
        Folder(workspace / "out", workspace)


def test_an_empty_folder_will_do(workspace: Path) -> None:
    (workspace / "out").mkdir()
    assert counts(build(workspace / "out", workspace, index="1")) == (1, 0, 0)


def test_nothing_is_written_or_deleted_through_a_link(workspace: Path) -> None:
    out = workspace / "out"
    build(out, workspace, index="1", people__ada="2")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(workspace / "people" / "ada.md")
    build(out, workspace, index="new", people__ada="2")
    assert (workspace / "people" / "ada.md").read_text() == "ada"
    assert (out / "index.html").read_text() == "new"
    (out / "people" / "ada.html").unlink()
    (out / "people").rmdir()
    (out / "people").symlink_to(workspace / "people")
    with pytest.raises(Refused):
        build(out, workspace, people__ada="2")
    build(out, workspace, index="new")
    assert (workspace / "people" / "ada.md").exists()


def test_a_marker_that_lists_what_lies_outside_deletes_nothing(workspace: Path) -> None:
    out = workspace / "out"
    build(out, workspace, index="1")
    with (out / MARKER).open("a") as file:
        file.write("../people/ada.md\n/etc/hostname\n./x\n\n")
    build(out, workspace, index="1")
    assert (workspace / "people" / "ada.md").exists()


def test_what_a_killed_build_left_is_known_to_the_next(workspace: Path) -> None:
    out = workspace / "out"
    with Folder(out, workspace) as killed:
        killed.write("people/ada.html", b"1")
    assert counts(build(out, workspace, index="1")) == (1, 0, 1)
    assert not (out / "people").exists()
