"""What lies around the records, and who says that everybody can read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmtool.app.checking import check
from crmtool.app.opening import Asked
from crmtool.store.objects import index_tree
from crmtool.store.survey import public_place, survey
from crmtool.store.tree import WorkTree
from tests.store.helpers import Repo

FILES = {
    "crm.yml": b"community: {name: Terns}\n",
    "people/ada.md": b"---\nname: Ada\n---\n",
    "people/.gitattributes": b"* -diff\n",
    ".gitattributes": b"* text=auto\n",
    "exports/list.csv": b"a,b\n" * 100_000,
    "site/docs/index.md": b"# Terns\n",
    "mkdocs.yml": b"site_name: Terns\n",
}
PASSED_OVER = {".crm/cache/x.csv": b"x", "build/x.csv": b"x", "site/node_modules/x.csv": b"x"}


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path) -> None:
    for path, data in {**FILES, **PASSED_OVER}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    repo = Repo(tmp_path)
    repo.git("init", "--quiet", "--template=")
    repo.git("add", *FILES)


def test_the_work_tree_and_the_index_are_surveyed_alike(tmp_path: Path) -> None:
    here = {(f.path, f.kind, f.head) for f in survey(WorkTree(tmp_path))}
    staged = {(f.path, f.kind, f.head) for f in survey(index_tree(tmp_path))}
    assert here == staged
    heads = {path: len(head) for path, _, head in here}
    assert heads == {
        ".gitattributes": 12,
        "exports/list.csv": 64 << 10,
        "mkdocs.yml": 0,
        "people/.gitattributes": 8,
        "site/docs/index.md": 0,
    }


def test_what_is_no_file_is_named_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "leak.csv").symlink_to("/etc/passwd")
    (tmp_path / "theme/.git").mkdir(parents=True)
    found = {f.path: (f.kind, f.head) for f in survey(WorkTree(tmp_path))}
    assert found["leak.csv"] == ("link", b"")
    assert found["theme"] == ("submodule", b"")


def runner(folder: Path, **repository: object) -> dict[str, str]:
    event = folder / "event.json"
    event.write_text(json.dumps({"repository": repository}))
    return {"GITHUB_EVENT_PATH": str(event), "GITHUB_WORKSPACE": str(folder / "checkout")}


@pytest.mark.parametrize(
    ("repository", "place"),
    [
        ({"private": True}, ""),
        ({"private": False, "html_url": "https://github.com/a/b"}, "https://github.com/a/b"),
        ({"visibility": "public"}, "GitHub"),
        ({"visibility": "internal", "private": True}, ""),
        ({}, ""),
    ],
)
def test_a_forge_s_runner_says_whether_its_repository_is_public(
    tmp_path: Path, repository: dict[str, object], place: str
) -> None:
    environ = runner(tmp_path, **repository)
    assert public_place(tmp_path / "checkout" / "crm", environ) == place
    assert public_place(tmp_path / "elsewhere", environ) == ""


def test_gitlab_says_it_too(tmp_path: Path) -> None:
    environ = {"CI_PROJECT_VISIBILITY": "public", "CI_PROJECT_DIR": str(tmp_path)}
    assert public_place(tmp_path, environ) == "GitLab"
    assert public_place(tmp_path, environ | {"CI_PROJECT_VISIBILITY": "private"}) == ""


def test_nobody_says_so_where_there_is_no_runner_or_a_broken_event(tmp_path: Path) -> None:
    assert public_place(tmp_path, {}) == ""
    (tmp_path / "event").write_text("[")
    broken = {"GITHUB_EVENT_PATH": str(tmp_path / "event"), "GITHUB_WORKSPACE": str(tmp_path)}
    assert public_place(tmp_path, broken) == ""


def test_real_people_in_a_public_repository_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "checkout/crm"
    root.mkdir(parents=True)
    for name, value in runner(tmp_path, private=False).items():
        monkeypatch.setenv(name, value)
    (root / "crm.yml").write_text("community: {name: Terns}\n")
    assert [(f.code, f.path, f.line) for f in check(Asked(root))] == [
        ("public-remote", "crm.yml", 1)
    ]
    (root / "crm.yml").write_text("community: {name: Terns, example: true}\n")
    assert check(Asked(root)) == []
