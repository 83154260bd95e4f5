"""Who gets a file, which identities it lists, and what sources may change in it.

Identities that proofs join form a group. A group that one record claims adds what the record does
not list yet; a group without a record gets one when it has done enough (`sync.create`); one that
would join two records, or touches a file that cannot be read, changes nothing. Then every record
is merged with what its accounts say, field by field (`merge`).

What was put where is noted in each profile's `applied`. It is all that later runs know of earlier
ones: an identity that stands there and in no record was taken off by a person, or its record was
deleted, and it is left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Any, Final

from crmtool.identity.resolve import Listing, applied_identities, fold
from crmtool.model.community import Community, Record
from crmtool.model.feeds import Profile
from crmtool.model.plan import Change, digest
from crmtool.model.records import Person
from crmtool.sync.accounts import Account, accounts_of
from crmtool.sync.fields import FIELDS, merge_fields, names_said
from crmtool.sync.groups import Group, make_groups, node_of
from crmtool.sync.names import handle_of
from crmtool.sync.slugs import new_slug
from crmtool.sync.unread import faulty_paths, mentioned, taken_slugs
from crmtool.text.render import record as render_record
from crmtool.text.splice import SpliceError, append, set_value, unset

ORDER: Final = tuple(Person.model_fields)
_MOST: Final = 1000
_MOST_TEXT: Final = 40_000


@dataclass(frozen=True)
class Observed:
    """What the feeds say after an import.

    `contributions` counts them by actor, over all sources. Identities that are `wanted` get a
    record whatever they did. Sources that are `unfinished` make no record yet: what they will still
    say may be its name.
    """

    profiles: Mapping[str, Mapping[str, Profile]]
    contributions: Counter[str]
    wanted: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()


@dataclass
class Outcome:
    """The edits of records, and what they leave to be noted.

    `applied` holds (source, identity, the profile's whole new `applied`), each profile once and
    only where it changes, over all sources. `joined` says `slug: identity (reason)`, `left` says
    `path: reason` of each record that could not be edited. `owners` holds the record of each
    account, `noted` the stems of notes that were made. `asked` counts the proofs that would have
    made too much one: that is left to people.
    """

    changes: list[Change] = field(default_factory=list)
    applied: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict, compare=False)
    noted: list[str] = field(default_factory=list)
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """Identities that a record is to list, and why; of a new one, the first needs no reason."""

    identities: list[str]
    reasons: Mapping[str, str]
    group: Group


def sync_people(community: Community, observed: Observed, texts: Mapping[str, bytes]) -> Outcome:
    """The edits that bring records up to date.

    `texts` holds the bytes of every file below `people/`: those of records to be spliced, and
    those of files that could not be loaded, so that whom they mention is not created again.
    """
    return _Sync(community, observed, texts).run()


class _Sync:
    """One run: decide who joins whom, merge every record, note what was applied."""

    def __init__(
        self, community: Community, observed: Observed, texts: Mapping[str, bytes]
    ) -> None:
        self.community, self.texts = community, texts
        config, profiles = community.config, observed.profiles
        self.listing = Listing.of(community.people, profiles)
        self.listed = set(self.listing.owner)
        self.wanted = frozenset(map(fold, observed.wanted))
        self.unfinished = observed.unfinished
        self.accounts = accounts_of(
            config,
            community.sources,
            profiles,
            observed.contributions,
            self.listing.contested,
        )
        faulty = faulty_paths(community)
        self.stuck = {slug for slug, r in community.people.items() if r.path in faulty}
        self.joins: dict[str, Joined] = {}
        self.births: dict[str, Joined] = {}
        self.applied: dict[tuple[str, str], dict[str, Any]] = {}
        self.outcome = Outcome()

    def run(self) -> Outcome:
        self.decide()
        claimed = self.claimed()
        for slug in sorted(self.community.people):
            if slug not in self.stuck:
                self.update(self.community.people[slug], claimed.get(slug, []))
        taken = taken_slugs(self.community, self.texts)
        for node, birth in self.births.items():
            self.create(birth, claimed.get(node, []), taken)
        self.note()
        return self.outcome

    def decide(self) -> None:
        """Which identities go into which record, and which groups get one."""
        unread = mentioned(self.community, self.texts)
        groups, self.outcome.asked = make_groups(
            self.accounts, self.listing, self.community.config.identity
        )
        for group in groups:
            wanted = group.identities(self.listing)
            if not wanted or len(group.slugs) > 1 or not unread.isdisjoint(group.members):
                continue
            if group.slugs:
                self.join(group, group.slugs[0], wanted)
            elif self.deserves_one(group) and not group.is_left_alone(self.listing):
                fitting = _fitting([], wanted)
                first = fold(fitting[0])
                self.births[node_of(first)] = Joined(fitting, group.reasons(first), group)

    def deserves_one(self, group: Group) -> bool:
        """Whether a group gets a record: it did enough, or a source wants it to have one."""
        if any(account.source in self.unfinished for account in group.accounts):
            return False
        if group.deeds >= self.community.config.sync.create.contributions:
            return True
        return any(account.own in self.wanted for account in group.accounts)

    def join(self, group: Group, slug: str, wanted: list[str]) -> None:
        fitting = _fitting(self.community.people[slug].data.identities, wanted)
        if fitting and slug not in self.stuck:
            self.joins[slug] = Joined(fitting, group.reasons(node_of(slug)), group)

    def claimed(self) -> dict[str, list[Account]]:
        """The accounts behind each record, by its slug or, of a new one, its node."""
        owner = dict(self.listing.owner)
        for slug, joined in (*self.joins.items(), *self.births.items()):
            owner.update((fold(identity), slug) for identity in joined.identities)
        after = replace(self.listing, owner=owner)
        found: dict[str, list[Account]] = {}
        for account in self.accounts:
            if key := after.claim(account.profile):
                found.setdefault(key, []).append(account)
        return found

    def update(self, record: Record[Person], accounts: list[Account]) -> None:
        """Splice into a record what joins it and what its accounts say."""
        if not record.data.restricted:
            self.own(record.slug, accounts)
        joined = self.joins.get(record.slug)
        identities = joined.identities if joined else []
        ours = {key: getattr(record.data, key) for key in FIELDS}
        after, applied = ours, None
        if accounts and not record.data.restricted:
            after, applied = merge_fields(ours, accounts)
        changed = {key: after[key] for key in FIELDS if after[key] != ours[key]}
        if (identities or changed) and not self.splice(record, identities, changed):
            return
        if joined:
            self.tell(record.slug, joined)
        if applied is not None:
            self.keep(accounts, applied)

    def splice(
        self, record: Record[Person], identities: list[str], changed: Mapping[str, Any]
    ) -> bool:
        """One record's edit; whether it could be made."""
        before = self.texts[record.path]
        try:
            text = _spliced(before.decode(), identities, changed)
        except SpliceError as error:
            self.stuck.add(record.slug)
            self.outcome.left.append(f"{record.path}: {error}")
            return False
        why = _why(identities, changed)
        self.outcome.changes.append(Change(record.path, digest(before), text.encode(), why))
        return True

    def create(self, birth: Joined, accounts: list[Account], taken: set[str]) -> None:
        """A file for a group that has none."""
        fields, applied = merge_fields({}, accounts)
        logins = [handle for i in birth.identities if (handle := handle_of(i))]
        names = chain([fields["name"] or ""], names_said(accounts))
        slug = new_slug(chain(names, logins), birth.identities[0], taken)
        taken.add(slug)
        if not fields["name"]:
            fields["name"] = applied[0]["name"] = slug
        values = {**fields, "identities": birth.identities, "kind": birth.group.kind}
        text = render_record({key: values[key] for key in ORDER if values.get(key)})
        deeds = birth.group.deeds
        why = (
            f"{deeds} contributions, no record yet" if deeds else "named by a source, no record yet"
        )
        path = person_path(self.community, slug)
        self.outcome.changes.append(Change(path, None, text.encode(), why))
        self.outcome.created.append(slug)
        self.own(slug, accounts)
        self.tell(slug, birth)
        self.keep(accounts, applied)

    def tell(self, slug: str, joined: Joined) -> None:
        """Say who joined, and note that the record lists it."""
        for identity in joined.identities:
            self.listed.add(fold(identity))
            if reason := joined.reasons.get(fold(identity)):
                self.outcome.joined.append(f"{slug}: {identity} ({reason})")

    def own(self, slug: str, accounts: Iterable[Account]) -> None:
        self.outcome.owners.update((account.profile.identity, slug) for account in accounts)

    def keep(self, accounts: Iterable[Account], applied: Iterable[dict[str, Any]]) -> None:
        for account, values in zip(accounts, applied, strict=True):
            self.applied[account.source, account.profile.identity] = values

    def note(self) -> None:
        """What each profile is to remember, where that is something new."""
        for account in self.accounts:
            profile = account.profile
            values = self.applied.get((account.source, profile.identity), profile.applied)
            seen = applied_identities(profile)
            pairs = zip(account.keys, account.needed, strict=True)
            new = [i for key, i in pairs if key in self.listed and i not in seen]
            if new:
                values = {**values, "identities": sorted([*seen, *new])}
            if values != profile.applied:
                self.outcome.applied.append((account.source, profile.identity, values))


def _fitting(listed: list[str], wanted: list[str]) -> list[str]:
    """As many more as one record can hold, whatever a source proves."""
    room = _MOST_TEXT - sum(map(len, listed))
    sizes = accumulate(map(len, wanted))
    number = bisect_right([*sizes], room)
    return wanted[: min(number, max(_MOST - len(listed), 0))]


def _spliced(text: str, identities: Iterable[str], fields: Mapping[str, Any]) -> str:
    for key, value in fields.items():
        text = set_value(text, (key,), value, order=ORDER) if value else unset(text, (key,))
    for identity in identities:
        text = append(text, ("identities",), identity, order=ORDER)
    return text


def _why(identities: list[str], changed: Iterable[str]) -> str:
    parts = [f"{', '.join(changed)} as the sources say now"] if changed else []
    parts += [f"{len(identities)} identities that the proofs join"] if identities else []
    return "; ".join(parts)


def person_path(community: Community, slug: str) -> str:
    """Where a new person's file goes."""
    if community.config.layout.people == "letter":
        return f"people/{slug[0]}/{slug}.md"
    return f"people/{slug}.md"
