"""From accounts to people: which identities the proofs join, and who stands behind each actor.

A proof is written by somebody who knew: one personal address behind two raw authors, a no-reply
address that names an account, a line of `.mailmap`. A name alone proves nothing here.

What a person took off is left alone: an identity that no record lists although one did (the
profile's `applied` tells), or that stands in a record's `not_identities`. It is nobody's, joins
nothing, and gets no record of its own, until somebody lists it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from crmtool.model.address import canonical, classify
from crmtool.model.community import Record
from crmtool.model.config import Joins
from crmtool.model.feeds import Profile
from crmtool.model.records import Person
from crmtool.model.scalars import IDENTITY

People = Mapping[str, Record[Person]]
Profiles = Mapping[str, Mapping[str, Profile]]


class Why(IntEnum):
    """What a proof rests on, the most telling first."""

    MAILMAP = 0
    STATED = 1
    BEFORE = 2
    ADDRESS = 3


class Proof(NamedTuple):
    """Two identities of one person, folded, and why."""

    a: str
    b: str
    why: Why
    source: str

    @property
    def reason(self) -> str:
        """The same in words."""
        return _WORDS[self.why].format(self.source)


_WORDS: Final = {
    Why.MAILMAP: ".mailmap of {}",
    Why.STATED: "stated by {}",
    Why.BEFORE: "the same account of {} as before",
    Why.ADDRESS: "same e-mail address in {}",
}


def anchor(email: str) -> str | None:
    """What an address identity joins on: itself, in its provider's canonical form if in clear.

    None where the address proves nothing (shared, relay, placeholder).
    """
    if not email.startswith("email:"):
        return email
    address = email.removeprefix("email:")
    return f"email:{canonical(address)}" if classify(address) == "personal" else None


def fold(identity: str) -> str:
    """The form in which two spellings of one identity are equal; what all look-ups use."""
    if identity.startswith("email:"):
        identity = anchor(identity) or identity
    return identity.casefold()


def applied_identities(profile: Profile) -> list[str]:
    """The identities of this profile that a record was seen to list."""
    found = profile.applied.get("identities")
    return [i for i in found if isinstance(i, str)] if isinstance(found, list) else []


def owners(people: People) -> dict[str, str]:
    """Which record lists each identity (folded); of two that do, the first by name."""
    listed: dict[str, str] = {}
    for slug in sorted(people):
        for identity in people[slug].data.identities:
            listed.setdefault(fold(identity), slug)
    return listed


@dataclass(frozen=True, slots=True)
class Listing:
    """Which record lists each identity, and which identities a person took off; all folded."""

    owner: Mapping[str, str]
    off: frozenset[str]

    @classmethod
    def of(cls, people: People, profiles: Profiles) -> Listing:
        """What records and profiles say of it."""
        owner = owners(people)
        once = {fold(i) for record in people.values() for i in record.data.not_identities}
        for source in profiles.values():
            for profile in source.values():
                once.update(map(fold, applied_identities(profile)))
        return cls(owner, frozenset(once - owner.keys()))

    def claim(self, profile: Profile) -> str | None:
        """The slug of the record that an account belongs to; None for nobody's."""
        for key in keys(profile):
            if slug := self.owner.get(key):
                return slug
            if key in self.off:
                return None
        return None


def keys(profile: Profile) -> Iterator[str]:
    """The identities (folded) by which a record may claim an actor, surest first."""
    yield fold(profile.identity)
    yield from map(fold, profile.emails)
    yield from map(fold, profile.same_as)
    if link := profile.mailmap:
        yield fold(link.identity)
        if link.email:
            yield fold(link.email)
    yield from map(fold, applied_identities(profile))


def proofs(source: str, profile: Profile, joins: Joins, listing: Listing) -> Iterator[Proof]:
    """What a source proves of one account, but nothing of an identity that was taken off.

    An address that is not personal joins only where a record lists it.
    """
    own, off = fold(profile.identity), listing.off
    for a, b, why in _proofs(profile, own, joins, listing):
        if a not in off and b not in off:
            yield Proof(a, b, why, source)


def _proofs(
    profile: Profile, own: str, joins: Joins, listing: Listing
) -> Iterator[tuple[str, str, Why]]:
    for other in profile.same_as:
        yield own, fold(other), Why.STATED
    for email in profile.emails if joins.email else ():
        if anchor(email) or fold(email) in listing.owner:
            yield own, fold(email), Why.ADDRESS
    if joins.mailmap and (link := profile.mailmap):
        yield own, fold(link.identity), Why.MAILMAP
        if link.email and joins.email and anchor(link.email):
            yield fold(link.identity), fold(link.email), Why.MAILMAP
    for identity in applied_identities(profile):
        if fold(identity) in listing.owner:
            yield own, fold(identity), Why.BEFORE


def needed(profile: Profile, joins: Joins) -> list[str]:
    """What a record must list to claim this account: as little as will do, and readable first.

    An account of a network stands for itself. A raw git author is claimed through the account
    that its no-reply address names, else through its personal addresses, else by itself. Empty
    where the account has no name that a record can hold.
    """
    if profile.identity.startswith("git:"):
        if accounts := [i for i in profile.same_as if _is_listable(i)]:
            return accounts
        emails = profile.emails if joins.email else []
        if anchors := [a for e in emails if (a := anchor(e)) and _is_listable(a)]:
            return anchors
    return [profile.identity] if _is_listable(profile.identity) else []


def _is_listable(identity: str) -> bool:
    return identity.isprintable() and IDENTITY.match(identity) is not None


def resolve(people: People, profiles: Profiles) -> dict[str, str]:
    """Actor identity to slug, for every identity that a record claims.

    A record claims an actor by listing its identity, else one of its address identities, else an
    account that its source names, else whoever `.mailmap` says it is.
    """
    listing = Listing.of(people, profiles)
    found = dict(listing.owner)
    for record in people.values():
        found.update((i, listing.owner[fold(i)]) for i in record.data.identities)
    for source in profiles.values():
        for profile in source.values():
            if slug := listing.claim(profile):
                found[profile.identity] = slug
    return found
