"""The work tree: every path named, in git's order, and nothing opened that is not a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crmtool.model.protocols import Entry
from crmtool.store.tree import WorkTree
from tests.store.helpers import Repo


def made(root: Path, *paths: str) -> WorkTree:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(path.encode())
    return WorkTree(root)


def test_paths_come_in_the_order_of_git_which_reports_must_not_depend_on(repo: Repo) -> None:
    names = ["a/x", "a-b", "a.b", "a/b/c", "aé", "B", "a", "zz/y", "é/è", "\U0001f600", "\uffee"]
    for name in names:
        repo.write(f"people/{name}.md", "---\nname: X\n---\n")
    repo.write("tags.yml", "tags: {}\n")
    repo.write("README.md", "no record")
    repo.git("add", "--all")
    listed = repo.git("ls-files", "-z", "--", "crm.yml", "tags.yml", "people").split("\0")[:-1]
    config = ["crm.yml", "tags.yml"]
    expected = config + [path for path in listed if path not in config]
    assert [entry.path for entry in WorkTree(repo.root).entries()] == expected


def test_what_lies_outside_the_record_folders_is_not_looked_at(tmp_path: Path) -> None:
    tree = made(tmp_path, "crm.yml", "src/people/a.md", "notes.md", "site/x.md", "sources/a/b")
    assert [entry.path for entry in tree.entries()] == ["crm.yml", "sources/a/b"]


def test_links_and_special_files_are_named_and_never_followed(tmp_path: Path) -> None:
    tree = made(tmp_path, "people/ada.md", "elsewhere/secret.md")
    (tmp_path / "people/link.md").symlink_to("ada.md")
    (tmp_path / "people/folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "people/loop").symlink_to("..")
    (tmp_path / "notes").symlink_to("elsewhere")
    os.mkfifo(tmp_path / "people/pipe.md")
    os.mkfifo(tmp_path / "tags.yml")
    (tmp_path / "crm.yml").mkdir()
    assert list(tree.entries()) == [
        Entry("crm.yml", "special"),
        Entry("tags.yml", "special"),
        Entry("people/ada.md"),
        Entry("people/folder", "link"),
        Entry("people/link.md", "link"),
        Entry("people/loop", "link"),
        Entry("people/pipe.md", "special"),
        Entry("notes", "link"),
    ]


@pytest.mark.parametrize("path", ["people/pipe.md", "people/link.md", "people", "people/none.md"])
def test_reading_what_is_no_file_fails_at_once(tmp_path: Path, path: str) -> None:
    tree = made(tmp_path, "people/ada.md")
    os.mkfifo(tmp_path / "people/pipe.md")
    (tmp_path / "people/link.md").symlink_to("ada.md")
    with pytest.raises(OSError, match=r".*"):
        tree.read(path)


def test_a_repository_inside_is_named_and_not_entered(tmp_path: Path) -> None:
    tree = made(
        tmp_path,
        *("notes/clone/.git/config", "notes/clone/a.md"),
        *("sources/bare/HEAD", "sources/bare/objects/x", "sources/bare/refs/x"),
        "sources/real/HEAD",
    )
    assert list(tree.entries()) == [
        Entry("notes/clone", "submodule"),
        Entry("sources/bare", "submodule"),
        Entry("sources/real/HEAD"),
    ]


def test_a_name_that_is_not_utf_8_is_a_name_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    Path(os.fsdecode(bytes(tmp_path) + b"/people/bad\xff.md")).write_bytes(b"x")
    tree = WorkTree(tmp_path)
    (entry,) = tree.entries()
    assert tree.read(entry.path) == b"x"


def test_of_a_huge_file_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    tree = made(tmp_path, "people/ada.md")
    with (tmp_path / "people/ada.md").open("r+b") as file:
        file.truncate(1 << 40)
    assert tree.read("people/ada.md", 100) == b"people/ada.md" + bytes(87)


@pytest.mark.parametrize(
    ("limit", "expected"), [(-1, b"12345"), (0, b""), (3, b"123"), (9, b"12345")]
)
def test_a_limit_is_a_limit(tmp_path: Path, limit: int, expected: bytes) -> None:
    (tmp_path / "crm.yml").write_bytes(b"12345")
    assert WorkTree(tmp_path).read("crm.yml", limit) == expected
