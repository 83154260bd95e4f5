"""Who is who, decided by a request that others can look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.hosting import FakeGitHub, FakeGitLab, FakeHost, serving
from tests.app.test_proposing import FILES, Clone, begin, outside

__all__ = ["outside"]  # a fixture that every test here uses


@pytest.fixture(params=[FakeGitHub, FakeGitLab], ids=["github", "gitlab"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeHost]:
    """A host whose community has two records of one person."""
    with serving(request.param(tmp_path / "host")) as found:
        begin(found, FILES)
        first = Clone(found, tmp_path / "first")
        first.write("people/ada-l.md", "---\nname: Ada\n---\n")
        first.git("add", "--all")
        first.git("commit", "--quiet", "-m", "Another Ada")
        first.git("push", "--quiet", "origin", "HEAD:main")
        yield found


def test_a_merge_is_asked_for_and_nothing_here_changes(host: FakeHost, tmp_path: Path) -> None:
    clone = Clone(host, tmp_path / "crm")
    said = clone.crm("person", "merge", "ada", "ada-l", "--pull-request", "--reason", "met both")
    assert said.code == 0, said
    assert said.out.splitlines()[-1].startswith("opened ")
    [request] = host.requests
    assert "joined with Ada (ada) into one" in request["body"]
    assert (clone.root / "people/ada-l.md").exists()
    assert clone.git("branch", "--show-current") == "main"
    shown = clone.git("ls-tree", "-r", "--name-only", f"origin/{request['branch']}").splitlines()
    assert "people/ada-l.md" not in shown
    assert "people/ada.md" in shown
