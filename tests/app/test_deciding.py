"""Decisions about who is who, from the command line into real git and back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.app.checking import check
from crmtool.app.deciding import How, merge_people, rename_somebody
from crmtool.app.opening import Asked, open_scene
from crmtool.app.undoing import Later, undo
from crmtool.errors import Refused
from crmtool.identity.answers import Answers
from crmtool.sync.desk import Desk
from crmtool.sync.parting import reject
from tests.cli.running import Said, crm
from tests.gitrepo import ADA, GRACE, Project
from tests.imports import KEYED, Crm
from tests.store.helpers import Repo
from tests.sync.desks import SLUGS, community, merged, on_desk, renamed, workspaces

FILES = {
    "people/ada.md": "---\nname: Ada Lovelace\nidentities: [github:ada]  # hers\n---\nRuns a workshop.\n",
    "people/countess.md": "---\nname: Ada Lovelace\nidentities:\n  - forum.x.org:countess\n"
    "tags: [speaker]\n---\nLikes maths.\n",
    "people/grace.md": "---\nname: Grace Hopper\nowner: countess\n---\n",
    "notes/2026-01-01-met.md": "---\ndate: 2026-01-01\nauthor: grace\nabout: [countess, grace]\n---\n"
    "Met [[countess|her]].\n",
    "tasks/shirt.md": "---\ntitle: Send a shirt\nassignee: countess\nabout: [ada, countess]\n---\n",
    "tags.yml": "tags: {speaker: {about: Talks}}\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "core")
    found.commit()
    found.commit(author=GRACE)
    return found


@pytest.fixture
def crm_dir(project: Project, tmp_path: Path) -> Crm:
    """A workspace with some records of people's own, nothing imported yet."""
    found = Crm(tmp_path / "crm", project)
    for path, text in FILES.items():
        (found.root / path).parent.mkdir(parents=True, exist_ok=True)
        (found.root / path).write_text(text)
    with (found.root / "crm.yml").open("a") as file:
        file.write("team: [grace, countess]\n")
    found.git("add", "--all")
    found.git("commit", "--quiet", "--message=Write")
    return found


def ok(said: Said) -> Said:
    assert said.code == 0, said.err
    return said


def test_a_merge_is_one_commit_that_says_why_and_names_its_undoing(crm_dir: Crm) -> None:
    root, before = crm_dir.root, crm_dir.files()
    said = ok(crm("-C", root, "person", "merge", "ada", "countess", "--reason", "she told me"))
    assert said.out == "Merge countess into ada, with 1 account\n"
    message = crm_dir.git("log", "-1", "--format=%B").strip()
    assert message == (
        "Merge countess into ada, with 1 account\n\nBecause she told me\n\n"
        "Crmtool: merge countess ada"
    )
    stat = crm_dir.git("show", "--name-status", "--format=", "--no-renames", "HEAD").split("\n")
    assert sorted(filter(None, stat)) == [
        "D\tpeople/countess.md",
        "M\tcrm.yml",
        "M\tnotes/2026-01-01-met.md",
        "M\tpeople/ada.md",
        "M\tpeople/grace.md",
        "M\ttasks/shirt.md",
    ]
    assert (root / "people/ada.md").read_text() == (
        "---\nname: Ada Lovelace\nidentities: [github:ada, forum.x.org:countess]  # hers\n"
        "tags:\n  - speaker\naliases:\n  - countess\n---\n"
        "Runs a workshop.\n\nLikes maths.\n"
    )
    assert "Met [[ada|her]].\n" in (root / "notes/2026-01-01-met.md").read_text()
    assert check(Asked(root)) == []
    assert f"crmtool identity undo {crm_dir.git('rev-parse', 'HEAD')[:8]}" in said.err
    ok(crm("-C", root, "identity", "undo", "last"))
    assert crm_dir.files() == before
    assert crm_dir.git("status", "--short") == ""


def test_an_undoing_is_undone(crm_dir: Crm) -> None:
    root = crm_dir.root
    ok(crm("-C", root, "person", "merge", "ada", "countess"))
    merged = crm_dir.files()
    ok(crm("-C", root, "identity", "undo"))
    said = ok(crm("-C", root, "identity", "undo", "HEAD"))
    assert said.out == "Do again: Merge countess into ada, with 1 account\n"
    assert crm_dir.files() == merged
    assert crm("-C", root, "identity", "undo", "HEAD~1").code == 6
    ok(crm("-C", root, "identity", "undo", "last"))
    said = crm("-C", root, "identity", "undo", "last")
    assert (said.code, said.err.split("\n")[0]) == (2, "crmtool: there is no decision to take back")


def test_a_dry_run_shows_the_diff_and_writes_nothing(crm_dir: Crm) -> None:
    before = crm_dir.files()
    said = ok(crm("-C", crm_dir.root, "person", "merge", "ada", "countess", "--dry-run"))
    assert "+  - countess\n" in said.out
    assert "nothing was written (dry run)" in said.err
    assert crm_dir.files() == before


def test_a_branch_gets_the_commit_and_the_work_tree_stays(crm_dir: Crm) -> None:
    root, head = crm_dir.root, crm_dir.git("rev-parse", "HEAD")
    (root / "people/ada.md").write_text("an edit that is not committed")
    before = crm_dir.files()
    said = ok(crm("-C", root, "person", "merge", "ada", "countess", "--branch", "merge/ada"))
    assert "on branch merge/ada" in said.err
    assert (crm_dir.files(), crm_dir.git("rev-parse", "HEAD")) == (before, head)
    assert crm_dir.git("rev-parse", "merge/ada~1") == head
    assert "people/countess.md" not in crm_dir.git("ls-tree", "-r", "--name-only", "merge/ada")
    assert "+  - countess" in crm_dir.git("show", "merge/ada")
    assert crm_dir.git("show", "merge/ada:people/ada.md").startswith("---\nname: Ada Lovelace\n")
    again = crm("-C", root, "person", "merge", "ada", "countess", "--branch", "merge/ada")
    assert (again.code, "already" in again.err) == (2, True)


def test_left_in_the_work_tree(crm_dir: Crm) -> None:
    ok(crm("-C", crm_dir.root, "person", "rename", "countess", "ada-king", "--no-commit"))
    changed = crm_dir.git("status", "--short").splitlines()
    assert " D people/countess.md" in changed
    assert "?? people/ada-king.md" in changed


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("person", "merge", "ada", "countes"), 2, "did you mean 'countess'?"),
        (("person", "merge", "ada", "github:ada"), 2, "one person"),
        (("person", "merge", "ada"), 2, "ada is one person: ada"),
        (("person", "rename", "ada", "grace"), 2, "'grace' already names grace"),
        (("person", "rename", "ada", "Ada L"), 2, "is not a slug"),
        (("person", "rename", "ada", "ada"), 2, "ada is called so already"),
        (
            ("person", "split", "ada", "github:ada", "--to", "ada"),
            2,
            "ada has these accounts already",
        ),
        (("person", "split", "ada", "github:bob"), 2, "ada has no account 'github:bob'"),
        (("identity", "reject", "ada", "github:ada"), 2, "person split ada"),
        (("identity", "undo", "HEAD"), 2, "decided nothing about who is who"),
        (("identity", "undo", "nonsense"), 2, "there is no commit"),
        (("person", "merge", "ada", "countess", "--branch", "x y"), 2, "no branch can be called"),
        (("person", "merge", "ada", "countess", "--branch", "x", "--no-commit"), 2, "contradict"),
    ],
)
def test_what_cannot_be_says_what_to_type(
    args: tuple[str, ...], code: int, words: str, crm_dir: Crm
) -> None:
    before = crm_dir.files()
    said = crm("-C", crm_dir.root, *args)
    assert said.code == code
    assert words in said.err
    assert crm_dir.files() == before


def test_a_contradiction_is_settled_by_a_slug_or_by_the_newer(crm_dir: Crm) -> None:
    root = crm_dir.root
    ada = root / "people/ada.md"
    ada.write_text(ada.read_text().replace("---\nRuns", "location: London\n---\nRuns"))
    (root / "people/grace.md").write_text("---\nname: Grace Hopper\nlocation: Paris\n---\n")
    crm_dir.git("commit", "--quiet", "--all", "--message=Places", "--date=2027-01-01T00:00:00Z")
    said = crm("-C", root, "person", "merge", "ada", "grace")
    assert said.code == 6
    assert "location is 'London' in one and 'Paris' in the other" in said.err
    ok(crm("-C", root, "person", "merge", "ada", "grace", "--prefer", "grace", "--into", "ada"))
    assert "name: Grace Hopper\n" in ada.read_text()
    assert "location: Paris\n" in ada.read_text()


def attributed(root: Path) -> Counter[str | None]:
    """Whose each activity is."""
    scene = open_scene(Asked(root))
    found: Counter[str | None] = Counter()
    for feed in scene.community.feeds:
        for line in feed.local.read_bytes().splitlines():
            found[scene.community.actors.get(json.loads(line)["actor"])] += 1
    return found


def test_splitting_keeps_every_activity(crm_dir: Crm, project: Project) -> None:
    """Also of a raw author whom a shared address had joined with another."""
    project.commit(author="Bob <ada@example.org>")
    crm_dir.run()
    root = crm_dir.root
    before = attributed(root)
    bob = KEYED.git_actor("Bob", "ada@example.org")
    slug = next(s for s, r in open_scene(Asked(root)).community.people.items() if len(s) > 8)
    ok(crm("-C", root, "person", "split", slug, bob))
    after = attributed(root)
    assert after.total() == before.total()
    assert (after[slug], after["bob"], after[None]) == (before[slug] - 1, 1, 0)
    joined = (root / "people/bob.md").read_text() + (root / f"people/{slug}.md").read_text()
    assert "name: Bob\n" in joined
    assert joined.count("not_same_as:\n") == 2
    crm_dir.run()
    assert attributed(root) == after
    assert check(Asked(root)) == []


def test_what_a_split_told_apart_no_import_joins_and_no_merge(crm_dir: Crm) -> None:
    crm_dir.run()
    root = crm_dir.root
    ok(crm("-C", root, "person", "split", "ada", "github:ada", "--name", "Another Ada"))
    crm_dir.run()
    assert "github:ada" in (root / "people/another-ada.md").read_text()
    said = crm("-C", root, "person", "merge", "ada", "another-ada")
    assert (said.code, "somebody decided that they are two people" in said.err) == (6, True)
    before = crm_dir.files()
    ok(crm("-C", root, "identity", "undo"))
    assert not (root / "people/another-ada.md").exists()
    assert crm_dir.files() != before


def test_an_account_without_a_record_is_given_to_one_and_taken_back(crm_dir: Crm) -> None:
    with (crm_dir.root / "crm.yml").open("a") as file:
        file.write("sync: {create: {contributions: 99}}\n")
    crm_dir.run()
    root, before = crm_dir.root, crm_dir.files("people")
    actor = KEYED.git_actor(*ADA.removesuffix(">").split(" <"))
    ok(crm("-C", root, "identity", "accept", "ada", actor))
    assert attributed(root)["ada"] == 1
    ok(crm("-C", root, "identity", "undo"))
    assert crm_dir.files("people") == before
    ok(crm("-C", root, "identity", "reject", "ada", actor))
    said = crm("-C", root, "identity", "accept", "ada", actor)
    assert (said.code, "not_identities" in said.err) == (6, True)
    crm_dir.run()
    assert attributed(root)["ada"] == 0


def test_two_accounts_without_a_record_get_one_and_lose_it_again(crm_dir: Crm) -> None:
    with (crm_dir.root / "crm.yml").open("a") as file:
        file.write("sync: {create: {contributions: 99}}\n")
    crm_dir.run()
    root, before = crm_dir.root, crm_dir.files("people")
    actors = [KEYED.git_actor(*who.removesuffix(">").split(" <")) for who in (ADA, GRACE)]
    ok(crm("-C", root, "identity", "accept", *actors, "--reason", "one\nCrmtool: undo x"))
    assert crm_dir.git("log", "-1", "--format=%B").splitlines()[2] == "Because one Crmtool: undo x"
    assert sum(count for slug, count in attributed(root).items() if slug) == 2
    (new,) = crm_dir.files("people").keys() - before.keys()
    (root / "tasks/call.md").write_text(f"---\ntitle: Call\nassignee: {Path(new).stem}\n---\n")
    said = crm("-C", root, "identity", "undo")
    assert (said.code, "tasks/call.md names" in said.err) == (6, True)
    (root / "tasks/call.md").unlink()
    ok(crm("-C", root, "identity", "undo"))
    assert crm_dir.files("people") == before
    ok(crm("-C", root, "identity", "reject", *actors))
    said = crm("-C", root, "identity", "accept", *actors)
    assert (said.code, "under not_identities" in said.err) == (6, True)


@settings(max_examples=3)
@given(workspaces(), st.permutations(SLUGS))
def test_random_merges_taken_back_from_real_git_leave_the_same_bytes(
    files: dict[str, str], slugs: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        repo = Repo(Path(folder) / "crm").begin()
        for path, text in files.items():
            repo.write(path, text)
        repo.commit_all("Write")
        before = repo.git("rev-parse", "HEAD^{tree}")
        a, b, c, d, _ = slugs
        ways = How(ask=lambda *_: "b")
        merge_people(repo.root, [a, b], None, ways)
        rename_somebody(repo.root, a, "zoe", ways)
        merge_people(repo.root, [c, d, "zoe"], "zoe", ways)
        for _ in range(3):
            undo(repo.root, None, Later(), How())
        assert repo.git("rev-parse", "HEAD^{tree}") == before
        assert repo.git("status", "--short") == ""


@settings(max_examples=30)
@given(workspaces(), st.permutations(SLUGS))
def test_a_no_outlives_merges_and_renamings_of_either(
    files: dict[str, str], slugs: list[str]
) -> None:
    a, b, c, d, _ = slugs

    def work(desk: Desk) -> None:
        reject(desk, a, b)

    after = renamed(merged(merged(on_desk(files, work), c, a), d, b), d, "zoe")
    answers = Answers(community(after).people)
    assert answers.are_apart(c, "zoe")
    assert answers.are_apart(a, b)
    for keep, gone in ((c, "zoe"), ("zoe", c)):
        with pytest.raises(Refused, match="two people"):
            merged(after, keep, gone)
