"""Who stands behind each actor, and what the sources prove."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from crmtool.identity.resolve import Listing, fold, needed, proofs, resolve
from crmtool.model.community import Record
from crmtool.model.config import Joins
from crmtool.model.feeds import Profile
from crmtool.model.records import Person

RAW, OTHER = "git:" + "1" * 16, "git:" + "2" * 16
HASH = "email-hmac:" + "a" * 32
OLD = "email-hmac:" + "b" * 32


def profile(identity: str = RAW, **said: Any) -> Profile:
    return msgspec.convert({"identity": identity, **said}, Profile)


def people(**records: dict[str, list[str]]) -> dict[str, Record[Person]]:
    return {
        slug: Record(f"people/{slug}.md", Person.model_validate({"name": slug, **keys}), "")
        for slug, keys in records.items()
    }


def lists(*identities: str, **more: list[str]) -> dict[str, list[str]]:
    return {"identities": list(identities), **more}


MAILMAP = {"identity": OTHER, "name": "Ada", "email": HASH}

CLAIMS: dict[str, tuple[dict[str, dict[str, list[str]]], Profile, str | None]] = {
    "listed itself": ({"ada": lists(RAW)}, profile(), "ada"),
    "by its address": ({"ada": lists(HASH)}, profile(emails=[HASH]), "ada"),
    "by the account that its no-reply address names": (
        {"ada": lists("github:ada")}, profile(same_as=["github:ada"]), "ada",
    ),
    "by whom .mailmap says it is": ({"ada": lists(OTHER)}, profile(mailmap=MAILMAP), "ada"),
    "by that one's address": ({"ada": lists(HASH)}, profile(mailmap=MAILMAP), "ada"),
    "by what it was listed as before": (
        {"ada": lists(HASH)}, profile(emails=["email:ada@example.org"],
                                      applied={"identities": [HASH]}), "ada",
    ),
    "the surest proof first": (
        {"ada": lists(HASH), "bob": lists(RAW)}, profile(emails=[HASH]), "bob",
    ),
    "its address before .mailmap": (
        {"ada": lists(HASH), "bob": lists(OLD)}, profile(emails=[OLD], mailmap=MAILMAP), "bob",
    ),
    "whatever the case": ({"ada": lists("github:Ada")}, profile("github:ada"), "ada"),
    "in the address's one form": (
        {"ada": lists("email:A.da+x@gmail.com")}, profile(emails=["email:ada@googlemail.com"]), "ada",
    ),
    "a shared address only where it is listed": (
        {"acme": lists("email:info@acme.example")}, profile(emails=["email:info@acme.example"]), "acme",
    ),
    "nobody's": ({"ada": lists(HASH)}, profile(name="Ada"), None),
    "nobody's, with a base that makes no sense": (
        {"ada": lists(HASH)}, profile(applied={"identities": {"x": HASH}}), None,
    ),
    "taken off by name": ({"ada": lists(HASH, not_identities=[RAW])}, profile(emails=[HASH]), None),
    "its address taken off by name": (
        {"ada": lists(HASH, not_identities=[OLD])}, profile(emails=[OLD], mailmap=MAILMAP), None,
    ),
    "taken off without a word": (
        {"ada": lists(HASH)},
        profile("github:ada", emails=[HASH], applied={"identities": ["github:ada"]}), None,
    ),
    "taken off one, listed by another": (
        {"ada": lists(HASH, not_identities=["github:ada"]), "bob": lists("github:ada")},
        profile("github:ada", emails=[HASH]), "bob",
    ),
    "listed by two": ({"bob": lists(RAW), "ada": lists(RAW)}, profile(), "ada"),
}  # fmt: skip


@pytest.mark.parametrize("why", CLAIMS)
def test_whose_an_actor_is(why: str) -> None:
    records, account, slug = CLAIMS[why]
    found = resolve(people(**records), {"core": {account.identity: account}})
    assert found.get(account.identity) == slug


def test_an_identity_without_a_profile_is_the_one_s_who_lists_it() -> None:
    found = resolve(people(ada=lists("chat:U123")), {})
    assert found["chat:U123"] == "ada"


NEEDED = {
    "an account of a network": (
        profile("github:ada", emails=[HASH], same_as=["x:y"]),
        ["github:ada"],
    ),
    "a raw author: its addresses": (profile(emails=[HASH, OLD]), [HASH, OLD]),
    "a raw author: its account": (profile(emails=[HASH], same_as=["github:ada"]), ["github:ada"]),
    "a raw author without either": (profile(), [RAW]),
    "no address that is not personal": (profile(emails=["email:root@localhost"]), [RAW]),
    "no handle that a record cannot hold": (profile("irc:<ada>"), []),
    "no invisible one": (profile("chat:a\u200bda"), []),
    "then the raw author itself": (profile(same_as=["github:a da"]), [RAW]),
}


@pytest.mark.parametrize("what", NEEDED)
def test_what_a_record_must_list(what: str) -> None:
    account, identities = NEEDED[what]
    assert needed(account, Joins()) == identities


def test_without_joining_by_address_a_raw_author_stands_for_itself() -> None:
    assert needed(profile(emails=[HASH]), Joins(email=False)) == [RAW]


def pairs(account: Profile, joins: Joins, **records: dict[str, list[str]]) -> list[tuple[str, str]]:
    listing = Listing.of(people(**records), {"core": {account.identity: account}})
    return [(proof.a, proof.b) for proof in proofs("core", account, joins, listing)]


PROOFS: dict[str, tuple[Profile, Joins, list[tuple[str, str]]]] = {
    "an address": (profile(emails=[HASH]), Joins(), [(RAW, HASH)]),
    "an account": (profile(same_as=["GitHub:Ada"]), Joins(), [(RAW, "github:ada")]),
    ".mailmap": (profile(mailmap=MAILMAP), Joins(), [(RAW, OTHER), (OTHER, HASH)]),
    "no name": (profile(name="Ada Lovelace"), Joins(), []),
    "no placeholder": (profile(emails=["email:root@localhost"]), Joins(), []),
    "no shared address": (profile(emails=["email:info@acme.example"]), Joins(), []),
    "no address where that is off": (profile(emails=[HASH]), Joins(email=False), []),
    "no .mailmap where that is off": (profile(mailmap=MAILMAP), Joins(mailmap=False), []),
    "no address of .mailmap either": (profile(mailmap=MAILMAP), Joins(email=False), [(RAW, OTHER)]),
}


@pytest.mark.parametrize("what", PROOFS)
def test_what_joins(what: str) -> None:
    account, joins, expected = PROOFS[what]
    assert pairs(account, joins) == expected


def test_nothing_joins_what_was_taken_off() -> None:
    account = profile(emails=[HASH, OLD])
    assert pairs(account, Joins(), ada=lists(not_identities=[HASH])) == [(RAW, OLD)]


@pytest.mark.parametrize(("identity", "folded"), [
    ("github:Ada", "github:ada"), ("email:A.D.A@gmail.com", "email:ada@gmail.com"),
    ("email:Root@localhost", "email:root@localhost"), (HASH, HASH),
])  # fmt: skip
def test_folding(identity: str, folded: str) -> None:
    assert fold(identity) == folded == fold(folded)
