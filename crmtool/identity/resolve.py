"""From accounts to people: which identities the proofs join, and who stands behind each actor.

A proof is written by somebody who knew: one personal address behind two raw authors, a no-reply
address that names an account, a line of `.mailmap`. What names prove is in `namesakes`.

What a person took off is left alone: an identity that no record lists although one did (the
profile's `applied` tells), or that stands in a record's `not_identities`. It is nobody's, joins
nothing, and gets no record of its own, until somebody lists it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from crmtool.identity.contested import contested
from crmtool.model.address import canonical, classify
from crmtool.model.community import Record
from crmtool.model.config import Joins
from crmtool.model.feeds import Profile
from crmtool.model.records import Person
from crmtool.model.scalars import IDENTITY

People = Mapping[str, Record[Person]]
Profiles = Mapping[str, Mapping[str, Profile]]


class Why(IntEnum):
    """What a proof rests on, first what a reviewer would most want to know of."""

    NAME = 0
    MAILMAP = 1
    STATED = 2
    BEFORE = 3
    ADDRESS = 4

    @property
    def is_inferred(self) -> bool:
        """Whether nobody said so: two look alike."""
        return self in {Why.ADDRESS, Why.NAME}


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
    Why.NAME: "same full name in {}",
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


def anchors(profile: Profile) -> list[str]:
    """The addresses (folded) of a profile that say who it is."""
    return [found.casefold() for email in profile.emails if (found := anchor(email))]


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
    """Which record lists each identity, and which identities a person took off; all folded.

    `contested` are those that the profiles show to be more than one human's.
    """

    owner: Mapping[str, str]
    off: frozenset[str]
    contested: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: People, profiles: Profiles) -> Listing:
        """What records and profiles say of it."""
        owner = owners(people)
        once = {fold(i) for record in people.values() for i in record.data.not_identities}
        everyone = [profile for source in profiles.values() for profile in source.values()]
        for profile in everyone:
            once.update(map(fold, applied_identities(profile)))
        shared = contested((profile, anchors(profile)) for profile in everyone)
        return cls(owner, frozenset(once - owner.keys()), shared)

    def claim(self, profile: Profile) -> str | None:
        """The slug of the record that an account belongs to; None for nobody's.

        A handle that had two owners leads only those to its record who went there before.
        """
        passed = self.contested and self.contested.intersection(map(fold, profile.same_as))
        if passed:
            passed = passed.difference(map(fold, applied_identities(profile)))
        for key in keys(profile):
            if key in passed:
                continue
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

    An address that is not personal, or that several people use, joins only where a record lists it.
    """
    own, off = fold(profile.identity), listing.off
    for a, b, why in _proofs(profile, own, joins, listing):
        if a not in off and b not in off:
            yield Proof(a, b, why, source)


def _proofs(
    profile: Profile, own: str, joins: Joins, listing: Listing
) -> Iterator[tuple[str, str, Why]]:
    if joins.stated:
        for other in (*map(fold, profile.same_as), *_numbers(profile)):
            if other not in listing.contested:
                yield own, other, Why.STATED
    for email in profile.emails if joins.email else ():
        key = fold(email)
        if key in listing.owner or (anchor(email) and key not in listing.contested):
            yield own, key, Why.ADDRESS
    if joins.mailmap and (link := profile.mailmap):
        yield own, fold(link.identity), Why.MAILMAP
        if link.email and joins.email and anchor(link.email):
            yield fold(link.identity), fold(link.email), Why.MAILMAP
    for identity in applied_identities(profile):
        if fold(identity) in listing.owner:
            yield own, fold(identity), Why.BEFORE


def _numbers(profile: Profile) -> Iterator[str]:
    """The accounts behind a profile by the numbers that their networks gave them.

    A number outlives every new handle. `github#583231` is no identity that a record could list.
    """
    told = {profile.identity: profile.uid, **profile.uids}
    return (f"{i.partition(':')[0]}#{number}" for i, number in told.items() if number)


def needed(profile: Profile, joins: Joins, contested: Collection[str] = frozenset()) -> list[str]:
    """What a record must list to claim this account: as little as will do, and readable first.

    An account of a network stands for itself. A raw git author is claimed through the account
    that its no-reply address names, else through its personal addresses, else by itself. Empty
    where the account has no name that a record can hold.
    """
    if profile.identity.startswith("git:"):
        stated = profile.same_as if joins.stated else []
        if accounts := [i for i in stated if _is_listable(i) and fold(i) not in contested]:
            return accounts
        emails = profile.emails if joins.email else []
        found = [a for e in emails if (a := anchor(e)) and _is_listable(a)]
        if own := [a for a in found if fold(a) not in contested]:
            return own
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
