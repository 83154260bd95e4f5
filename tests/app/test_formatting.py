"""`crmtool fmt`: what it writes, what it leaves alone, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmtool.app.formatting import inspect, repair
from crmtool.app.opening import Asked
from crmtool.errors import MassChange, UsageError
from tests.cli.running import crm
from tests.store.helpers import Repo

TOP = Path(__file__).parents[2]
UNTIDY = "---\nstaff:  true  # paid\nname: NO\n---\r\nHi  \nyou"
TIDY = '---\nname: "NO"\nstaff: true  # paid\n---\nHi  \nyou\n'
GOOD = "---\nname: Ada\n---\nHi\n"
BROKEN = "---\nname: Ada\nname: Bob\n---\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """One file that is to be repaired, one that is fine, one that cannot be read."""
    return Repo(tmp_path / "crm").begin(untidy=UNTIDY, good=GOOD, broken=BROKEN)


def test_files_are_repaired_in_the_work_tree_and_nothing_is_committed(repo: Repo) -> None:
    said = crm("-C", repo.root, "fmt")
    assert said.code == 1
    assert said.out.splitlines() == [
        "people/untidy.md: line ends, end of file, blanks, quotes, order",
        "1 repaired, 2 as they should be",
    ]
    assert said.err.splitlines() == [
        "people/broken.md:3:1: left alone: the key 'name' stands here twice",
        "    keep one of them",
    ]
    assert repo.read("people/untidy.md") == TIDY
    assert repo.status() == [" M people/untidy.md"]
    assert repo.subjects() == ["Begin"]


def test_a_second_time_there_is_nothing_to_do_and_nothing_is_written(repo: Repo) -> None:
    crm("-C", repo.root, "fmt")
    files = [repo.root / path for path in repo.files()]
    before = [(file.stat().st_mtime_ns, file.stat().st_ino) for file in files]
    assert repair(Asked(repo.root), frozenset()).repairs == {}
    assert [(file.stat().st_mtime_ns, file.stat().st_ino) for file in files] == before


def test_check_writes_nothing_and_fails_where_there_is_something_to_do(repo: Repo) -> None:
    said = crm("-C", repo.root, "fmt", "--check", "people/untidy.md")
    assert said.code == 1
    assert "1 to repair, 0 as they should be" in said.out
    assert crm("-C", repo.root, "fmt", "--check", "people/good.md", "crm.yml").code == 0
    assert repo.status() == []


def test_a_dry_run_shows_what_git_apply_would_take(repo: Repo) -> None:
    repo.write("people/untidy.md", "---\nstaff:  true\nname: NO\n---\nHi\n")
    said = crm("-C", repo.root, "fmt", "people/untidy.md", "--dry-run")
    assert said.code == 0
    assert repo.read("people/untidy.md").startswith("---\nstaff")
    diff, summary = said.out.rsplit("people/untidy.md: ", 1)
    assert summary == "blanks, quotes, order\n1 to repair, 0 as they should be\n"
    repo.write("x.diff", diff)
    repo.git("apply", "x.diff")
    assert repo.read("people/untidy.md") == '---\nname: "NO"\nstaff: true\n---\nHi\n'


def test_check_can_show_the_edits_too(repo: Repo) -> None:
    said = crm("-C", repo.root, "fmt", "--check", "--diff", "people/untidy.md")
    assert said.code == 1
    assert '+name: "NO"' in said.out.splitlines()
    assert repo.status() == []


def test_staged_takes_the_files_that_the_next_commit_changes(repo: Repo) -> None:
    repo.write("people/new.md", "---\nstaff: true\nname: New\n---\n")
    repo.write("people/later.md", UNTIDY)
    repo.git("add", "people/new.md")
    assert list(inspect(Asked(repo.root, staged=True), frozenset()).repairs) == ["people/new.md"]
    said = crm("-C", repo.root, "fmt", "--staged")
    assert said.code == 0
    assert "stage these files again" in said.err
    assert repo.status() == ["AM people/new.md", "?? people/later.md"]
    repo.git("add", "people/new.md")
    assert crm("-C", repo.root, "fmt", "--staged", "--check").code == 0


def test_before_the_first_commit_all_that_is_staged_is_taken(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.git("init", "--quiet", "--template=")
    repo.write("crm.yml", "community: {name: Terns}\n")
    repo.write("people/untidy.md", UNTIDY)
    repo.git("add", "--all")
    assert list(inspect(Asked(repo.root, staged=True), frozenset()).repairs) == ["people/untidy.md"]


def test_a_past_state_can_be_looked_at_and_not_rewritten(repo: Repo) -> None:
    crm("-C", repo.root, "fmt")
    assert list(inspect(Asked(repo.root, "HEAD"), frozenset()).repairs) == ["people/untidy.md"]
    with pytest.raises(UsageError, match="cannot be formatted"):
        repair(Asked(repo.root, "HEAD"), frozenset())


def test_programs_are_told_the_same(repo: Repo) -> None:
    said = json.loads(crm("-C", repo.root, "fmt", "--format", "json", "--dry-run").out)
    assert said["kind"] == "formatting"
    assert [file["path"] for file in said["data"]["repaired"]] == ["people/untidy.md"]
    assert [(file["path"], file["line"]) for file in said["data"]["left"]] == [
        ("people/broken.md", 3)
    ]
    assert said["data"]["fine"] == 2
    assert repo.status() == []


def test_every_kind_of_file_has_its_format(repo: Repo) -> None:
    repo.write("crm.yml", "team: []\ncommunity: {name: Terns}\n")
    repo.write("tags.yml", "segments: {}\ntags: {}\n")
    repo.write("sources/core/source.yml", "target: ../x\ntype: git\n")
    repo.write("notes/2026/x.md", "---\nauthor: ada\ndate: 2026-11-21\n---\n")
    repo.write("tasks/2026/x.md", "---\nstatus: open\ntitle: X\n---\n")
    repo.write("sources/core/cursor.json", '{ "head":  "x" }')
    repo.write("site/docs/index.md", "---\nb:  1\na: 2\n---\n")
    assert repair(Asked(repo.root), frozenset()).repairs.keys() == {
        "crm.yml", "tags.yml", "sources/core/source.yml", "notes/2026/x.md", "tasks/2026/x.md", "people/untidy.md",
    }  # fmt: skip


def test_lines_of_feeds_are_ordered_and_copies_of_them_removed(repo: Repo) -> None:
    late, early = (
        b'{"at":"2026-11-02T10:00:00Z","id":"1","type":"commit"}',
        b'{"id":"2","type":"commit"}',
    )
    feed = "sources/core/activities/2026-11.jsonl"
    repo.write(feed, "\n".join(map(bytes.decode, (late, early, late))) + "\r\n\n")
    repo.write("sources/core/profiles.jsonl", '{"identity":"x:b"}\n{"identity":"x:a"}\n')
    repo.write("sources/core/counts.jsonl", '{"counts":{},"month":"2026-11","of":"x"}')
    repo.write("sources/forgotten.jsonl", '{"not": "one"}\n\n')
    done = repair(Asked(repo.root), frozenset(["sources"]))
    assert done.repairs == {
        feed: ("order", "copies"),
        "sources/core/counts.jsonl": ("blanks",),
        "sources/core/profiles.jsonl": ("order",),
    }
    assert repo.read(feed).encode() == early + b"\n" + late + b"\n"
    assert [(f.path, f.line) for f in done.left] == [("sources/forgotten.jsonl", 1)]
    assert repair(Asked(repo.root), frozenset(["sources/core"])).repairs == {}


def test_a_file_with_values_that_are_wrong_is_repaired_all_the_same(repo: Repo) -> None:
    repo.write("people/wrong.md", "---\nstaff:  maybe\npronoun: she\nname: []\n---\n")
    repair(Asked(repo.root), frozenset(["people/wrong.md"]))
    assert repo.read("people/wrong.md") == "---\nname: []\nstaff: maybe\npronoun: she\n---\n"


def test_what_could_be_a_slip_of_scale_is_refused(repo: Repo) -> None:
    for number in range(30):
        repo.write(f"people/p{number}.md", UNTIDY)
    with pytest.raises(MassChange):
        repair(Asked(repo.root), frozenset())
    assert repo.read("people/p1.md") == UNTIDY
    assert len(repair(Asked(repo.root), frozenset(), allow_mass_change=True).repairs) == 31
    assert repo.read("people/p1.md") == TIDY


def test_a_link_is_not_followed(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_bytes(UNTIDY.encode())
    (repo.root / "people/link.md").symlink_to(tmp_path / "outside.md")
    repair(Asked(repo.root), frozenset())
    assert (tmp_path / "outside.md").read_bytes() == UNTIDY.encode()


def test_the_example_is_as_it_should_be() -> None:
    found = inspect(Asked(TOP), frozenset())
    assert (found.repairs, found.left) == ({}, [])


def test_check_repairs_first_when_asked_to(repo: Repo) -> None:
    said = crm("-C", repo.root, "check", "--fix", "people/untidy.md", "people/good.md")
    assert (said.code, said.out) == (0, "all is well\n")
    assert said.err.startswith("people/untidy.md: repaired: line ends,")
    assert repo.read("people/untidy.md") == TIDY
    assert crm("-C", repo.root, "check", "--fix").code == 1
    assert crm("-C", repo.root, "check", "--fix", "--staged").code == 2
