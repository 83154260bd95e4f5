"""What a plan does to a workspace, and when it is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.errors import Changed, MassChange, WorkspaceError
from crmtool.model.plan import Change, Plan
from crmtool.store.apply import apply
from tests.store.helpers import Repo, leftovers, refused

# --- what is written ---------------------------------------------------------------------------


def test_create_patch_move_and_delete_become_one_commit(repo: Repo) -> None:
    repo.write("people/joan.md", "name: Joan\n")
    repo.commit_all("Joan came")
    changes = (
        repo.change("people/hedy.md", "name: Hedy\n"),
        repo.change("people/ada.md", "name: Ada Lovelace\n"),
        repo.change("people/g/grace.md", "name: Grace Hopper\n", origin="people/grace.md"),
        repo.change("people/joan.md", None),
    )
    _, commit = apply(repo.root, lambda: Plan(changes, "Tidy up\n\nJoined nobody"))
    assert repo.git("log", "-1", "--format=%H %B").split() == [
        commit,
        *"Tidy up Joined nobody".split(),
    ]
    assert repo.committed() == [
        "M\tpeople/ada.md", "A\tpeople/g/grace.md", "D\tpeople/grace.md",
        "A\tpeople/hedy.md", "D\tpeople/joan.md",
    ]  # fmt: skip
    assert repo.read("people/g/grace.md") == "name: Grace Hopper\n"
    assert repo.status() == []
    assert leftovers(repo.root) == set()


def test_a_plan_can_be_decided_on_only_under_the_lock_and_an_empty_one_does_nothing(
    repo: Repo,
) -> None:
    seen = []

    def decide() -> Plan:
        seen.append((repo.root / ".crm/lock").exists())
        return Plan()

    assert apply(repo.root, decide) == (Plan(), "")
    assert seen == [True]
    assert repo.subjects() == ["Begin"]


def test_files_keep_their_mode_and_new_ones_get_the_umask_s(repo: Repo) -> None:
    (repo.root / "people/ada.md").chmod(0o600)
    (repo.root / "people/grace.md").chmod(0o640)
    changes = (
        repo.change("people/ada.md", "name: Ada Lovelace\n"),
        repo.change("people/hopper.md", "name: Grace\n", origin="people/grace.md"),
        repo.change("people/hedy.md", "name: Hedy\n"),
    )
    before = os.umask(0o027)
    try:
        apply(repo.root, lambda: Plan(changes, "Edit"))
    finally:
        os.umask(before)
    modes = {
        p.stem: stat.S_IMODE(p.stat().st_mode) for p in sorted((repo.root / "people").iterdir())
    }
    assert modes == {"ada": 0o600, "hedy": 0o640, "hopper": 0o640}


def test_without_commit_the_edits_lie_in_the_work_tree(repo: Repo) -> None:
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n"), commit=False)
    assert repo.status() == [" M people/ada.md"]
    assert repo.subjects() == ["Begin"]


def test_an_edit_that_changes_nothing_makes_no_commit(repo: Repo) -> None:
    _, commit = apply(repo.root, lambda: repo.plan(ada="name: Ada\n"))
    assert (commit, repo.subjects()) == ("", ["Begin"])


def test_a_plan_that_changes_a_file_twice_is_a_bug(repo: Repo) -> None:
    ada = repo.change("people/ada.md", "name: A\n")
    moved = repo.change("people/b.md", "name: B\n", origin="people/ada.md")
    with pytest.raises(ValueError, match=r"people/ada\.md twice"):
        Plan((ada, moved))


# --- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "risky", "fine"),
    [(30, 20, True), (30, 21, False), (300, 30, True), (300, 31, False)],
)
@pytest.mark.parametrize("new", ["name: X\n", None])
def test_a_plan_over_most_records_needs_a_flag(
    tmp_path: Path, records: int, risky: int, fine: bool, new: str | None
) -> None:
    repo = Repo(tmp_path / "crm").begin(**{f"p{n}": f"name: P{n}\n" for n in range(records)})
    plan = repo.plan(**{f"p{n}": new for n in range(risky)}, another="name: New\n")
    if not fine:
        error = refused(repo, plan, MassChange)
        assert f"{risky} of {records} records" in error.message
        assert "--allow-mass-change" in error.hint
    apply(repo.root, lambda: plan, allow_mass_change=not fine)
    assert len(repo.committed()) == risky + 1


def test_records_that_only_gain_lines_are_no_mass_change(repo: Repo) -> None:
    for n in range(30):
        repo.write(f"people/p{n}.md", f"name: {n}\n")
    repo.commit_all("Thirty people")
    changes = tuple(repo.change(f"people/p{n}.md", f"name: {n}\ntags: [a]\n") for n in range(30))
    _, commit = apply(repo.root, lambda: Plan(changes, "A tag for everybody"))
    assert commit


def edit(repo: Repo) -> None:
    repo.write("people/ada.md", "name: mine\n")


def stage(repo: Repo) -> None:
    edit(repo)
    repo.git("add", "people/ada.md")


def stage_and_go_back(repo: Repo) -> None:
    stage(repo)
    repo.write("people/ada.md", "name: Ada\n")


def delete(repo: Repo) -> None:
    (repo.root / "people/ada.md").unlink()


def stage_deletion(repo: Repo) -> None:
    repo.git("rm", "--quiet", "people/ada.md")


def never_commit(repo: Repo) -> None:
    repo.git("rm", "--quiet", "--cached", "people/ada.md")
    repo.git("commit", "--quiet", "--message", "Not this one")


def ignore(repo: Repo) -> None:
    never_commit(repo)
    repo.write(".git/info/exclude", "people/ada.md\n")


@pytest.mark.parametrize(
    "pending",
    [edit, stage, stage_and_go_back, delete, stage_deletion, never_commit, ignore],
    ids=lambda f: f.__name__,
)
@pytest.mark.parametrize("verb", ["patch", "delete", "move"])
def test_an_edit_that_the_user_has_not_committed_is_left_to_them(
    repo: Repo, pending: Callable[[Repo], None], verb: str
) -> None:
    pending(repo)
    if verb == "move":
        change = repo.change("people/countess.md", "name: Ada\n", origin="people/ada.md")
    else:
        change = repo.change("people/ada.md", None if verb == "delete" else "name: theirs\n")
    error = refused(repo, Plan((change,), "Edit"))
    assert error.message.startswith("people/ada.md: edited and not committed")
    assert "--no-commit" in error.hint


# --- files that are not what the plan was made for ------------------------------------------------


def link(repo: Repo) -> None:
    (repo.root / "people/ada.md").unlink()
    (repo.root / "people/ada.md").symlink_to("/dev/null")


def folder(repo: Repo) -> None:
    (repo.root / "people/ada.md").unlink()
    (repo.root / "people/ada.md").mkdir()


@pytest.mark.parametrize("meddle", [edit, delete, link, folder], ids=lambda f: f.__name__)
def test_a_file_that_changed_since_the_decision_is_not_overwritten(
    repo: Repo, meddle: Callable[[Repo], None]
) -> None:
    plan = repo.plan(ada="name: Ada Lovelace\n", hedy="name: Hedy\n")
    meddle(repo)
    error = refused(repo, plan, Changed, commit=False)
    assert "run the command again" in error.hint


@pytest.mark.parametrize(
    "path",
    ["../away.md", "people/../../away.md", "/away.md", ".git/hooks/pre-commit", ".GIT/config",
     "people/.git/config", ".crm/lock", "people//x.md", "people/", "people/x\0.md"],
)  # fmt: skip
def test_no_path_leads_out_of_the_workspace(repo: Repo, path: str) -> None:
    plan = Plan((Change(path, None, b"x", "a test"),), "Edit")
    assert "cannot be a file of a workspace" in refused(repo, plan, WorkspaceError).message


@pytest.mark.parametrize("kind", ["a symbolic link", "not a folder"])
def test_nothing_is_written_through_what_is_no_folder(
    repo: Repo, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "away").mkdir()
    if kind == "a symbolic link":
        (repo.root / "people/a").symlink_to(tmp_path / "away")
    else:
        repo.write("people/a", "a file\n")
    plan = Plan((Change("people/a/ann.md", None, b"name: Ann\n", "a test"),), "Edit")
    assert kind in refused(repo, plan, WorkspaceError).message
    assert list((tmp_path / "away").iterdir()) == []
