"""Records of one person made one record; accounts that no record lists given to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from crmtool.errors import Refused, Undecided
from crmtool.identity.resolve import Listing, Profiles, fold, needed
from crmtool.identity.unify import said, unify
from crmtool.model.clash import Clash, Side
from crmtool.model.community import Record
from crmtool.model.feeds import Profile
from crmtool.model.records import Person
from crmtool.sync.desk import Desk
from crmtool.sync.names import is_full
from crmtool.sync.sayings import Sayings
from crmtool.sync.slugs import fold as slug_fold
from crmtool.text.bodies import with_more

Ask = Callable[[str, str, Clash], Side | None]
"""Asks which is right: of the record that stays (`a`), or of the one that goes into it (`b`)."""


class Joiner:
    """Makes merges on a desk, one after the other."""

    def __init__(self, desk: Desk, profiles: Profiles, ask: Ask) -> None:
        self.desk, self.profiles, self.ask = desk, profiles, ask
        self._sayings = Sayings(desk.community, profiles)
        self._parts: dict[str, list[str]] = {}

    def merge(self, keep: str, gone: str) -> None:
        """Put everything that one record says into another, and take it away.

        Raises:
            Refused: somebody said that they are two, or a file is not in order.
            Undecided: the records contradict each other, and `ask` knows no answer.

        """
        desk = self.desk
        a, b = desk.record(keep), desk.record(gone)
        refuse_rejected(desk, a, b)
        sides = self._parts.setdefault(keep, [keep]), self._parts.pop(gone, [gone])
        values, left = unify(a.data, b.data, lambda clash: self._settle(a, b, clash, sides))
        if left:
            raise Undecided(
                f"{keep} and {gone} contradict each other: {'; '.join(map(_shown, left))}",
                "choose with --prefer SLUG or --prefer newer, or edit one of the records first",
            )
        self._refuse_homeless(values.get("kind", "person"), a, b)
        aliases = dict.fromkeys((*values.get("aliases", ()), gone))
        values["aliases"] = [alias for alias in aliases if alias != keep]
        changed = {k: v for k, v in values.items() if v != said(a.data).get(k)}
        changed |= dict.fromkeys(k for k in said(a.data) if k not in values)
        why = f"is one person with {gone}"
        desk.say(keep, changed, why)
        path = desk.record(keep).path
        desk.edit(path, why, lambda text: with_more(text, b.body))
        desk.drop(gone, keep, f"is one person with {keep}")
        self._parts[keep] = [*sides[0], *sides[1]]

    def _settle(
        self, a: Record[Person], b: Record[Person], clash: Clash, sides: tuple[list[str], list[str]]
    ) -> Side | None:
        return self._sayings.settle(clash, *sides) or self.ask(a.slug, b.slug, clash)

    def _refuse_homeless(self, kind: str, *records: Record[Person]) -> None:
        """Stop where an organisation would be none any more, and somebody is affiliated with it."""
        gone = [r for r in records if r.data.kind == "organisation" != kind]
        slugs = {name for record in gone for name in (record.slug, *record.data.aliases)}
        for record in self.desk.people.values():
            if slugs & {held.organisation for held in record.data.affiliations}:
                raise Refused(
                    f"{record.path} names {gone[0].slug} as an organisation, and this would make "
                    f"it a {kind}; nothing was done",
                    f"keep its kind with --prefer {gone[0].slug}, or edit the affiliation first",
                )

    def attach(self, slug: str, identity: str) -> None:
        """Let a record list what claims an account that nobody's record lists.

        Raises:
            Refused: the record says that the account is somebody else's.

        """
        record = self.desk.record(slug)
        if fold(identity) in map(fold, record.data.not_identities):
            raise _rejected(record, "not_identities", identity)
        self.desk.add(slug, "identities", self._listable(identity), f"lists {identity}")

    def _listable(self, identity: str) -> list[str]:
        """What a record has to list to claim an account: the account itself unless more will do."""
        profile = profile_of(self.profiles, identity)
        if profile is None:
            return [identity]
        listing = Listing.of(self.desk.people, self.profiles)
        wanted = needed(profile, self.desk.config.identity.join, listing.contested)
        taken = listing.owner.keys() | listing.off
        return wanted if wanted and taken.isdisjoint(map(fold, wanted)) else [identity]


def better_of(a: Record[Person], b: Record[Person]) -> str:
    """The slug that better stays: of a full name, one that is the name, of what says more."""

    def order(record: Record[Person]) -> tuple[object, ...]:
        person = record.data
        is_poor, is_other = not is_full(person.name), record.slug != slug_fold(person.name)
        return (
            is_poor,
            is_other,
            -len(person.model_fields_set),
            -len(person.identities),
            record.slug,
        )

    return min((a, b), key=order).slug


def profile_of(profiles: Profiles, identity: str) -> Profile | None:
    """What a source says of an identity, the first by name that knows it."""
    found = (profiles[source].get(identity) for source in sorted(profiles))
    return next((profile for profile in found if profile), None)


def refuse_rejected(desk: Desk, a: Record[Person], b: Record[Person]) -> None:
    """Stop where a record says that it is not the other one, under whatever slug.

    Raises:
        Refused: it does.

    """
    for one, other in ((a, b), (b, a)):
        for slug in one.data.not_same_as:
            if desk.current(slug) == other.slug or slug in other.data.aliases:
                raise _rejected(one, "not_same_as", slug)
        listed = {fold(identity) for identity in other.data.identities}
        for identity in one.data.not_identities:
            if fold(identity) in listed:
                raise _rejected(one, "not_identities", identity)


def _rejected(
    record: Record[Person], key: Literal["not_same_as", "not_identities"], item: str
) -> Refused:
    return Refused(
        f"{record.path} lists {item} under {key}: somebody decided that they are two people",
        f"if that was wrong, take the line out of {record.path} first",
    )


def _shown(clash: Clash) -> str:
    return f"{clash.name} is {clash.a!r} in one and {clash.b!r} in the other"
