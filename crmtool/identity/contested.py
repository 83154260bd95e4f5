"""Identities that more than one human stands behind, as the profiles themselves show.

Such an identity is no proof: an address of a pair or of a bridge, one under which a program and a
human write, a handle that was given up and taken by somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from crmtool.identity.names import Name, read, related
from crmtool.model.feeds import Profile

_CROWD: Final = 3
"""So many people of unrelated names, and an address is nobody's own."""


def contested(
    profiles: Iterable[tuple[Profile, Iterable[str]]],
) -> frozenset[str]:
    """The identities (folded) that prove nothing, from profiles with the addresses of each."""
    seen = [(profile, [*addresses]) for profile, addresses in profiles]
    return frozenset(chain(_handles(profile for profile, _ in seen), _addresses(seen)))


def _handles(profiles: Iterable[Profile]) -> Iterator[str]:
    """Handles that stood for two accounts: their network gave each its own number."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        for identity, number in profile.uids.items():
            numbers[identity.casefold()].add(number)
        if profile.uid:
            numbers[profile.identity.casefold()].add(profile.uid)
    return (identity for identity, known in numbers.items() if len(known) > 1)


def _addresses(seen: list[tuple[Profile, list[str]]]) -> Iterator[str]:
    users: dict[str, list[Profile]] = defaultdict(list)
    for profile, addresses in seen:
        for address in addresses:
            users[address].append(profile)
    doubtful = {}
    for address, known in users.items():
        if len({profile.kind == "bot" for profile in known}) > 1:
            yield address
        elif len(found := strangers(profile.name for profile in known)) > 1:
            doubtful[address] = found
    homes = _homes(seen, {name.key for found in doubtful.values() for name in found})
    for address, found in doubtful.items():
        settled = [name for name in found if len(homes[name.key]) > 1]
        if len(settled) > 1 or len(found) >= _CROWD:
            yield address


def strangers(texts: Iterable[str | None]) -> list[Name]:
    """Full names, one for each of those who cannot be one human by the words of their names."""
    found: list[Name] = []
    for text in sorted({text for text in texts if text and " " in text}):
        name = read(text)
        if name.is_full and not any(related(name, other) for other in found):
            found.append(name)
    return found


def _homes(seen: list[tuple[Profile, list[str]]], keys: set[str]) -> Mapping[str, set[str]]:
    """Where else people of these names write from."""
    homes: dict[str, set[str]] = defaultdict(set)
    for profile, addresses in seen if keys else ():
        if (key := read(profile.name or "").key) in keys:
            homes[key].update(addresses or [profile.identity])
    return homes
