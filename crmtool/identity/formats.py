"""Who is who, in the formats of other tools."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from crmtool.identity.raw import Raw
from crmtool.identity.resolve import People
from crmtool.model.address import classify
from crmtool.model.records import Affiliation

_BEGIN: Final = "1900-01-01T00:00:00"
_END: Final = "2100-01-01T00:00:00"

Line = dict[str, str | None]


def as_line(raw: Raw) -> Line:
    """One line of the list: name, e-mail as kept, network, handle, and the person's slug."""
    return {
        "name": raw.name,
        "email": raw.email,
        "network": raw.network,
        "handle": raw.handle,
        "person": raw.person,
    }


def mailmap(raws: Iterable[Raw], people: People) -> Iterator[str]:
    """Lines of git's `.mailmap`: a person's name and first address, for each address of theirs.

    An address that several people wrote under is told apart by the names they gave.
    """
    written = [raw for raw in raws if raw.network == "git" and _in_clear(raw)]
    users = _users(written)
    for slug, known in _by_person(written, people):
        proper = f"{_fit(people[slug].data.name)} <{known[0].email}>"
        lines = (_mapped(proper, raw, alone=users[_address(raw)] == {slug}) for raw in known)
        yield from dict.fromkeys(line for line in lines if line)


def _mapped(proper: str, raw: Raw, *, alone: bool) -> str:
    """The line that gives a raw author their proper name; empty where there is nothing to say."""
    found = f"{_fit(raw.name or '')} <{raw.email}>"
    if found == proper or not (alone or raw.name):
        return ""
    if not alone:
        return f"{proper} {found}"
    return proper if proper.endswith(f" <{raw.email}>") else f"{proper} <{raw.email}>"


def gitdm(raws: Iterable[Raw], people: People) -> Iterator[str]:
    """Lines of gitdm's file of aliases: another address, then the person's first.

    An address that several people wrote under is nobody's there.
    """
    written = list(filter(_in_clear, raws))
    users = _users(written)
    for slug, known in _by_person(written, people):
        own = dict.fromkeys(_address(raw) for raw in known if users[_address(raw)] == {slug})
        first, *others = own or [""]
        yield from (f"{other} {first}" for other in others)


def _users(raws: Iterable[Raw]) -> dict[str, set[str | None]]:
    """Who wrote under each address."""
    users: dict[str, set[str | None]] = {}
    for raw in raws:
        users.setdefault(_address(raw), set()).add(raw.person)
    return users


def _by_person(raws: Iterable[Raw], people: People) -> Iterator[tuple[str, list[Raw]]]:
    """Each person's raw authors, the one that looks most like their proper one first."""
    groups: dict[str, list[Raw]] = {}
    for raw in raws:
        if raw.person:
            groups.setdefault(raw.person, []).append(raw)
    for slug, known in sorted(groups.items()):
        name = people[slug].data.name
        known.sort(key=lambda r: (classify(_address(r)) != "personal", r.name != name, _address(r)))
        yield slug, known


def _in_clear(raw: Raw) -> bool:
    return "@" in (raw.email or "")


def _address(raw: Raw) -> str:
    return (raw.email or "").lower()


def _fit(name: str) -> str:
    """A name without what would end it in a `.mailmap`."""
    return " ".join("".join(" " if c in "<>#" else c for c in name).split())


def sortinghat(raws: Iterable[Raw], people: People) -> dict[str, Any]:
    """What SortingHat loads: unique identities, their enrollments, and the organisations of these.

    Hashed addresses say nothing there: such a raw author is known by name and by its own hash.
    """
    groups: dict[str, list[Line]] = {}
    seen: set[str | None] = set()
    for raw in raws:
        identity = _identity(raw)
        if identity["id"] not in seen:
            seen.add(identity["id"])
            groups.setdefault(raw.person or f":{identity['id']}", []).append(identity)
    unified = [_unified(slug, known, people) for slug, known in groups.items()]
    named = {e["organization"] for found in unified for e in found["enrollments"]}
    return {
        "blacklist": [],
        "organizations": {name: [] for name in sorted(named)},
        "source": "crmtool",
        "time": None,
        "uidentities": {found["uuid"]: found for found in unified},
    }


def _unified(slug: str, known: list[Line], people: People) -> dict[str, Any]:
    uuid, person = known[0]["id"], people[slug].data if slug in people else None
    held = person.affiliations if person else []
    return {
        "uuid": uuid,
        "identities": [{**identity, "uuid": uuid} for identity in known],
        "enrollments": [{**_enrollment(a, people), "uuid": uuid} for a in held],
        "profile": {
            "uuid": uuid,
            "name": person.name if person else known[0]["name"],
            "email": next((i["email"] for i in known if i["email"]), None),
            "is_bot": person is not None and person.kind == "bot",
            "country": None,
        },
    }


def _identity(raw: Raw) -> Line:
    email = raw.email if _in_clear(raw) else None
    username = None if raw.network == "git" and email else raw.handle
    # The identifier that SortingHat itself makes of these four.
    parts = (raw.network, email, _unaccented(raw.name or "None"), username)
    text = ":".join(map(str, parts)).lower()
    mark = hashlib.sha1(text.encode("utf-8", "surrogateescape"), usedforsecurity=False)
    return {
        "id": mark.hexdigest(),
        "source": raw.network,
        "email": email,
        "name": raw.name,
        "username": username,
    }


def _unaccented(name: str) -> str:
    parts = unicodedata.normalize("NFD", name)
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")


def _enrollment(held: Affiliation, people: People) -> dict[str, str]:
    record = people.get(held.organisation)
    return {
        "organization": record.data.name if record else held.organisation,
        "start": _moment(held.from_) if held.from_ else _BEGIN,
        "end": _moment(held.to) if held.to else _END,
    }


def _moment(month: str) -> str:
    """The first moment of a month or day."""
    return f"{month if month.count('-') > 1 else f'{month}-01'}T00:00:00"
