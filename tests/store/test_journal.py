"""An open plan, found by the next command in every state that it can be in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.errors import Changed, CrmError, GitFailed, Refused, WorkspaceError
from crmtool.model.plan import Plan, digest
from crmtool.store import journal
from crmtool.store.apply import apply, recover
from crmtool.store.journal import Journal, Step
from crmtool.store.lock import locked
from tests.store.helpers import Repo, leftovers

MOVED = "people/hopper.md"


def cut_off(repo: Repo, *, placed: int = 0, message: str = "Edit") -> Journal:
    """A command that was killed when so many of its five exchanges were made."""
    changes = (
        repo.change("people/ada.md", "name: Ada Lovelace\n"),
        repo.change(MOVED, "name: Grace Hopper\n", origin="people/grace.md"),
        repo.change("people/hedy.md", "name: Hedy\n"),
        repo.change("crm.yml", None),
    )
    opened = Journal(journal.stage(repo.root, changes), message)
    journal.write(repo.root, opened)
    half = Journal(opened.steps[:placed], "")
    assert len(journal.finish(repo.root, half)) == placed
    return opened


def next_command(repo: Repo) -> None:
    """Any command at all, with nothing of its own to do."""
    apply(repo.root, Plan, commit=False)


def in_place(repo: Repo) -> int:
    """How many of the five names are as the plan wants them."""
    return sum(
        [
            repo.read("people/ada.md") == "name: Ada Lovelace\n",
            (repo.root / MOVED).exists(),
            not (repo.root / "people/grace.md").exists(),
            (repo.root / "people/hedy.md").exists(),
            not (repo.root / "crm.yml").exists(),
        ]
    )


@pytest.mark.parametrize("placed", range(6))
def test_the_next_command_completes_it(repo: Repo, placed: int) -> None:
    cut_off(repo, placed=placed)
    assert in_place(repo) == placed
    next_command(repo)
    assert in_place(repo) == 5
    assert repo.subjects() == ["Edit", "Begin"]
    assert repo.status() == []
    assert leftovers(repo.root) == set()


@pytest.mark.parametrize("placed", range(6))
def test_what_was_being_taken_back_is_taken_back(repo: Repo, placed: int) -> None:
    cut_off(repo, placed=placed)
    (repo.root / ".crm/journal.json").rename(repo.root / ".crm/undo.json")
    next_command(repo)
    assert (in_place(repo), repo.status(), repo.subjects()) == (0, [], ["Begin"])
    assert leftovers(repo.root) == set()


def test_without_a_message_there_is_no_commit_to_make(repo: Repo) -> None:
    cut_off(repo, placed=2, message="")
    next_command(repo)
    assert in_place(repo) == 5
    assert repo.subjects() == ["Begin"]


def test_a_commit_that_was_made_is_not_made_again(repo: Repo) -> None:
    """Killed between the commit and the end of the journal, the index unaware of it."""
    cut_off(repo, placed=5)
    shutil.copy(repo.root / ".git/index", repo.root / "../index")
    repo.commit_all("Edit")
    shutil.copy(repo.root / "../index", repo.root / ".git/index")
    next_command(repo)
    assert repo.subjects() == ["Edit", "Begin"]
    assert repo.status() == []


# --- somebody worked on, meanwhile -------------------------------------------------------------


def stuck(repo: Repo, kind: type[CrmError]) -> str:
    """The next command says why it cannot go on; the one after that finds nothing open."""
    with pytest.raises(kind) as caught:
        next_command(repo)
    assert caught.value.hint
    assert caught.value.message.startswith("a crmtool command was cut off and cannot be finished: ")
    assert leftovers(repo.root) == set()
    next_command(repo)
    return caught.value.message


@pytest.mark.parametrize("placed", range(6))
@pytest.mark.parametrize(
    ("path", "step"),
    [("people/ada.md", 0), ("people/grace.md", 2), ("people/hedy.md", 3), ("crm.yml", 4)],
)
def test_newer_work_stays_and_the_plan_goes_on_or_back_whole(
    repo: Repo, placed: int, path: str, step: int
) -> None:
    """Edited after its exchange a file is done with; before it, the plan no longer fits."""
    cut_off(repo, placed=placed)
    repo.write(path, "mine\n")
    if placed > step:
        next_command(repo)
        assert repo.subjects() == ["Edit", "Begin"]
        assert [x[3:] for x in repo.status()] == [path]
    else:
        stuck(repo, Changed)
        assert repo.subjects() == ["Begin"]
        assert [x[3:] for x in repo.status()] == [path]
    assert repo.read(path) == "mine\n"


def discard_stage(repo: Repo) -> None:
    shutil.rmtree(repo.root / ".crm/stage")


def damage_stage(repo: Repo) -> None:
    (repo.root / ".crm/stage/3").write_bytes(b"")


def check_out(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "--", ".")


@pytest.mark.parametrize(
    "meddle", [discard_stage, damage_stage, check_out], ids=lambda f: f.__name__
)
def test_what_cannot_be_completed_is_taken_back(repo: Repo, meddle: Callable[[Repo], None]) -> None:
    cut_off(repo, placed=2 if meddle is check_out else 0)
    meddle(repo)
    assert "taken back" in stuck(repo, Refused)
    assert (in_place(repo), repo.status()) == (0, [])


def test_what_was_thrown_away_cannot_be_taken_back_and_is_left(repo: Repo) -> None:
    cut_off(repo, placed=1)
    discard_stage(repo)
    stuck(repo, Refused)
    assert repo.status() == [" M people/ada.md"]


def test_a_file_saved_in_the_very_moment_of_the_exchange_comes_back(repo: Repo) -> None:
    """Killed after an exchange and before the look at what came out of it."""
    cut_off(repo, placed=1)
    repo.write(".crm/stage/0", "mine\n")
    stuck(repo, Refused)
    assert repo.read("people/ada.md") == "mine\n"


def test_a_hook_that_says_no_takes_back_what_was_cut_off(repo: Repo) -> None:
    cut_off(repo, placed=3)
    repo.hook("pre-commit", "echo 'error: no' >&2; exit 1")
    assert "git commit: error: no; the edits were taken back" in stuck(repo, GitFailed)
    assert (in_place(repo), repo.status()) == (0, [])


def test_in_the_middle_of_a_merge_it_waits(repo: Repo) -> None:
    cut_off(repo, placed=3)
    repo.write(".git/MERGE_HEAD", repo.git("rev-parse", "HEAD"))
    with pytest.raises(Refused, match="cannot be finished: a merge is under way") as caught:
        next_command(repo)
    assert "git merge --abort" in caught.value.hint
    assert in_place(repo) == 3
    (repo.root / ".git/MERGE_HEAD").unlink()
    next_command(repo)
    assert (in_place(repo), repo.subjects()) == (5, ["Edit", "Begin"])


def test_an_index_that_our_killed_git_locked_is_freed_and_another_s_is_not(repo: Repo) -> None:
    cut_off(repo, placed=5)
    lock = repo.root / ".git/index.lock"
    shutil.copy(repo.root / ".git/index", repo.root / ".crm/index-1")
    lock.hardlink_to(repo.root / ".crm/index-1")
    next_command(repo)
    assert repo.subjects() == ["Edit", "Begin"]
    lock.write_bytes((repo.root / ".git/index").read_bytes())
    with pytest.raises(Refused, match="another git is at work"):
        apply(repo.root, repo.plan, patience=0)
    assert lock.exists()


# --- what a journal may not do -------------------------------------------------------------------


def open_by_hand(repo: Repo, path: str) -> None:
    """As a repository could bring it along, committed by somebody else."""
    repo.write(".crm/stage/0", "hostile\n")
    step = Step(path, None, digest(b"hostile\n"))
    journal.write(repo.root, Journal([step], ""))


@pytest.mark.parametrize("path", ["../away", ".git/hooks/pre-commit", "/away", "people/../../away"])
@pytest.mark.parametrize("name", ["journal.json", "undo.json"])
def test_a_journal_writes_nothing_outside_of_the_workspace(
    repo: Repo, path: str, name: str
) -> None:
    open_by_hand(repo, path)
    (repo.root / ".crm/journal.json").rename(repo.root / ".crm" / name)
    with pytest.raises(WorkspaceError, match="cannot be a file of a workspace"):
        next_command(repo)
    assert not (repo.root / path).exists()


def test_a_journal_writes_nothing_through_a_link(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (repo.root / "people/a").symlink_to(tmp_path / "away")
    open_by_hand(repo, "people/a/x.md")
    with pytest.raises(WorkspaceError, match="a symbolic link"):
        next_command(repo)
    assert list((tmp_path / "away").iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"steps": [1], "message": ""}', "\udcff"])
def test_a_damaged_journal_is_named_and_the_remedy_too(repo: Repo, text: str) -> None:
    (repo.root / ".crm").mkdir()
    (repo.root / ".crm/journal.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(WorkspaceError, match=r"journal\.json is damaged") as caught:
        next_command(repo)
    assert "delete it" in caught.value.hint


def test_recovery_says_whether_there_was_anything_to_do(repo: Repo) -> None:
    with locked(repo.root):
        assert not recover(repo.root)
        cut_off(repo)
        assert recover(repo.root)
        assert not recover(repo.root)
