"""What a plan does to a workspace, and when it is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.errors import Changed, CrmError, GitFailed, MassChange, Refused, WorkspaceError
from crmtool.model.plan import Plan
from crmtool.store.apply import apply
from tests.store.helpers import Repo, leftovers


def refused(repo: Repo, plan: Plan, kind: type[CrmError] = Refused, **options: bool) -> CrmError:
    """Apply a plan that must be refused: nothing may be different afterwards."""
    before = repo.files(), repo.status(), repo.git("rev-parse", "--all")
    with pytest.raises(kind) as caught:
        apply(repo.root, lambda: plan, patience=0, **options)
    assert (repo.files(), repo.status(), repo.git("rev-parse", "--all")) == before
    assert leftovers(repo.root) == set()
    assert caught.value.hint, "say what to do next"
    return caught.value


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
    assert repo.git("log", "-1", "--format=%H %B").split() == [commit, *"Tidy up Joined nobody".split()]
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


# --- beside the user's own work ----------------------------------------------------------------


def test_other_work_stays_staged_edited_and_untracked_as_it_was(repo: Repo) -> None:
    for name in ("staged", "both", "gone", "edited"):
        repo.write(f"notes/{name}.md", "one\n")
    repo.commit_all("Notes")
    repo.write("notes/staged.md", "two\n")
    repo.write("notes/both.md", "two\n")
    repo.write("notes/new.md", "new\n")
    repo.git("add", "notes")
    repo.git("rm", "--quiet", "--cached", "notes/gone.md")
    repo.write("notes/both.md", "three\n")
    repo.write("notes/edited.md", "two\n")
    repo.write("notes/untracked.md", "new\n")
    before = repo.status(), repo.git("diff"), repo.git("diff", "--cached")
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n", hedy="name: Hedy\n", grace=None))
    assert (repo.status(), repo.git("diff"), repo.git("diff", "--cached")) == before
    assert repo.committed() == ["M\tpeople/ada.md", "D\tpeople/grace.md", "A\tpeople/hedy.md"]


def test_a_first_commit_takes_nothing_that_the_user_has_staged(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.git("init", "--quiet", "--template=", "--initial-branch=trunk")
    repo.write("plan.txt", "mine\n")
    repo.git("add", "plan.txt")
    apply(repo.root, lambda: Plan((repo.change("crm.yml", "community: {name: T}\n"),), "Begin"))
    assert repo.committed() == ["A\tcrm.yml"]
    assert repo.status() == ["A  plan.txt"]


def test_a_workspace_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    top = Repo(tmp_path).begin()
    inner = Repo(tmp_path / "team/crm")
    inner.write("people/ada.md", "name: Ada\n")
    top.commit_all("Ada")
    top.write("people/ada.md", "name: another, at the top\n")
    apply(inner.root, lambda: inner.plan(ada="name: Ada Lovelace\n", hedy="name: Hedy\n"))
    assert top.committed() == ["M\tteam/crm/people/ada.md", "A\tteam/crm/people/hedy.md"]
    assert top.status() == ["?? people/ada.md"]
    inner.write("people/ada.md", "mine\n")
    refused(inner, inner.plan(ada="theirs\n"))


def test_a_linked_work_tree_commits_to_its_own_branch(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", "-b", "trial", str(tmp_path / "linked"))
    linked = Repo(tmp_path / "linked")
    apply(linked.root, lambda: linked.plan(ada="name: Ada Lovelace\n"))
    assert (linked.subjects(), repo.subjects()) == (["Edit", "Begin"], ["Begin"])
    assert (linked.status(), repo.status()) == ([], [])


def test_many_files_become_one_pack_and_not_a_file_each(repo: Repo) -> None:
    apply(repo.root, lambda: repo.plan(**{f"p{n}": f"name: P{n}\n" for n in range(100)}))
    assert len(repo.committed()) == 100
    objects = [p for p in (repo.root / ".git/objects").rglob("*") if p.is_file()]
    assert len(objects) < 20
    assert repo.status() == []


# --- who signs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "author"),
    [
        ({}, "crmtool <crmtool@localhost>"),
        ({"user.name": "Ada", "user.email": "ada@example.org"}, "Ada <ada@example.org>"),
        ({"user.name": "Ada"}, "crmtool <crmtool@localhost>"),
        ({"author.name": "Bot", "author.email": "bot@example.org"}, "Bot <bot@example.org>"),
    ],
)
def test_the_commit_is_the_user_s_or_crmtool_s(
    repo: Repo, config: dict[str, str], author: str
) -> None:
    for key, value in config.items():
        repo.git("config", key, value)
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n"))
    assert repo.git("log", "-1", "--format=%an <%ae>").strip() == author


def sign_with(repo: Repo, script: str) -> None:
    program = repo.root / ".git/sign"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    repo.git("config", "gpg.program", str(program))
    repo.git("config", "commit.gpgsign", "true")


def test_commits_are_signed_where_the_user_signs(repo: Repo) -> None:
    sign_with(repo, "cat >/dev/null; echo SIGNATURE; echo '\n[GNUPG:] SIG_CREATED ' >&2")
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n"))
    assert "gpgsig SIGNATURE" in repo.git("cat-file", "-p", "HEAD")


def test_a_key_that_cannot_sign_leaves_everything_as_it_was(repo: Repo) -> None:
    sign_with(repo, "exit 1")
    error = refused(repo, repo.plan(ada="name: Ada Lovelace\n"), GitFailed)
    assert "the edits were taken back" in error.message


# --- hooks -------------------------------------------------------------------------------------


def test_a_hook_that_says_no_takes_the_edits_back_and_blocks_nothing(repo: Repo) -> None:
    repo.hook("pre-commit", "echo 'error: the linter is not happy' >&2; exit 1")
    changes = (
        repo.change("people/ada.md", "name: Ada Lovelace\n"),
        repo.change("people/h/hopper.md", "name: Grace\n", origin="people/grace.md"),
    )
    error = refused(repo, Plan(changes, "Edit"), GitFailed)
    assert error.message.startswith("git commit: error: the linter is not happy")
    assert "--no-commit" in error.hint
    apply(repo.root, lambda: Plan(changes, "Edit"), commit=False)
    assert repo.status() == [" M people/ada.md", " D people/grace.md", "?? people/h/hopper.md"]


def test_a_hook_sees_the_plan_s_files_alone_and_may_add_to_them(repo: Repo) -> None:
    repo.write("notes/mine.md", "mine\n")
    repo.git("add", "notes/mine.md")
    repo.hook(
        "pre-commit", "git diff --cached --name-only >seen; echo tidy >>people/ada.md; git add people"
    )
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n"))
    assert repo.read("seen") == "people/ada.md\n"
    assert repo.git("show", "HEAD:people/ada.md") == "name: Ada Lovelace\ntidy\n"
    assert repo.status() == ["A  notes/mine.md", "?? seen"]


def test_what_a_hook_made_of_a_file_before_it_failed_is_left_and_named(repo: Repo) -> None:
    repo.hook("pre-commit", "echo tidied >people/ada.md; exit 1")
    with pytest.raises(GitFailed, match=r"taken back, but for newer work in people/ada\.md"):
        apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n", hedy="name: Hedy\n"))
    assert repo.read("people/ada.md") == "tidied\n"
    assert repo.status() == [" M people/ada.md"]


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


def conflict(repo: Repo, *command: str) -> None:
    """Two branches that edit one line; then a git command that cannot put them together."""
    repo.git("switch", "--quiet", "-c", "other")
    repo.write("notes/n.md", "theirs\n")
    repo.commit_all("Theirs")
    repo.git("switch", "--quiet", "main")
    repo.write("notes/n.md", "ours\n")
    repo.commit_all("Ours")
    with pytest.raises(Exception, match="returned non-zero"):
        repo.git(*command)


def stash_conflict(repo: Repo) -> None:
    repo.write("notes/n.md", "one\n")
    repo.commit_all("One")
    repo.write("notes/n.md", "two\n")
    repo.git("stash", "--quiet")
    repo.write("notes/n.md", "three\n")
    repo.commit_all("Three")
    with pytest.raises(Exception, match="returned non-zero"):
        repo.git("stash", "pop")


def failed_am(repo: Repo) -> None:
    repo.write("patch", "From 0 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: x\n\ndiff\n")
    with pytest.raises(Exception, match="returned non-zero"):
        repo.git("am", "patch")


BUSY: dict[str, tuple[Callable[[Repo], object], str]] = {
    "a merge": (lambda r: conflict(r, "merge", "other"), "git merge --abort"),
    "a rebase": (lambda r: conflict(r, "rebase", "other"), "git rebase --abort"),
    "a cherry-pick": (lambda r: conflict(r, "cherry-pick", "other"), "git cherry-pick --abort"),
    "a revert": (lambda r: conflict(r, "revert", "--no-edit", "other"), "git revert --abort"),
    "a git am": (failed_am, "git am --abort"),
    "a bisect": (lambda r: r.git("bisect", "start"), "git bisect reset"),
    "a conflict": (stash_conflict, "git add"),
    "no branch": (lambda r: r.git("switch", "--quiet", "--detach"), "git switch"),
    "another git": (lambda r: r.write(".git/index.lock", ""), "delete that file"),
}


@pytest.mark.parametrize("what", BUSY)
def test_in_the_middle_of_other_git_work_nothing_is_done(repo: Repo, what: str) -> None:
    prepare, remedy = BUSY[what]
    prepare(repo)
    plan = repo.plan(ada="name: Ada Lovelace\n")
    error = refused(repo, plan)
    assert error.message.startswith(what)
    assert remedy in error.hint
    apply(repo.root, lambda: plan, commit=False)


def test_a_folder_that_is_not_under_git(tmp_path: Path) -> None:
    plan = Repo(tmp_path).plan(ada="name: Ada\n")
    with pytest.raises(Refused, match="is not under git") as caught:
        apply(tmp_path, lambda: plan)
    assert "--no-commit" in caught.value.hint
    apply(tmp_path, lambda: plan, commit=False)
    assert Repo(tmp_path).read("people/ada.md") == "name: Ada\n"


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
    plan = Plan((repo.plan(x="").changes[0].__class__(path, None, b"x", "a test"),), "Edit")
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
    plan = Plan((repo.change("people/a/ann.md", "name: Ann\n"),) if kind != "not a folder" else (), "")
    if kind == "not a folder":
        change = repo.plan(x="").changes[0]
        plan = Plan((change.__class__("people/a/ann.md", None, b"x", "a test"),), "Edit")
    assert kind in refused(repo, plan, WorkspaceError).message
    assert list((tmp_path / "away").iterdir()) == []
