"""Every rule looks as far as it says: what it reads besides changes nothing that it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

import pytest

from crmtool.app.judging import informed
from crmtool.model.community import Community, Record
from crmtool.model.mentions import named
from crmtool.model.records import Note, Person, Task
from crmtool.rules.base import Reach, Rule, all_rules
from crmtool.store.load import load
from crmtool.store.tree import WorkTree
from tests.rules.test_rules import CODES, HERE, laid_over

AnyRecord = Record[Person] | Record[Note] | Record[Task]
FACE = {"kind", "aliases", "identities", "not_identities", "visibility", "restricted"}
FIRST = date(2026, 5, 1)


@pytest.fixture(scope="module")
def communities(tmp_path_factory: pytest.TempPathFactory) -> list[Community]:
    """The good and the bad files of each rule."""
    roots = [
        laid_over(tmp_path_factory.mktemp("reach"), HERE / code / case)
        for code in CODES
        for case in ("good", "bad")
    ]
    return [informed(t, load(t), t.root, date(2026, 11, 21)) for t in map(WorkTree, roots)]


def narrowed(community: Community, kept: Collection[str]) -> Community:
    """The community with those of its records alone that lie at these paths."""
    return replace(
        community,
        people={s: r for s, r in community.people.items() if r.path in kept},
        notes={s: r for s, r in community.notes.items() if r.path in kept},
        tasks={s: r for s, r in community.tasks.items() if r.path in kept},
        comments=tuple(
            c for c in community.comments if not c.path.endswith(".md") or c.path in kept
        ),
    )


def names_of(record: AnyRecord) -> set[str]:
    return {record.slug, *getattr(record.data, "aliases", ())}


def near(community: Community, record: AnyRecord) -> set[str]:
    """Where that record lies, and those that it names."""
    names = set(named(record))
    return {record.path} | {r.path for r in community.records() if names & names_of(r)}


def faceless(community: Community) -> Community:
    """The community with nothing in its records but what others may know of them."""
    people = {
        slug: replace(r, data=Person(name="X", **r.data.model_dump(include=FACE)), body="")
        for slug, r in community.people.items()
    }
    notes = {
        slug: replace(r, data=Note(date=FIRST, author=_account(r.data.author)), body="")
        for slug, r in community.notes.items()
    }
    tasks = {s: replace(r, data=Task(title="X"), body="") for s, r in community.tasks.items()}
    return replace(community, people=people, notes=notes, tasks=tasks, comments=())


def _account(author: str) -> str:
    return author if ":" in author else "x"


def told(rule: Rule, community: Community, paths: Collection[str]) -> Counter[tuple[str, ...]]:
    """What a rule finds in these files, as what it is and not as how it is to be mended."""
    return Counter(f.kind for f in rule.check(community) if f.path in paths)


def seen(rule: Rule, community: Community) -> Iterator[tuple[set[str], Community]]:
    """Files, and all that the rule may look at to judge them."""
    if rule.reach == "faces":
        yield set(community.paths), faceless(community)
    elif rule.reach == "around":
        yield {*community.paths, *(o.path for o in community.others)}, narrowed(community, ())
    else:
        for record in community.records():
            kept = {record.path} if rule.reach == "record" else near(community, record)
            yield {record.path}, narrowed(community, kept)


@pytest.mark.parametrize(
    "rule", [r for r in all_rules() if not r.of_findings], ids=lambda r: r.code
)
def test_a_rule_looks_no_further_than_it_says(rule: Rule, communities: list[Community]) -> None:
    for community in communities:
        for paths, part in seen(rule, community):
            assert told(rule, part, paths) == told(rule, community, paths)


@pytest.mark.parametrize(
    ("code", "reach"), [("unknown-person", "record"), ("identity-twice", "names")]
)
def test_a_rule_that_said_too_little_would_be_found_out(
    code: str, reach: Reach, communities: list[Community]
) -> None:
    rule = replace(next(r for r in all_rules() if r.code == code), reach=reach)
    assert any(
        told(rule, part, paths) != told(rule, community, paths)
        for community in communities
        for paths, part in seen(rule, community)
    )
