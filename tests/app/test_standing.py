"""The import that runs every night: one branch, one request, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crmtool.model.keyed import Keyed
from tests.app.hosting import FakeGitHub, FakeGitLab, FakeHost, serving
from tests.app.test_proposing import FILES as EMPTY
from tests.app.test_proposing import Clone, begin, outside
from tests.conftest import KEY
from tests.gitrepo import ADA, GRACE, Project

__all__ = ["outside"]  # a fixture that every test here uses

KEY_MARK = Keyed(bytes.fromhex(KEY)).fingerprint
BRANCH = "crmtool/import"
FILES = {
    **EMPTY,
    "crm.yml": f"community: {{name: Terns}}\nprivacy: {{emails: none, key: {KEY_MARK}}}\n",
    "people/ada.md": "---\nname: Ada\n---\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\n",
}


class Scene:
    """A host, a project to import from, and what CI has checked out."""

    def __init__(self, host: FakeHost, folder: Path) -> None:
        self.host = host
        self.project = Project(folder / "core")
        self.project.commit(author=ADA)
        begin(host, FILES)
        self.ci = Clone(host, folder / "ci")

    def put(self, clone: Clone, files: dict[str, str]) -> None:
        """Commit to main and push it, as a maintainer does."""
        for path, text in files.items():
            clone.write(path, text)
        clone.git("add", "--all")
        clone.git("commit", "--quiet", "-m", "Edit")
        clone.git("push", "--quiet", "origin", "HEAD:main")

    def night(self) -> str:
        """A run of CI on a fresh state of main; what it said."""
        self.ci.git("switch", "--quiet", "main")
        self.ci.git("pull", "--quiet", "--ff-only")
        said = self.ci.crm("import", "--pull-request")
        assert said.code == 0, said
        assert self.ci.git("branch", "--show-current") == "main"
        return said.out.splitlines()[0]

    def feed(self) -> list[str]:
        """The activities that the branch has."""
        path = "sources/core/activities/2026-01.jsonl"
        return self.ci.git("show", f"origin/{BRANCH}:{path}").splitlines()


@pytest.fixture(params=[FakeGitHub, FakeGitLab], ids=["github", "gitlab"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """The same on both hosts."""
    with serving(request.param(tmp_path / "host")) as host:
        yield Scene(host, tmp_path)


def test_news_are_asked_for_and_main_stays_as_it_is(scene: Scene) -> None:
    before = scene.host.commit_of("terns/crm", "main")
    assert scene.night().startswith("opened ")
    [request] = scene.host.requests
    assert request["title"] == "News from the sources"
    assert "**source core**: 1 activity added, by 1 person" in request["body"]
    assert scene.host.commit_of("terns/crm", "main") == before


def test_the_next_night_goes_on_in_the_same_request(scene: Scene) -> None:
    scene.night()
    first = scene.host.commit_of("terns/crm", BRANCH)
    scene.project.commit(author=GRACE)
    assert scene.night().startswith("updated ")
    assert len(scene.host.requests) == 1
    assert len(scene.feed()) == 2
    assert first in scene.ci.git("log", "--format=%H", f"origin/{BRANCH}")


def test_a_night_without_news_pushes_nothing(scene: Scene) -> None:
    scene.night()
    before = scene.host.commit_of("terns/crm", BRANCH)
    scene.night()
    assert scene.host.commit_of("terns/crm", BRANCH) == before


def test_after_the_merge_there_is_nothing_to_ask(scene: Scene) -> None:
    scene.night()
    scene.host.merge(1)
    assert scene.night() == "core: 0 new activities"
    scene.project.commit(author=GRACE)
    assert scene.night().startswith("opened ")
    assert len(scene.feed()) == 2


def test_what_main_gained_meanwhile_is_taken_in(scene: Scene, tmp_path: Path) -> None:
    scene.night()
    scene.put(Clone(scene.host, tmp_path / "other"), {"people/zoe.md": "---\nname: Zoe\n---\n"})
    scene.project.commit(author=GRACE)
    scene.night()
    assert "people/zoe.md" in scene.ci.git("ls-tree", "-r", "--name-only", f"origin/{BRANCH}")


def test_on_a_conflict_it_is_done_anew(scene: Scene, tmp_path: Path) -> None:
    scene.night()
    [made] = [
        line
        for line in scene.ci.git("ls-tree", "-r", "--name-only", f"origin/{BRANCH}").splitlines()
        if line.startswith("people/") and line != "people/ada.md"
    ]
    text = "---\nname: Somebody else\n---\n"
    scene.put(Clone(scene.host, tmp_path / "other"), {made: text})
    scene.night()
    assert scene.ci.git("show", f"origin/{BRANCH}:{made}") + "\n" == text
    assert len(scene.feed()) == 1


def test_edits_are_not_risked(scene: Scene) -> None:
    scene.ci.write("people/ada.md", "---\nname: Ada K\n---\n")
    said = scene.ci.crm("import", "--pull-request")
    assert said.code == 6
    assert "commit or stash them" in said.err
    assert not scene.host.requests


def test_a_source_that_cannot_be_read_leaves_you_where_you_were(scene: Scene) -> None:
    scene.put(scene.ci, {"sources/core/source.yml": "type: git\ntarget: ../gone\n"})
    said = scene.ci.crm("import", "--pull-request")
    assert said.code == 5
    assert scene.ci.git("branch", "--show-current") == "main"


def test_by_policy_it_goes_straight_to_main(scene: Scene) -> None:
    said = scene.ci.crm("import", "--push")
    assert said.code == 0
    assert scene.host.commit_of("terns/crm", "main") == scene.ci.git("rev-parse", "HEAD")


def test_newer_work_on_main_is_never_overwritten(scene: Scene, tmp_path: Path) -> None:
    scene.put(Clone(scene.host, tmp_path / "other"), {"people/zoe.md": "---\nname: Zoe\n---\n"})
    before = scene.host.commit_of("terns/crm", "main")
    said = scene.ci.crm("import", "--push")
    assert said.code == 3
    assert "pull, then push it" in said.err
    assert scene.host.commit_of("terns/crm", "main") == before
