"""What is wrong after a change: told from what was wrong before, it is what all rules tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.app.checking import judge
from crmtool.app.deriving import derived
from crmtool.app.judging import Judged, informed, judged
from crmtool.app.opening import Asked
from crmtool.app.scope import Scope
from crmtool.model.protocols import Tree
from crmtool.store.load import load
from crmtool.store.objects import ObjectTree, commit_tree, find_commit, index_tree
from crmtool.store.snapshot import commit_digest
from crmtool.store.tree import WorkTree
from crmtool.store.verdicts import recall
from tests.store.helpers import Repo

TODAY = date(2026, 11, 21)
CONFIG = "community: {name: Terns}\nteam: [ada]\nprivacy: {audiences: {stewards: [grace]}}\n"
FILES = {
    "crm.yml": CONFIG,
    "tags.yml": "tags: {speaker: {applies_to: [person]}, docs: {}}\n",
    "people/ada.md": "---\nname: Ada\naliases: [lovelace]\ntags: [speaker]\n---\nSee [[grace]].\n",
    "people/b/bob.md": "---\nname: Bob\nowner: ada\nvisibility: stewards\n---\n",
    "people/engines.md": "---\nname: Engines\nkind: organisation\n---\n",
    "people/grace.md": "---\nname: Grace\nidentities: [github:grace]\nrestricted: true\n---\n",
    "notes/talk.md": "---\ndate: 2026-05-01\nauthor: ada\nabout: [bob]\n---\nAbout [[lovelace]].\n",
    "tasks/call.md": "---\ntitle: Call\nassignee: ada\nfrom_note: talk\ndue: 2026-01-01\n---\n",
    "docs/page.md": "# Terns\n",
}
DEBT = {
    "people/eve.md": "---\nname: Eve\ntags: [spaeker]\n---\neve@example.org\n",
    "tasks/wait.md": "---\ntitle: Wait\nfrom_note: new\n---\n",
}
TANGLE = {
    **DEBT,
    "tasks/ask.md": "---\ntitle: Ask\nassignee: nobody\n---\n",
    "people/x/eve.md": "---\nname: Eve\n---\n",
}
NAMES = ["ada", "lovelace", "bob", "grace", "engines", "nobody", "talk", "new"]


class Base(NamedTuple):
    """A commit, and all that is wrong in it."""

    repo: Repo
    before: ObjectTree
    known: Judged


def whole(tree: Tree, root: Path, before: Tree | None = None) -> Judged:
    """What is wrong by all rules over everything."""
    base = load(before) if before else None
    return judged(tree, replace(informed(tree, load(tree), root, TODAY), base=base))


def begun(root: Path, files: dict[str, str]) -> Base:
    repo = Repo(root).begin()
    repo.write(".gitignore", "/.crm/\nignored.md\n")
    for path, text in files.items():
        repo.write(path, text)
    repo.commit_all("Base")
    before = commit_tree(root, find_commit(root, "HEAD"))
    return Base(repo, before, whole(before, root))


@pytest.fixture(scope="module", params=[{}, DEBT, TANGLE], ids=["clean", "debt", "tangle"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Base:
    return begun(tmp_path_factory.mktemp("derived") / "crm", {**FILES, **request.param})


def listed(*keys: str) -> list[str]:
    return [f"{key}: [{name}]\n" for key in keys for name in NAMES]


LINES = {
    "people": [
        *("kind: organisation\n", "kind: bot\n", "restricted: true\n", "nmae: A\n"),
        *("visibility: stewards\n", "visibility: public\n", "retain_until: 2020-01-01\n"),
        *("identities: [github:ada]\n", "identities: [gihub:grace]\n", "tags: [spaeker]\n"),
        *("not_identities: [github:grace]\n", "affiliations: [{organisation: engines}]\n"),
        *(f"owner: {name}  # crm: allow unknown-person because they come\n" for name in NAMES),
        *listed("aliases", "watchers"),
    ],
    "notes": [
        *("author: github:grace\n", "author: gihub:x\n", "expires: 2026-06-01\n"),
        *(f"author: {name}\n" for name in NAMES),
        *listed("about", "tags"),
    ],
    "tasks": [
        *("due: 2026-01-01\n", "status: done\n", "subproject: nowhere\n", "visibility: public\n"),
        *(f"{key}: {name}\n" for key in ("assignee", "from_note") for name in NAMES),
        *listed("about"),
    ],
}
FIRST = {"people": "name: Ada\n", "notes": "date: 2026-05-01\n", "tasks": "title: Call\n"}
BODIES = [
    "",
    "With [[ada]], [[nobody]] and [[talk]].\n",
    "b@example.org\n",
    "<!-- crm: allow special-category because she says so -->\nShe is on sick leave.\n",
    "<!-- crm: allow unknown-person because they come -->\nWith [[nobody]].\n",
]
PATHS = {
    "people": ["ada.md", "b/bob.md", "grace.md", "eve.md", "new.md", "ignored.md", "n/talk.md"],
    "notes": ["talk.md", "new.md", "ada.md", "2026/talk.md", "Talk.md"],
    "tasks": ["call.md", "ask.md", "new.md", "talk.md"],
}
OTHERS = {
    "crm.yml": [CONFIG, CONFIG.replace("ada", "nobody"), "community: {}\n"],
    "tags.yml": ["tags: {docs: {}}\n", "tags: {spaeker: {}}\n"],
    ".gitattributes": ["*.md -diff\n", "*.md text\n", "tasks/* filter=x\n"],
    "docs/Page.md": ["# Terns\n"],
    "docs/list.csv": ["a@x.org\nb@x.org\nc@x.org\n"],
    "sources/core/source.yml": ["type: git\ntarget: ../core\n"],
    "tasks/list.csv": ["a\n"],
}
Edit = tuple[str, str | None]


@st.composite
def rewritten(draw: st.DrawFn) -> Edit:
    """A record made anew, or taken away."""
    room = draw(st.sampled_from(sorted(PATHS)))
    path = f"{room}/{draw(st.sampled_from(PATHS[room]))}"
    if draw(st.integers(0, 3)) == 0:
        return path, None
    keys = draw(st.lists(st.sampled_from(LINES[room]), max_size=4, unique_by=_key))
    return path, f"---\n{FIRST[room]}{''.join(keys)}---\n{draw(st.sampled_from(BODIES))}"


@st.composite
def amended(draw: st.DrawFn) -> Edit:
    """A record with another line, in the place of the one with that key."""
    path = draw(st.sampled_from([path for path in FILES if "/" in path and path != "docs/page.md"]))
    line = draw(st.sampled_from(LINES[path.partition("/")[0]]))
    _, keys, body = FILES[path].split("---\n")
    kept = [old for old in keys.splitlines(keepends=True) if _key(old) != _key(line)]
    return path, f"---\n{''.join(kept)}{line}---\n{body}{draw(st.sampled_from(BODIES))}"


def _key(line: str) -> str:
    return line.partition(":")[0]


SETTINGS = st.sampled_from([(path, text) for path, texts in OTHERS.items() for text in texts])
EDITS = st.lists(amended() | rewritten(), min_size=1, max_size=3) | st.lists(
    amended() | rewritten() | SETTINGS, min_size=1, max_size=2
)


def edit(repo: Repo, path: str, text: str | None) -> None:
    if text is None:
        (repo.root / path).unlink(missing_ok=True)
    else:
        repo.write(path, text)


def put_back(repo: Repo) -> None:
    repo.git("reset", "--quiet", "--hard")
    repo.git("clean", "--quiet", "-fdx")


def ordered(found: Judged) -> tuple[object, ...]:
    return found.findings, sorted(found.waived, key=lambda f: (f.path, f.line, f.code, f.message))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, staged=st.booleans())
def test_the_quick_way_and_the_whole_way_say_the_same(
    base: Base, edits: list[Edit], staged: bool
) -> None:
    repo, before, known = base
    try:
        for path, text in edits:
            edit(repo, path, text)
        if staged:
            repo.git("add", "--all")
        tree = index_tree(repo.root) if staged else WorkTree(repo.root)
        quick = derived(TODAY, known, before, tree)
        if quick:
            assert ordered(quick) == ordered(whole(tree, repo.root, before))
    finally:
        put_back(repo)


SMALL = {
    "an edited body": ("people/b/bob.md", FILES["people/b/bob.md"] + "bob@example.org\n"),
    "another owner": ("people/b/bob.md", FILES["people/b/bob.md"].replace("ada", "engines")),
    "a new note": ("notes/2026/new.md", "---\ndate: 2026-05-01\nauthor: ada\nabout: [bob]\n---\n"),
    "a new task": ("tasks/new.md", "---\ntitle: New\nassignee: grace\n---\n"),
    "a task that is gone": ("tasks/call.md", None),
    "a table outside the records": ("docs/list.csv", "a@x.org\nb@x.org\nc@x.org\n"),
}


@pytest.mark.parametrize("what", SMALL)
def test_small_changes_go_the_quick_way(tmp_path: Path, what: str) -> None:
    repo, before, known = begun(tmp_path / "crm", FILES)
    edit(repo, *SMALL[what])
    tree = WorkTree(repo.root)
    quick = derived(TODAY, known, before, tree)
    assert quick
    assert quick.findings != known.findings or what == "an edited body"
    assert ordered(quick) == ordered(whole(tree, repo.root, before))


ADA, BOB, GRACE = (FILES[f"people/{path}.md"] for path in ("ada", "b/bob", "grace"))
NEW = "---\ndate: 2026-05-01\nauthor: ada\n---\n"
FAR = {
    "who is restricted": ("people/ada.md", ADA.replace("tags", "restricted: true\ntags")),
    "what somebody is": ("people/ada.md", ADA.replace("tags", "kind: bot\ntags")),
    "who may see somebody": ("people/b/bob.md", BOB.replace("stewards", "public")),
    "an earlier name": ("people/ada.md", ADA.replace("aliases: [lovelace]\n", "")),
    "whose account it is": (
        "people/ada.md",
        ADA.replace("tags", "identities: [github:grace]\ntags"),
    ),
    "somebody who is gone": ("people/b/bob.md", None),
    "a note that is gone": ("notes/talk.md", None),
    "a note that was missing": ("notes/new.md", NEW),
    "a second one of the name": ("notes/2026/talk.md", NEW),
    "the vocabulary": ("tags.yml", "tags: {speaker: {}, docs: {}, spaeker: {}}\n"),
}


@pytest.mark.parametrize("what", FAR)
def test_what_makes_another_file_better_or_worse_goes_the_whole_way(
    tmp_path: Path, what: str
) -> None:
    repo, before, known = begun(tmp_path / "crm", {**FILES, **DEBT})
    path, text = FAR[what]
    edit(repo, path, text)
    tree = WorkTree(repo.root)
    after = whole(tree, repo.root, before)
    assert derived(TODAY, known, before, tree) is None
    if what not in ("whose account it is", "a second one of the name"):
        assert [f for f in after.findings if f.path != path] != [
            f for f in known.findings if f.path != path
        ]


def test_a_check_remembers_what_is_wrong_in_its_base(tmp_path: Path) -> None:
    repo = begun(tmp_path / "crm", {**FILES, **DEBT}).repo
    edit(repo, "people/b/bob.md", BOB + "bob@example.org\n")
    first = judge(Asked(repo.root), Scope(base="HEAD"))
    state = commit_digest(repo.root, find_commit(repo.root, "HEAD"))
    assert recall(repo.root, state)
    assert judge(Asked(repo.root), Scope(base="HEAD")) == first
    assert [f.code for f in first.findings] == ["email-outside-contact"]
