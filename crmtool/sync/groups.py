"""Groups: accounts that no record claims yet, and what the proofs join them with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crmtool.identity.resolve import Listing, Proof, keys, proofs
from crmtool.identity.sets import Sets
from crmtool.model.config import Joins
from crmtool.sync.accounts import Account


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts of one human, as far as the proofs go, with the records that they lead to."""

    accounts: list[Account]
    members: frozenset[str]
    """Every identity (folded) that the proofs name, listed ones left out."""
    slugs: tuple[str, ...]
    proofs: list[Proof]

    @property
    def deeds(self) -> int:
        """The contributions of its accounts."""
        return sum({account.own: account.deeds for account in self.accounts}.values())

    @property
    def kind(self) -> str | None:
        """What it is, if its accounts say that it is no human."""
        kinds = {account.profile.kind for account in self.accounts}
        return "bot" if "bot" in kinds else "organisation" if kinds == {"organisation"} else None

    def identities(self, listing: Listing) -> list[str]:
        """What a record must list besides so that every account finds it, readable ones first."""
        wanted = {
            key: identity
            for account in self.accounts
            for key, identity in zip(account.keys, account.needed, strict=True)
            if key not in listing.owner and key not in listing.off
        }
        return sorted(wanted.values(), key=lambda i: (i.startswith(("git:", "email")), i))

    def is_left_alone(self, listing: Listing) -> bool:
        """Whether any of it leads to an identity that a person took off."""
        return any(key in listing.off for a in self.accounts for key in keys(a.profile))

    def reasons(self, root: str) -> dict[str, str]:
        """Why each member belongs to a node, by the most telling proof on its way there."""
        ways: dict[str, list[tuple[str, Proof]]] = {}
        # That a raw author has an address says less to a reader, yet more exactly, than .mailmap.
        for proof in sorted(self.proofs, key=lambda p: (-p.why, p)):
            ways.setdefault(proof.a, []).append((proof.b, proof))
            ways.setdefault(proof.b, []).append((proof.a, proof))
        found: dict[str, Proof | None] = {root: None}
        pending = deque([root])
        while pending:
            here = pending.popleft()
            for there, proof in ways.get(here, ()):
                if there not in found:
                    before = found[here]
                    found[there] = before if before and before.why < proof.why else proof
                    pending.append(there)
        return {member: proof.reason for member, proof in found.items() if proof}


def node_of(slug: str) -> str:
    """A record as a member of a set: all that it lists is one node, which is no identity."""
    return f"={slug}"


def make_groups(accounts: Iterable[Account], listing: Listing, joins: Joins) -> list[Group]:
    """Every group with an account that no record claims, those that did most first.

    A proof that leads from one record to another joins nothing: people merge records.
    """
    settled, loose = _settled(accounts, listing.owner)
    proven = list(_between(accounts, settled, listing, joins))
    sets = Sets()
    for proof in proven:
        sets.join(proof.a, proof.b)
    placed: dict[str, list[Account]] = {}
    for account in loose:
        placed.setdefault(sets.find(account.own), []).append(account)
    edges: dict[str, list[Proof]] = {root: [] for root in placed}
    for proof in proven:
        if (root := sets.find(proof.a)) in placed:
            edges[root].append(proof)
    members = sets.members()
    made = [_group(placed[root], members[root], edges[root]) for root in placed]
    return sorted(made, key=lambda group: (-group.deeds, group.accounts[0].own))


def _settled(
    accounts: Iterable[Account], owner: Mapping[str, str]
) -> tuple[dict[str, str], list[Account]]:
    """Which record each identity belongs to, raw authors with their addresses; and the others."""
    settled, loose = dict(owner), []
    for account in accounts:
        slugs = {owner.get(key) for key in account.keys}
        slug = slugs.pop() if len(slugs) == 1 else None
        if slug is None:
            loose.append(account)
        else:
            settled.setdefault(account.own, slug)
    return settled, loose


def _between(
    accounts: Iterable[Account], settled: Mapping[str, str], listing: Listing, joins: Joins
) -> Iterator[Proof]:
    """The proofs that join something, between identities and nodes of records."""
    for account in accounts:
        for proof in proofs(account.source, account.profile, joins, listing):
            first, second = settled.get(proof.a), settled.get(proof.b)
            if first is None and second is None:
                yield proof
            elif first is None:
                yield proof._replace(b=node_of(second or ""))
            elif second is None:
                yield proof._replace(a=node_of(first))


def _group(accounts: list[Account], members: list[str], proven: list[Proof]) -> Group:
    slugs = sorted(m.removeprefix("=") for m in members if m.startswith("="))
    named = frozenset(m for m in members if not m.startswith("="))
    accounts.sort(key=lambda account: (account.own, account.source))
    return Group(accounts, named, tuple(slugs), proven)
