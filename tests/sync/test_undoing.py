"""A decision taken back after other work: that work stays, and goes to whom it belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.errors import Refused, Undecided
from crmtool.model.clash import Question
from tests.sync.desks import SLUGS, community, merged, renamed, split, undone, workspaces

A, B, NOTE, TASK = "people/a.md", "people/b.md", "notes/2026-01-01-n.md", "tasks/t.md"


def record(frontmatter: str, body: str = "") -> str:
    return f"---\n{frontmatter.strip()}\n---\n{body}"


BEFORE = {
    A: record("name: Ada\nidentities:\n  - github:a\ntags: [x]", "One.\n"),
    B: record("name: Ada\nidentities:\n  - github:b\nlocation: Paris", "Two.\n"),
    "people/c.md": record("name: Cleo\nwatchers: [b]"),
    NOTE: record("date: 2026-01-01\nauthor: c\nabout: [b, c]", "Met [[b]].\n\nMore.\n"),
    TASK: record("title: Shirt\nassignee: b"),
}
MERGED = merged(BEFORE, "a", "b")
MERGE = ("merge", "b", "a")


def edited(path: str, old: str, new: str) -> dict[str, str]:
    """The merged workspace after somebody edited a file."""
    assert old in MERGED[path]
    return {**MERGED, path: MERGED[path].replace(old, new)}


def keep(question: Question) -> str:
    return question.slugs[0]


def last(question: Question) -> str:
    return question.slugs[-1]


@pytest.mark.parametrize(
    ("path", "old", "new", "after"),
    [
        # a comment, another key, another item: none of them the merge's
        (A, "name: Ada\n", "name: Ada  # hers\n", "name: Ada  # hers\n"),
        (A, "name: Ada\n", "name: Ada\npronouns: she/her\n", "pronouns: she/her\n"),
        (A, "tags: [x]", "tags: [x, y1]", "tags: [x, y1]"),
        (A, "tags: [x]", "tags: []", "tags: []"),
        (A, "  - github:b\n", "  - github:b\n  - github:new\n", "  - github:a\n  - github:new\n"),
        (A, "One.\n", "One, edited.\n", "---\nOne, edited.\n"),
        # what the merge wrote, edited again: the edit stays
        (A, "location: Paris", "location: Rome", "location: Rome"),
        # references, among later edits
        (NOTE, "about: [a, c]", "about: [a, c, d]", "about: [b, c, d]"),
        (NOTE, "date: 2026-01-01", "date: 2026-01-02", "about: [b, c]"),
        (NOTE, "More.", "More and more.", "Met [[b]].\n\nMore and more.\n"),
        (TASK, "title: Shirt", "title: Shirt\nstatus: done", "assignee: b"),
    ],
)
def test_a_later_edit_stays_and_the_merge_goes(path: str, old: str, new: str, after: str) -> None:
    others = {"people/d.md": record("name: Dora")}
    now = {**edited(path, old, new), **others}
    found = undone(now, MERGED, BEFORE, MERGE, whose=keep).files
    assert after in found[path]
    assert found[B] == BEFORE[B]
    untouched = BEFORE.keys() - {path}
    assert {p: found[p] for p in untouched} == {p: BEFORE[p] for p in untouched}


def test_what_stays_of_the_merge_is_told() -> None:
    found = undone(
        edited(A, "location: Paris", "location: Rome"), MERGED, BEFORE, MERGE, whose=keep
    )
    assert found.kept == [f"{A}: location, which was edited since"]
    found = undone(edited(A, "Two.", "Two, edited."), MERGED, BEFORE, MERGE, whose=keep)
    assert found.kept == [f"{A}: text, which was edited since"]
    assert "Two, edited." in found.files[A]
    assert "Two.\n" in found.files[B]


def hear(identity: str, **said: Any) -> str:
    return json.dumps({"identity": identity, **said}) + "\n"


def source(*lines: str) -> dict[str, str]:
    return {
        "sources/hub/source.yml": "type: github\ntarget: terns/core\n",
        "sources/hub/profiles.jsonl": "".join(sorted(lines)),
    }


@pytest.mark.parametrize(("stated", "owner"), [("github:a", A), ("github:b", B)])
def test_an_account_joined_since_goes_to_whom_its_source_says(stated: str, owner: str) -> None:
    now = {
        **edited(A, "  - github:b\n", "  - github:b\n  - forum.x.org:f\n"),
        **source(
            hear("forum.x.org:f", same_as=[stated], applied={"identities": ["forum.x.org:f"]})
        ),
    }
    found = undone(now, MERGED, BEFORE, MERGE).files
    assert [path for path in (A, B) if "forum.x.org:f" in found[path]] == [owner]


@pytest.mark.parametrize(("account", "owner"), [("github:a", A), ("github:b", B)])
def test_what_a_source_put_there_since_goes_to_its_account_s_record(
    account: str, owner: str
) -> None:
    link = "https://ada.example.org"
    now = {
        **edited(A, "tags: [x]", f"links: [{link}]\ntags: [x]"),
        **source(hear(account, links=[link], applied={"links": [link]})),
    }
    found = undone(now, MERGED, BEFORE, MERGE).files
    assert [path for path in (A, B) if link in found[path]] == [owner]


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (edited(A, "tags: [x]", "tags: [x, speaker]"), f"tags speaker in {A}"),
        (
            edited(A, "  - github:b\n", "  - github:b\n  - github:z\n"),
            f"identities github:z in {A}",
        ),
        (
            {**MERGED, "notes/2026-02-02-m.md": record("date: 2026-02-02\nauthor: c\nabout: [a]")},
            "naming a in notes/2026-02-02-m.md",
        ),
        (
            {**MERGED, "tasks/u.md": record("title: Call", "Call [[a]].\n")},
            "naming a in tasks/u.md",
        ),
    ],
)
def test_where_there_is_no_telling_it_asks(now: dict[str, str], what: str) -> None:
    with pytest.raises(Undecided, match=re.escape(what)):
        undone(now, MERGED, BEFORE, MERGE)
    kept = undone(now, MERGED, BEFORE, MERGE, whose=keep).files
    given = undone(now, MERGED, BEFORE, MERGE, whose=last).files
    new = now.keys() - BEFORE.keys()
    assert {path: kept[path] for path in new} == {path: now[path] for path in new}
    if new:
        (path,) = new
        assert given[path] == re.sub(r"(?<=\[)a(?=\])", "b", now[path])
    else:
        word = what.split()[1]
        assert (word in kept[A], word in kept[B]) == (True, False)
        assert (word in given[A], word in given[B]) == (False, True)


def test_a_value_that_turns_out_to_be_the_other_s_leaves_room_for_the_one_before() -> None:
    before = {
        A: record("name: Ada\nlocation: London"),
        B: record("name: Ada\nlocation: Paris"),
    }
    after = merged(before, "a", "b")
    now = {**after, A: after[A].replace("London", "Berlin")}
    found = undone(now, after, before, MERGE, whose=last).files
    assert found == {A: before[A], B: before[B].replace("Paris", "Berlin")}


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (renamed(MERGED, "a", "ada"), "a is ada by now, by a later decision"),
        (merged(MERGED, "c", "a"), "a is c by now, by a later decision"),
        ({**MERGED, B: record("name: Another")}, f"{B} is there again, and it is another one"),
    ],
)
def test_what_later_decisions_rest_on_is_not_taken_back(now: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        undone(now, MERGED, BEFORE, MERGE)


def test_a_note_that_was_deleted_since_stays_deleted() -> None:
    now = {path: text for path, text in MERGED.items() if path != NOTE}
    found = undone(now, MERGED, BEFORE, MERGE).files
    assert found == {path: text for path, text in BEFORE.items() if path != NOTE}


def test_what_a_split_off_record_was_given_since_is_handed_back() -> None:
    before = {A: record("name: Ada\nidentities: [github:a, github:bob]")}
    after = split(before, "a", "github:bob")
    now = {
        **after,
        "people/bob.md": after["people/bob.md"].replace("---\n", "---\ntags: [speaker]\n", 1)
        + "Likes tea.\n",
        "tasks/t.md": record("title: Call\nassignee: bob"),
    }
    found = undone(now, after, before, ("split", "a", "bob")).files
    assert "people/bob.md" not in found
    assert community(found).people["a"].data.tags == ["speaker"]
    assert found[A].endswith("---\nLikes tea.\n")
    assert "assignee: a\n" in found["tasks/t.md"]


def test_a_renamed_record_keeps_what_was_written_since() -> None:
    after = renamed(BEFORE, "a", "ada")
    now = {
        **after,
        "people/ada.md": after["people/ada.md"].replace("tags: [x]", "tags: [x, w]"),
        "tasks/u.md": record("title: Call\nassignee: ada"),
    }
    found = undone(now, after, BEFORE, ("rename", "a", "ada")).files
    assert found[A] == BEFORE[A].replace("tags: [x]", "tags: [x, w]")
    assert "assignee: a\n" in found["tasks/u.md"]
    assert "people/ada.md" not in found


later: list[Callable[[dict[str, str]], dict[str, str]]] = [
    lambda files: {p: t.replace("\nname: ", "\npronouns: they\nname: ") for p, t in files.items()},
    lambda files: {p: t.replace("\ntitle:", "\nstatus: done\ntitle:") for p, t in files.items()},
    lambda files: {**files, "people/zoe.md": record("name: Zoe\nidentities: [github:zoe]")},
    lambda files: {p: t.replace("# ours", "# all ours") for p, t in files.items()},
]


@settings(max_examples=30)
@given(
    workspaces(),
    st.permutations(SLUGS),
    st.lists(st.sampled_from(later), min_size=1, max_size=2, unique=True),
)
def test_taking_back_commutes_with_edits_of_other_things(
    files: dict[str, str], slugs: list[str], edits: list[Any]
) -> None:
    """Merge, edit, take back is the same as edit alone, in what all of it says."""
    kept, gone, *_ = slugs
    after = merged(files, kept, gone)
    now, expected = after, {p: t for p, t in files.items() if p != f"people/{gone}.md"}
    for edit in edits:
        now, expected = edit(now), edit(expected)
    expected[f"people/{gone}.md"] = files[f"people/{gone}.md"]
    found = undone(now, after, files, ("merge", gone, kept), whose=keep).files
    assert {r.path: r.data for r in community(found).records()} == {
        r.path: r.data for r in community(expected).records()
    }
