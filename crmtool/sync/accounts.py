"""Accounts: every profile with what its source counts for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crmtool.identity.resolve import Profiles, fold, needed
from crmtool.model.config import Config, Source
from crmtool.model.feeds import Profile
from crmtool.sync.names import handle_of

UNKNOWN: Final = -1


@dataclass(slots=True)
class Account:
    """One profile, how its source ranks (lowest first), and how many contributions it made.

    `needed` is what a record must list to claim it, `keys` the same folded.
    """

    source: str
    profile: Profile
    rank: int
    deeds: int
    own: str
    needed: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def mute(self) -> bool:
        """Whether it says nothing now, so that what it said before stands.

        A profile without a word (a deleted account, a call that failed), or one whose source
        cannot be read at the moment.
        """
        said = self.profile
        return self.rank == UNKNOWN or not (
            said.name
            or said.location
            or said.links
            or said.languages
            or said.bio
            or said.company
            or said.mailmap
        )

    @property
    def logins(self) -> set[str]:
        """Its handles, in lower case: no names."""
        identities = (self.profile.identity, *self.profile.same_as)
        return {h.casefold() for i in identities if (h := handle_of(i))}


def accounts_of(
    config: Config,
    sources: Mapping[str, Source],
    profiles: Profiles,
    deeds: Counter[str],
    contested: frozenset[str],
) -> list[Account]:
    """Every account, in an order that does not depend on how they came in."""
    joins = config.identity.join
    found = []
    for source, known in sorted(profiles.items()):
        rank = rank_of(config, sources, source)
        for identity, profile in sorted(known.items()):
            wanted = tuple(needed(profile, joins, contested))
            keys = tuple(map(fold, wanted))
            own = fold(identity)
            found.append(Account(source, profile, rank, deeds[identity], own, wanted, keys))
    return found


def rank_of(config: Config, sources: Mapping[str, Source], name: str) -> int:
    """A source's place in `sync.order`, by its own name or its type; those not named come last."""
    order = config.sync.order
    if name not in sources:
        return UNKNOWN
    known = [order.index(word) for word in (name, sources[name].type) if word in order]
    return known[0] if known else len(order)
