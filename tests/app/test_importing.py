"""`crmtool import` from real git repositories: who did what, and nothing lost or doubled."""

from __future__ import annotations

import subprocess
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from crmtool.app.checking import check
from crmtool.app.opening import Asked
from crmtool.errors import (
    FeedShrinks,
    KeyProblem,
    RepositoryError,
    UsageError,
    WorkspaceError,
)
from crmtool.model.plan import Plan
from tests.gitrepo import GRACE, Project
from tests.imports import KEYED, Command, Crm, command, counted

MAILMAP = "Ada Lovelace <ada@example.org> <ada@old.example.org>\nGrace Hopper <grace@example.org>\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "core")


@pytest.fixture
def crm(project: Project, tmp_path: Path) -> Crm:
    """A workspace whose one source has one commit, not yet imported."""
    project.commit("Begin", files={"a.txt": "a"})
    return Crm(tmp_path / "crm", project)


@pytest.fixture
def crmtool(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line: arguments in; exit code, stdout and stderr out."""
    return partial(command, capsys, monkeypatch)


def test_authored_commits_are_those_of_git_shortlog(project: Project, tmp_path: Path) -> None:
    """Per (name, address) after `.mailmap`, merges and an octopus among them."""
    first = project.commit("Begin", files={".mailmap": MAILMAP})
    one = project.commit("One", author="ada <ada@old.example.org>", branch="one")
    two = project.commit("Two", author="grace <GRACE@example.org>", branch="two", parents=[first])
    three = project.commit("Three", author=b"Zo\xeb <zoe@example.org>", branch="x", parents=[first])
    project.commit("Merge one", author=GRACE, parents=[first, one])
    project.commit("Merge all", author=GRACE, parents=[project.head(), two, three])
    project.commit("Nameless", author=" <someone@example.org>")
    crm = Crm(tmp_path / "crm", project)
    crm.run()
    assert crm.authors() == counted(project)
    assert crm.authors().total() == int(project.git("rev-list", "--count", "HEAD"))
    assert Counter(a["type"] for a in crm.activities()) == {"commit": 5, "merge": 2}


def test_twice_changes_no_byte_and_makes_no_commit(crm: Crm) -> None:
    crm.run()
    files, head = crm.files(), crm.git("rev-parse", "HEAD")
    again = crm.run()
    assert (crm.files(), again.commit, again.plan.changes) == (files, "", ())
    assert crm.git("rev-parse", "HEAD~1") == head  # `run` makes a commit of its own


def test_one_commit_changes_few_lines(crm: Crm, project: Project) -> None:
    crm.run()
    project.commit("Second")
    crm.run()
    stat = crm.git("show", "--numstat", "--format=", "HEAD").splitlines()
    assert sorted(line.split("\t")[:2] for line in stat) == [["1", "0"], ["1", "1"]]


def test_a_mailmap_that_comes_later_is_heeded(crm: Crm, project: Project) -> None:
    project.commit("Two", author="ada <ada@old.example.org>")
    crm.run()
    project.commit("Map", files={".mailmap": MAILMAP})
    crm.run()
    assert crm.authors() == counted(project)
    assert len(crm.authors()) == 1


def test_one_person_across_repositories(tmp_path: Path) -> None:
    projects = [Project(tmp_path / name) for name in ("core", "docs")]
    for project in projects:
        project.commit(f"Begin {project.folder.name}")
    projects[1].commit("Under another name", author="A. Lovelace <ada@example.org>")
    crm = Crm(tmp_path / "crm", *projects)
    done = crm.run()
    assert dict(done.added) == {"core": 1, "docs": 2}
    assert [p.name for p in (crm.root / "people").glob("*.md")] == ["ada-lovelace.md"]
    assert crm.git("rev-list", "--count", "HEAD").strip() == "3"  # begin, configure, import


@pytest.mark.parametrize("emails", ["hmac", "none"])
def test_no_address_is_anywhere_in_the_workspace(
    emails: str, project: Project, tmp_path: Path
) -> None:
    """In no file, no object of git, no name, title or message."""
    project.commit("Begin", files={".mailmap": MAILMAP})
    project.commit(
        "Thank someone@example.org\n\nReviewed-by: R <reviewer@example.org>\n",
        author="named@example.org <named@example.org>",
    )
    project.commit("Old", author="ada <ada@old.example.org>")
    project.commit("Bot", author="x[bot] <7+x[bot]@users.noreply.github.com>")
    crm = Crm(tmp_path / "crm", project, emails=emails)
    crm.run()
    everything = crm.everything().lower()
    for word in (b"@example.org", b"@old.example.org", b"@users.noreply"):
        left = everything.replace(b"grace@example.org", b"")  # commits of the test itself
        assert word not in left
    assert b"ada@" not in everything
    assert check(Asked(crm.root)) == []


def test_plain_addresses_where_they_are_wanted(project: Project, tmp_path: Path) -> None:
    project.commit()
    crm = Crm(tmp_path / "crm", project, emails="plain")
    crm.run()
    assert "email:ada@example.org" in (crm.root / "people" / "ada-lovelace.md").read_text()
    assert check(Asked(crm.root)) == []


def test_hostile_names_become_harmless_records(project: Project, tmp_path: Path) -> None:
    for number, name in enumerate(
        [b"<script>alert(1)</script>", b"\x1b[31mRed\x07", b"Zo\xeb", "\u202eevil".encode(),
         b"x" * 10_000, b"", b"../../etc/passwd", b"--option", b"con", b"NO", b"a: [b", b"{{ x }}",
         "李".encode(), b"---"]
    ):  # fmt: skip
        project.commit(author=name + b" <p%d@example.org>" % number)
    crm = Crm(tmp_path / "crm", project)
    crm.run()
    assert check(Asked(crm.root)) == []
    assert len(list((crm.root / "people").iterdir())) == 15  # and .gitkeep
    assert all(b"\x1b" not in text for text in crm.files().values())


def test_paths_and_branch_of_a_subproject(crm: Crm, project: Project) -> None:
    project.commit("Lib", files={"lib/x.txt": "x"})
    project.commit("Elsewhere", files={"a.txt": "aa"})
    project.commit("On a branch", files={"lib/y.txt": "y"}, branch="v1", parents=[project.head()])
    crm.configure("core", branch="v1", paths=["lib"])
    crm.run()
    assert crm.titles() == ["Lib", "On a branch"]
    project.commit("Also elsewhere", files={"a.txt": "aaa"}, branch="v1")
    assert not crm.run().plan  # the head moved and nothing is new: no commit
    project.commit("Lib again", files={"lib/x.txt": "xx"}, branch="v1")
    crm.run()
    assert crm.titles() == ["Lib", "On a branch", "Lib again"]


def test_paths_that_match_nothing_are_told(crm: Crm) -> None:
    crm.configure("core", paths=["lob"])
    assert crm.run().notes == {"core": ["no commit touches lob"]}


def test_a_shallow_clone_and_the_same_one_deepened(crm: Crm, project: Project) -> None:
    for number in range(4):
        project.commit(str(number), author=GRACE)
    shallow = crm.root.parent / "shallow"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=2", f"file://{project.folder}", str(shallow)],
        check=True,
    )
    crm.configure("core")
    source = crm.root / "sources" / "core" / "source.yml"
    source.write_text("type: git\ntarget: ../shallow\n")
    assert crm.run().notes == {"core": ["the clone is shallow: its older commits are not here"]}
    assert crm.titles() == ["2", "3"]
    subprocess.run(["git", "-C", str(shallow), "fetch", "--quiet", "--deepen=1"], check=True)
    crm.run()
    assert crm.titles() == ["1", "2", "3"]
    subprocess.run(["git", "-C", str(shallow), "fetch", "--quiet", "--unshallow"], check=True)
    assert crm.run().notes == {"core": []}
    assert crm.titles() == ["Begin", "0", "1", "2", "3"]


def test_rewritten_history_drops_what_is_gone(crm: Crm, project: Project) -> None:
    first = project.head()
    project.commit("Mistake", author="Oops <oops@example.org>")
    crm.run()
    project.commit("Better", parents=[first])
    done = crm.run()
    assert done.notes == {"core": ["its history was rewritten, and read from the start"]}
    assert crm.titles() == ["Begin", "Better"]
    assert {p["name"] for p in crm.profiles().values()} == {"Ada Lovelace"}


def test_a_source_that_shrinks_is_refused_until_it_is_meant(crm: Crm, project: Project) -> None:
    for number in range(30):
        project.commit(str(number))
    crm.run()
    before = crm.files()
    project.commit("All new", parents=[])
    with pytest.raises(FeedShrinks, match="had 31 activities and would have 1") as raised:
        crm.run()
    assert raised.value.exit_code == 6
    assert "--allow-mass-change" in raised.value.hint
    assert crm.files() == before
    shown: list[Plan] = []
    crm.run(dry_run=shown.append)
    assert shown
    assert crm.files() == before
    crm.run(allow_mass_change=True)
    assert crm.titles() == ["All new"]


def test_the_same_history_under_new_names_is_no_loss(crm: Crm, project: Project) -> None:
    """A history filtered for a file that had no place in it: every commit is another one."""
    for number in range(30):
        project.commit(str(number))
    crm.run()
    project.commit("Begin", parents=[])
    for number in range(30):
        project.commit(str(number))
    crm.run()
    assert len(crm.titles()) == 31


def test_a_remote_is_cloned_and_fetched(crm: Crm, project: Project) -> None:
    project.git("config", "uploadpack.allowFilter", "true")
    source = crm.root / "sources" / "core" / "source.yml"
    source.write_text(f"type: git\ntarget: file://{project.folder}\n")
    crm.run()
    project.commit("Second", author=GRACE)
    crm.run()
    assert crm.titles() == ["Begin", "Second"]
    assert crm.git("status", "--porcelain") == ""


def test_where_one_source_fails_the_others_go_on(crm: Crm) -> None:
    for name, text in (("gone", "type: git\ntarget: ../gone\n"), ("odd", "type: gti\ntarget: x\n")):
        (crm.root / "sources" / name).mkdir()
        (crm.root / "sources" / name / "source.yml").write_text(text)
    done = crm.run()
    assert [type(error) for error in done.failed] == [WorkspaceError, RepositoryError]
    assert crm.titles() == ["Begin"]
    assert not (crm.root / "sources" / "gone" / "cursor.json").exists()


def test_a_corrupt_repository_leaves_nothing_half_written(crm: Crm, project: Project) -> None:
    crm.run()
    before = crm.files()
    middle = project.commit("Second")
    project.commit("Third")
    project.object(middle).unlink()
    with pytest.raises(RepositoryError):
        crm.run()
    assert crm.files() == before
    assert not (crm.root / ".crm" / "spool").exists()


@pytest.mark.parametrize(
    ("argument", "message", "hint"),
    [
        ("nope", "there is no source 'nope'", "sources: core"),
        ("--nope", "No such option", "crmtool import --help"),
    ],
)
def test_what_cannot_be_asked(
    argument: str, message: str, hint: str, crm: Crm, crmtool: Command
) -> None:
    code, _, err = crmtool("-C", str(crm.root), "import", argument)
    assert code == 2
    assert message in err
    assert hint in err


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"target": "../gone"}, 5, ["source core: ", "is not there", "folder of a clone"]),
        ({"target": "../core", "branch": "x"}, 5, ["no branch 'x'", "there are: main"]),
        (
            {"target": "../core", "branch": "--output=x"},
            3,
            ["sources/core/source.yml:3:"],
        ),
        ({"target": "../core", "paths": "../.."}, 5, ["outside repository"]),
        ({"target": "https://x.invalid/", "token_env": "NOPE"}, 4, ["NOPE is not set", "put the"]),
        ({"target": "ext::sh -c x"}, 3, ["runs a program"]),
    ],
    ids=["gone", "branch", "option", "paths", "token", "program"],
)
def test_a_source_that_cannot_be_read(
    settings: dict[str, str],
    code: int,
    words: list[str],
    crm: Crm,
    crmtool: Command,
) -> None:
    """One line on stderr and a hint, the exit code of the cause, nothing written."""
    paths = settings.pop("paths", None)
    lines = ["type: git", *(f"{key}: {value}" for key, value in settings.items())]
    lines += [f"paths: [{paths}]"] if paths else []
    (crm.root / "sources" / "core" / "source.yml").write_text("\n".join(lines) + "\n")
    before = crm.files()
    exit_code, out, err = crmtool("-C", str(crm.root), "import")
    assert (exit_code, out) == (code, "")
    assert all(word in err for word in words)
    assert len(err.splitlines()) == 2
    assert crm.files() == before


def test_what_the_command_says(crm: Crm, project: Project, crmtool: Command) -> None:
    project.commit("Undated", date="0 +0000")
    shown = crmtool("-C", str(crm.root), "import", "--dry-run")
    assert shown[0] == 0
    assert "+++ b/people/ada-lovelace.md" in shown[1]
    assert "nothing was written (dry run)" in shown[1]
    assert not (crm.root / "people" / "ada-lovelace.md").exists()
    code, out, err = crmtool("-C", str(crm.root), "import")
    assert code == 0
    assert "core: 2 new activities" in out
    assert "core: 1 commits without a readable date" in err
    assert "\r" not in err  # no progress in a pipe
    assert "no news" in crmtool("-C", str(crm.root), "import")[1]


def test_left_in_the_work_tree(crm: Crm) -> None:
    done = crm.run(commit=False)
    assert done.commit == ""
    assert "people/ada-lovelace.md" in crm.git("status", "--porcelain", "-uall")


def test_without_the_key_nothing_is_imported(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRMTOOL_KEY")
    with pytest.raises(KeyProblem) as raised:
        crm.run()
    assert raised.value.exit_code == 4
    assert crm.activities() == []


def test_a_workspace_without_sources(tmp_path: Path) -> None:
    crm = Crm(tmp_path / "crm")
    with pytest.raises(UsageError, match="has no sources"):
        crm.run()


@pytest.mark.parametrize("text", ["[]", "{", "\xff"])
def test_a_damaged_cursor_is_not_taken_for_none(text: str, crm: Crm) -> None:
    crm.run()
    (crm.root / "sources" / "core" / "cursor.json").write_text(text, encoding="latin-1")
    with pytest.raises(Exception, match=r"cursor\.json:1:1: is damaged"):
        crm.run()


def test_who_was_deleted_stays_deleted_when_everything_is_read_again(
    crm: Crm, project: Project
) -> None:
    crm.run()
    (crm.root / "people" / "ada-lovelace.md").unlink()
    project.commit("Map", author=GRACE, files={".mailmap": MAILMAP})
    done = crm.run()
    assert done.created == 1
    assert not (crm.root / "people" / "ada-lovelace.md").exists()
    assert crm.run().created == 0


def test_what_was_put_into_records_is_remembered_when_everything_is_read_again(
    crm: Crm, project: Project
) -> None:
    project.commit(author="grace <grace@example.org>")
    crm.run()
    before = {identity: profile["applied"] for identity, profile in crm.profiles().items()}
    assert {"name": "grace", "identities": [KEYED.email("grace@example.org", "hmac")]} in [
        *before.values()
    ]
    project.commit("Map", author=GRACE, files={".mailmap": MAILMAP})
    crm.run()
    assert crm.files("people")["people/grace.md"].startswith(b"---\nname: Grace Hopper\n")
    assert before.keys() < crm.profiles().keys()


def test_a_file_that_cannot_be_read_is_not_made_again(crm: Crm, project: Project) -> None:
    crm.run()
    path = crm.root / "people" / "ada-lovelace.md"
    broken = path.read_text().replace("name:", "name: [")
    path.write_text(broken)
    project.commit("More", author=GRACE)
    crm.run()
    assert path.read_text() == broken
    assert [p.name for p in sorted((crm.root / "people").glob("*.md"))] == [
        "ada-lovelace.md",
        "grace-hopper.md",
    ]


def test_a_record_made_by_one_source_is_remembered_when_another_is_read(
    project: Project, tmp_path: Path
) -> None:
    """Both name Ada; her record is made by one of them and then deleted by hand."""
    other = Project(tmp_path / "docs")
    project.commit("Begin", files={"a.txt": "a"})
    other.commit("Begin the docs")
    crm = Crm(tmp_path / "crm", project, other)
    crm.run("core")
    (crm.root / "people" / "ada-lovelace.md").unlink()
    assert crm.run("docs").created == 0
    assert crm.run().created == 0
