"""Who is suggested to be whom, and who never is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from crmtool.identity.matcher import Matcher
from crmtool.identity.portraits import Form, forms_of
from crmtool.model.community import Community, Record
from crmtool.model.config import Config, Tags
from crmtool.model.feeds import Profile
from crmtool.model.keyed import EmailPolicy, Keyed
from crmtool.model.records import Person
from crmtool.model.sighting import Sighting
from crmtool.model.suggestion import Suggestion

KEY = Keyed(bytes(32))
Who = dict[str, Any]


def author(name: str, address: str = "", policy: EmailPolicy = "hmac") -> Who:
    """A raw git author."""
    email = KEY.email(address, policy)
    return {"name": name, "emails": [email] if email else [], "signs": KEY.signs(address)}


def account(handle: str, **said: Any) -> Who:
    return {"identity": f"github:{handle}", **said}


def community(*everybody: Who, people: dict[str, dict[str, Any]] | None = None) -> Community:
    """A few who may be one, among people of ordinary names."""
    sources: dict[str, dict[str, Profile]] = {"core": {}, "hub": {}}
    for number, who in enumerate([*everybody, *CROWD]):
        profile = msgspec.convert({"identity": f"git:{number:016x}", **who}, Profile)
        sources["hub" if "identity" in who else "core"][profile.identity] = profile
    return Community(
        config=Config.model_validate({"community": {"name": "x"}}),
        tags=Tags(),
        people={
            slug: Record(f"people/{slug}.md", Person.model_validate(keys), "")
            for slug, keys in (people or {}).items()
        },
        notes={}, tasks={}, sources={}, profiles=sources,
    )  # fmt: skip


CROWD = [
    author(f"{given} {family}", f"{given}{family}@mail{number}.example")
    for number, (given, family) in enumerate(
        (given, family)
        for given in "John Maria Wei Ahmed Ivan Priya Jon Sofia".split()
        for family in "Smith Silva Zhang Ali Petrov Kumar Jonsson Rossi".split()
    )
]


def asked(*everybody: Who, **more: Any) -> list[Suggestion]:
    """The suggestions about these, of whom each was active at the same time as all others."""
    made = community(*everybody, **more)
    own = (
        {f"git:{n:016x}" for n in range(len(everybody))}
        | {who["identity"] for who in everybody if "identity" in who}
        | {*made.people}
    )
    seen = {
        i: Sighting("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
        for s in made.profiles.values()
        for i in s
    }
    found = Matcher(seen, lambda word: KEY.sign("local", word))(made)
    return [one for one in found if one.a in own and one.b in own]


ONE: dict[str, tuple[Who, Who]] = {
    "a login that is the joined name": (
        author("Ada Lovelace", "ada@acme.example"), account("adalovelace"),
    ),
    "initial and family name": (
        author("Grace Hopper", "grace@gmail.com"), author("ghopper", "ghopper@navy.example"),
    ),
    "the same local part, under another host": (
        author("Ada Lovelace", "countess@gmail.com"), author("al", "countess@acme.example"),
    ),
    "local part and login": (author("Ada Lovelace", "countess7@gmail.com"), account("countess7")),
    "Chinese, written and spelled": (
        author("欧阳明华", "omh@gmail.com"), author("Ouyang Minghua", "minghua@acme.example"),
    ),
    "Cyrillic, spelled differently": (
        author("Борис Верховский", "bv@gmail.com"), author("Boris Verhovsky", "boris@acme.example"),
    ),
    "Arabic, with a login": (
        author("محمد الفارسي", "alfarisi@gmail.com"), author("Mohammed", "alfarisi@acme.example"),
    ),
    "Indian, initials": (
        author("Subramaniam Venkataraghavan", "svenkat@gmail.com"),
        author("S Venkataraghavan", "svenkat@iit.example"),
    ),
    "Icelandic, with and without accents": (
        author("Guðrún Þórðardóttir", "gudrun@gmail.com"), author("Gudrun Thordardottir", "gt@hi.example"),
    ),
    "a nickname": (
        author("Douglas Blankenship", "doug@gmail.com"), author("Doug Blankenship", "blank@acme.example"),
    ),
    "hyphens and order": (
        author("Jean-Luc Vandermeersch", "jlv@gmail.com"),
        author("Vandermeersch JeanLuc", "jean@acme.example"),
    ),
    "a single word and the same login": (
        author("zanzibar", "zanzibar@gmail.com"), author("zanzibar", "zanzibar@acme.example"),
    ),
    "the same picture": (
        account("ada1815", name="Ada", avatar_hash="f00"),
        author("Ada Lovelace", "a@gmail.com") | {"avatar_hash": "f00"},
    ),
    "a page that names the account": (
        account("countess"), author("Ada Lovelace", "a@gmail.com") | {"links": ["https://github.com/Countess/"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ONE)
def test_who_is_suggested(what: str) -> None:
    (found,) = asked(*ONE[what])
    assert 0.5 <= found.score < 1
    assert found.a < found.b
    weights = [abs(reason.weight) for reason in found.reasons]
    assert weights == sorted(weights, reverse=True)


TWO: dict[str, tuple[Who, Who]] = {
    "one common Chinese name": (author("Wei Zhang", "wz@a.example"), author("Zhang Wei", "zw@b.example")),
    "one common Indian name": (author("Priya Kumar", "pk@a.example"), author("Priya Kumar", "kp@b.example")),
    "one Cyrillic family name": (author("Иван Петров", "i@a.example"), author("Сергей Петров", "s@b.example")),
    "Icelandic fathers of one name": (
        author("Einar Jónsson", "e@a.example"), author("Sigrún Jónsdóttir", "s@b.example"),
    ),
    "one Arabic given name": (author("Ahmed Hassan", "ah@a.example"), author("Ahmed Khalil", "ak@b.example")),
    "one given name alone": (author("John", "j@a.example"), author("John", "q@b.example")),
    "a given name and a full one": (author("Maria", "m@a.example"), author("Maria Rossi", "x@b.example")),
    "what every machine says": (author("root", "root@a.example"), author("root", "root@b.example")),
    "a desk that everybody has": (author("Ada L", "info@a.example"), author("Bob B", "info@b.example")),
    "siblings at home": (
        author("Ada Lovelace", "ada@lovelace.example"), author("Byron Lovelace", "byron@lovelace.example"),
    ),
    "a human and their program": (
        author("Ada Lovelace", "countess@gmail.com"),
        author("countess", "countess@acme.example") | {"kind": "bot"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TWO)
def test_who_is_not(what: str) -> None:
    assert asked(*TWO[what]) == []


@pytest.mark.parametrize("what", [*ONE, *TWO])
def test_it_is_the_same_whether_addresses_are_readable(what: str) -> None:
    def plain(who: Who) -> Who:
        readable = [f"email:{text}@x.example" for text in who.get("emails", ())]
        return {**who, "emails": readable}

    pair = (ONE | TWO)[what]
    assert asked(*pair) == asked(*map(plain, pair))


def test_one_name_on_two_networks_is_not_enough() -> None:
    assert asked(author("Ada Lovelace"), account("x", name="Ada Lovelace")) == []


def test_two_accounts_on_one_network_count_against() -> None:
    ada, login = (
        author("Ada Lovelace", "zanzibar@gmail.com"),
        account("zanzibar", name="A Lovelace"),
    )
    (before,) = asked(ada, login)
    (after,) = asked({**ada, "same_as": ["github:countess"]}, login)
    assert after.score < before.score
    assert any(reason.words == "two accounts on github" for reason in after.reasons)


def record(name: str, number: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "identities": [f"git:{number:016x}"], **more}


@pytest.mark.parametrize(("no", "number"), [
    ({}, 1), ({"not_same_as": ["countess"]}, 0), ({"not_identities": [f"git:{1:016x}"]}, 0),
])  # fmt: skip
def test_no_is_final(no: dict[str, Any], number: int) -> None:
    pair = ONE["the same local part, under another host"]
    people = {"ada": record("Ada Lovelace", 0, **no), "countess": record("Countess", 1)}
    assert len(asked(*pair, people=people)) == number


@pytest.mark.parametrize("keys", [{"kind": "organisation"}, {"kind": "bot"}, {"restricted": True}])
def test_nobody_is_asked_about_who_is_no_person_or_restricted(keys: dict[str, Any]) -> None:
    pair = ONE["the same local part, under another host"]
    assert asked(*pair, people={"ada": record("Ada Lovelace", 0, **keys)}) == []


def test_without_the_key_addresses_say_nothing() -> None:
    made = community(*ONE["the same local part, under another host"])
    assert not [s for s in Matcher({}, None)(made) if s.a.endswith("0") and s.b.endswith("1")]


def test_falling_silent_as_another_begins_speaks_for_one() -> None:
    def score(begun: str) -> float:
        pair = ONE["a nickname"]
        seen = {
            f"git:{0:016x}": Sighting("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
            f"git:{1:016x}": Sighting(f"{begun}T00:00:00Z", "2026-01-01T00:00:00Z"),
        }
        found = Matcher(seen, lambda word: KEY.sign("local", word), least=0)(community(*pair))
        return next(s.score for s in found if {s.a, s.b} == {*seen})

    assert score("2020-01-15") > score("2024-01-01")


def test_the_forms_of_a_name() -> None:
    found = dict(forms_of(("ada", "king", "lovelace")))
    assert found["adakinglovelace"] is Form.WHOLE
    assert found["alovelace"] is found["aklovelace"] is Form.INITIAL
    assert found["akl"] is Form.INITIALS
    assert found["lovelace"] is Form.FAMILY
