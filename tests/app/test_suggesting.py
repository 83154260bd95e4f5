"""`crmtool identity suggest`: for a reviewer, a program, and the benchmark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import crm
from tests.gitrepo import Project
from tests.imports import Crm

PAIRS = [
    ("Ada Lovelace", "countess@gmail.com"),
    ("al", "countess@engines.example"),
    ("Grace Hopper", "grace@gmail.com"),
    ("ghopper", "ghopper@navy.example"),
    ("Zoë Ørsted", "zoe@example.org"),
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "core")
    for name, address in PAIRS:
        found.commit(author=f"{name} <{address}>")
    return found


def workspace(project: Project, root: Path, emails: str = "hmac") -> Path:
    made = Crm(root, project, emails=emails)
    made.run()
    return made.root


def test_a_reviewer_reads_both_names_and_each_reason_with_its_weight(
    project: Project, tmp_path: Path
) -> None:
    said = crm("-C", workspace(project, tmp_path / "crm"), "identity", "suggest")
    first, _, more = said.out.partition("\n")
    assert first.endswith("Ada Lovelace (ada-lovelace)  =  al?")
    assert "the same local part, nobody else's" in more
    assert said.code == 0
    assert "crmtool identity review" in said.err


def test_pairs_count_the_lines_of_the_export(project: Project, tmp_path: Path) -> None:
    root = workspace(project, tmp_path / "crm")
    lines = [json.loads(x) for x in crm("-C", root, "identity", "export").out.splitlines()]
    found = json.loads(crm("-C", root, "identity", "suggest", "--format", "pairs").out)["suggest"]
    named = {frozenset((lines[i]["name"], lines[j]["name"])) for i, j, _ in found}
    assert named == {frozenset(("Ada Lovelace", "al")), frozenset(("Grace Hopper", "ghopper"))}
    assert [score for *_, score in found] == sorted((s for *_, s in found), reverse=True)


def test_a_limit_keeps_the_surest(project: Project, tmp_path: Path) -> None:
    root = workspace(project, tmp_path / "crm")
    said = json.loads(
        crm("-C", root, "identity", "suggest", "--format", "json", "--limit", "1").out
    )
    (one,) = said["data"]
    assert said["kind"] == "suggestions"
    assert {one["a"], one["b"]} == {"ada-lovelace", "al"}
    assert set(one["reasons"][0]) == {"words", "weight"}


def test_readable_and_hashed_addresses_ask_the_same(project: Project, tmp_path: Path) -> None:
    asked = [
        crm("-C", workspace(project, tmp_path / policy, policy), "identity", "suggest").out
        for policy in ("hmac", "plain")
    ]
    assert asked[0] == asked[1]


def test_a_rejected_pair_is_not_asked_again(project: Project, tmp_path: Path) -> None:
    root = workspace(project, tmp_path / "crm")
    file = root / "people/al.md"
    file.write_text(file.read_text().replace("\n---", "\nnot_same_as: [ada-lovelace]\n---", 1))
    assert "ada-lovelace" not in crm("-C", root, "identity", "suggest").out


def test_without_the_key_it_says_so(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(project, tmp_path / "crm")
    monkeypatch.delenv("CRMTOOL_KEY", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nowhere"))
    said = crm("-C", root, "identity", "suggest")
    assert said.code == 0
    assert "nothing of addresses is compared" in said.err


def test_it_is_not_for_the_public(project: Project, tmp_path: Path) -> None:
    root = workspace(project, tmp_path / "crm")
    said = crm("-C", root, "identity", "suggest", "--audience", "public")
    assert (said.code, said.out) == (2, "")
