"""From accounts to people: which identities the proofs join, and who stands behind each actor.

A proof is written by somebody who knew: one personal address behind two raw authors, a no-reply
address that names an account, a line of `.mailmap`. A name alone proves nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crmtool.model.address import canonical, classify
from crmtool.model.community import Record
from crmtool.model.config import Joins
from crmtool.model.feeds import Profile
from crmtool.model.records import Person


class Groups:
    """Disjoint sets of identities (union-find with path halving)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        """The set's representative; a new item is a set of its own."""
        parent = self._parent
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, a: str, b: str) -> None:
        """Make two sets one."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def sets(self) -> Iterator[list[str]]:
        """Every set, its members in the order in which they were first seen."""
        found: dict[str, list[str]] = {}
        for item in self._parent:
            found.setdefault(self.find(item), []).append(item)
        return iter(found.values())


@dataclass(frozen=True, slots=True)
class Proof:
    """Two identities of one person, and why."""

    a: str
    b: str
    why: str


def anchor(email: str) -> str | None:
    """What an address identity joins on: itself, in its provider's canonical form if in clear.

    None where the address proves nothing (shared, relay, placeholder).
    """
    if not email.startswith("email:"):
        return email
    address = email.removeprefix("email:")
    return f"email:{canonical(address)}" if classify(address) == "personal" else None


def proofs(profiles: Iterable[Profile], joins: Joins) -> Iterator[Proof]:
    """What the sources themselves prove."""
    for profile in profiles:
        for other in profile.same_as:
            yield Proof(profile.identity, other, "the source names this account")
        if joins.email:
            for email in profile.emails:
                if joined := anchor(email):
                    yield Proof(profile.identity, joined, "same personal e-mail address")
        if joins.mailmap and (link := profile.mailmap):
            yield Proof(profile.identity, link.identity, ".mailmap")
            if link.email and joins.email and (joined := anchor(link.email)):
                yield Proof(link.identity, joined, ".mailmap")


def owners(people: Mapping[str, Record[Person]]) -> dict[str, str]:
    """Which record lists each identity."""
    listed: dict[str, str] = {}
    for slug, record in people.items():
        for identity in record.data.identities:
            listed.setdefault(_fold(identity), slug)
    return listed


def _fold(identity: str) -> str:
    if identity.startswith("email:"):
        return anchor(identity) or identity
    return identity


def keys(profile: Profile) -> Iterator[str]:
    """The identities by which a record may claim an actor, surest first."""
    yield profile.identity
    for email in profile.emails:
        if joined := anchor(email):
            yield joined
    yield from profile.same_as
    if profile.mailmap:
        yield profile.mailmap.identity
        if profile.mailmap.email and (joined := anchor(profile.mailmap.email)):
            yield joined


def resolve(
    people: Mapping[str, Record[Person]], profiles: Mapping[str, Mapping[str, Profile]]
) -> dict[str, str]:
    """Actor identity to slug, for every identity that a record claims.

    A record claims an actor by listing its identity, else one of its address identities, else an
    account that its source names. What a person took off (`not_identities`) is not claimed.
    """
    listed = owners(people)
    removed = {slug: frozenset(r.data.not_identities) for slug, r in people.items()}
    found = dict(listed)
    for source in profiles.values():
        for profile in source.values():
            for key in keys(profile):
                slug = listed.get(key)
                if slug is not None and profile.identity not in removed[slug]:
                    found[profile.identity] = slug
                    break
    return found
