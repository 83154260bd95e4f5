"""Who gets a file, and which identities it lists.

Identities that proofs join form a group. A group that a record already claims adds what the record
does not list yet; a group without a record gets one when it has done enough (`sync.create`). What
a person took off a record (`not_identities`) is never put back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crmtool.identity.resolve import Groups, anchor, owners, proofs
from crmtool.model.community import Community, Record
from crmtool.model.feeds import Profile
from crmtool.model.plan import Change, digest
from crmtool.model.records import Person
from crmtool.sync.slugs import new_slug
from crmtool.text.render import record as render_record
from crmtool.text.splice import append

ORDER = tuple(Person.model_fields)


@dataclass(frozen=True)
class Observed:
    """What the feeds say after an import.

    `contributions` counts them by actor, over all sources.
    """

    profiles: Mapping[str, Mapping[str, Profile]]
    contributions: Counter[str]


@dataclass
class Outcome:
    """The edits of records, and what was applied of each profile (source, identity, values)."""

    changes: list[Change] = field(default_factory=list)
    applied: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """One human, as far as the proofs go."""

    members: frozenset[str]
    profiles: tuple[tuple[str, Profile], ...]
    """(source, profile), in the order of the sources."""
    contributions: int
    why: Mapping[str, str]

    @property
    def is_bot(self) -> bool:
        """Whether any of its accounts is a program's."""
        return any(p.kind == "bot" for _, p in self.profiles)

    def name(self) -> tuple[str, str, str]:
        """(name, source, identity) of the best name: `.mailmap`'s, else the most used full one."""
        best: tuple[tuple[int, int, int], str, str, str] | None = None
        for rank, (source, profile) in enumerate(self.profiles):
            proper = profile.mailmap.name if profile.mailmap else ""
            name = proper or profile.name or ""
            quality = (2 if proper else 1) if " " in name else (1 if proper else 0)
            score = (quality if name else -1, -rank, len(name))
            if best is None or score > best[0]:
                best = (score, name, source, profile.identity)
        return best[1:] if best else ("", "", "")


def sync_people(
    community: Community, observed: Observed, texts: Mapping[str, bytes]
) -> Outcome:
    """The edits that bring records up to date. `texts` holds the files that may be spliced."""
    listed = owners(community.people)
    removed = {i for r in community.people.values() for i in r.data.not_identities}
    outcome = Outcome()
    taken = set(community.people) | {
        alias for r in community.people.values() for alias in r.data.aliases
    }
    for group in sorted(_groups(community, observed), key=_importance):
        slugs = {listed[m] for m in group.members if m in listed}
        missing = [i for i in identities_of(group) if i not in listed and i not in removed]
        if len(slugs) == 1:
            _extend(community.people[slugs.pop()], group, missing, texts, outcome)
        elif not slugs and _deserves(community, group) and missing:
            _create(community, group, missing, taken, outcome)
    return outcome


def _importance(group: Group) -> tuple[int, str]:
    return (-group.contributions, min(group.members))


def _deserves(community: Community, group: Group) -> bool:
    least = community.config.sync.create.contributions
    return bool(group.profiles) and group.contributions >= least


def _groups(community: Community, observed: Observed) -> Iterator[Group]:
    """Every group that the proofs make, with its profiles in the order of the sources."""
    groups, why = Groups(), {}
    placed: dict[str, list[tuple[str, Profile]]] = {}
    for source in _ranked(community, observed):
        for profile in observed.profiles[source].values():
            groups.find(profile.identity)
            placed.setdefault(profile.identity, []).append((source, profile))
        for proof in proofs(observed.profiles[source].values(), community.config.sync.join):
            groups.join(proof.a, proof.b)
            why.setdefault(proof.b, proof.why)
    for record in community.people.values():
        first, *rest = record.data.identities or [""]
        for other in rest:
            groups.join(first, other)
    for members in groups.sets():
        yield Group(
            frozenset(members),
            tuple(entry for m in members for entry in placed.get(m, ())),
            sum(observed.contributions[m] for m in members),
            why,
        )


def _ranked(community: Community, observed: Observed) -> list[str]:
    """Sources in the order in which their words count."""
    order = community.config.sync.order

    def rank(name: str) -> tuple[int, str]:
        kind = community.sources[name].type if name in community.sources else ""
        return (order.index(kind) if kind in order else len(order), name)

    return sorted(observed.profiles, key=rank)


def identities_of(group: Group) -> list[str]:
    """What a record must list so that every actor of the group finds it: as little as will do."""
    needed: dict[str, None] = {}
    for _, profile in group.profiles:
        anchors = [a for e in profile.emails if (a := anchor(e))]
        if profile.same_as:
            needed |= dict.fromkeys(profile.same_as)
        elif anchors:
            needed |= dict.fromkeys(anchors)
        else:
            needed[profile.identity] = None
    return sorted(needed, key=lambda i: (i.startswith(("git:", "email")), i))


def _create(
    community: Community, group: Group, identities: list[str], taken: set[str], outcome: Outcome
) -> None:
    name, source, identity = group.name()
    logins = [i.partition(":")[2] for i in identities if not i.startswith(("git:", "email"))]
    slug = new_slug(name, logins, identities[0], taken)
    taken.add(slug)
    shown = name or (logins[0] if logins else slug)
    values: dict[str, object] = {"name": shown[:200]}
    if group.is_bot:
        values["kind"] = "bot"
    values["identities"] = identities
    text = render_record(values).encode()
    path = person_path(community, slug)
    why = f"{group.contributions} contributions, no record yet"
    outcome.changes.append(Change(path, None, text, why))
    outcome.created.append(slug)
    if name:
        outcome.applied.append((source, identity, {"name": name}))


def person_path(community: Community, slug: str) -> str:
    """Where a new person's file goes."""
    if community.config.layout.people == "letter":
        return f"people/{slug[0]}/{slug}.md"
    return f"people/{slug}.md"


def _extend(
    record: Record[Person],
    group: Group,
    missing: Iterable[str],
    texts: Mapping[str, bytes],
    outcome: Outcome,
) -> None:
    before = texts[record.path]
    after = before.decode("utf-8")
    for identity in missing:
        after = append(after, ("identities",), identity, order=ORDER)
        reason = group.why.get(identity, "same person by proof")
        outcome.joined.append(f"{record.slug}: {identity} ({reason})")
    if after.encode() != before:
        why = "identities that the proofs join"
        outcome.changes.append(Change(record.path, digest(before), after.encode(), why))
