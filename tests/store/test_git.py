"""Foreign repositories: found wherever a user points, read hardened, never over a network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.errors import GitFailed, RepositoryError
from crmtool.store.git import ForeignRepository, run
from tests.gitrepo import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "core")
    made.commit("Begin", files={"a.txt": "a", "lib/b.txt": "b"})
    return made


def opened(folder: Path) -> ForeignRepository:
    return ForeignRepository("core", folder)


def subjects(repository: ForeignRepository, *paths: str, since: str | None = None) -> list[str]:
    with repository.log("%s", repository.head(None), since, paths) as chunks:
        return b"".join(chunks).decode().split("\0")[:-1]


def subfolder(project: Project) -> Path:
    project.git("checkout", "--quiet", "--force")
    return project.folder / "lib"


def linked(project: Project) -> Path:
    folder = project.folder.parent / "linked"
    project.git("worktree", "add", "--quiet", "--detach", str(folder))
    return folder / "lib"


def git_file(project: Project) -> Path:
    folder = project.folder.parent / "elsewhere"
    folder.mkdir()
    (folder / ".git").write_text("gitdir: ../core/.git\n")
    return folder


def bare(project: Project) -> Path:
    folder = project.folder.parent / "bare.git"
    project.git("clone", "--quiet", "--bare", ".", str(folder))
    return folder


def work_tree(project: Project) -> Path:
    return project.folder


def git_dir(project: Project) -> Path:
    return project.git_dir


PLACES: list[Callable[[Project], Path]] = [
    work_tree,
    git_dir,
    subfolder,
    linked,
    git_file,
    bare,
]


@pytest.mark.parametrize("place", PLACES)
def test_a_repository_is_found(place: Callable[[Project], Path], project: Project) -> None:
    folder = place(project)
    assert subjects(opened(folder)) == ["Begin"]


def test_a_hook_s_environment_does_not_lead_elsewhere(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Project(tmp_path / "other")
    other.commit("Not this one")
    monkeypatch.setenv("GIT_DIR", str(other.git_dir))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.git_dir / "index"))
    assert subjects(opened(project.folder)) == ["Begin"]


def missing(folder: Path) -> None:
    """Nothing to make."""


def a_file(folder: Path) -> None:
    folder.write_text("x")


def plain(folder: Path) -> None:
    folder.mkdir()


def nowhere(folder: Path) -> None:
    folder.mkdir()
    (folder / ".git").write_text("gitdir: ../gone/.git\n")


def empty(folder: Path) -> None:
    Project(folder)


@pytest.mark.parametrize(
    ("make", "message", "hint"),
    [
        (missing, "is not there", "folder of a clone"),
        (a_file, "is not there", "folder of a clone"),
        (plain, "is not a git repository", "folder of a clone"),
        (nowhere, "leads nowhere", "folder of a clone"),
        (empty, "has no commit yet", "after the first commit"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    make: Callable[[Path], object], message: str, hint: str, tmp_path: Path
) -> None:
    make(tmp_path / "x")
    with pytest.raises(RepositoryError, match=message) as raised:
        opened(tmp_path / "x").head(None)
    assert raised.value.exit_code == 5
    assert hint in raised.value.hint


def test_an_unknown_branch_names_those_there_are(project: Project) -> None:
    project.commit("Other", branch="topic/x")
    with pytest.raises(RepositoryError, match="no branch 'mian'") as raised:
        opened(project.folder).head("mian")
    assert "main, topic/x" in raised.value.hint


def test_a_branch_without_a_commit_on_the_default_one(tmp_path: Path) -> None:
    project = Project(tmp_path / "core")
    project.commit("Only here", branch="trunk")
    with pytest.raises(RepositoryError, match="has no commit yet") as raised:
        opened(project.folder).head(None)
    assert "trunk" in raised.value.hint


@pytest.mark.parametrize(
    ("branch", "where"),
    [
        ("main", "heads/main"),
        ("side", "remotes/origin/side"),
        ("origin/side", "remotes/origin/side"),
        ("v1", "tags/v1"),
        ("--output=x", "heads/--output=x"),
    ],
)
def test_a_branch_is_the_nearest_of_its_name(branch: str, where: str, project: Project) -> None:
    """A tag called `main` does not hide the branch; a name like an option is a name."""
    refs = project.git_dir / "refs"
    for name in ("tags/main", "heads/--output=x", "remotes/origin/side", "tags/v1"):
        commit = project.commit(name, branch="scratch")
        (refs / name).parent.mkdir(parents=True, exist_ok=True)
        (refs / name).write_text(commit + "\n")
    assert opened(project.folder).head(branch) == (refs / where).read_text().strip()


def test_only_what_is_new(project: Project) -> None:
    first = project.head()
    side = project.commit("Side", branch="side", parents=[first])
    project.commit("Main")
    project.commit("Join", parents=[project.head(), side])
    assert sorted(subjects(opened(project.folder), since=first)) == ["Join", "Main", "Side"]


def test_history_that_only_grew(project: Project) -> None:
    first, second = project.head(), project.commit("Second")
    other = project.commit("Other root", parents=[], branch="other")
    repository = opened(project.folder)
    assert repository.is_ancestor(first, second)
    assert not repository.is_ancestor(second, first)
    assert not repository.is_ancestor(other, second)
    assert not repository.is_ancestor("0" * 40, second)


def test_paths_are_judged_commit_by_commit(project: Project) -> None:
    """A merge counts by what it brought to its first parent; git's simplification takes no part.

    `Undone` is on a side that came to nothing: `git log -- lib` would hide it, but only once it is
    merged.
    """
    first = project.head()
    project.commit("Elsewhere", files={"a.txt": "aa"})
    project.commit("In lib", files={"lib/b.txt": "bb"}, branch="topic", parents=[first])
    undone = project.commit("Undone", files={"lib/b.txt": "b"}, branch="topic")
    before = project.head()
    project.commit("Merge nothing", parents=[before, undone])
    second = project.commit("More", files={"lib/c.txt": "c"}, branch="topic2", parents=[before])
    project.commit("Merge more", files={"lib/c.txt": "c"}, parents=[project.head(), second])
    repository = opened(project.folder)
    whole = ["Begin", "In lib", "Merge more", "More", "Undone"]
    assert sorted(subjects(repository, "lib")) == whole
    assert sorted(subjects(repository, "lib", since=before)) == whole[1:]
    assert subjects(repository, "nowhere") == []
    assert subjects(repository, "lib", since=project.head()) == []


def test_a_path_that_git_does_not_take(project: Project) -> None:
    with pytest.raises(RepositoryError, match="outside repository"):
        subjects(opened(project.folder), "../x")


def test_a_missing_object_is_an_error_and_not_the_end(project: Project) -> None:
    middle = project.commit("Middle")
    project.commit("Last")
    project.object(middle).unlink()
    with pytest.raises(RepositoryError, match="git log of") as raised:
        subjects(opened(project.folder))
    assert "git fsck" in raised.value.hint


def give_up(repository: ForeignRepository) -> None:
    with repository.log("%B", repository.head(None)) as chunks:
        next(chunks)
        raise KeyboardInterrupt


def children() -> set[str]:
    """The processes that this one has started and not taken leave of."""
    here = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(here.read_text().split())


def test_a_reader_that_gives_up_leaves_no_process(project: Project) -> None:
    before = children()
    with pytest.raises(KeyboardInterrupt):
        give_up(opened(project.folder))
    assert children() <= before


def test_no_program_of_a_foreign_repository_runs(project: Project, tmp_path: Path) -> None:
    """Its configuration may name programs; cloned or unpacked, it is still somebody else's."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/it-ran\ncat\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "pager.log", "diff.external", "gpg.program",
                "core.sshCommand", "core.editor", "filter.x.smudge"):  # fmt: skip
        project.git("config", key, str(program))
    project.git("config", "log.showSignature", "true")
    project.git("config", "core.hooksPath", str(tmp_path))
    (project.git_dir / "info").mkdir(exist_ok=True)
    (project.git_dir / "info" / "attributes").write_text("* filter=x diff=x\n")
    signed = b"gpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\nSigned"
    text = project.git("cat-file", "commit", "HEAD").encode().partition(b"\n\n")[0]
    project.point("main", project.put("commit", text + b"\n" + signed))
    repository = opened(project.folder)
    assert subjects(repository) == ["Signed"]
    assert subjects(repository, "lib") == ["Signed"]
    repository.mailmap(repository.head(None))
    assert not (tmp_path / "it-ran").exists()


def test_settings_of_the_user_do_not_change_what_is_read(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailmap = tmp_path / "mailmap"
    mailmap.write_text("Somebody Else <else@example.org> <ada@example.org>\n")
    config = tmp_path / "gitconfig"
    config.write_text(
        f"[mailmap]\nfile = {mailmap}\n[log]\nfollow = true\n[color]\nui = always\n"
        "[trailer]\nseparators = '#'\n[i18n]\nlogOutputEncoding = latin1\n[format]\npretty = raw\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    project.commit("Zoë\n\nAcked-by: Zoë <zoe@example.org>\n")
    repository = opened(project.folder)
    with repository.log("%s%(trailers:only)", project.head()) as chunks:
        assert b"".join(chunks).decode().startswith("ZoëAcked-by: Zoë <zoe@example.org>\n\0")
    ada = ("Ada Lovelace", "ada@example.org")
    blob = project.put("blob", b"Zoe <zoe@example.org>\n")
    assert repository.check_mailmap([ada], blob) == {ada: ada}


def test_a_partial_clone_fetches_nothing(project: Project, tmp_path: Path) -> None:
    """The `.mailmap` that it lacks is none; it is not brought in behind the user's back."""
    project.commit("Map", files={".mailmap": "A <a@example.org>\n"})
    project.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial.git"
    subprocess.run(
        ["git", "clone", "--quiet", "--bare", "--filter=blob:none", f"file://{project.folder}",
         str(clone)], check=True,
    )  # fmt: skip
    before = sorted(clone.rglob("*"))
    repository = opened(clone)
    assert repository.mailmap(repository.head(None)) == ""
    assert subjects(repository) == ["Map", "Begin"]
    assert subjects(repository, "lib") == ["Begin"]
    assert sorted(clone.rglob("*")) == before


def test_a_submodule_is_a_name_in_a_tree(project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path / "other")
    tree = b"160000 sub\0" + bytes.fromhex(other.commit("Theirs"))
    text = project.git("cat-file", "commit", "HEAD").encode().partition(b"\n")[2]
    commit = b"tree " + project.put("tree", tree).encode() + b"\n" + text
    project.point("main", project.put("commit", commit))
    assert subjects(opened(project.folder)) == ["Begin"]
    assert subjects(opened(project.folder), "sub") == ["Begin"]


def test_what_alters_the_view_of_a_history(project: Project, tmp_path: Path) -> None:
    """Grafts, replacements and shallow ends hold, as in git's own commands, and are told."""
    first = project.head()
    second = project.commit("Second")
    assert opened(project.folder).alterations() == b""
    project.git("replace", "--graft", second)
    repository = opened(project.folder)
    assert subjects(repository) == ["Second"]
    assert second.encode() in repository.alterations()
    assert not repository.is_shallow
    clone = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", f"file://{project.folder}", str(clone)], check=True
    )
    assert opened(clone).is_shallow
    assert second.encode() in opened(clone).alterations()
    assert first not in opened(clone).alterations().decode()


def test_mailmap_answers_in_the_order_asked(project: Project) -> None:
    project.commit(files={".mailmap": "Ada Lovelace <ada@example.org> <ada@old.example.org>\n"})
    repository = opened(project.folder)
    blob = repository.mailmap(project.head())
    pairs = [("x", "ADA@old.example.org"), ("", ""), ("a <b", "q"), ("Z\udceb", "z@example.org")]
    answers = repository.check_mailmap(pairs, blob)
    assert answers[pairs[0]] == ("Ada Lovelace", "ada@example.org")
    assert answers[pairs[1]] == pairs[1]
    assert answers[pairs[3]] == pairs[3]
    assert repository.check_mailmap(pairs, "") == {pair: pair for pair in pairs}


def test_git_s_own_words_are_the_message(project: Project) -> None:
    with pytest.raises(GitFailed, match="git rev-parse: fatal: Needed a single revision"):
        run(project.folder, "rev-parse", "--verify", "nothing")


def test_more_complaints_than_a_pipe_holds(project: Project) -> None:
    """A process that nobody listens to would wait for a listener, and we for it."""
    (project.git_dir / "info").mkdir(exist_ok=True)
    (project.git_dir / "info" / "grafts").write_text("no such graft, and git says so\n" * 3000)
    assert subjects(opened(project.folder)) == ["Begin"]
