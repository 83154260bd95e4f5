"""Who said what of a record: a person, or a source, as the profiles' `applied` remember."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from crmtool.identity.resolve import Listing, Profiles
from crmtool.model.clash import Clash, Side
from crmtool.model.community import Community
from crmtool.model.feeds import Profile
from crmtool.sync.accounts import rank_of
from crmtool.sync.names import is_full


class Voice(NamedTuple):
    """One source's word on one account, and how the source ranks (lowest first)."""

    rank: int
    profile: Profile


class Sayings:
    """What sources put into records, by the record that each account belongs to."""

    def __init__(self, community: Community, profiles: Profiles) -> None:
        listing = Listing.of(community.people, profiles)
        self.voices: dict[str, list[Voice]] = {}
        for source in sorted(profiles):
            rank = rank_of(community.config, community.sources, source)
            for profile in profiles[source].values():
                if profile.applied and (slug := listing.claim(profile)):
                    self.voices.setdefault(slug, []).append(Voice(rank, profile))

    def settle(self, clash: Clash, a: Iterable[str], b: Iterable[str]) -> Side | None:
        """Which side stands where that needs no asking; a person's word goes before a source's.

        `a` and `b` are the slugs whose records each side is made of. Of two values that sources
        put there, the one of the higher source stands, of two names the fuller one.
        """
        if clash.key not in {("name",), ("location",)}:
            return None
        key = clash.name
        ranks = [self._rank(key, value, slugs) for value, slugs in ((clash.a, a), (clash.b, b))]
        first, second = ranks
        if first is None or second is None:
            return "a" if second is not None else "b" if first is not None else None
        orders = [
            (not is_full(value) if key == "name" else False, rank, value)
            for value, rank in ((clash.a, first), (clash.b, second))
        ]
        return "a" if orders[0] <= orders[1] else "b"

    def _rank(self, key: str, value: str, slugs: Iterable[str]) -> int | None:
        """The best rank of the sources that put a value there; None where a person wrote it."""
        found = [
            voice.rank
            for slug in slugs
            for voice in self.voices.get(slug, ())
            if voice.profile.applied.get(key) == value
        ]
        return min(found, default=None)


def put_by(applied: Mapping[str, Any], key: str) -> Iterator[str]:
    """The values of a key that one profile's source put into the record."""
    value = applied.get(key)
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))
