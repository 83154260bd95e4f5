"""Raw identities: every (name, address) pair and every account that the feeds have seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from crmtool.identity.resolve import People, Profiles, resolve
from crmtool.model.feeds import Profile


@dataclass(frozen=True, slots=True)
class Raw:
    """One of them, and the slug of the person who stands behind it, None for nobody known.

    `email` is as the policy keeps it: `email-hmac:…`, an address in clear, or None.
    """

    identity: str
    name: str | None
    email: str | None
    person: str | None

    @property
    def network(self) -> str:
        """Where it was seen."""
        return self.identity.partition(":")[0]

    @property
    def handle(self) -> str:
        """What it is called there; of a raw git author, a hash."""
        return self.identity.partition(":")[2]


def raw_identities(people: People, profiles: Profiles) -> list[Raw]:
    """All of them, each once, ordered by identity; whoever is restricted is left out.

    The one order that `identity export` writes and that the pairs of `identity suggest` count by.
    """
    actors = resolve(people, profiles)
    seen = _seen(profiles)
    raws = (_raw(identity, seen[identity], actors.get(identity)) for identity in sorted(seen))
    return [raw for raw in raws if raw.person is None or not people[raw.person].data.restricted]


def _seen(profiles: Profiles) -> Mapping[str, list[Profile]]:
    """What each source says of an identity, in the order of the sources' names."""
    seen: dict[str, list[Profile]] = {}
    for source in sorted(profiles):
        for identity, profile in profiles[source].items():
            seen.setdefault(identity, []).append(profile)
    return seen


def _raw(identity: str, said: list[Profile], person: str | None) -> Raw:
    name = next((profile.name for profile in said if profile.name), None)
    email = next(chain.from_iterable(profile.emails for profile in said), None)
    return Raw(identity, name, _as_written(email) if email else None, person)


def _as_written(email: str) -> str:
    clear = email.removeprefix("email:")
    return clear.replace("%20", " ") if clear != email else email
