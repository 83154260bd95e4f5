"""Who gets a file, who joins whom, and what a person decided stays decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crmtool.sync.people import Outcome
from tests.sync.workspace import ADA, BOB, CAT, Workspace, git

ANGLE = "forum.example.org:ada"


@pytest.fixture
def ws() -> Workspace:
    return Workspace()


@pytest.fixture
def ada(ws: Workspace) -> Workspace:
    """Ada, known to a forge and to git, joined by her address."""
    ws.hear("hub", "github:ada", name="Ada Lovelace", location="London", emails=[ADA])
    ws.hear("core", git(1), 3, name="ada", emails=[ADA])
    ws.sync()
    return ws


def test_a_new_person_gets_a_file(ada: Workspace) -> None:
    assert ada.text("ada-lovelace") == (
        f"---\nname: Ada Lovelace\nidentities:\n  - github:ada\n  - {ADA}\nlocation: London\n---\n"
    )
    assert ada.applied("hub", "github:ada") == {
        "identities": ["github:ada"],
        "location": "London",
        "name": "Ada Lovelace",
    }
    assert ada.applied("core", git(1)) == {"identities": [ADA]}


def test_who_did_too_little_waits_and_comes_with_all_identities(ws: Workspace) -> None:
    ws.settings = {"create": {"contributions": 5}}
    ws.hear("core", git(1), 2, name="Ada Lovelace", emails=[ADA])
    ws.hear("core", git(2), 2, name="Ada Lovelace", emails=[BOB], mailmap=mapped(ADA))
    assert ws.sync() == Outcome()
    ws.hear("hub", "github:ada", 1, emails=[BOB])
    outcome = ws.sync()
    assert outcome.created == ["ada-lovelace"]
    assert ws.person("ada-lovelace").identities == ["github:ada", ADA, BOB]


def mapped(email: str, name: str = "Ada Lovelace") -> dict[str, str]:
    return {"identity": git(1), "name": name, "email": email}


@pytest.mark.parametrize(("kinds", "kind"), [
    (["bot", None], "bot"), (["organisation"], "organisation"), (["organisation", None], "person"),
])  # fmt: skip
def test_a_program_is_no_person(ws: Workspace, kinds: list[str | None], kind: str) -> None:
    for number, said in enumerate(kinds):
        ws.hear("core", git(number), 1, name="Ada Lovelace", emails=[ADA], kind=said)
    ws.sync()
    assert ws.person("ada-lovelace").kind == kind


# -- joins -----------------------------------------------------------------------------------------


def by_address(ws: Workspace) -> None:
    ws.hear("core", git(1), name="Ada", emails=[ADA])
    ws.hear("hub", "github:ada", 1, name="Ada", emails=[ADA])


def by_mailmap(ws: Workspace) -> None:
    ws.hear("core", git(1), name="Ada", emails=[ADA])
    ws.hear("core", git(2), 1, name="A.", emails=[BOB], mailmap=mapped(ADA))


def by_mailmap_of_mailmap(ws: Workspace) -> None:
    by_mailmap(ws)
    ws.hear(
        "docs", git(3), 1, emails=[CAT], mailmap={"identity": git(2), "name": "A", "email": BOB}
    )


def by_statement(ws: Workspace) -> None:
    ws.hear("core", git(1), name="Ada", emails=[ADA])
    ws.hear("hub", "github:ada", name="Ada", emails=[ADA])
    ws.hear("forum", ANGLE, 1, same_as=["github:ada"])


def by_the_account_that_a_no_reply_address_names(ws: Workspace) -> None:
    ws.hear("core", git(1), name="Ada", emails=[ADA], same_as=["github:ada"])


def by_a_new_form_of_the_same_address(ws: Workspace) -> None:
    """As after `emails: plain`: the record lists the hash, the source now says the address."""
    ws.hear("core", git(1), name="Ada", emails=[ADA])
    ws.sync()
    ws.hear("core", git(1), name="Ada", emails=["email:ada@example.org"])


JOINS: list[tuple[Callable[[Workspace], None], list[str]]] = [
    (by_address, ["ada: github:ada (same e-mail address in hub)"]),
    (by_mailmap, [f"ada: {BOB} (.mailmap of core)"]),
    (by_mailmap_of_mailmap, [f"ada: {BOB} (.mailmap of core)", f"ada: {CAT} (.mailmap of docs)"]),
    (by_statement, [
        f"ada: {ANGLE} (stated by forum)", "ada: github:ada (same e-mail address in hub)",
    ]),
    (by_the_account_that_a_no_reply_address_names, ["ada: github:ada (stated by core)"]),
    (by_a_new_form_of_the_same_address, [
        "ada: email:ada@example.org (the same account of core as before)",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("how", "joined"), JOINS, ids=[how.__name__ for how, _ in JOINS])
def test_a_join_is_written_once_with_its_reason(
    ws: Workspace, how: Callable[[Workspace], None], joined: list[str]
) -> None:
    ws.write("ada", f"name: Ada  # as she likes it\nidentities: [{ADA}]\ntags: [speaker]")
    how(ws)
    assert ws.sync().joined == joined
    listed = ", ".join([ADA, *(line.split()[1] for line in joined)])
    assert ws.text("ada") == (
        f"---\nname: Ada  # as she likes it\nidentities: [{listed}]\ntags: [speaker]\n---\n"
    )


def test_a_join_of_a_new_person_has_its_reason_too(ws: Workspace) -> None:
    by_mailmap(ws)
    assert ws.sync().joined == [f"ada-lovelace: {BOB} (.mailmap of core)"]


@pytest.mark.parametrize("join", ["email", "mailmap"])
def test_a_kind_of_proof_can_be_switched_off(ws: Workspace, join: str) -> None:
    ws.identity = {"join": {join: False}}
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]")
    {"email": by_address, "mailmap": by_mailmap}[join](ws)
    assert len(ws.sync().created) == 1
    assert ws.person("ada").identities == [ADA]


def test_who_is_listed_as_raw_author_is_no_newcomer_for_an_address(ws: Workspace) -> None:
    """As after a split: the record lists the author itself, of whom the address alone would do."""
    ws.write("bob", f"name: Bob\nidentities: [{git(1)}]")
    ws.hear("core", git(1), 3, name="Bob", emails=[ADA])
    assert ws.sync().created == []
    ws.hear("core", git(2), 3, name="bob", emails=[ADA])
    assert ws.sync().created == []
    assert ws.person("bob").identities == [git(1), ADA]


def test_two_records_are_never_merged(ws: Workspace) -> None:
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]")
    ws.write("countess", "name: The Countess\nidentities: [github:ada]")
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace", emails=[ADA])
    assert not ws.sync().changes


def test_an_account_between_two_records_joins_neither(ws: Workspace) -> None:
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]")
    ws.write("countess", "name: The Countess\nidentities: [github:ada]")
    ws.hear("forum", ANGLE, 9, name="Ada", same_as=["github:ada"], emails=[ADA])
    assert not ws.sync().changes


def test_a_proof_between_two_records_does_not_keep_them_from_growing(ws: Workspace) -> None:
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]")
    ws.write("countess", "name: The Countess\nidentities: [github:ada]")
    ws.hear("hub", "github:ada", 1, emails=[ADA])
    ws.hear("forum", ANGLE, 1, same_as=["github:ada"])
    assert ws.sync().joined == [f"countess: {ANGLE} (stated by forum)"]


def test_nobody_shares_an_address_that_is_not_personal(ws: Workspace) -> None:
    for number, name in enumerate(["Ada Lovelace", "Bob Babbage"]):
        ws.hear("core", git(number), 1, name=name, emails=["email:root@localhost"])
    outcome = ws.sync()
    assert sorted(outcome.created) == ["ada-lovelace", "bob-babbage"]
    assert ws.person("ada-lovelace").identities == [git(0)]


def test_an_identity_counts_whatever_its_case(ws: Workspace) -> None:
    ws.write("ada", "name: Ada\nidentities: [github:Ada]")
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace")
    assert not ws.sync().changes


def test_of_a_restricted_person_only_identities_are_kept_up(ws: Workspace) -> None:
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]\nrestricted: true")
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace", location="London", emails=[ADA])
    ws.sync()
    assert ws.person("ada").identities == [ADA, "github:ada"]
    assert ws.person("ada").location is None
    assert ws.applied("hub", "github:ada") == {"identities": ["github:ada"]}


def test_a_record_takes_in_no_more_than_a_file_can_hold(ws: Workspace) -> None:
    for number in range(1200):
        email = f"email-hmac:{number:032x}"
        ws.hear("core", git(number), 1, name="Ada Lovelace", emails=[email], mailmap=mapped(ADA))
    assert ws.sync().created == ["ada-lovelace"]
    assert 900 < len(ws.person("ada-lovelace").identities) <= 1000


# -- what a person took away -----------------------------------------------------------------------


def test_an_identity_taken_off_is_not_joined_again(ada: Workspace) -> None:
    ada.edit("ada-lovelace", "  - github:ada\n", "")
    ada.hear("hub", "github:ada", 5, name="Ada Lovelace", location="Paris", emails=[ADA])
    assert not ada.sync().changes


def test_nothing_is_joined_through_an_identity_taken_off(ada: Workspace) -> None:
    ada.edit("ada-lovelace", "  - github:ada\n", "")
    ada.hear("forum", ANGLE, 5, same_as=["github:ada"])
    assert not ada.sync().changes


def test_not_identities_holds_before_anything_was_joined(ws: Workspace) -> None:
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]\nnot_identities: [github:ada]")
    by_statement(ws)
    assert not ws.sync().changes


def test_a_deleted_person_does_not_come_back(ada: Workspace) -> None:
    del ada.files["people/ada-lovelace.md"]
    ada.hear("core", git(1), 10, name="Ada Lovelace", emails=[ADA])
    ada.hear("core", git(2), 10, name="Ada", emails=[BOB], mailmap=mapped(ADA))
    assert not ada.sync().changes


def test_a_deleted_person_who_was_written_by_hand_does_not_either(ws: Workspace) -> None:
    ws.write("ada", "name: Ada\nidentities: [github:ada]")
    ws.hear("hub", "github:ada", 5, name="Ada Lovelace")
    ws.sync()
    ws.files.clear()
    assert not ws.sync().changes


@pytest.mark.parametrize("slug", ["ada-lovelace", "countess"])
def test_a_deleted_person_comes_back_by_hand(ada: Workspace, slug: str) -> None:
    del ada.files["people/ada-lovelace.md"]
    ada.sync()
    ada.write(slug, "name: Ada\nidentities: [github:ada]")
    ada.sync()
    assert ada.person(slug).identities == ["github:ada"]


def test_a_proposal_that_was_never_merged_is_made_again(ws: Workspace) -> None:
    """Neither record nor profile reached the branch, so nothing is known of it."""
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace")
    assert ws.decide() == ws.decide()
    assert ws.decide().created == ["ada-lovelace"]


def test_a_proposal_merged_without_one_person_does_not_bring_them_back(ws: Workspace) -> None:
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace")
    ws.hear("hub", "github:bob", 1, name="Bob Babbage")
    ws.carry_out(ws.decide())
    del ws.files["people/bob-babbage.md"]
    assert not ws.sync().changes


def test_a_renamed_file_is_the_same_person(ada: Workspace) -> None:
    ada.files["people/countess.md"] = ada.files.pop("people/ada-lovelace.md")
    ada.hear("hub", "github:ada", name="Ada King", location="Paris", emails=[ADA])
    ada.sync()
    assert list(ada.files) == ["people/countess.md"]
    assert (ada.person("countess").name, ada.person("countess").location) == ("Ada King", "Paris")


def test_records_merged_by_hand_stay_merged(ada: Workspace) -> None:
    ada.hear("forum", ANGLE, 1, name="The Countess", location="Leeds")
    ada.sync()
    del ada.files["people/the-countess.md"]
    ada.edit("ada-lovelace", "location:", f"  - {ANGLE}\naliases: [the-countess]\nlocation:")
    assert not ada.sync().changes
    ada.hear("forum", ANGLE, 1, name="Ada of the forum", location="York")
    assert not ada.sync().changes


def test_an_identity_moved_by_hand_stays_where_it_is(ada: Workspace) -> None:
    ada.edit("ada-lovelace", "  - github:ada\n", "")
    ada.write("other", "name: Another Ada\nidentities: [github:ada]")
    ada.sync()
    assert ada.person("ada-lovelace").identities == [ADA]
    assert ada.person("other").identities == ["github:ada"]


# -- files that cannot be read ---------------------------------------------------------------------

WHOLE = "---\nname: Ada\nidentities:\n  - github:ada\n---\n"
DAMAGE: dict[str, bytes] = {
    "conflict": b"---\nname: Ada\n<<<<<<< ours\nidentities: [github:ada]\n=======\n>>>>>>> x\n---\n",
    "unclosed": WHOLE.removesuffix("---\n").encode(),
    "no name": WHOLE.replace("name: Ada\n", "").encode(),
    "unknown key": WHOLE.replace("name: Ada", "name: Ada\nnaem: Ada").encode(),
    "UTF-16": WHOLE.encode("utf-16"),
    "Latin-1": WHOLE.replace("Ada", "Zoë").encode("latin-1"),
    "list without blanks": WHOLE.replace("- ", "-").encode(),
    "blank behind the colon": WHOLE.replace("github:ada", "github: ada").encode(),
    "quoted and upper case": WHOLE.replace("github:ada", '"GitHub:Ada').encode(),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("slug", ["ada-lovelace", "somebody"])
def test_whom_a_damaged_file_mentions_is_not_created_again(
    ws: Workspace, damage: str, slug: str
) -> None:
    path = f"people/{slug}.md"
    ws.files[path] = DAMAGE[damage]
    ws.hear("hub", "github:ada", 5, name="Ada Lovelace")
    assert not ws.community().people
    assert not ws.sync().changes


@pytest.mark.parametrize("damage", [b"", b"\0\0\0\0", "---\nname: [".encode("utf-16")])
def test_a_file_that_lost_everything_does_not_either(ada: Workspace, damage: bytes) -> None:
    ada.files["people/ada-lovelace.md"] = damage
    ada.hear("core", git(2), 5, emails=[ADA])
    assert not ada.sync().changes


def test_a_damaged_file_is_not_written_over(ws: Workspace) -> None:
    ws.files["people/ada-lovelace.md"] = b""
    ws.hear("hub", "github:ada", 5, name="Ada Lovelace")
    (created,) = ws.sync().created
    assert created.startswith("ada-lovelace-")
    assert ws.files["people/ada-lovelace.md"] == b""


def test_a_record_with_an_error_in_it_is_read_but_left_as_it_is(ws: Workspace) -> None:
    ws.write("ada", f"name: Ada\nidentities: [{ADA}]", body="the \u202eend")
    by_address(ws)
    assert ws.community().people
    assert not ws.sync().changes


@pytest.mark.parametrize("path", [
    "people/ada-lovelace.md", "people/deep/er/ada-lovelace.md", "people/Ada-Lovelace.md",
    "people/ada-lovelace.md/bob.md",
])  # fmt: skip
def test_a_name_in_use_is_not_used_again(ws: Workspace, path: str) -> None:
    ws.files[path] = b"---\nname: Another\n---\n"
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace")
    assert ws.sync().created == ["ada-lovelace-1950"]


def test_an_alias_is_a_name_in_use(ws: Workspace) -> None:
    ws.write("countess", "name: The Countess\naliases: [ada-lovelace]")
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace")
    assert ws.sync().created == ["ada-lovelace-1950"]


def test_files_go_into_folders_where_there_are_many(ws: Workspace) -> None:
    ws.layout = "letter"
    ws.hear("hub", "github:ada", 1, name="Ada Lovelace")
    ws.sync()
    assert list(ws.files) == ["people/a/ada-lovelace.md"]
