"""Groups: accounts that no record claims yet, and what the proofs join them with."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby

from crmtool.identity.namesakes import namesakes
from crmtool.identity.resolve import Listing, Proof, Why, keys, proofs
from crmtool.identity.sets import Sets
from crmtool.model.config import Identities, Joins
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


def make_groups(
    accounts: Iterable[Account], listing: Listing, settings: Identities
) -> tuple[list[Group], int]:
    """Every group with an account that no record claims, those that did most first.

    A proof that leads from one record to another joins nothing: people merge records. Also given
    is how many proofs joined nothing since too much would have become one.
    """
    accounts = [*accounts]
    settled, loose = _settled(accounts, listing.owner)
    crowd = Crowd(accounts, listing.owner, settings.most)
    found = _between(accounts, settled, listing, settings.join)
    proven = [proof for proof in sorted(found, key=_surest_first) if crowd.join(proof)]
    sets = crowd.sets
    placed: dict[str, list[Account]] = {}
    for account in loose:
        placed.setdefault(sets.find(account.own), []).append(account)
    edges: dict[str, list[Proof]] = {root: [] for root in placed}
    for proof in proven:
        if (root := sets.find(proof.a)) in placed:
            edges[root].append(proof)
    members = sets.members()
    made = [_group(placed[root], members[root], edges[root]) for root in placed]
    return sorted(made, key=lambda group: (-group.deeds, group.accounts[0].own)), crowd.refused


def _surest_first(proof: Proof) -> tuple[bool, Why, Proof]:
    return proof.why is Why.NAME, proof.why, proof


class Crowd:
    """Sets that grow proof by proof, the surest first, and not past what one human may be.

    What somebody wrote down (`.mailmap`, a platform's own word) joins whatever it is. An address or
    a name joins nothing that a record would list more than `most` identities for, and a name never
    leads to a second record.
    """

    def __init__(self, accounts: Iterable[Account], owner: Mapping[str, str], most: int) -> None:
        self.sets, self.refused = Sets(), 0
        self._most = most
        self._slugs = {node_of(slug): slug for slug in owner.values()}
        self._size = Counter(map(node_of, owner.values()))
        self._size.update({k for a in accounts for k in a.keys if k not in owner})

    def join(self, proof: Proof) -> bool:
        """Make two sets one, unless that would be too much; whether they are one now."""
        a, b = self.sets.find(proof.a), self.sets.find(proof.b)
        if a == b:
            return True
        if self._is_too_much(a, b, proof.why):
            self.refused += 1
            return False
        self.sets.join(a, b)
        root, gone = (a, b) if self.sets.find(a) == a else (b, a)
        self._size[root] += self._size.pop(gone, 0)
        if slug := self._slugs.pop(gone, None):
            self._slugs.setdefault(root, slug)
        return True

    def _is_too_much(self, a: str, b: str, why: Why) -> bool:
        if why is Why.NAME and a in self._slugs and b in self._slugs:
            return True
        both = self._size[a] > 0 < self._size[b]
        return why.is_inferred and both and self._size[a] + self._size[b] > self._most


def _settled(
    accounts: Iterable[Account], owner: Mapping[str, str]
) -> tuple[dict[str, str], list[Account]]:
    """Which record each identity belongs to, raw authors with their addresses; and the others."""
    settled, loose = dict(owner), []
    for account in accounts:
        if account.own in owner:
            continue
        slugs = {owner.get(key) for key in account.keys}
        slug = slugs.pop() if len(slugs) == 1 else None
        if slug is None:
            loose.append(account)
        else:
            settled.setdefault(account.own, slug)
    return settled, loose


def _between(
    accounts: list[Account], settled: Mapping[str, str], listing: Listing, joins: Joins
) -> Iterator[Proof]:
    """The proofs that join something, between identities and nodes of records."""
    for proof in chain(
        *(proofs(a.source, a.profile, joins, listing) for a in accounts),
        _by_name(accounts, settled, listing) if joins.name else (),
    ):
        first, second = settled.get(proof.a), settled.get(proof.b)
        if first is None and second is None:
            yield proof
        elif first is None:
            yield proof._replace(b=node_of(second or ""))
        elif second is None:
            yield proof._replace(a=node_of(first))


def _by_name(
    accounts: list[Account], settled: Mapping[str, str], listing: Listing
) -> Iterator[Proof]:
    for source, known in groupby(accounts, key=lambda account: account.source):
        profiles = (account.profile for account in known)
        yield from namesakes(source, profiles, settled, listing.off)


def _group(accounts: list[Account], members: list[str], proven: list[Proof]) -> Group:
    slugs = sorted(m.removeprefix("=") for m in members if m.startswith("="))
    named = frozenset(m for m in members if not m.startswith("="))
    accounts.sort(key=lambda account: (account.own, account.source))
    return Group(accounts, named, tuple(slugs), proven)
