"""What names prove: one full name within one source, rare there or with a second sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crmtool.identity.names import Rarity, read
from crmtool.identity.resolve import Proof, Why, fold
from crmtool.model.feeds import Profile

_CHANCE: Final = 0.03
"""As many others of a name are expected by chance, at most, where it is taken for one human's."""
_SECOND: Final = ("host:", "mailbox:")


def namesakes(
    source: str, profiles: Iterable[Profile], owner: Mapping[str, str], off: frozenset[str]
) -> Iterator[Proof]:
    """The accounts of one source that one full name joins.

    `owner` says which record an account (folded) belongs to: a name that two records bear proves
    nothing of a third account. Programs bear names as they like.
    """
    bearers: dict[str, list[Profile]] = defaultdict(list)
    names = set()
    for profile in profiles:
        name = read(profile.name or "")
        if name.is_full and profile.kind != "bot":
            names.add(name)
            bearers[name.key].append(profile)
    rarity = Rarity(names)
    for key, known in bearers.items():
        free = [p for p in known if fold(p.identity) not in off]
        slugs = {owner.get(fold(p.identity)) for p in free} - {None}
        if len(free) > 1 and len(slugs) < 2:  # noqa: PLR2004
            written = len({read(p.name or "") for p in free})
            is_rare = rarity.namesakes({*key.split()}, written) <= _CHANCE
            pairs = _chain(free) if is_rare else _signed(free)
            for a, b in pairs:
                yield Proof(fold(a.identity), fold(b.identity), Why.NAME, source)


def _chain(known: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    first, *others = sorted(known, key=lambda p: p.identity)
    return ((first, other) for other in others)


def _signed(known: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Those who share more than the name: an employer, a machine."""
    first: dict[str, Profile] = {}
    for profile in sorted(known, key=lambda p: p.identity):
        for sign in profile.signs:
            if sign.startswith(_SECOND) and first.setdefault(sign, profile) is not profile:
                yield first[sign], profile
