"""`crmtool doctor`: each trap is seen, its remedy named, and mended only where that is safe."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crmtool.app.diagnosis import CHECKS, Result, Status, diagnose
from crmtool.app.doctor import doctor
from crmtool.app.opening import Asked, open_scene
from crmtool.model.config import CommunityInfo, Config
from crmtool.store import journal
from crmtool.store.facts import Facts, GitFacts, gather
from crmtool.store.journal import Journal
from tests.cli.running import crm
from tests.store.helpers import Repo

GOOD = Facts(
    Path("/crm"),
    GitFacts(version=(2, 39, 5), is_repository=True, identity=True),
    config=Config(community=CommunityInfo(name="Terns")),
    mkdocs="site_name: T\nsite_dir: build/site\n",
    gitignore="/build/\n/.crm/\n",
    free=1 << 40,
    python="3.11.7",
    libraries={"click": "8.5.1"},
)


def judged(facts: Facts, check: str) -> Result:
    """The gravest that one check says of some facts."""
    order = ("ok", "warn", "fail")
    found = [r for r in diagnose(facts) if r.check == check]
    return max(found, key=lambda r: order.index(r.status))


def git(**facts: object) -> Facts:
    return replace(GOOD, git=replace(GOOD.git, **facts))  # type: ignore[arg-type]


def facts(**more: object) -> Facts:
    return replace(GOOD, **more)  # type: ignore[arg-type]


def test_where_all_is_well_every_check_says_so() -> None:
    assert {r.status for r in diagnose(GOOD)} == {"ok"}
    assert len(diagnose(GOOD)) == len(CHECKS)


TRAPS: list[tuple[Facts, str, Status, str]] = [
    (git(version=()), "git", "fail", "git does not run"),
    (git(version=(2, 30, 9)), "git", "fail", "2.30.9 is too old"),
    (git(version=(2, 31)), "git", "ok", "2.31"),
    (git(is_repository=False), "repository", "fail", "not under git"),
    (git(trouble="dubious ownership"), "repository", "fail", "dubious"),
    (git(calm=("a merge is under way", "end it")), "repository", "warn", "a merge"),
    (git(shallow=True), "repository", "warn", "shallow"),
    (git(identity=False), "identity", "warn", "who you are"),
    (facts(config=None, config_error=("crm.yml:1:1: x", "y")), "crm.yml", "fail", "crm.yml:1:1"),
    (facts(key_error=("names no key", "init")), "key", "warn", "names no key"),
    (git(tracked_state=(".crm/cache/records",)), "gitignore", "fail", ".crm/cache/records"),
    (git(ignored=("people/a.md", "people/b.md")), "ignored", "fail", "people/a.md and 1 more"),
    (git(config={"core.fsmonitor": "evil"}), "programs", "warn", "the program evil"),
    (git(config={"core.fsmonitor": "true"}), "programs", "ok", "no hooks"),
    (git(config={"core.hookspath": ".githooks"}), "programs", "warn", ".githooks"),
    (git(config={"core.hookspath": "/home/me/hooks"}), "programs", "ok", "hooks"),
    (git(hooks=("pre-commit",)), "programs", "ok", "pre-commit"),
    (facts(journal="open"), "journal", "warn", "cut off"),
    (facts(journal="journal.json is damaged"), "journal", "fail", "damaged"),
    (facts(holder="process 12"), "lock", "warn", "process 12"),
    (facts(cache="damaged"), "cache", "warn", "damaged"),
    (facts(cache="other version"), "cache", "ok", "made anew"),
    (facts(collisions=(("people/a", "people/A"),)), "names", "fail", "people/a and people/A"),
    (facts(writable=False), "disk", "fail", "cannot be written"),
    (facts(free=1 << 20), "disk", "warn", "1 MB"),
    (facts(libraries={"duckdb": None}), "versions", "fail", "duckdb not installed"),
]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap[1]}: {trap[3]}")
def test_a_trap_is_seen(trap: tuple[Facts, str, Status, str]) -> None:
    what, check, status, words = trap
    result = judged(what, check)
    assert result.status == status
    assert words in result.what
    assert status == "ok" or (result.why and result.remedy)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("site_dir: build/site", "ok"),
        ("site_dir: 'out' # ours", "ok"),
        ("site_dir: site", "fail"),
        ("site_dir: ./site/x", "fail"),
        ('site_dir: "public"', "fail"),
        ("site_dir: people", "fail"),
        ("site_dir: ../x", "fail"),
        ("site_dir: /srv/www", "fail"),
        ("site_dir: .", "fail"),
        ("site_dir:", "fail"),
        ("# site_dir: build/site", "fail"),
        ("theme: {site_dir: build/site}", "fail"),
    ],
)
def test_the_trap_of_mkdocs(line: str, status: Status) -> None:
    assert judged(facts(mkdocs=f"site_name: T\n{line}\n"), "site_dir").status == status


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("/build/\n/.crm/\n", None),
        ("build\n.crm\n", None),
        ("/build/\r\n  .crm/  \r\n", None),
        ("", "/build/ and /.crm/"),
        ("/build/x\n.crm\n", "/build/"),
        ("# /build/\n!/build/\n/build/\n", "/.crm/"),
    ],
)
def test_what_a_gitignore_has_to_name(text: str, missing: str | None) -> None:
    result = judged(facts(gitignore=text), "gitignore")
    assert result.what == (
        f".gitignore does not name {missing}" if missing else "/build/ and /.crm/ are ignored"
    )


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("git@github.com:a/b.git", "https://github.com/a/b"),
        ("ssh://git@gitlab.com/a/b/c", "https://gitlab.com/a/b/c"),
        ("https://codeberg.org/a/b/", "https://codeberg.org/a/b"),
        ("../backup.git", None),
        ("https://git.example.org/github.com/b", None),
        ("https://notgithub.com/a/b", None),
    ],
)
def test_a_remote_on_a_public_host_is_to_be_looked_at(address: str, shown: str | None) -> None:
    result = judged(git(remotes=(("origin", address),)), "remotes")
    assert result.status == ("warn" if shown else "ok")
    assert not shown or f"open {shown} in a private window" in result.remedy


def test_an_example_community_may_be_public() -> None:
    example = Config(community=CommunityInfo(name="Terns", example=True))
    there = replace(git(remotes=(("origin", "https://github.com/a/b"),)), config=example)
    assert judged(there, "remotes").status == "ok"


@pytest.fixture
def crm_repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "crm").begin(ada="---\nname: Ada\n---\n")
    repo.write(".gitignore", "/build/\n/.crm/\n")
    repo.commit_all("Ignore")
    return repo


def failing(repo: Repo, check: str) -> Result:
    return judged(gather(repo.root), check)


class TestGather:
    """Facts from real workspaces."""

    def test_nothing_is_changed_by_looking(self, crm_repo: Repo) -> None:
        before = crm_repo.files(), sorted((crm_repo.root / ".git").rglob("*"))
        gather(crm_repo.root)
        assert (crm_repo.files(), sorted((crm_repo.root / ".git").rglob("*"))) == before
        assert not (crm_repo.root / ".crm").exists()

    def test_passwords_of_remotes_are_left_out(self, crm_repo: Repo) -> None:
        crm_repo.git("remote", "add", "origin", "https://me:s3cret@github.com/a/b.git")
        found = gather(crm_repo.root).git.remotes
        assert found == (("origin", "https://github.com/a/b.git"),)

    @pytest.mark.parametrize(
        ("make", "check", "words"),
        [
            (lambda r: r.write(".gitignore", "people/\n"), "ignored", None),
            (
                lambda r: r.write("people/b.md", "x") or r.write(".gitignore", "b.md"),
                "ignored",
                "b.md",
            ),
            (lambda r: r.write(".git/index.lock", ""), "repository", "index.lock"),
            (lambda r: r.write(".git/MERGE_HEAD", "0" * 40), "repository", "merge"),
            (lambda r: r.git("switch", "-q", "--detach"), "repository", "detached"),
            (lambda r: shutil.rmtree(r.root / ".git"), "repository", "not under git"),
            (lambda r: r.write("crm.yml", "- x\n"), "crm.yml", "crm.yml:1:1"),
            (lambda r: r.write("people/Ada.md", ""), "names", "people/Ada.md and people/ada.md"),
            (lambda r: r.write(".crm/journal.json", "{"), "journal", "damaged"),
            (lambda r: r.write(".crm/cache/records", "x"), "cache", "damaged"),
        ],
    )
    def test_what_is_wrong_is_found(
        self, crm_repo: Repo, make: Callable[[Repo], object], check: str, words: str | None
    ) -> None:
        make(crm_repo)
        result = failing(crm_repo, check)
        assert (result.status == "ok") == (words is None)
        assert words is None or words in result.what

    def test_a_held_lock_names_its_holder_and_a_left_one_nobody(self, crm_repo: Repo) -> None:
        crm_repo.write(".crm/lock", "4711\n")
        assert failing(crm_repo, "lock").status == "ok"
        with (crm_repo.root / ".crm/lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            assert "process 4711" in failing(crm_repo, "lock").what

    @pytest.mark.parametrize(("key", "status"), [("00" * 8, "fail"), (None, "warn")])
    def test_the_key(self, crm_repo: Repo, key: str | None, status: Status) -> None:
        text = "community: {name: T}\n" + (f"privacy: {{key: '{key}'}}\n" if key else "")
        crm_repo.write("crm.yml", text)
        assert failing(crm_repo, "key").status == status


class TestFix:
    """What --fix does, leaves, and says."""

    def test_a_site_dir_is_spliced_and_the_rest_of_the_file_stays(self, crm_repo: Repo) -> None:
        crm_repo.write("mkdocs.yml", "site_name: T  # ours\nsite_dir: site # old\n\nplugins: []\n")
        results, done = doctor(crm_repo.root, fix=True)
        assert crm_repo.read("mkdocs.yml") == (
            "site_name: T  # ours\nsite_dir: build/site # old\n\nplugins: []\n"
        )
        assert done == ["mkdocs.yml: written, and left for you to commit"]
        assert {r.status for r in results if r.check == "site_dir"} == {"ok"}

    @pytest.mark.parametrize("line", ["b: !ENV [X]\n", "b: &a 1\n"])
    def test_a_file_that_cannot_be_spliced_is_left_alone(self, crm_repo: Repo, line: str) -> None:
        text = f"site_name: T\nsite_dir: site\n{line}"
        crm_repo.write("mkdocs.yml", text)
        results, done = doctor(crm_repo.root, fix=True)
        assert crm_repo.read("mkdocs.yml") == text
        assert "not mended" in done[0]
        assert "fail" in {r.status for r in results}

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("", "/build/\n/.crm/\n"),
            ("*.log", "*.log\n/build/\n/.crm/\n"),
            ("*.log\r\n.crm/\r\n", "*.log\r\n.crm/\r\n/build/\r\n"),
        ],
    )
    def test_lines_are_added_to_a_gitignore(self, crm_repo: Repo, before: str, after: str) -> None:
        crm_repo.write(".gitignore", before)
        doctor(crm_repo.root, fix=True)
        assert crm_repo.read(".gitignore") == after

    def test_a_damaged_cache_goes_and_clones_beside_it_stay(self, crm_repo: Repo) -> None:
        open_scene(Asked(crm_repo.root))
        crm_repo.write(".crm/cache/records", "noise")
        crm_repo.write(".crm/cache/clones/x", "kept")
        _, done = doctor(crm_repo.root, fix=True)
        assert done == ["cache: deleted"]
        assert crm_repo.read(".crm/cache/clones/x") == "kept"

    def test_an_open_journal_is_finished(self, crm_repo: Repo) -> None:
        steps = journal.stage(crm_repo.root, [crm_repo.change("people/ada.md", "new")])
        journal.write(crm_repo.root, Journal(steps, ""))
        results, done = doctor(crm_repo.root)
        assert (done, {r.fix for r in results}) == ([], {"", "journal"})
        doctor(crm_repo.root, fix=True)
        assert crm_repo.read("people/ada.md") == "new"
        assert failing(crm_repo, "journal").status == "ok"

    def test_a_healthy_workspace_is_left_as_it_is(self, crm_repo: Repo) -> None:
        before = crm_repo.files()
        assert doctor(crm_repo.root, fix=True)[1] == []
        assert (crm_repo.files(), crm_repo.status()) == (before, [])


def test_it_exits_1_when_something_must_be_mended(crm_repo: Repo) -> None:
    assert crm("-C", crm_repo.root, "doctor").code == 0
    crm_repo.write("mkdocs.yml", "site_name: T\n")
    said = crm("-C", crm_repo.root, "doctor")
    assert said.code == 1
    assert "crmtool doctor --fix mends 1" in said.out
    assert crm("-C", crm_repo.root, "doctor", "--fix").code == 0


def test_json_says_the_same(crm_repo: Repo) -> None:
    data = json.loads(crm("-C", crm_repo.root, "doctor", "--format", "json").out)
    assert data["kind"] == "diagnosis"
    assert {"check", "status", "what", "why", "remedy", "fix"} == data["data"]["results"][0].keys()


def test_colour_and_control_characters_of_data_never_reach_the_terminal(crm_repo: Repo) -> None:
    crm_repo.write("crm.yml", 'community: {name: "::error::x"}\n')
    crm_repo.git("config", "core.fsmonitor", "\x1b[2J")
    said = crm("-C", crm_repo.root, "doctor")
    assert "\x1b" not in said.out
    assert r"\x1b[2J" in said.out
