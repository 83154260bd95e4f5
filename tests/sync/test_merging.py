"""What one record says for two, where somebody is asked, and who is never merged."""

from __future__ import annotations

import json
import re

import pytest

from crmtool.errors import Refused, Undecided
from tests.sync.desks import answering, community, merged, renamed, undone

A, B = "people/a.md", "people/b.md"


def record(frontmatter: str, body: str = "") -> str:
    return f"---\n{frontmatter.strip()}\n---\n{body}"


@pytest.mark.parametrize(
    ("a", "b", "after"),
    [
        # lists are united, each item once, however it is spelled
        (
            "name: Ada\nidentities: [github:Ada]",
            "name: Ada\nidentities: [github:ada, forum.x.org:ada]",
            "name: Ada\nidentities: [github:Ada, 'forum.x.org:ada']\naliases:\n  - b",
        ),
        (
            "name: Ada\nlinks:\n  - https://ada.org/  # hers\n# end",
            "name: Ada\nlinks: [https://ADA.org, https://b.org]\ntags: [speaker]",
            "name: Ada\nlinks:\n  - https://ada.org/  # hers\n  - https://b.org\ntags:\n  - speaker\naliases:\n  - b\n# end",
        ),
        # what only one says stands
        (
            "name: Ada\ncontact: {email: ada@x.org}\nfields: {tshirt: M}",
            "name: Ada\npronouns: she/her\ncontact: {chat: ada}\nfields: {badge: red}",
            "name: Ada\npronouns: she/her\ncontact: {email: ada@x.org, chat: ada}\nfields: {tshirt: M, badge: red}\naliases:\n  - b",
        ),
        # the stricter stands, also against what a file says by not saying it
        (
            "name: Ada\nvisibility: public",
            "name: Ada",
            "name: Ada\nvisibility: team\naliases:\n  - b",
        ),
        (
            "name: Ada",
            "name: Ada\nvisibility: stewards\nrestricted: true\nstaff: true\nretain_until: 2029-01-01",
            "name: Ada\nstaff: true\nvisibility: stewards\nrestricted: true\nretain_until: 2029-01-01\naliases:\n  - b",
        ),
        (
            "name: Ada\nretain_until: 2029-01-01",
            "name: Ada\nretain_until: 2028-01-01",
            "name: Ada\nretain_until: 2028-01-01\naliases:\n  - b",
        ),
        (
            "name: Ada\nconsent: {basis: consent, contact: true}",
            "name: Ada\nconsent: {basis: consent, contact: false, how: by mail}",
            "name: Ada\nconsent: {basis: consent, contact: false, how: by mail}\naliases:\n  - b",
        ),
        # earlier slugs, earlier answers
        (
            "name: Ada\naliases: [x, b]\nnot_same_as: [c]",
            "name: Ada\naliases: [w, a]\nnot_same_as: [c, d]\nnot_identities: [github:c]",
            "name: Ada\naliases: [x, b, w]\nnot_same_as: [c, d]\nnot_identities:\n  - github:c",
        ),
    ],
)
def test_what_one_record_says_for_two(a: str, b: str, after: str) -> None:
    others = {f"people/{slug}.md": record(f"name: {slug}") for slug in "cd"}
    found = merged({A: record(a), B: record(b), **others}, "a", "b")
    assert community(found).people["a"].data == community({A: record(after)}).people["a"].data
    if "'" not in after:
        assert found[A] == record(after)


@pytest.mark.parametrize(
    ("a", "b", "after"),
    [
        ("One.\n", "Two.\n", "One.\n\nTwo.\n"),
        ("", "Two.\n", "Two.\n"),
        ("One.\n", "", "One.\n"),
        ("One.\n\nTwo.\n", "Two.\n", "One.\n\nTwo.\n"),
        ("Two.\n", "One.\nTwo.\n", "One.\nTwo.\n"),
        ("to\n", "o\n", "to\n\no\n"),
        ("One.", "Two.", "One.\n\nTwo.\n"),
        ("One.\r\n", "Two.\nThree.\n", "One.\r\n\r\nTwo.\r\nThree.\r\n"),
    ],
)
def test_both_texts_stay(a: str, b: str, after: str) -> None:
    def text(body: str) -> str:
        newline = "\r\n" if "\r" in body else "\n"
        return record("name: Ada").replace("\n", newline) + body

    found = merged({A: text(a), B: text(b)}, "a", "b")[A]
    assert found.partition("- b")[2].partition("---")[2].lstrip("\r\n") == after


@pytest.mark.parametrize(
    ("a", "b", "clash"),
    [
        ("name: Ada", "name: Ben", "name is 'Ada' in one and 'Ben' in the other"),
        ("name: Ada\nkind: bot", "name: Ada", "kind is 'bot' in one and 'person' in the other"),
        ("name: Ada\nowner: c", "name: Ada\nowner: d", "owner is"),
        (
            "name: Ada\ncontact: {email: a@x.org}",
            "name: Ada\ncontact: {email: b@x.org}",
            "contact.email is",
        ),
        ("name: Ada\nfields: {tshirt: M}", "name: Ada\nfields: {tshirt: S}", "fields.tshirt is"),
        (
            "name: Ada\nconsent: {basis: consent, contact: true}",
            "name: Ada\nconsent: {basis: contract, contact: true}",
            "consent is",
        ),
    ],
)
def test_a_contradiction_is_asked_about(a: str, b: str, clash: str) -> None:
    others = {f"people/{slug}.md": record(f"name: {slug}") for slug in "cd"}
    files = {A: record(a), B: record(b), **others}
    with pytest.raises(Undecided, match=re.escape(clash)):
        merged(files, "a", "b", ask=answering(None))
    merged(files, "a", "b", ask=answering("b"))


def profile(identity: str, name: str, *, is_put: bool) -> str:
    line = {"identity": identity, "name": name, "applied": {"name": name} if is_put else {}}
    return json.dumps(line, sort_keys=True) + "\n"


@pytest.mark.parametrize(
    ("a", "b", "name"),
    [
        # (the name in the record, whether a source put it there)
        (("ada", True), ("Ada Lovelace", True), "Ada Lovelace"),
        (("Ada Lovelace", True), ("ada", True), "Ada Lovelace"),
        (("Countess", False), ("Ada Lovelace", True), "Countess"),
        (("ada", True), ("Countess", False), "Countess"),
    ],
)
def test_a_person_s_word_goes_before_a_source_s_and_a_full_name_before_a_word(
    a: tuple[str, bool], b: tuple[str, bool], name: str
) -> None:
    files = {
        "sources/hub/source.yml": "type: github\ntarget: terns/core\n",
        "sources/hub/profiles.jsonl": "".join(
            profile(f"github:{slug}", said[0], is_put=said[1])
            for slug, said in (("a", a), ("b", b))
        ),
        A: record(f"name: {a[0]}\nidentities: [github:a]"),
        B: record(f"name: {b[0]}\nidentities: [github:b]"),
    }
    found = community(merged(files, "a", "b", ask=answering(None)))
    assert found.people["a"].data.name == name


@pytest.mark.parametrize(
    ("a", "b", "line"),
    [
        ("name: A\nnot_same_as: [b]", "name: A", "not_same_as"),
        ("name: A", "name: A\nnot_same_as: [a]", "not_same_as"),
        ("name: A\nnot_same_as: [old]", "name: A\naliases: [old]", "not_same_as"),
        (
            "name: A\nnot_identities: [github:B]",
            "name: A\nidentities: [github:b]",
            "not_identities",
        ),
    ],
)
def test_who_was_told_apart_is_not_merged(a: str, b: str, line: str) -> None:
    with pytest.raises(Refused, match=f"under {line}: somebody decided that they are two"):
        merged({A: record(a), B: record(b)}, "a", "b")


def test_a_rejection_holds_also_after_one_of_the_two_is_merged_with_a_third() -> None:
    files = {
        A: record("name: A\nnot_same_as: [c]"),
        B: record("name: A"),
        "people/c.md": record("name: A\nnot_same_as: [a]"),
    }
    after = merged(files, "b", "a")
    assert community(after).people["c"].data.not_same_as == ["b"]
    for keep, gone in (("b", "c"), ("c", "b")):
        with pytest.raises(Refused, match="two people"):
            merged(after, keep, gone)
    with pytest.raises(Refused, match="two people"):
        merged(files, "b", "a", "c")


def test_a_record_that_is_not_in_order_is_left_alone() -> None:
    files = {A: record("name: A", "x" * 20_001), B: record("name: A")}
    with pytest.raises(Refused, match=r"people/a.md:4: has a line of 20001 characters"):
        merged(files, "b", "a")


TAGS = """tags:
  b: {about: a tag that is called as somebody is}
segments:
  theirs: {title: Theirs, where: "owner = 'b' OR list_contains(watchers, 'b')"}  # kept
  some: {title: Some, where: "slug IN ('b', 'c')"}
  tagged: {title: Tagged, where: "list_contains(tags, 'b')"}
"""


def test_segments_find_by_the_slug_of_today() -> None:
    files = {slug: record("name: A") for slug in (A, B, "people/c.md")} | {"tags.yml": TAGS}
    after = TAGS.replace("owner = 'b'", "owner = 'a'").replace("watchers, 'b'", "watchers, 'a'")
    after = after.replace("slug IN ('b'", "slug IN ('a'")
    found = merged(files, "a", "b")
    assert found["tags.yml"] == after
    assert undone(found, found, files, ("merge", "b", "a")).files == files
    assert renamed(files, "b", "a1")["tags.yml"] == after.replace("'a'", "'a1'")


def test_an_organisation_that_somebody_is_with_stays_one() -> None:
    files = {
        A: record("name: Terns"),
        B: record("name: Terns\nkind: organisation"),
        "people/c.md": record("name: Cleo\naffiliations: [{organisation: b}]"),
    }
    with pytest.raises(Refused, match=r"people/c.md names b as an organisation"):
        merged(files, "a", "b", ask=answering("a"))
    found = community(merged(files, "a", "b", ask=answering("b"))).people
    assert (found["a"].data.kind, found["c"].data.affiliations[0].organisation) == (
        "organisation",
        "a",
    )


def test_roles_of_two_that_become_one_are_both_kept() -> None:
    note = record(
        "date: 2026-01-01\nauthor: b\nkind: event\nroles: {b: speaker, a: host, c: guest}"
    )
    files = {slug: record("name: A") for slug in (A, B, "people/c.md")} | {"notes/n.md": note}
    found = community(merged(files, "a", "b")).notes["n"].data
    assert (found.author, found.roles) == ("a", {"a": "host, speaker", "c": "guest"})
