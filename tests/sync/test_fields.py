"""What sources may change in a record, and how little of the file that touches."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sync.workspace import ADA, BOB, Workspace, git

PAGE = """\
name: Ada Lovelace   # not "Lady"
# how to reach her
identities:
    - github:ada         # her own
location: London
tags: [speaker]
"""


@pytest.fixture
def ws() -> Workspace:
    """Ada's record as the hub's word filled it in and a person then laid it out."""
    ws = Workspace()
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace", location="London")
    ws.sync()
    ws.write("ada-lovelace", PAGE, body="Runs the workshop.\n")
    return ws


def test_a_page_laid_out_by_hand_is_left_alone(ws: Workspace) -> None:
    assert not ws.sync().changes


@pytest.mark.parametrize(("said", "old", "new"), [
    ({"location": "Paris"}, "location: London", "location: Paris"),
    ({"location": None}, "location: London\n", ""),
    ({"name": "Ada King"}, "name: Ada Lovelace ", "name: Ada King "),
    ({"links": ["https://ada.example.org"]}, "tags:", "links:\n  - https://ada.example.org\ntags:"),
    ({"languages": ["rust", "NO"]}, "tags:", 'languages:\n  - rust\n  - "NO"\ntags:'),
    ({"bio": "Poetical science.", "company": "Analytical Engines"}, "", ""),
    ({"name": None}, "", ""),
    ({"name": "ada"}, "", ""),
    ({"name": "root"}, "", ""),
])  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_only_the_line_that_has_to_change_does(
    ws: Workspace, said: dict[str, Any], old: str, new: str, newline: str, bom: str
) -> None:
    path = "people/ada-lovelace.md"
    before = bom + ws.text("ada-lovelace").replace("\n", newline)
    ws.files[path] = before.encode()
    now = {"name": "Ada Lovelace", "location": "London", "bio": "x", **said}
    ws.hear("hub", "github:ada", **{k: v for k, v in now.items() if v})
    ws.sync()
    after = before.replace(old.replace("\n", newline), new.replace("\n", newline), 1)
    assert ws.files[path].decode() == after


EDITS = {
    "name": ("name: Ada Lovelace ", "name: Countess of Lovelace "),
    "tag": ("tags: [speaker]", "tags: [speaker, expert/engines]"),
    "affiliation": ("tags:", "affiliations: [{organisation: royal-society}]\ntags:"),
    "comment": ("# how to reach her", "# how to reach her, mornings only"),
    "location taken away": ("location: London\n", ""),
    "location": ("location: London", "location: Ockham  # since 1835"),
    "body": ("Runs", "Ran"),
    "lines": ("tags: [speaker]\n", "\n\n# nothing here\ntags:\n\n- speaker\n"),
}


@pytest.mark.parametrize("what", EDITS)
def test_a_person_s_edit_survives_every_later_import(ws: Workspace, what: str) -> None:
    ws.edit("ada-lovelace", *EDITS[what])
    edited = ws.text("ada-lovelace").splitlines()
    place = "Paris" if "location" in what else "London"
    name = "Ada King" if what == "name" else "Ada Lovelace"
    for link in ("https://example.org/1", "https://example.org/2"):
        ws.hear("hub", "github:ada", name=name, location=place, links=[link], emails=[ADA])
        ws.hear("core", git(1), 1, name="Ada K.", emails=[ADA])
        ws.sync()
    now = ws.text("ada-lovelace").splitlines()
    added = {"links:", "  - https://example.org/2", f"    - {ADA}"}
    assert [line for line in now if line not in added] == edited


def test_a_restored_value_is_the_source_s_again(ws: Workspace) -> None:
    """Reverting an edit undoes it altogether."""
    ws.edit("ada-lovelace", "London", "Ockham")
    ws.sync()
    ws.edit("ada-lovelace", "Ockham", "London")
    ws.hear("hub", "github:ada", name="Ada Lovelace", location="Paris")
    ws.sync()
    assert ws.person("ada-lovelace").location == "Paris"


# -- several sources -------------------------------------------------------------------------------


def heard(ws: Workspace, **places: str | None) -> str | None:
    """Ada's location once each source has said its word."""
    accounts = {"hub": "github:ada", "forum": "forum.example.org:ada", "core": git(1)}
    for source, place in places.items():
        ws.hear(source, accounts[source], 1, name="Ada Lovelace", location=place, emails=[ADA])
    ws.sync()
    return ws.person("ada-lovelace").location


@pytest.mark.parametrize(("first", "then", "place"), [
    ({"hub": "London", "forum": "Paris"}, {}, "London"),
    ({"forum": "Paris"}, {"hub": "London"}, "London"),
    ({"core": "Rome", "forum": "Paris"}, {}, "Paris"),
    ({"hub": "London", "forum": "Paris"}, {"hub": None}, "Paris"),
    ({"hub": "London", "forum": "Paris"}, {"forum": "Oslo"}, "London"),
    ({"hub": "London", "forum": "Paris"}, {"hub": None, "forum": None}, None),
])  # fmt: skip
def test_sources_speak_in_the_order_that_crm_yml_gives(
    first: dict[str, str | None], then: dict[str, str | None], place: str | None
) -> None:
    ws = Workspace()
    heard(ws, **first)
    assert heard(ws, **then) == place


@pytest.mark.parametrize(("order", "place"), [
    (["forum", "github"], "Paris"), (["git", "discourse"], "Rome"), (["hub"], "London"),
    (["discourse", "hub"], "Paris"), ([], "Rome"),
])  # fmt: skip
def test_the_order_names_sources_or_their_types(order: list[str], place: str) -> None:
    ws = Workspace(settings={"order": order})
    assert heard(ws, hub="London", forum="Paris", core="Rome") == place


def test_a_profile_without_a_word_withdraws_nothing(ws: Workspace) -> None:
    ws.hear("hub", "github:ada")
    assert not ws.sync().changes


def test_a_source_that_cannot_be_read_keeps_its_place(ws: Workspace) -> None:
    """Its source.yml is broken: nothing it said is lost to a lower one meanwhile."""
    ws.hear(
        "forum", "forum.example.org:ada", 1, name="A.", location="Paris", same_as=["github:ada"]
    )
    ws.sync()
    del ws.types["hub"]
    assert not ws.sync().changes
    assert (ws.person("ada-lovelace").name, ws.person("ada-lovelace").location) == (
        "Ada Lovelace",
        "London",
    )


def test_a_link_written_by_hand_stays_when_the_source_withdraws_it(ws: Workspace) -> None:
    ws.edit("ada-lovelace", "tags:", "links: [https://ada.example.org]\ntags:")
    for links in (["https://ada.example.org/", "https://x.example.org"], [], ["https://y.example"]):
        ws.hear("hub", "github:ada", name="Ada Lovelace", location="London", links=links)
        ws.sync()
    assert ws.person("ada-lovelace").links == ["https://ada.example.org", "https://y.example"]


def test_a_value_of_one_s_own_that_was_taken_away_is_not_filled_in() -> None:
    ws = Workspace()
    ws.write("ada", "name: Ada\nidentities: [github:ada]\nlocation: Ockham")
    ws.hear("hub", "github:ada", 1, name="Ada", location="London")
    ws.sync()
    ws.edit("ada", "location: Ockham\n", "")
    assert not ws.sync().changes


@pytest.mark.parametrize("junk", [
    {"name": 7, "location": ["x"], "links": "x", "identities": 3, "kept": []},
    {"links": [1, None], "kept": {"links": 5}, "identities": [None], "unknown": {"a": 1}},
])  # fmt: skip
def test_a_base_that_makes_no_sense_is_not_believed(ws: Workspace, junk: dict[str, Any]) -> None:
    known = ws.profiles["hub"]["github:ada"]
    known.applied.clear()
    known.applied.update(junk)
    before = ws.text("ada-lovelace")
    ws.sync()
    assert ws.text("ada-lovelace") == before


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "name"), [
    ([("Ada Lovelace", 1, None), ("A. Lovelace", 5, None)], "A. Lovelace"),
    ([("Ada Lovelace", 1, None), ("ada", 50, None)], "Ada Lovelace"),
    ([("Ada Lovelace", 9, None), ("ada", 1, "Ada King")], "Ada King"),
    ([("Ada Lovelace", 9, None), ("ada", 1, "!ada")], "Ada Lovelace"),
    ([("Ad\ufffd Lovelace", 9, None), ("Ada Lovelace", 1, None)], "Ada Lovelace"),
    ([("unknown", 9, None), ("ada", 1, None)], "ada"),
    ([("Ada Lovelace", 2, None), ("Ada King", 1, None), ("Ada King", 2, None)], "Ada King"),
    ([("ada@example.org", 9, None)], "person-11e8e5f8"),
    ([(None, 9, None), ("", 1, None)], "person-11e8e5f8"),
])  # fmt: skip
def test_the_best_name_of_several_raw_authors(
    said: list[tuple[str | None, int, str | None]], name: str
) -> None:
    ws = Workspace()
    for number, (raw, deeds, proper) in enumerate(said):
        link = {"identity": git(99), "name": proper} if proper else None
        ws.hear("core", git(number), deeds, name=raw, emails=[BOB], mailmap=link)
    (slug,) = ws.sync().created
    assert ws.person(slug).name == name


def test_a_name_gets_better_but_does_not_flicker() -> None:
    ws = Workspace()
    seen = []
    for number, (name, deeds) in enumerate(
        [("ada", 1), ("Ada Lovelace", 1), ("Ada King", 50), ("ada", 99)]
    ):
        ws.hear("core", git(number), deeds, name=name, emails=[ADA])
        ws.sync()
        seen.append(ws.person("ada").name)
    assert seen == ["ada", "Ada Lovelace", "Ada Lovelace", "Ada Lovelace"]


@pytest.mark.parametrize(("name", "place"), [(None, 0), ("ada", 0), ("Ada King", 1)])
def test_a_login_is_a_name_only_where_nothing_else_is(name: str | None, place: int) -> None:
    ws = Workspace()
    ws.hear("hub", "github:ada", 1, name=name, emails=[ADA])
    ws.sync()
    ws.hear("core", git(1), 1, name="Ada Lovelace", emails=[ADA])
    ws.sync()
    (path,) = ws.files
    slug = ["ada", "ada-king"][place]
    assert path == f"people/{slug}.md"
    assert ws.person(slug).name == ["Ada Lovelace", "Ada King"][place]


def test_somebody_without_a_name_gets_one_as_soon_as_a_source_says_it() -> None:
    ws = Workspace()
    ws.hear("core", git(1), 1, name="root", emails=[ADA])
    (slug,) = ws.sync().created
    ws.hear("core", git(2), 1, name="Ada Lovelace", emails=[ADA])
    ws.sync()
    assert ws.person(slug).name == "Ada Lovelace"
