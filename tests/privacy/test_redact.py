"""What redact lets through, one audience at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.community import Community, FeedFile, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.records import Audience, Note, Person, Task
from crmtool.model.view import View
from crmtool.privacy.redact import redact

PUBLIC, TEAM, STEWARDS = Audience


def person(slug: str, body: str = "", **data: object) -> Record[Person]:
    return Record(f"people/{slug}.md", Person.model_validate({"name": slug.title(), **data}), body)


def note(slug: str, body: str = "", **data: object) -> Record[Note]:
    found = Note.model_validate({"date": "2026-11-01", "author": "grace", **data})
    return Record(f"notes/2026/{slug}.md", found, body)


def task(slug: str, body: str = "", **data: object) -> Record[Task]:
    return Record(f"tasks/{slug}.md", Task.model_validate({"title": "Do it", **data}), body)


def community(
    *records: Record[Any],
    config: dict[str, Any] | None = None,
    tags: dict[str, Any] | None = None,
    **more: Any,
) -> Community:
    kinds: dict[type, dict[str, Any]] = {Person: {}, Note: {}, Task: {}}
    for record in (*records, person("grace", visibility="public")):
        kinds[type(record.data)].setdefault(record.slug, record)
    return Community(
        config=Config.model_validate({"community": {"name": "C"}, **(config or {})}),
        tags=Tags.model_validate(tags or {}),
        people=kinds[Person],
        notes=kinds[Note],
        tasks=kinds[Task],
        **{"sources": {}, **more},
    )


ADA: dict[str, Any] = {"identities": ["github:ada"], "visibility": "public"}


def test_who_is_restricted_is_nowhere() -> None:
    found = community(
        person("ada", "see [[zed]] and [[zed-old]]", owner="zed", watchers=["zed", "grace"]),
        person("zed", restricted=True, identities=["github:zed"], aliases=["zed-old"]),
        note("2026-11-01-talk-with-zed", "[[zed]] said", about=["ada", "zed"], author="zed"),
        note("2026-11-02-alone", about=["zed"]),
        task("t", assignee="zed", about=["ada", "zed"], from_note="2026-11-01-talk-with-zed"),
        task("u", about=["zed"]),
        config={"team": ["zed", "grace"], "privacy": {"audiences": {"stewards": ["zed"]}}},
        tags={"segments": {"s": {"title": "S", "where": "slug = 'zed'"}}},
        actors={"github:zed": "zed", "github:ada": "ada"},
    )
    view = redact(found, STEWARDS)
    assert "zed" not in repr(view).lower()
    assert view.actors == {"github:ada": "ada"}
    assert view.outside == {"github:zed"}
    assert view.people["ada"].body == "see somebody and somebody"
    assert view.people["ada"].data.watchers == ["grace"]
    (kept,) = view.notes.values()
    assert (kept.slug, kept.data.author, kept.data.about) == (
        "2026-11-01-talk-with-somebody",
        "~",
        ["ada"],
    )
    assert list(view.notes) == [kept.slug]
    assert view.tasks["t"].data.from_note == kept.slug
    assert view.tasks["t"].data.assignee is None
    assert "u" not in view.tasks
    assert view.tags.segments == {}


def test_who_may_not_be_named_counts_under_one_pseudonym() -> None:
    found = community(
        person("ada", **ADA),
        person("eve", visibility="stewards", identities=["github:eve", "git:00ff"]),
        person("mallory", visibility="stewards", identities=["github:mallory"]),
        note("n", about=["ada"], author="github:eve"),
        actors={"github:eve": "eve", "git:00ff": "eve", "github:mallory": "mallory"},
    )
    view = redact(found, TEAM)
    assert set(view.people) == {"ada", "grace"}
    assert view.actors["github:eve"] == view.actors["git:00ff"] != view.actors["github:mallory"]
    assert {view.actors["github:eve"], view.actors["github:mallory"]} == {"~1", "~2"}
    assert view.outside == frozenset()
    assert view.notes["n"].data.author == view.actors["github:eve"]


@pytest.mark.parametrize("data", [{"kind": "bot"}, {"kind": "organisation"}, {"staff": True}])
def test_who_is_unnamed_and_no_member_stands_outside(data: dict[str, Any]) -> None:
    found = community(person("ci", visibility="stewards", identities=["github:ci"], **data))
    assert redact(found, TEAM).outside == {"github:ci"}


def test_a_restricted_person_without_activities_is_outside_too() -> None:
    found = community(person("zed", restricted=True, identities=["github:zed"]))
    assert redact(found, TEAM).outside == {"github:zed"}


def test_what_each_audience_sees_of_a_person() -> None:
    found = community(
        person(
            "ada",
            identities=["github:ada", "email:ada@example.org", "email-hmac:ff", "git:00"],
            contact={"email": "ada@example.org", "preferred": "chat"},
            consent={"basis": "consent", "contact": "true"},
            retain_until="2029-01-01",
            visibility="public",
            fields={"tshirt": "M", "salary": "1", "city": "London", "undeclared": "x"},
            aliases=["ada-byron"],
            not_same_as=["grace"],
            not_identities=["github:other"],
            owner="grace",
            watchers=["grace"],
        ),
        config={
            "fields": {
                "tshirt": {"type": "text", "purpose": "swag", "audience": "team"},
                "salary": {"type": "text", "purpose": "grants", "audience": "stewards"},
                "city": {"type": "text", "purpose": "meetups", "audience": "public"},
            }
        },
    )
    stewards = redact(found, STEWARDS).people["ada"].data
    assert stewards == found.people["ada"].data
    view = redact(found, TEAM)
    team = view.people["ada"].data
    assert team.identities == ["github:ada"]
    assert team.contact is not None
    assert team.contact.model_dump(exclude_none=True) == {"preferred": "chat"}
    assert (team.consent, team.retain_until, team.aliases) == (None, None, [])
    assert (team.not_same_as, team.not_identities) == ([], [])
    assert team.fields == {"tshirt": "M", "city": "London"}
    assert team.owner == "grace"
    assert set(view.config.fields) == {"tshirt", "city"}
    public = redact(found, PUBLIC).people["ada"].data
    assert (public.contact, public.owner, public.watchers) == (None, None, [])
    assert public.fields == {"city": "London"}


def test_the_public_sees_what_says_so() -> None:
    found = community(
        person("ada", **ADA, tags=["speaker"]),
        person("bob"),
        note("n", about=["ada"]),
        note("open", about=["ada"], visibility="public", kind="incident"),
        note("of-bob", about=["bob"], visibility="public"),
        task("t"),
        task("open-task", visibility="public"),
        tags={
            "tags": {"speaker": {"about": "talks"}, "difficult": {"about": "hm"}},
            "keywords": {"k": {"tag": "speaker", "words": ["talk"]}},
            "segments": {"s": {"title": "S", "where": "true"}},
        },
        sources={
            "a": Source.model_validate({"type": "git", "target": "/home/me/repo"}),
            "b": Source.model_validate(
                {"type": "github", "target": "https://example.org/x", "token_env": "TOKEN"}
            ),
        },
    )
    view = redact(found, PUBLIC)
    assert set(view.people) == {"ada", "grace"}
    assert set(view.notes) == {"open"}
    assert set(view.tasks) == {"open-task"}
    assert view.tags == Tags.model_validate({"tags": {"speaker": {"about": "talks"}}})
    assert view.sources["a"].target == ""
    assert view.sources["b"].target == "https://example.org/x"
    assert view.sources["b"].token_env is None


@pytest.mark.parametrize(("kind", "seen"), [("personal", False), ("conversation", True)])
def test_notes_of_some_kinds_are_for_stewards(kind: str, seen: bool) -> None:
    found = community(person("ada"), note("n", "x [[n]]", about=["ada"], kind=kind))
    assert ("n" in redact(found, TEAM).notes) is seen
    assert "n" in redact(found, STEWARDS).notes


def test_a_link_to_a_note_that_is_not_seen_says_only_that_there_is_one() -> None:
    found = community(
        person("ada", "see [[2026-11-01-ada-is-ill]], [[2026-11-02-open]], [[nothing]]"),
        note("2026-11-01-ada-is-ill", kind="personal"),
        note("2026-11-02-open"),
    )
    body = redact(found, TEAM).people["ada"].body
    assert body == "see a note, [[2026-11-02-open]], [[nothing]]"


def test_earlier_slugs_are_put_right_and_then_not_shown() -> None:
    found = community(
        person("ada", aliases=["old-name"]),
        person("bob", "[[old-name]] [[ Old Name|that one ]]", owner="old-name"),
        note(
            "n",
            about=["old-name", "ada"],
            author="old-name",
            kind="event",
            roles={"old-name": "speaker"},
        ),
    )
    view = redact(found, TEAM)
    assert view.moved == {"old-name": "ada"}
    assert "old-name" not in repr(replace(view, moved={}))
    assert "old-name" not in repr(redact(found, Audience.PUBLIC))
    assert view.people["bob"].body == "[[ada]] [[ada]]"
    assert view.people["bob"].data.owner == "ada"
    assert view.notes["n"].data.about == ["ada"]
    assert view.notes["n"].data.roles == {"ada": "speaker"}


def test_an_alias_does_not_take_over_who_bears_the_slug_today() -> None:
    found = community(
        person("ada", aliases=["eve"]),
        person("eve", visibility="stewards", identities=["github:eve"]),
        person("bob", owner="eve"),
    )
    view = redact(found, TEAM)
    assert view.actors == {"github:eve": "~1"}
    assert view.people["bob"].data.owner is None


def test_two_stems_that_become_one_stay_apart() -> None:
    found = community(
        person("eve", visibility="stewards"),
        person("ada"),
        note("2026-11-01-eve", about=["ada", "eve"]),
        note("2026-11-01-somebody", about=["ada"]),
    )
    assert len(redact(found, TEAM).notes) == 2


# Every spot that the team may not see, each with its own marked word. An account's handle is the
# name by which its owner is known in public, so only those of hidden people are secret.

MARK = "canary"
words = st.integers(0, 9999).map(lambda n: f"{MARK}{n}")
slugs = words.map(lambda w: f"{w}-slug")


@st.composite
def hidden_people(draw: st.DrawFn) -> Record[Person]:
    word = draw(words)
    hide: dict[str, Any] = draw(st.sampled_from([{"restricted": True}, {"visibility": "stewards"}]))
    data: dict[str, Any] = {
        "name": word,
        "kind": draw(st.sampled_from(["person", "organisation", "bot"])),
        "identities": [f"github:{word}", f"email:{word}@example.org"],
        "location": word,
        "tags": [word],
        "aliases": [f"{word}-alias"],
        "links": [f"https://{word}.example.org"],
    }
    return person(f"{word}-slug", body=word, **data, **hide)


@st.composite
def shown_people(draw: st.DrawFn, others: list[str]) -> Record[Person]:
    word, other = draw(words), draw(st.sampled_from(others))
    data: dict[str, Any] = {
        "identities": [f"email:{word}@example.org", f"email-hmac:{word}", f"git:{word}"],
        "contact": {"email": word, "phone": word, "address": word, "chat": word},
        "consent": {"basis": "consent", "purpose": word, "how": word},
        "fields": {"secret": word, "undeclared": word},
        "affiliations": [{"organisation": other, "role": word}],
        "not_same_as": [other],
        "not_identities": [f"github:{word}"],
        "owner": other,
        "watchers": [other],
    }
    return person(draw(st.sampled_from(["ada", "bob"])), f"[[{other}]] x", **data)


@st.composite
def communities(draw: st.DrawFn) -> Community:
    hidden = draw(st.lists(hidden_people(), min_size=1, max_size=4, unique_by=lambda r: r.slug))
    names = [n for r in hidden for n in (r.slug, *r.data.aliases)]
    other, word = draw(st.sampled_from(names)), draw(words)
    records: list[Record[Any]] = [
        *hidden,
        *draw(st.lists(shown_people(names), max_size=2)),
        note(f"2026-{other}", f"[[{other}]] [[{word}]]", about=["grace", other], author=other),
        note(word, word, about=["grace"], visibility="stewards", channel=word),
        note(f"of-{other}", word, about=[other]),
        note("by-address", about=["grace"], author=f"email:{word}@example.org"),
        task(f"with-{other}", about=["grace", other], assignee=other, from_note=word),
        task(word, word, visibility="stewards"),
        task(f"of-{other}", about=[other]),
    ]
    return community(
        *records,
        config={
            "team": [other],
            "privacy": {"audiences": {"stewards": names[:1]}},
            "fields": {"secret": {"type": "text", "purpose": word, "audience": "stewards"}},
        },
        tags={"segments": {"s": {"title": "S", "where": f"owner = '{other}'"}}},
        sources={
            "s": Source.model_validate(
                {"type": "git", "target": "/x", "token_env": MARK.upper() + word[len(MARK) :]}
            )
        },
        actors={i: r.slug for r in hidden for i in r.data.identities},
        outside=frozenset(draw(st.sets(words))),
        feeds=(FeedFile("s", "sources/s/activities/2026-11.jsonl", Path("x")),),
    )


def slugs_of(view: View) -> set[str]:
    """Every slug by which a View refers to somebody."""
    found = set(view.config.team)
    for p in (r.data for r in view.people.values()):
        found |= {*p.watchers, *(a.organisation for a in p.affiliations), *p.not_same_as}
        found |= {p.owner} if p.owner else set()
    for n in (r.data for r in view.notes.values()):
        found |= {*n.about, *n.roles}
    for t in (r.data for r in view.tasks.values()):
        found |= {*t.about} | ({t.assignee} if t.assignee else set())
    return found


@given(communities(), st.sampled_from([PUBLIC, TEAM]))
def test_no_private_string_reaches_a_lesser_audience(found: Community, audience: Audience) -> None:
    view = redact(found, audience)
    assert MARK not in repr(view).lower()
    assert not any(MARK in value for value in view.actors.values())
    assert slugs_of(view) <= set(view.people)


@given(communities())
def test_for_stewards_everything_but_who_is_restricted(found: Community) -> None:
    view = redact(found, STEWARDS)
    text = repr(view)
    for slug, record in found.people.items():
        assert (slug in view.people) is not record.data.restricted
        if record.data.restricted:
            assert f"'{slug}'" not in text
            assert not any(i in view.actors for i in record.data.identities)
    assert slugs_of(view) <= set(view.people)
