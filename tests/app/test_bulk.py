"""Decisions from a file: CSV or JSON Lines, one commit, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.app.bulk import read_decisions
from crmtool.errors import UsageError
from tests.cli.running import Said, crm
from tests.store.helpers import Repo


def person(name: str, more: str = "") -> str:
    return f"---\nname: {name}\n{more}---\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "crm").begin(
        ada=person("Ada Lovelace", "identities: [github:ada]\n"),
        al=person("Ada Lovelace", "identities: [github:al]\n"),
        countess=person("Ada Lovelace", "location: London\n"),
        grace=person("Grace Hopper"),
        hopper=person("Hopper"),
    )


def decided(repo: Repo, text: str, *options: str, name: str = "decisions.csv") -> Said:
    path = repo.root.parent / name
    path.write_text(text)
    return crm("-C", repo.root, "identity", "review", "--from", path, *options)


CSV = """\
decision,a,b,prefer
accept,ada,al,
y,countess,github:al,
reject,ada,grace,
merge,grace,hopper,hopper
"""
JSONL = """\
{"decision": "accept", "a": "ada", "b": "al"}
{"decision": "yes", "a": "countess", "b": "github:al"}

{"decision": "no", "a": "ada", "b": "grace"}
{"decision": "same", "a": "grace", "b": "hopper", "prefer": "hopper"}
"""


SHEET = CSV.replace(",", ";").replace("decision;a;b;", "Decision;A;B;")


@pytest.mark.parametrize(
    "text", [CSV, JSONL, "\ufeff" + CSV, CSV.replace("\n", "\r\n"), "\ufeff" + SHEET]
)
def test_all_of_it_is_one_commit(text: str, repo: Repo) -> None:
    said = decided(repo, text)
    assert said.code == 0, said.err
    assert said.out.splitlines() == [
        "Merge al into ada, with 1 account",
        "Merge countess into ada, with 0 accounts",
        "Keep ada and grace apart",
        "Merge hopper into grace, with 0 accounts",
    ]
    assert sorted(p.stem for p in (repo.root / "people").iterdir()) == ["ada", "grace"]
    assert repo.git("rev-list", "--count", "HEAD").strip() == "2"
    message = repo.git("log", "-1", "--format=%B")
    assert message.startswith("Decide who is who, 4 times\n\nMerge al into ada")
    assert "\nCrmtool: reject ada grace\n" in message
    assert "name: Hopper\n" in repo.read("people/grace.md")
    assert "not_same_as:\n  - grace\n" in repo.read("people/ada.md")
    before = repo.git("rev-parse", "HEAD~1^{tree}")
    assert crm("-C", repo.root, "identity", "undo").code == 0
    assert repo.git("rev-parse", "HEAD^{tree}") == before


def test_where_one_cannot_be_none_is_and_each_is_told_with_its_line(repo: Repo) -> None:
    said = decided(
        repo,
        "decision,a,b\nreject,ada,al\naccept,ada,al\naccept,ada,nobody\naccept,grace,hopper\n",
    )
    assert said.code == 6
    lines = said.err.splitlines()
    path = repo.root.parent / "decisions.csv"
    assert lines[0].startswith(f"{path}:3: people/ada.md lists al under not_same_as")
    assert lines[1].startswith(f"{path}:4: there is no person and no account 'nobody'")
    assert lines[2].startswith(f"{path}:5: grace and hopper contradict each other: name is")
    assert lines[3] == "crmtool: 3 of 4 decisions cannot be carried out, so none was"
    assert repo.git("status", "--short") == ""
    assert repo.git("rev-list", "--count", "HEAD").strip() == "1"


def test_a_branch_takes_all_of_it(repo: Repo) -> None:
    assert decided(repo, CSV, "--branch", "who-is-who").code == 0
    assert repo.git("rev-list", "--count", "who-is-who").strip() == "2"
    assert repo.git("rev-list", "--count", "HEAD").strip() == "1"


def test_a_file_that_is_no_text_is_told(repo: Repo) -> None:
    path = repo.root.parent / "decisions.csv"
    path.write_bytes(CSV.encode("utf-16"))
    said = crm("-C", repo.root, "identity", "review", "--from", path)
    assert (said.code, "decisions.csv is not UTF-8 text" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\nada,al\n", "x.csv:1: the first line has to name decision, a and b"),
        ("decision,a,b\nperhaps,ada,al\n", "x.csv:2: 'perhaps' is no decision"),
        ("decision,a,b\ny,ada\n", "x.csv:2: a or b is empty"),
        ('{"decision": "y", "a": "ada"', "x.csv:1: is not JSON"),
        ('{"decision": "y", "a": "ada"}', "x.csv:1: a or b is empty"),
        ("", "x.csv:1: the first line has to name decision"),
        ("decision,a,b\nhm,ada,al\ny,ada\n", "'hm' is no decision; x.csv:3: a or b is empty"),
        ("decision,a,b\n" + 12 * "hm,ada,al\n", r"x.csv:11: 'hm' is no decision \(and 2 more\)"),
    ],
)
def test_what_is_no_decision_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_decisions("x.csv", text)
