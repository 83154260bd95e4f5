"""`crmtool check`: every finding at its line, in the order in which one would mend them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crmtool.app.checking import Verdict, check, judge
from crmtool.app.opening import Asked
from crmtool.app.scope import Scope
from crmtool.errors import UsageError
from crmtool.model.finding import Finding
from crmtool.store.snapshot import check_digest
from crmtool.store.verdicts import recall
from tests.cli.running import crm, environment
from tests.store.helpers import Repo

FILES = {
    "crm.yml": "community: {name: Terns}\n",
    "people/b.md": "---\nname: B\ntags:\n  - one\n  - two\nowner: nobody\n---\n"
    "Write to b@example.org.\n",
    "people/a.md": "---\nnmae: A\nnam: A\nname: A\n---\n",
    "people/c.md": "---\r\nname: C\r\n---\r\n\r\nc@example.org\r\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\nsubproject: none\n",
    "sources/core/activities/2026-11.jsonl": "\nbroken\n",
}


def test_findings_stand_at_their_lines_in_order(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    found = [f"{f.path}:{f.line}:{f.column}" for f in check(Asked(tmp_path))]
    assert found == [
        "people/a.md:2:1",
        "people/a.md:3:1",
        "people/b.md:4:5",
        "people/b.md:5:5",
        "people/b.md:6:1",
        "people/b.md:8:10",
        "people/c.md:5:1",
        "sources/core/activities/2026-11.jsonl:2:1",
        "sources/core/source.yml:3:1",
    ]
    said = crm("-C", tmp_path, "check").out.splitlines()
    assert said[0] == "people/a.md:2:1: error[unknown-key]: unknown key 'nmae'"
    assert said[1] == "    did you mean 'name'?"


def test_a_second_check_with_the_cache_says_the_same(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    assert check(Asked(tmp_path)) == check(Asked(tmp_path))


CLEAN = {
    "crm.yml": "community: {name: Terns}\n",
    "people/ada.md": "---\nname: Ada\n---\n",
    "people/joan.md": "---\nname: Joan\n---\n",
    "notes/talk.md": "---\ndate: 2026-05-01\nauthor: joan\nabout: [ada]\n---\nSaid hello.\n",
}
DEBT = "---\nname: Bob\nowner: nobody\n---\nWrite to bob@example.org.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A clean workspace in git, with one file of old debt."""
    repo = Repo(tmp_path / "crm").begin()
    for path, text in {**CLEAN, "people/bob.md": DEBT}.items():
        repo.write(path, text)
    repo.commit_all("Base")
    return repo


def judged(repo: Repo, **scope: Any) -> Verdict:
    staged = scope.pop("staged", False)
    return judge(Asked(repo.root, staged=staged), Scope(**{"base": "HEAD", **scope}))


def told(findings: Iterable[Finding]) -> list[str]:
    return [f"{f.path}:{f.line} {f.severity} {f.code}" for f in findings]


class TestAgainstABase:
    """`--base`: what a change makes wrong, wherever that is, and nothing else, stands in its way."""

    def test_old_debt_is_told_and_blocks_nobody(self, repo: Repo) -> None:
        verdict = judged(repo)
        assert verdict.findings == []
        assert told(verdict.older) == [
            "people/bob.md:3 error unknown-person",
            "people/bob.md:5 error email-outside-contact",
        ]

    def test_old_debt_stays_old_when_its_lines_move(self, repo: Repo) -> None:
        moved = DEBT.replace("name: Bob", "pronouns: he/him\nname: Bob").replace("Write", "\nWrite")
        repo.write("people/bob.md", moved)
        verdict = judged(repo)
        assert (verdict.findings, len(verdict.older)) == ([], 2)

    def test_a_deleted_person_breaks_a_note_that_nobody_touched(self, repo: Repo) -> None:
        (repo.root / "people/ada.md").unlink()
        assert told(judged(repo).findings) == ["notes/talk.md:4 error unknown-person"]

    def test_of_equal_findings_the_one_on_a_new_line_is_new(self, repo: Repo) -> None:
        repo.write("people/bob.md", DEBT.replace("Write", "Or to b@example.org.\nWrite"))
        verdict = judged(repo)
        assert told(verdict.findings) == ["people/bob.md:5 error email-outside-contact"]
        assert "people/bob.md:6 error email-outside-contact" in told(verdict.older)

    def test_files_that_the_change_touches_come_first(self, repo: Repo) -> None:
        (repo.root / "people/ada.md").unlink()
        repo.write("people/zoe.md", "---\nname: Zoe\nowner: nobody\n---\n")
        assert [f.path for f in judged(repo).findings] == ["people/zoe.md", "notes/talk.md"]

    def test_what_is_staged_is_judged_as_it_is_staged(self, repo: Repo) -> None:
        repo.write("people/ada.md", "---\nname: Ada\nowner: nobody\n---\n")
        assert judged(repo, staged=True).findings == []
        repo.git("add", "--all")
        repo.write("people/ada.md", CLEAN["people/ada.md"])
        assert told(judged(repo, staged=True).findings) == ["people/ada.md:3 error unknown-person"]
        assert judged(repo).findings == []

    def test_severities_are_the_base_s(self, repo: Repo) -> None:
        repo.write("crm.yml", CLEAN["crm.yml"] + "check: {severity: {unknown-person: info}}\n")
        repo.write("people/ada.md", "---\nname: Ada\nowner: nobody\n---\n")
        assert told(judged(repo).findings) == [
            "crm.yml:2 info changed-policy",
            "people/ada.md:3 error unknown-person",
        ]

    def test_the_policy_is_the_base_s_and_the_vocabulary_is_not(self, repo: Repo) -> None:
        config = "privacy: {emails: plain}\nsubprojects: {docs: {title: Docs}}\n"
        repo.write("crm.yml", CLEAN["crm.yml"] + config)
        task = "---\ntitle: T\nsubproject: docs\n---\n"
        repo.write("tasks/t.md", task)
        identity = "---\nname: Ada\nidentities: ['email:ada@example.org']\n---\n"
        repo.write("people/ada.md", identity)
        assert told(judged(repo).findings) == [
            "crm.yml:2 info changed-policy",
            "people/ada.md:3 error address-in-clear",
        ]

    def test_a_policy_made_stricter_is_obeyed_at_once(self, repo: Repo) -> None:
        repo.write("crm.yml", CLEAN["crm.yml"] + "check: {severity: {special-category: error}}\n")
        repo.write("people/ada.md", CLEAN["people/ada.md"] + "She is gay.\n")
        assert told(judged(repo).findings) == [
            "crm.yml:2 info changed-policy",
            "people/ada.md:4 error special-category",
        ]

    def test_a_new_waiver_works_and_heads_the_answer(self, repo: Repo) -> None:
        waiver = "# crm: allow unknown-person because she comes next week"
        repo.write("people/ada.md", f"---\nname: Ada\nowner: nobody {waiver}\n---\n")
        repo.write("crm.yml", CLEAN["crm.yml"] + "team: [nobody]\n")
        assert told(judged(repo).findings) == [
            "people/ada.md:3 info new-waiver",
            "crm.yml:2 error unknown-person",
        ]

    def test_where_the_base_was_no_workspace_all_is_new(self, tmp_path: Path) -> None:
        repo = Repo(tmp_path)
        repo.git("init", "--quiet", "--template=")
        repo.write("README.md", "A project\n")
        repo.commit_all("Before")
        severity = "check: {severity: {unknown-person: info}}\n"
        for path, text in {**CLEAN, "people/bob.md": DEBT}.items():
            repo.write(path, text)
        repo.write("crm.yml", CLEAN["crm.yml"] + severity)
        assert told(judged(repo).findings) == [
            "people/bob.md:3 error unknown-person",
            "people/bob.md:5 error email-outside-contact",
        ]

    def test_before_a_new_branch_there_is_nothing(self, repo: Repo) -> None:
        assert judged(repo, base="0" * 40).findings == judged(repo, base=None).findings

    def test_a_base_that_does_not_exist_is_a_mistake(self, repo: Repo) -> None:
        with pytest.raises(UsageError, match="there is no commit 'nowhere' here"):
            judged(repo, base="nowhere")


class TestScope:
    """PATHS, --select and --ignore: all is read, some of it is told."""

    @pytest.mark.parametrize(
        ("here", "path", "count"),
        [
            (".", "people/bob.md", 2),
            (".", "people", 2),
            (".", ".", 2),
            (".", "people/ada.md", 0),
            (".", "peop", None),
            (".", "people/bo", None),
            (".", "crm.yml", 0),
            ("people", "bob.md", 2),
            ("people", "..", 2),
            ("people", "../notes", 0),
            (".", "../elsewhere.md", None),
        ],
    )
    def test_paths_are_seen_from_where_one_is(
        self, repo: Repo, here: str, path: str, count: int | None
    ) -> None:
        asked, scope = Asked(repo.root / here), Scope(frozenset({path}))
        if count is None:
            with pytest.raises(UsageError):
                judge(asked, scope)
        else:
            assert len(judge(asked, scope).findings) == count
            assert len(judge(asked, Scope(frozenset({str(repo.root / here / path)}))).findings) == (
                count
            )

    def test_a_file_that_only_the_tree_asked_for_has_is_no_mistake(self, repo: Repo) -> None:
        (repo.root / "people/bob.md").unlink()
        asked = Asked(repo.root, rev="HEAD")
        assert len(judge(asked, Scope(frozenset({"people/bob.md"}))).findings) == 2

    def test_codes_are_selected_and_ignored(self, repo: Repo) -> None:
        def codes(**scope: Any) -> list[str]:
            return [f.code for f in judge(Asked(repo.root), Scope(**scope)).findings]

        one, other = "unknown-person", "email-outside-contact"
        assert codes(select=frozenset({one})) == [one]
        assert codes(ignore=frozenset({one})) == [other]
        assert codes(select=frozenset({one, "yaml-syntax"}), ignore=frozenset({one})) == []
        with pytest.raises(UsageError, match="no rule is called 'unknown-persom'"):
            codes(select=frozenset({"unknown-persom"}))

    def test_a_waiver_of_what_was_not_selected_is_not_unused(self, repo: Repo) -> None:
        waiver = "# crm: allow unknown-person because she comes next week"
        repo.write("people/bob.md", f"---\nname: Bob\nowner: nobody {waiver}\n---\n")
        scope = Scope(select=frozenset({"unused-waiver", "secret"}))
        assert judge(Asked(repo.root), scope).findings == []


class TestFingerprint:
    """What tells a finding from all others, and stays when lines move."""

    def test_lines_items_and_offsets_are_not_in_it(self) -> None:
        one = Finding("c", "error", "p", "m", key=("tags", 1), line=3, column=1)
        assert one.fingerprint == replace(one, key=("tags", 7), line=9, column=4).fingerprint
        body = replace(one, key=("body", 30))
        assert body.fingerprint == replace(body, key=("body", 77), line=9).fingerprint

    @pytest.mark.parametrize(
        "change",
        [{"code": "d"}, {"path": "q"}, {"message": "n"}, {"key": ("about", 1)}, {"nth": 1}],
    )
    def test_all_else_is(self, change: dict[str, Any]) -> None:
        one = Finding("c", "error", "p", "m", key=("tags", 1))
        assert one.fingerprint != replace(one, **change).fingerprint

    def test_it_is_the_same_on_another_day(self, repo: Repo) -> None:
        repo.write("tasks/t.md", "---\ntitle: T\ndue: 2026-01-01\n---\n")
        repo.write("people/ada.md", "---\nname: Ada\nretain_until: 2026-01-01\n---\n")
        days = [date(2026, 1, 2), date(2026, 3, 4)]
        found = [{f.fingerprint for f in check(Asked(repo.root, as_of=day))} for day in days]
        assert found[0] == found[1]
        assert len(found[0]) == 4

    def test_equal_findings_of_a_file_are_told_apart(self, repo: Repo) -> None:
        repo.write("people/ada.md", CLEAN["people/ada.md"] + "a@example.org, b@example.org\n")
        found = [f for f in check(Asked(repo.root)) if f.path == "people/ada.md"]
        assert [f.nth for f in found] == [0, 1]
        assert len({f.fingerprint for f in found}) == 2


class TestMemory:
    """A second check of a work tree in which nothing has changed reads nothing, and says the same."""

    @staticmethod
    def nothing_read(patch: pytest.MonkeyPatch) -> None:
        patch.setattr("crmtool.app.checking.open_scene", None)

    def test_nothing_is_read_twice(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        first = check(Asked(repo.root))
        assert len(first) == 2
        self.nothing_read(monkeypatch)
        assert check(Asked(repo.root)) == first
        scope = Scope(select=frozenset({"unknown-person"}))
        assert judge(Asked(repo.root), scope).findings == first[:1]

    def test_what_reads_records_is_not_even_loaded(self, repo: Repo) -> None:
        first = check(Asked(repo.root))
        code = (
            "import sys\nfrom pathlib import Path\nfrom crmtool.app.checking import check\n"
            "from crmtool.app.opening import Asked\nprint(len(check(Asked(Path(sys.argv[1])))))\n"
            "print(sorted({'pydantic', 'yaml'} & set(sys.modules)))"
        )
        again = [sys.executable, "-c", code, str(repo.root)]
        out = subprocess.check_output(again, env=environment(), text=True)
        assert out == f"{len(first)}\n[]\n"

    def test_a_change_is_seen(self, repo: Repo) -> None:
        check(Asked(repo.root))
        repo.write("people/bob.md", CLEAN["people/ada.md"])
        assert check(Asked(repo.root)) == []

    def test_a_new_day_is_seen(self, repo: Repo) -> None:
        repo.write("people/bob.md", "---\nname: Bob\nretain_until: 2030-01-01\n---\n")
        days = [date(2029, 12, 31), date(2030, 1, 2), date(2030, 1, 2), date(2029, 12, 31)]
        found = [[f.code for f in check(Asked(repo.root, as_of=day))] for day in days]
        assert found == [[], ["expired-retention"], ["expired-retention"], []]

    def test_what_is_staged_is_no_work_tree(self, repo: Repo) -> None:
        check(Asked(repo.root))
        repo.write("people/bob.md", CLEAN["people/ada.md"])
        assert len(check(Asked(repo.root, staged=True))) == 2

    def test_a_memory_brought_along_counts_as_none(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        check(Asked(repo.root))
        other = tmp_path / "other"
        shutil.copytree(repo.root, other)
        state = check_digest(other)
        assert state is not None
        assert recall(other, state) is None
        monkeypatch.setattr("crmtool.store.verdicts.code_stamp", lambda *_: bytes(32))
        state = check_digest(repo.root)
        assert state is not None
        assert recall(repo.root, state) is None
