"""`crmtool identity review`: suggestions side by side, answered by a letter, each a commit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from crmtool.app.answering import Pair, Review
from crmtool.app.deciding import How
from crmtool.app.opening import Asked, Scene
from crmtool.cli.main import root as command
from crmtool.errors import Undecided
from crmtool.model.suggestion import Reason, Suggester, Suggestion
from tests.gitrepo import Project
from tests.imports import Crm
from tests.store.helpers import Repo

REASONS = (Reason("same login", 3.2), Reason("two accounts on one network", -1.0))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "crm").begin(
        ada="---\nname: Ada Lovelace\nidentities: [github:ada]\nlocation: London\n---\nWorkshops.\n",
        al="---\nname: Ada Lovelace\nidentities: [forum.x.org:al]\ntags: []\n---\n",
        ben="---\nname: Ben\n---\n",
        cleo="---\nname: Cleo\n---\n",
    )


def reviewing(repo: Repo, *pairs: tuple[str, str], how: How | None = None) -> Review:
    found = [Suggestion(a, b, 0.9, REASONS) for a, b in pairs]

    def finding(_scene: Scene) -> tuple[Suggester, str]:
        return lambda _community: iter(found), ""

    return Review(Asked(repo.root), how or How(), finding=finding)


def rows(pair: Pair) -> dict[str, tuple[str, str]]:
    return {label: (a, b) for label, a, b in pair.rows}


def test_two_are_shown_side_by_side(repo: Repo) -> None:
    (pair,) = reviewing(repo, ("ada", "al"))
    assert rows(pair) == {
        "": ("ada", "al"),
        "name": ("Ada Lovelace", "Ada Lovelace"),
        "accounts": ("github:ada", "forum.x.org:al"),
        "place": ("London", ""),
        "text": ("Workshops.", ""),
    }


def test_a_yes_merges_and_a_no_is_remembered_each_in_a_commit_with_the_reasons(repo: Repo) -> None:
    review = reviewing(repo, ("ada", "al"), ("ada", "ben"))
    first, second = review
    review.answer(first, "accept")
    assert repo.git("log", "-1", "--format=%B").startswith(
        "Merge al into ada, with 1 account\n\nBecause same login (90%)\n"
    )
    review.answer(second, "reject")
    assert repo.git("log", "-1", "--format=%s").strip() == "Keep ada and ben apart"
    assert list(reviewing(repo, ("ada", "al"), ("ada", "ben"), ("al", "ben"))) == []


def asked(pairs: Iterable[Pair], review: Review, *answers: str) -> list[tuple[str, str]]:
    """Which pairs were asked about, answered in this order."""
    found = []
    for pair, word in zip(pairs, answers, strict=False):
        found.append((pair.suggestion.a, pair.suggestion.b))
        review.answer(pair, "accept" if word == "y" else "reject")
    return found


def test_what_an_answer_settles_is_not_asked(repo: Repo) -> None:
    how = How(ask=lambda *_: "a")
    review = reviewing(repo, ("ada", "al"), ("ada", "ben"), ("al", "ben"), ("ben", "cleo"), how=how)
    assert asked(review, review, "y", "n", "y", "y") == [
        ("ada", "al"),
        ("ada", "ben"),
        ("ben", "cleo"),
    ]


def test_a_contradiction_is_not_settled_by_a_yes(repo: Repo) -> None:
    review = reviewing(repo, ("ada", "ben"))
    (pair,) = review
    with pytest.raises(Undecided, match="name is"):
        review.answer(pair, "accept")
    assert repo.git("status", "--short") == ""


def test_nothing_to_ask_about_is_said(repo: Repo) -> None:
    said = CliRunner().invoke(command, ["-C", str(repo.root), "identity", "review"])
    assert (said.exit_code, said.stdout) == (0, "0 of 0 answered\n"), said.stderr


@pytest.mark.parametrize("option", ["--dry-run", "--no-commit", "--branch=x"])
def test_an_answer_is_a_commit_at_once(option: str, repo: Repo) -> None:
    said = CliRunner().invoke(command, ["-C", str(repo.root), "identity", "review", option])
    assert said.exit_code == 2


def test_a_no_on_the_terminal_is_never_asked_again_by_anything(tmp_path: Path) -> None:
    """With who really finds suggestions: in a terminal's order, after an import, under new names."""
    project = Project(tmp_path / "core")
    for author in ("Anik Chand <anikchand461@example.org>", "anikc <anikchand461@example.net>"):
        project.commit(author=author)
    crm = Crm(tmp_path / "crm", project)
    crm.run()

    def review(*letters: str) -> str:
        words = ["-C", str(crm.root), "identity", "review"]
        said = CliRunner().invoke(command, words, input="".join(f"{x}\n" for x in letters))
        assert said.exit_code == 0, said.stderr
        return said.stdout

    later = review("what", "later")
    assert "1 of 1: " in later
    assert "anik-chand" in later
    assert "same local part" in later
    assert later.endswith("0 of 1 answered\n")
    assert "Keep anik-chand and anikc apart" in review("n")
    assert review() == "0 of 0 answered\n"
    for args in (["person", "rename", "anikc", "another"], ["import"]):
        assert CliRunner().invoke(command, ["-C", str(crm.root), *args]).exit_code == 0
    assert review() == "0 of 0 answered\n"
    people = sorted(path.stem for path in (crm.root / "people").glob("*.md"))
    assert people == ["anik-chand", "another"]
    assert CliRunner().invoke(command, ["-C", str(crm.root), "identity", "undo"]).exit_code == 0
    assert CliRunner().invoke(command, ["-C", str(crm.root), "identity", "undo"]).exit_code == 0
    assert review("y").endswith("1 of 1 answered\n")
    assert [path.stem for path in (crm.root / "people").glob("*.md")] == ["anik-chand"]
