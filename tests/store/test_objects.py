"""The index and any commit: the same as the work tree was, however they are named."""

from __future__ import annotations

import os
import subprocess
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crmtool.errors import UsageError, WorkspaceError
from crmtool.model.protocols import Entry, Tree
from crmtool.store import blobs
from crmtool.store.load import load
from crmtool.store.objects import (
    Commit,
    ObjectTree,
    commit_tree,
    find_commit,
    index_tree,
    last_commit_of,
)
from crmtool.store.tree import WorkTree
from tests.store.helpers import Repo

FEED = "sources/core/activities/2026-11.jsonl"
LINE = '{"at":"2026-11-01T10:00:00Z","id":"1","type":"commit"}\n'


def at(repo: Repo, moment: str, message: str = "Work") -> str:
    """A commit of everything, made at a moment."""
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    for words in (("add", "--all"), ("commit", "--allow-empty", "--quiet", "-m", message)):
        subprocess.run(["git", "-C", repo.root, *who, *words], env=os.environ | dates, check=True)
    return repo.git("rev-parse", "HEAD").strip()


def at_commit(repo: Repo, rev: str = "HEAD") -> ObjectTree:
    return commit_tree(repo.root, find_commit(repo.root, rev))


def contents(tree: Tree) -> dict[str, bytes]:
    return {e.path: tree.read(e.path) for e in tree.entries() if e.kind == "file"}


@pytest.fixture
def full(repo: Repo) -> Repo:
    """A workspace with a feed, odd names, odd bytes, and what is no record."""
    repo.write(FEED, LINE)
    repo.write("sources/core/source.yml", "type: git\ntarget: ..\n")
    repo.write("people/deep/er/née ' \"\t.md", "---\r\nname: X\r\n---\r\n")
    repo.write("people/empty.md", "")
    repo.write("README.md", "no record")
    (repo.root / "people/link.md").symlink_to("ada.md")
    repo.commit_all("All")
    return repo


@pytest.mark.parametrize("make", [at_commit, lambda repo: index_tree(repo.root)])
def test_index_and_commit_say_what_the_work_tree_says(
    full: Repo, make: Callable[[Repo], Tree]
) -> None:
    tree, now = make(full), WorkTree(full.root)
    assert list(tree.entries()) == list(now.entries())
    assert contents(tree) == contents(now)
    assert tree.local(FEED).read_bytes() == now.local(FEED).read_bytes()
    assert tree.read(FEED, 5) == LINE.encode()[:5]


def test_each_tree_has_its_own_state(full: Repo) -> None:
    full.write("people/ada.md", "staged")
    full.git("add", "people/ada.md")
    full.write("people/ada.md", "edited")
    states = at_commit(full), index_tree(full.root), WorkTree(full.root)
    assert [tree.read("people/ada.md") for tree in states] == [
        b"name: Ada\n",
        b"staged",
        b"edited",
    ]


def test_a_link_is_not_read_and_what_is_not_there_is_not_found(full: Repo) -> None:
    tree = at_commit(full)
    assert Entry("people/link.md", "link") in tree.entries()
    for path in ("people/link.md", "people/nobody.md", "people"):
        with pytest.raises(FileNotFoundError):
            tree.read(path)


def test_a_workspace_below_the_top_of_a_larger_repository(tmp_path: Path) -> None:
    top = Repo(tmp_path).begin()
    (tmp_path / "crm.yml").unlink()
    top.commit_all("No workspace yet")
    inner = Repo(tmp_path / "com munity")
    inner.write("crm.yml", "community: {name: Inner}\n")
    inner.write("people/ada.md", "---\nname: Ada\n---\n")
    top.write("people/other.md", "not ours")
    top.commit_all("A workspace")
    assert contents(at_commit(inner)) == contents(index_tree(inner.root))
    assert list(contents(at_commit(inner))) == ["crm.yml", "people/ada.md"]
    assert contents(at_commit(inner, "HEAD~1")) == {}


HOSTILE = (
    "--output=pwn",
    "-h",
    "",
    " ",
    "nope",
    "HEAD..HEAD",
    "HEAD^{tree}",
    "^HEAD",
    "a\nb",
    "\udcff",
)


def test_what_names_no_commit_is_refused_and_obeyed_by_nobody(repo: Repo) -> None:
    before = repo.files()
    for rev in HOSTILE:
        with pytest.raises(UsageError, match="there is no commit"):
            find_commit(repo.root, rev)
    assert repo.files() == before


def test_a_branch_that_looks_like_an_option_is_a_branch(repo: Repo) -> None:
    repo.git("update-ref", "refs/heads/--output=pwn", "HEAD")
    assert find_commit(repo.root, "--output=pwn") == find_commit(repo.root, "HEAD")
    assert not (repo.root / "pwn").exists()


def test_a_commit_has_many_names(repo: Repo) -> None:
    repo.git("tag", "v1")
    repo.git("tag", "-a", "-m", "One", "v1-annotated")
    names = ("HEAD", "main", "v1", "v1-annotated", "HEAD^0", "@", repo.git("rev-parse", "HEAD")[:9])
    assert len({find_commit(repo.root, rev) for rev in names}) == 1


def test_where_git_cannot_read_it_says_why(tmp_path: Path) -> None:
    for ask in (lambda: find_commit(tmp_path, "HEAD"), lambda: index_tree(tmp_path)):
        with pytest.raises(WorkspaceError, match="not a git repository"):
            ask()


def test_a_day_means_its_last_commit_in_the_community_s_zone(tmp_path: Path) -> None:
    repo = Repo(tmp_path).begin()
    one = at(repo, "2026-03-01T22:30:00+00:00")
    two = at(repo, "2026-03-01T23:30:00+00:00")  # already the 2nd in Berlin
    repo.git("switch", "--quiet", "--create", "side")
    at(repo, "2026-03-02T08:00:00+00:00")
    repo.git("switch", "--quiet", "main")
    three = at(repo, "2026-03-05T12:00:00+00:00")

    def asked(day: str, zone: str) -> str:
        return last_commit_of(tmp_path, date.fromisoformat(day), ZoneInfo(zone)).name

    assert asked("2026-03-01", "UTC") == two
    assert asked("2026-03-01", "Europe/Berlin") == one
    assert asked("2026-03-02", "Europe/Berlin") == two
    assert asked("2026-03-04", "UTC") == two, "a day without a commit: the state it found"
    assert asked("2026-03-05", "UTC") == three
    assert asked("9999-12-31", "Pacific/Kiritimati") in asked("2026-11-22", "UTC")
    for early in ("2026-02-01", "1969-12-31", "0001-01-01"):
        with pytest.raises(UsageError, match="no commit yet"):
            asked(early, "UTC")


@pytest.mark.parametrize(
    ("seconds", "zone", "day"),
    [
        (0, "UTC", "1970-01-01"),
        (1_772_406_000, "UTC", "2026-03-01"),
        (1_772_406_000, "Europe/Berlin", "2026-03-02"),
        (-1, "UTC", "1969-12-31"),
    ],
)
def test_the_day_of_a_commit_is_its_committer_s_in_the_zone(
    seconds: int, zone: str, day: str
) -> None:
    assert Commit("0" * 40, seconds).day(ZoneInfo(zone)).isoformat() == day


def test_a_commit_of_no_calendar_s_day_asks_for_one() -> None:
    with pytest.raises(UsageError, match="states no day"):
        Commit("0" * 40, 1 << 60).day(ZoneInfo("UTC"))


def test_what_is_not_merged_yet_is_no_state_to_look_at(repo: Repo) -> None:
    repo.git("switch", "--quiet", "--create", "side")
    repo.write("people/ada.md", "theirs")
    repo.commit_all("Theirs")
    repo.git("switch", "--quiet", "main")
    repo.write("people/ada.md", "ours")
    repo.commit_all("Ours")
    with pytest.raises(subprocess.CalledProcessError):
        repo.git("merge", "side")
    with pytest.raises(WorkspaceError, match=r"people/ada\.md is not merged yet"):
        index_tree(repo.root)


def test_a_load_starts_one_process_for_all_records_and_one_for_all_feeds(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        repo.write(f"people/p{number}.md", f"---\nname: P{number}\n---\n")
        repo.write(f"sources/core/activities/{2000 + number}-01.jsonl", f"{number}\n")
    repo.commit_all("Many")
    tree = at_commit(repo)
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert len(load(tree).people) == 30
    assert (tmp_path / "trace").read_text().count("cat-file") == 2


class TestKeptFiles:
    """Feeds as files: named by the hash of what they hold, and proved by it."""

    def kept(self, repo: Repo) -> Path:
        return at_commit(repo).local(FEED)

    @pytest.mark.parametrize("damage", ["cut", "flip", "empty", "link", "pipe"])
    def test_what_is_not_what_its_name_says_is_written_anew(self, full: Repo, damage: str) -> None:
        path = self.kept(full)
        whole = path.read_bytes()
        path.unlink()
        match damage:
            case "cut":
                path.write_bytes(whole[:-3])
            case "flip":
                path.write_bytes(whole.replace(b"commit", b"review"))
            case "empty":
                path.write_bytes(b"")
            case "link":
                path.symlink_to(full.root / "README.md")
            case "pipe":
                os.mkfifo(path)
        assert self.kept(full).read_bytes() == whole
        assert (full.root / "README.md").read_text() == "no record"

    def test_a_cache_that_is_a_link_is_not_written_through(
        self, full: Repo, tmp_path: Path
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        (full.root / ".crm").mkdir()
        (full.root / ".crm/cache").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(WorkspaceError, match="is not a folder"):
            self.kept(full)
        assert not any((tmp_path / "elsewhere").iterdir())

    def test_an_object_that_is_gone_is_named(self, full: Repo) -> None:
        name = full.git("rev-parse", f"HEAD:{FEED}").strip()
        (full.root / ".git/objects" / name[:2] / name[2:]).unlink()
        with pytest.raises(WorkspaceError, match=f"git object {name} is not in this repository"):
            self.kept(full)

    def test_the_oldest_go_when_room_runs_out(
        self, full: Repo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = self.kept(full)
        full.write(FEED, LINE.replace("1", "2"))
        full.commit_all("News")
        monkeypatch.setattr(blobs, "MOST", 1)
        self.kept(full)
        assert path.exists(), "another process may be reading it"
        os.utime(path, (1, 1))
        full.write(FEED, LINE.replace("1", "3"))
        full.commit_all("More news")
        newest = self.kept(full)
        assert newest.exists()
        assert not path.exists()

    def test_a_big_feed_passes_through_in_pieces(self, repo: Repo) -> None:
        repo.write(FEED, LINE * 300_000)
        repo.commit_all("Big")
        tree = at_commit(repo)
        tracemalloc.start()
        try:
            assert tree.local(FEED).stat().st_size == len(LINE) * 300_000
            assert tracemalloc.get_traced_memory()[1] < 6 << 20
        finally:
            tracemalloc.stop()


def test_the_pages_of_a_commit_are_laid_out_without_records_and_links(
    full: Repo, tmp_path: Path
) -> None:
    full.write("site/docs/index.md", "# Then")
    full.write("mkdocs.yml", "site_name: Then\n")
    (full.root / "site/docs/link.md").symlink_to("/etc/passwd")
    full.commit_all("Pages")
    full.write("site/docs/index.md", "# Now")
    out = tmp_path / "out"
    out.mkdir()
    at_commit(full).write_others(out)
    found = {str(p.relative_to(out)): p.read_text() for p in out.rglob("*") if p.is_file()}
    found.pop(".gitignore", None)
    assert found == {
        "README.md": "no record",
        "crm.yml": "community: {name: Terns}\n",
        "mkdocs.yml": "site_name: Then\n",
        "site/docs/index.md": "# Then",
    }
