"""Hostile text in, plain values or nothing out."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crmtool.rules.email_outside_contact import check
from crmtool.sync.names import is_full, languages_of, line_of, links_of, name_of
from crmtool.sync.slugs import fold, new_slug
from tests.sync.workspace import ADA, Workspace, git

NAMES = {
    "Ada Lovelace": "Ada Lovelace",
    "  Ada\t\n Lovelace ": "Ada Lovelace",
    "!h-vetinari": "h-vetinari",
    "@aifsair": "aifsair",
    ": 허종만": "허종만",
    "Xiaochao Dong (@damnever)": "Xiaochao Dong (@damnever)",
    "Ada @ Analytical Engines": "Ada @ Analytical Engines",
    "Attila at Home": "Attila at Home",
    "'t Hooft, Gerard": "'t Hooft, Gerard",
    'Vitaly "_Vi" Shukela': 'Vitaly "_Vi" Shukela',
    "Sammy Davis Jr.": "Sammy Davis Jr.",
    "Zoe\u0308": "Zoë",
    "🌲 Harry": "🌲 Harry",
    "علی\u200cرضا": "علی\u200cرضا",
    "dependabot[bot]": "dependabot[bot]",
    # privacy: no address, plain or disguised
    "ada@example.org": None,
    "Ada <ada@example.org>": "Ada",
    "Ada Lovelace (ada@example.org)": "Ada Lovelace",
    "ada＠example.org": None,
    "ada (at) example.org": None,
    "ada [at] example [dot] org": None,
    "ada at example dot org": None,
    "wtli@Dirac": None,
    "d'Arcy o'd@example.org": "d'Arcy",
    '"ada"@example.org': None,
    "ada@[192.0.2.1]": None,
    "ada&#64;example.org": None,
    "ada\ufe6bexample.org": None,
    "Ada Lovelace <ada@example.orgReviewed-by: Bob": "Ada Lovelace",
    "Ada Lovelace' via Security": "Ada Lovelace",
    # nobody
    "unknown": None,
    "Your Name": None,
    "(no author)": None,
    "root": None,
    "???": None,
    "": None,
    # what a terminal or a page would take for more than text
    "\x1b[31mAda\x1b[0m": "Ada",
    "[31mAda[0m": "Ada",
    "\x1b]8;;https://evil.example\x07Ada\x1b]8;;\x07": "Ada",
    "<b>Ada</b>": "Ada",
    "<script>alert(1)</script>": "alert(1)",
    "Ada\u202egnp.exe": "Adagnp.exe",
    "A\u200bd\u00ada\ufeff": "Ada",
    "\u3164\u115f": None,
    "x" * 300: "x" * 200,
}


@pytest.mark.parametrize("raw", NAMES)
def test_a_name_as_a_record_may_carry_it(raw: str) -> None:
    assert name_of(raw) == NAMES[raw]


@pytest.mark.parametrize(("name", "full"), [
    ("Ada Lovelace", True), ("ada", False), ("Ada", False), ("허종만", True), ("王", False),
])  # fmt: skip
def test_a_full_name(name: str, full: bool) -> None:
    assert is_full(name) is full


@pytest.mark.parametrize(("raw", "clean"), [
    ("London, ask ada@example.org", "London, ask"), (" London\n", "London"), ("—", None), (None, None),
])  # fmt: skip
def test_a_place(raw: str | None, clean: str | None) -> None:
    assert line_of(raw) == clean


def test_links_that_a_page_may_carry() -> None:
    good = ["https://ada.example.org", "https://social.example/@ada", "http://x.example/~ada?q=1#a"]
    bad = [
        "javascript:alert(1)",
        "mailto:ada@example.org",
        "https://u:p@example.org",
        "https://example.org/ada@example.org",
        "https://example.org/ada%40example.org",
        "https://example.org/a b",
        "https://example.org/\u202e",
        "https://example.org/" + "x" * 500,
        "ada.example.org",
    ]
    assert links_of([" https://ada.example.org ", *good, *bad, good[1].upper()]) == good


def test_of_many_items_only_some_are_taken() -> None:
    assert len(languages_of(f"language {n}" for n in range(999))) == 20


@pytest.mark.parametrize(("names", "slug"), [
    (["Zoë Müller-Ångström"], "zoe-muller-angstrom"),
    (["Đorđe Łukasz Ørsted"], "dorde-lukasz-orsted"),
    (["Callum O'Riley"], "callum-oriley"),
    (["Chris Fu (傅立业)"], "chris-fu"),
    (["Ли Na", "lina"], "lina"),
    (["허종만", "Dan Jacobson", "jidanni"], "dan-jacobson"),
    (["허종만"], "person-1950adf5"),
    (["🌲"], "person-1950adf5"),
    (["CON", "con"], "person-1950adf5"),
    (["x" * 99], "x" * 50),
    (["taken"], "taken-1950"),
])  # fmt: skip
def test_slugs(names: list[str], slug: str) -> None:
    assert new_slug(names, "github:ada", {"taken"}) == slug


def test_a_slug_in_use_is_never_given_again() -> None:
    taken: set[str] = set()
    for names in [["Ada"], []] * 4:
        slug = new_slug(names, "github:ada", taken)
        assert slug not in taken
        taken.add(slug)


@given(st.text(max_size=80))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


WORDS = st.text(max_size=60) | st.sampled_from([*NAMES, "null", "NO", "2001-02-03", "- a: b", "#"])
HOSTILE = WORDS | st.tuples(WORDS, st.emails(), WORDS).map("".join)
LISTS = st.lists(
    HOSTILE | st.sampled_from(["https://a.example/", "https://é.example/ "]), max_size=4
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "name": HOSTILE,
            "location": HOSTILE,
            "bio": HOSTILE,
            "links": LISTS,
            "languages": LISTS,
            "same_as": LISTS,
            "kind": HOSTILE,
        },
    ),
    st.sampled_from(["github:ada", "github:a da", "irc:<ada>", "chat:ada@example.org", git(1)]),
)
@example({"name": "ada@example.org"}, "chat:ada@example.org")
def test_whatever_a_source_says_makes_a_record_that_passes_check(
    said: dict[str, Any], identity: str
) -> None:
    """`sync` reads what it wrote: no finding, twice is empty. No address gets out of a name."""
    ws = Workspace()
    ws.hear("hub", identity, 1, emails=[ADA], **said)
    for path in ws.sync().changes:
        assert unicodedata.is_normalized("NFC", ws.files[path.path].decode())
    listed = ws.community().people.values()
    assert [f for f in check(ws.community()) if f.key[0] != "identities"] == []
    assert all("@" not in record.slug for record in listed)
