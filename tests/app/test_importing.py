"""`crmtool import` from real git repositories: who did what, and nothing lost or doubled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.gitrepo import ADA, GRACE, Project
from tests.imports import KEYED, Crm, counted

MAILMAP = "Ada Lovelace <ada@example.org> <ada@old.example.org>\nGrace Hopper <grace@example.org>\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "core")


def test_authored_commits_are_those_of_git_shortlog(project: Project, tmp_path: Path) -> None:
    """Per (name, address) after `.mailmap`, merges and an octopus among them."""
    first = project.commit("Begin", files={".mailmap": MAILMAP})
    one = project.commit("One", author="ada <ada@old.example.org>", branch="one")
    two = project.commit("Two", author="grace <GRACE@example.org>", branch="two", parents=[first])
    three = project.commit("Three", author=b"Zo\xeb <zoe@example.org>", branch="x", parents=[first])
    project.commit("Merge one", author=GRACE, parents=[first, one])
    project.commit("Merge all", author=GRACE, parents=[project.head(), two, three])
    project.commit("Nameless", author=" <someone@example.org>")
    crm = Crm(tmp_path / "crm", project)
    crm.run()
    assert crm.authors() == counted(project)
    assert crm.authors().total() == int(project.git("rev-list", "--count", "HEAD"))
    assert Counter(a["type"] for a in crm.activities()) == {"commit": 5, "merge": 2}
