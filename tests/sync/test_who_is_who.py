"""Merging, splitting, renaming, and taking it back: the laws, over random workspaces."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.model.clash import Clash, Side
from crmtool.model.community import Community
from crmtool.rules.base import run_rules
from crmtool.sync.joining import Ask
from tests.sync.desks import (
    SLUGS,
    answering,
    community,
    merged,
    renamed,
    split,
    undone,
    workspaces,
)

few = settings(max_examples=30)
pairs = st.permutations(SLUGS).map(lambda slugs: (slugs[0], slugs[1]))
sides = st.sampled_from(["a", "b"])


@few
@given(workspaces(), pairs, sides)
def test_a_merge_taken_back_at_once_leaves_the_same_bytes(
    files: dict[str, str], pair: tuple[str, str], side: Side
) -> None:
    keep, gone = pair
    after = merged(files, keep, gone, ask=answering(side))
    assert f"people/{gone}.md" not in after
    assert undone(after, after, files, ("merge", gone, keep)).files == files


@few
@given(workspaces(), st.permutations(SLUGS), sides)
def test_so_do_several_in_one_commit(files: dict[str, str], slugs: list[str], side: Side) -> None:
    keep, *gone = slugs[:4]
    after = merged(files, keep, *gone, ask=answering(side))
    decisions = [("merge", slug, keep) for slug in gone]
    assert undone(after, after, files, *decisions).files == files


@few
@given(workspaces(), st.sampled_from(SLUGS))
def test_a_renaming_taken_back_at_once_leaves_the_same_bytes(
    files: dict[str, str], slug: str
) -> None:
    after = renamed(files, slug, "zoe")
    assert undone(after, after, files, ("rename", slug, "zoe")).files == files


@few
@given(workspaces(), st.sampled_from(SLUGS))
def test_a_split_taken_back_at_once_leaves_the_same_bytes(files: dict[str, str], slug: str) -> None:
    listed = community(files).people[slug].data.identities
    if listed:
        after = split(files, slug, listed[-1])
        (other,) = community(after).people.keys() - community(files).people.keys()
        assert undone(after, after, files, ("split", slug, other)).files == files


def meaning(found: Community, names: dict[str, str]) -> dict[str, Any]:
    """What a community says, whatever the order of lists and lines and the slug of who is merged."""

    def same(value: Any) -> Any:
        if isinstance(value, dict):
            return {names.get(k, k): same(v) for k, v in value.items()}
        if isinstance(value, list):
            return Counter(map(repr, map(same, value)))
        return names.get(value, value) if isinstance(value, str) else value

    return {
        names.get(r.slug, r.slug): (
            same(r.data.model_dump(mode="json")),
            Counter(re.sub(r"\[\[(\w+)", lambda m: f"[[{names.get(m[1], m[1])}", r.body).split()),
        )
        for r in found.records()
    } | {"team": Counter(names.get(s, s) for s in found.config.team)}


def lesser(*one: str) -> Ask:
    """Always answers with the same word, whichever of some slugs names the one they become."""
    names = dict.fromkeys(one, "~")

    def answer(_keep: str, _gone: str, clash: Clash) -> Side:
        a, b = (names.get(str(value), str(value)) for value in (clash.a, clash.b))
        return "a" if a < b else "b"

    return answer


@few
@given(workspaces(), pairs)
def test_merges_commute_up_to_slug_and_order(files: dict[str, str], pair: tuple[str, str]) -> None:
    """Whoever stays: the same word stands where the two contradict each other."""
    a, b = pair

    one, two = merged(files, a, b, ask=lesser(a, b)), merged(files, b, a, ask=lesser(a, b))
    names = {a: "~", b: "~"}
    assert meaning(community(one), names) == meaning(community(two), names)


@few
@given(workspaces(), st.permutations(SLUGS))
def test_the_order_of_two_merges_is_no_matter(files: dict[str, str], slugs: list[str]) -> None:
    a, b, c, *_ = slugs
    one = merged(files, a, b, c, ask=lesser(a, b, c))
    two = merged(merged(files, a, c, ask=lesser(a, b, c)), a, b, ask=lesser(a, b, c))
    assert meaning(community(one), {}) == meaning(community(two), {})


@few
@given(workspaces(), pairs)
def test_after_a_merge_nothing_names_who_is_gone_and_check_finds_nothing_new(
    files: dict[str, str], pair: tuple[str, str]
) -> None:
    keep, gone = pair
    found = community(merged(files, keep, gone))
    assert found.people[keep].data.aliases == [gone]
    codes = {"unknown-person", "unknown-organisation", "identity-twice"}
    assert [f for f in run_rules(found) if f.code in codes] == []
    for record in found.records():
        said = record.data.model_dump_json(exclude={"aliases"}) + record.body
        assert not re.search(rf'"{gone}"|\[\[{gone}\b', said)
    assert gone not in found.config.team


ACCOUNTS = ("github:x", "github:y", "forum.x.org:x", "email:x@example.org", "email:y@example.org")
RAW = tuple(f"git:{number:016x}" for number in range(4))


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, str]:
    """Two records that list some accounts, and profiles that lead to them in every way."""
    listed = draw(st.permutations((*ACCOUNTS, *RAW[:2])))
    cut = draw(st.integers(1, len(listed)))
    some = st.lists(st.sampled_from(ACCOUNTS), unique=True, max_size=2)
    profiles = []
    for identity in (*RAW, *ACCOUNTS[:3]):
        emails = [i for i in draw(some) if i.startswith("email:")]
        same = [i for i in draw(some) if not i.startswith("email:") and i != identity]
        line = {"identity": identity, "name": "Ada", "emails": emails, "same_as": same}
        profiles.append(json.dumps(line) + "\n")
    return {
        "people/a.md": f"---\nname: Ada\nidentities: [{', '.join(listed[:cut])}]\n---\n",
        "people/b.md": f"---\nname: Ada\nidentities: [{', '.join(listed[cut:])}]\n---\n",
        "sources/hub/source.yml": "type: github\ntarget: terns/core\n",
        "sources/hub/profiles.jsonl": "".join(profiles),
    }


@few
@given(accounts(), st.data())
def test_splitting_keeps_every_activity(files: dict[str, str], data: st.DataObject) -> None:
    """Whatever the record claimed, one of the two claims afterwards, and the account itself went."""
    before = community(files)
    taken = data.draw(st.sampled_from(sorted(i for i, s in before.actors.items() if s == "a")))
    after = community(split(files, "a", taken))
    (other,) = after.people.keys() - before.people.keys()
    assert after.actors[taken] == other
    for actor, slug in before.actors.items():
        assert after.actors.get(actor) in ({"a", other} if slug == "a" else {slug})
