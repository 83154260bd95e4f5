"""Beside the user's own git work: whose name, whose hooks, whose staged files, and when not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.errors import GitFailed, Refused
from crmtool.model.plan import Plan
from crmtool.store.apply import apply
from tests.store.helpers import Repo, refused

# --- what is theirs stays ------------------------------------------------------------------------


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
        "pre-commit",
        "git diff --cached --name-only >seen; echo tidy >>people/ada.md; git add people",
    )
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n"))
    assert repo.read("seen") == "people/ada.md\n"
    assert repo.git("show", "HEAD:people/ada.md") == "name: Ada Lovelace\ntidy\n"
    assert repo.status() == ["A  notes/mine.md", "?? seen"]


def test_what_is_staged_during_the_commit_stays_staged(repo: Repo) -> None:
    repo.write("notes/mine.md", "mine\n")
    repo.hook("pre-commit", "unset GIT_INDEX_FILE; git add notes/mine.md")
    apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n"))
    assert repo.committed() == ["M\tpeople/ada.md"]
    assert repo.status() == ["A  notes/mine.md"]


def test_what_a_hook_made_of_a_file_before_it_failed_is_left_and_named(repo: Repo) -> None:
    repo.hook("pre-commit", "echo tidied >people/ada.md; exit 1")
    with pytest.raises(GitFailed, match=r"taken back, but for newer work in people/ada\.md"):
        apply(repo.root, lambda: repo.plan(ada="name: Ada Lovelace\n", hedy="name: Hedy\n"))
    assert repo.read("people/ada.md") == "tidied\n"
    assert repo.status() == [" M people/ada.md"]


# --- in the middle of something ------------------------------------------------------------------


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
