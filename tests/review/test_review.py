"""What a change means: a small community, one edit a case, and the words that a reviewer reads."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from crmtool.app.opening import Asked
from crmtool.app.reviewing import changes, review_lines, review_markdown
from crmtool.review.words import literal
from tests.cli.running import crm

BASE = {
    "crm.yml": "community: {name: Terns}\nteam: [grace]\ncheck: {severity: {unknown-tag: warning}}\n",
    "tags.yml": "tags: {speaker: {about: Gives talks}}\n",
    "people/ada.md": "---\nname: Ada Lovelace\nidentities: [github:ada]\nvisibility: stewards\n---\n",
    "people/bob.md": "---\nname: Bob\nidentities: [github:bob]\ntags: [speaker]\n---\nPaints.\n",
    "people/grace.md": "---\nname: Grace\nretain_until: 2027-01-01\n---\n",
    "notes/2026/2026-11-01-talk.md": "---\ndate: 2026-11-01\nauthor: grace\nabout: [bob]\n---\nHi.\n",
    "tasks/2026/2026-11-02-shirt.md": "---\ntitle: Send a shirt\ndue: 2026-12-03\n---\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\n",
    "sources/core/activities/2026-11.jsonl": '{"actor":"git:1","at":"2026-11-01T00:00:00Z",'
    '"id":"a","type":"commit"}\n',
}

Edits = dict[str, str | None]


class World:
    """A workspace under git with `BASE` committed; edits are laid over it."""

    def __init__(self, root: Path, top: Path | None = None) -> None:
        self.root = root
        subprocess.run(
            ["git", "-C", str(top or root), "init", "--quiet", "--initial-branch=main"], check=True
        )
        self.edit({**BASE})
        self.git("add", "--all")
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        self.git(*who, "commit", "--quiet", "-m", "Base")

    def git(self, *args: str) -> None:
        subprocess.run(["git", "-C", str(self.root), *args], check=True)

    def edit(self, edits: Edits) -> None:
        for path, text in edits.items():
            file = self.root / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)

    def review(self) -> list[str]:
        return review_lines(changes(Asked(self.root, as_of=date(2026, 11, 22)), "HEAD"))


@pytest.fixture
def world(tmp_path: Path) -> World:
    root = tmp_path / "crm"
    root.mkdir()
    return World(root)


ADA, BOB, GRACE = (BASE[f"people/{slug}.md"] for slug in ("ada", "bob", "grace"))
CASES: dict[str, tuple[Edits, list[str]]] = {
    "nothing": ({}, ["nothing changed"]),
    "a new tag": (
        {"people/grace.md": GRACE.replace("---\n", "---\ntags: [speaker]\n", 1)},
        ["People", "  Grace (grace): new tag speaker"],
    ),
    "several things of one person": (
        {"people/bob.md": BOB.replace("Bob", "Robert").replace("tags: [speaker]\n", "") + "!"},
        [
            "People",
            "  Robert (bob): now called Robert, was Bob; tag speaker removed; text changed",
        ],
    ),
    "a new person who takes an identity": (
        {"people/lin.md": "---\nname: Lin\nidentities: [github:bob]\n---\n"},
        ["People", "  Lin (lin): new person; takes github:bob from bob"],
    ),
    "two people joined": (
        {
            "people/bob.md": None,
            "people/grace.md": "---\nname: Grace\nretain_until: 2027-01-01\naliases: [bob]\n---\n",
        },
        ["People", "  Bob (bob): joined with Grace (grace) into one"],
    ),
    "a new name for a file": (
        {"people/bob.md": None, "people/rob.md": BOB.replace("tags", "aliases: [bob]\ntags")},
        ["People", "  Bob (rob): renamed from bob to rob"],
    ),
    "who may see somebody": (
        {"people/ada.md": ADA.replace("stewards", "team")},
        [
            "Privacy",
            "  Ada Lovelace (ada): wider visible: team may see this, only stewards could before",
        ],
    ),
    "contact data is told and not repeated": (
        {"people/bob.md": BOB.replace("---\n", "---\ncontact: {email: b@example.org}\n", 1)},
        ["Privacy", "  Bob (bob): contact email added"],
    ),
    "kept for longer": (
        {"people/grace.md": GRACE.replace("2027", "2037")},
        ["Privacy", "  Grace (grace): kept until 2037-01-01, was 2027-01-01"],
    ),
    "a person of whom stewards alone know is not named": (
        {"people/ada.md": ADA.replace("---\n", "---\ntags: [speaker]\n", 1)},
        ["People", "  ada: new tag speaker"],
    ),
    "what can no longer be read": (
        {"people/bob.md": "name: Bob\n"},
        ["Gone", "  people/bob.md: cannot be read any more, or yet: `crmtool check` says why"],
    ),
    "what is gone": (
        {"people/grace.md": None, "notes/2026/2026-11-01-talk.md": None,
         "tasks/2026/2026-11-02-shirt.md": None},
        [
            "Gone",
            "  Grace (grace): record deleted",
            "  2026-11-01-talk: conversation note of 2026-11-01 deleted",
            "  Send a shirt: task deleted while still open",
        ],
    ),
    "a new note": (
        {"notes/2026/2026-11-05-gift.md": "---\ndate: 2026-11-05\nauthor: grace\nabout: [bob]\n"
         "kind: gift\n---\nA shirt.\nBlue.\n"},
        ["Notes", "  2026-11-05-gift: new gift note by Grace about Bob: A shirt."],
    ),
    "the text of what stewards alone may see is not repeated": (
        {"notes/2026/2026-11-05-x.md": "---\ndate: 2026-11-05\nauthor: grace\nabout: [ada]\n"
         "kind: incident\n---\nShouted.\n"},
        ["Notes", "  2026-11-05-x: new incident note by Grace about ada"],
    ),
    "a note for more eyes": (
        {"notes/2026/2026-11-01-talk.md": BASE["notes/2026/2026-11-01-talk.md"].replace(
            "---\n", "---\nvisibility: public\n", 1)},
        [
            "Privacy",
            "  2026-11-01-talk: wider visible: public may see it, only team could before",
        ],
    ),
    "a new task": (
        {"tasks/x.md": "---\ntitle: Call\ndue: 2026-12-03\nassignee: grace\nabout: [bob]\n---\n"},
        ["Tasks", "  Call: new task due 3 Dec 2026 for Grace about Bob"],
    ),
    "a task goes on": (
        {"tasks/2026/2026-11-02-shirt.md": "---\ntitle: Send a shirt\ndue: 2026-12-10\n"
         "status: doing\nassignee: grace\n---\n"},
        ["Tasks", "  Send a shirt: being done; due 10 Dec 2026, was 3 Dec 2026; now for Grace"],
    ),
    "the vocabulary": (
        {"tags.yml": "tags: {mentor: {about: Helps}}\n"},
        ["Vocabulary", "  tag mentor: new", "  tag speaker: removed"],
    ),
    "a setting": (
        {"crm.yml": BASE["crm.yml"] + "response: {first: 24h}\n"},
        ["Settings", "  crm.yml: response.first: is now 24h"],
    ),
    "weights": (
        {"crm.yml": BASE["crm.yml"] + "engagement: {weights: {commit: 10}}\n",
         "people/bob.md": BOB.replace("github:bob", "git:1, github:bob")},
        [
            "People",
            "  Bob (bob): new identity git:1",
            "",
            "Settings",
            "  crm.yml: engagement.weights.commit: is now 10",
            "  weights: 1 person changes level: 1 nearer, 0 farther out",
        ],
    ),
    "activities": (
        {"sources/core/activities/2026-11.jsonl": BASE["sources/core/activities/2026-11.jsonl"]
         + '{"actor":"git:2","at":"2026-11-02T00:00:00Z","id":"b","type":"commit"}\n'},
        ["Sources", "  source core: 1 activity added, by 1 person"],
    ),
    "activities taken away": (
        {"sources/core/activities/2026-11.jsonl": None},
        ["Gone", "  source core: 1 activity taken away or rewritten"],
    ),
    "a file of another kind": (
        {"site/docs/about.md": "# About\n"},
        ["Other files", "  site/docs/about.md: added"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_in_words(world: World, name: str) -> None:
    edits, words = CASES[name]
    world.edit(edits)
    assert world.review() == words


GUARDS: dict[str, tuple[Edits, str]] = {
    "severities": (
        {"crm.yml": BASE["crm.yml"].replace("warning", "info")},
        "crm.yml: check.severity.unknown-tag: is now info, was warning",
    ),
    "the team": (
        {"crm.yml": BASE["crm.yml"].replace("[grace]", "[grace, bob]")},
        "crm.yml: team: gains bob",
    ),
    "where a secret goes": (
        {"sources/core/source.yml": "type: git\ntarget: https://evil.example/x\ntoken_env: KEY\n"},
        "source core: sends the secret in KEY to https://evil.example/x",
    ),
    "attributes": (
        {"people/.gitattributes": "*.md -diff\n"},
        "people/.gitattributes: added; it can hide changes from a diff",
    ),
    "a workflow": (
        {".github/workflows/x.yml": "on: push\n"},
        ".github/workflows/x.yml: added; it runs in CI, with its rights",
    ),
    "GitLab's": ({".gitlab-ci.yml": "x: {}\n"}, ".gitlab-ci.yml: added; it runs in CI"),
    "who has to agree": ({"CODEOWNERS": "* @eve\n"}, "CODEOWNERS: added; it decides who"),
    "the site's hooks": ({"mkdocs.yml": "hooks: [x.py]\n"}, "mkdocs.yml: added; it can run code"),
    "the forgotten": ({"sources/forgotten.jsonl": ""}, "sources/forgotten.jsonl: added; it says"),
}


@pytest.mark.parametrize("name", GUARDS)
def test_what_weakens_a_guard_stands_first(world: World, name: str) -> None:
    edits, words = GUARDS[name]
    people: Edits = {"people/bob.md": BOB.replace("Paints", "Draws"), "people/grace.md": None}
    world.edit(edits | people)
    said = world.review()
    assert said[0] == "This change touches its own guards"
    assert said[1].startswith(f"  {words}")
    assert said.index("Gone") < said.index("People")


def test_a_repository_inside_the_repository(world: World) -> None:
    nested = world.root / "people/nested"
    nested.mkdir()
    subprocess.run(["git", "-C", str(nested), "init", "--quiet"], check=True)
    assert "  people/nested: added: a repository inside the repository" in world.review()


def test_a_link(world: World) -> None:
    (world.root / "people/link.md").symlink_to("/etc/passwd")
    assert "  people/link.md: added: a symbolic link" in world.review()
    world.git("add", "--all")
    assert "  people/link.md: added: a symbolic link" in world.review()


def test_a_workflow_above_the_workspace_is_seen(tmp_path: Path) -> None:
    """The workspace may be a folder of a larger repository, whose workflows lie at its top."""
    root = tmp_path / "crm"
    root.mkdir()
    world = World(root, top=tmp_path)
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/x.yml").write_text("on: push\n")
    said = "  /.github/workflows/x.yml: added; it runs in CI, with its rights"
    assert said in world.review()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Lovelace (ada)", "Ada Lovelace (ada)"),
        ("Zoë O'Neill-Özil", "Zoë O'Neill-Özil"),
        ("@everyone", "`@everyone`"),
        ("ada@example.org", "`ada@example.org`"),
        ("see #12", "`see #12`"),
        ("https://x.example/a", "`https://x.example/a`"),
        ("www.x.example", "`www.x.example`"),
        ("![x](y)", "`![x](y)`"),
        ("<!-- crmtool review -->", "`<!-- crmtool review -->`"),
        ("a_b_", "`a_b_`"),
        ("tick ` tock", "``tick ` tock``"),
        ("`@x`", "`` `@x` ``"),
        ("/close", "`/close`"),
        ("- item", "`- item`"),
        ("1. item", "`1. item`"),
        ("GH-12", "`GH-12`"),
        (":tada:", "`:tada:`"),
        ("at 12:30, by GH", "at 12:30, by GH"),
        ("two\n\n# lines", "`two # lines`"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_what_people_wrote_means_nothing_to_markdown(text: str, shown: str) -> None:
    assert literal(text) == (f"`{shown}`" if "…" in shown else shown)


def test_the_comment_begins_with_its_mark_and_marks_risks(world: World) -> None:
    world.edit({"people/bob.md": BOB.replace("Bob", "'@all <b>'"), "people/grace.md": None})
    assert review_markdown(changes(Asked(world.root), "HEAD")) == [
        "<!-- crmtool review -->",
        "### What this change means",
        "",
        "1 to look at, 1 person",
        "",
        "#### ⚠ Gone",
        "",
        "- **Grace (grace)**: record deleted",
        "",
        "#### People",
        "",
        "- **`@all <b> (bob)`**: now called `@all <b>`, was Bob",
    ]


def test_a_long_review_is_cut_and_says_so(world: World) -> None:
    world.edit({f"people/p{n}.md": f"---\nname: P{n}\n---\n" for n in range(60)})
    assert review_markdown(changes(Asked(world.root), "HEAD"))[-1] == "- … and 20 more"


def test_on_the_command_line(world: World) -> None:
    world.edit({"people/grace.md": None})
    said = crm("-C", world.root, "review", "--format", "json")
    parts = json.loads(said.out)["data"]
    assert [part["part"] for part in parts] == ["errors", "errors", "loss"]
    assert parts[-1] == {
        "part": "loss",
        "risk": True,
        "subject": "Grace (grace)",
        "path": "people/grace.md",
        "sentences": ["record deleted"],
    }
    assert crm("-C", world.root, "review", "HEAD", "--rev", "HEAD").out == "nothing changed\n"
