"""What joins unasked, and what never does: renames, reused handles, programs, pairs, namesakes."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.identity.resolve import resolve
from crmtool.model.keyed import EmailPolicy, Keyed
from tests.sync.workspace import ADA, BOB, CAT, Workspace, git

KEY = Keyed(bytes(32))
NAME = "Ada Lovelace"


@pytest.fixture
def ws() -> Workspace:
    return Workspace()


def written(
    ws: Workspace, number: int, name: str, address: str, policy: EmailPolicy = "hmac"
) -> None:
    """A raw author as an import keeps them."""
    email = KEY.email(address, policy)
    signs = KEY.signs(address)
    ws.hear("core", git(number), 1, name=name, emails=[email] if email else [], signs=signs)


def people(ws: Workspace) -> list[list[str]]:
    """The numbers of the raw authors of each person, as an import finds them."""
    ws.sync()
    actors = resolve(ws.community().people, ws.profiles)
    found: dict[str, list[str]] = {}
    for source in ws.profiles.values():
        for identity in source:
            found.setdefault(actors.get(identity, f"nobody {identity}"), []).append(identity)
    return sorted(sorted(known) for known in found.values())


def numbered(*groups: tuple[int, ...]) -> list[list[str]]:
    return sorted(sorted(map(git, group)) for group in groups)


AUTHORS: dict[str, tuple[list[tuple[str, str]], list[tuple[int, ...]]]] = {
    "one rare full name": (
        [(NAME, "ada@gmail.com"), ("LOVELACE Ada", "al@acme.io")], [(0, 1)],
    ),
    "whatever its accents and order": (
        [("Łukasz Żółw", "a@gmail.com"), ("Zolw Lukasz", "b@acme.io")], [(0, 1)],
    ),
    "not one word": ([("Ada", "ada@gmail.com"), ("Ada", "al@acme.io")], [(0,), (1,)]),
    "not two names that share a word": (
        [(NAME, "ada@gmail.com"), ("Ada King", "al@acme.io")], [(0,), (1,)],
    ),
    "one address, whatever its tag": (
        [(NAME, "a.da@gmail.com"), ("al", "ada+git@googlemail.com")], [(0, 1)],
    ),
    "not one address of a pair": (
        [(NAME, "pair@acme.io"), ("Bob Babbage", "pair@acme.io"), ("Cat Curie", "pair@acme.io")],
        [(0,), (1,), (2,)],
    ),
    "not by a bridge between two who are known elsewhere": (
        [(NAME, "ada@gmail.com"), ("Bob Babbage", "ada@gmail.com"), (NAME, "al@acme.io"),
         ("Bob Babbage", "bob@web.de")],
        [(0, 2), (1, 3)],
    ),
    "no placeholder": ([("Ada L", "root@localhost"), ("Bob B", "root@localhost")], [(0,), (1,)]),
    "no shared desk": ([("Ada", "info@acme.io"), ("Bob", "info@acme.io")], [(0,), (1,)]),
}  # fmt: skip


@pytest.mark.parametrize("policy", ["hmac", "plain"])
@pytest.mark.parametrize("what", AUTHORS)
def test_what_joins_under_either_policy(ws: Workspace, what: str, policy: EmailPolicy) -> None:
    authors, expected = AUTHORS[what]
    for number, (name, address) in enumerate(authors):
        written(ws, number, name, address, policy)
    assert people(ws) == numbered(*expected)


def crowd(ws: Workspace) -> None:
    """So many people that some are called the same by chance."""
    for number in range(10, 400):
        written(ws, number, f"Wei N{number}son", f"p{number}@gmail.com")
        written(ws, number + 1000, f"P{number} Wang", f"q{number}@gmail.com")


def test_a_common_name_joins_nobody(ws: Workspace) -> None:
    crowd(ws)
    written(ws, 1, "Wei Wang", "wei@gmail.com")
    written(ws, 2, "Wang Wei", "wwang@acme.io")
    assert [git(1)] in people(ws)


def test_unless_something_else_agrees(ws: Workspace) -> None:
    crowd(ws)
    written(ws, 1, "Wei Wang", "wei@acme.io")
    written(ws, 2, "Wang Wei", "wwang@labs.acme.io")
    assert [git(1), git(2)] in people(ws)


def test_a_name_joins_nobody_across_sources(ws: Workspace) -> None:
    ws.hear("core", git(1), 1, name=NAME)
    ws.hear("docs", git(2), 1, name=NAME)
    assert people(ws) == numbered((1,), (2,))


def test_a_name_that_two_records_bear_joins_nobody_else(ws: Workspace) -> None:
    for number, slug in enumerate(["ada", "another-ada"], 1):
        ws.write(slug, f"name: {NAME}\nidentities: ['{git(number)}']")
        ws.hear("core", git(number), 1, name=NAME)
    ws.hear("core", git(3), 1, name=NAME)
    assert people(ws) == numbered((1,), (2,), (3,))


def test_the_reason_of_a_name_is_told(ws: Workspace) -> None:
    ws.write("ada", f"name: {NAME}\nidentities: [{ADA}]")
    ws.hear("core", git(1), 1, name=NAME, emails=[ADA])
    ws.hear("core", git(2), 1, name="lovelace ada", emails=[BOB])
    assert ws.sync().joined == [f"ada: {BOB} (same full name in core)"]


def test_a_name_does_not_join_again_what_a_person_took_off(ws: Workspace) -> None:
    test_the_reason_of_a_name_is_told(ws)
    ws.edit("ada", f"identities: [{ADA}, {BOB}]", f"identities: [{ADA}]\nnot_identities: [{BOB}]")
    assert not ws.sync().changes


@pytest.mark.parametrize("kind", ["name", "email", "stated"])
def test_each_proof_can_be_switched_off(ws: Workspace, kind: str) -> None:
    ws.identity = {"join": {kind: False}}
    said: dict[str, list[dict[str, Any]]] = {
        "name": [{"name": NAME}, {"name": NAME}],
        "email": [{"emails": [ADA]}, {"emails": [ADA]}],
        "stated": [{"same_as": ["github:ada"]}, {"same_as": ["github:ada"]}],
    }
    for number, words in enumerate(said[kind]):
        ws.hear("core", git(number), 1, **words)
    assert people(ws) == numbered((0,), (1,))


def test_too_many_for_one_human_are_left_to_people(ws: Workspace) -> None:
    ws.identity = {"most": 3}
    for number in range(5):
        written(ws, number, NAME, f"ada@host{number}.io")
    outcome = ws.decide()
    assert outcome.asked == 2
    assert max(map(len, people(ws))) == 3


def test_mailmap_joins_as_many_as_it_names(ws: Workspace) -> None:
    ws.identity = {"most": 2}
    mapped = {"identity": git(0), "name": NAME, "email": ADA}
    for number in range(1, 5):
        ws.hear("core", git(number), 1, name=f"n{number}", mailmap=mapped)
    assert people(ws) == numbered((1, 2, 3, 4))


def test_a_renamed_account_is_who_it_was(ws: Workspace) -> None:
    ws.hear("core", git(1), 1, same_as=["github:ada"], uids={"github:ada": "7"})
    ws.hear("core", git(2), 1, same_as=["github:countess"], uids={"github:countess": "7"})
    assert people(ws) == numbered((1, 2))


def test_a_renamed_account_of_a_forge_is_too(ws: Workspace) -> None:
    ws.hear("hub", "github:countess", 1, uid="7")
    ws.hear("core", git(1), 1, same_as=["github:ada"], uids={"github:ada": "7"})
    assert people(ws) == [[git(1), "github:countess"]]


def test_a_handle_that_was_freed_and_taken_again_is_two_people_s(ws: Workspace) -> None:
    ws.hear("core", git(1), 1, name="Ada", same_as=["github:ada"], uids={"github:ada": "7"})
    ws.sync()
    ws.hear("core", git(2), 1, name="Adam", same_as=["github:ada"], uids={"github:ada": "8"})
    assert people(ws) == numbered((1,), (2,))


def test_both_before_anybody_has_a_record(ws: Workspace) -> None:
    ws.hear("core", git(1), 1, name="Ada", same_as=["github:ada"], uids={"github:ada": "7"})
    ws.hear("core", git(2), 1, name="Adam", same_as=["github:ada"], uids={"github:ada": "8"})
    assert people(ws) == numbered((1,), (2,))


def test_a_deleted_account_stays_whose_it_was(ws: Workspace) -> None:
    ws.hear("hub", "github:ada", 3, name=NAME, emails=[ADA])
    ws.hear("core", git(1), 1, emails=[ADA])
    ws.sync()
    ws.hear("hub", "github:ada")
    assert people(ws) == [[git(1), "github:ada"]]


def test_a_human_is_not_their_bot(ws: Workspace) -> None:
    ws.hear("core", git(1), 1, name=NAME, emails=[ADA])
    ws.hear("core", git(2), 1, name="ada-bot", emails=[ADA], kind="bot")
    ws.hear("core", git(3), 1, name=NAME, kind="bot")
    assert people(ws) == numbered((1,), (2,), (3,))
    assert sorted(r.data.kind for r in ws.community().people.values()) == ["bot", "bot", "person"]


def test_a_shared_account_is_an_organisation_s_once_somebody_says_so(ws: Workspace) -> None:
    ws.write("acme", "name: Acme\nkind: organisation\nidentities: ['email:info@acme.io']")
    for number, name in enumerate(["Ada", "Bob"]):
        ws.hear("core", git(number), 1, name=name, emails=["email:info@acme.io"])
    assert people(ws) == numbered((0, 1))


def test_a_person_in_two_scripts_is_one_by_address(ws: Workspace) -> None:
    ws.hear("core", git(1), 1, name="Борис Верховский", emails=[CAT])
    ws.hear("core", git(2), 1, name="Boris Verkhovskiy", emails=[CAT])
    ws.hear("core", git(3), 1, name="Verkhovskiy Boris", emails=[BOB])
    assert people(ws) == numbered((1, 2, 3))
