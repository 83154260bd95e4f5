"""Handles that change hands: who holds one is told by the number that its network gave the account.

The first account met under a handle keeps the plain identity (`github:ada`). Another one that took
the handle later is another human: its identity carries the number as well (`github:ada#583231`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from crmtool.model.feeds import Activity, Profile


@dataclass(frozen=True)
class Holders:
    """By identity (folded), the number of the account that has it plain."""

    numbers: dict[str, str]

    @classmethod
    def of(cls, profiles: Mapping[str, Mapping[str, Profile]]) -> Holders:
        """Who holds which handle, over all sources."""
        numbers: dict[str, str] = {}
        for name in sorted(profiles):
            for identity, profile in profiles[name].items():
                if profile.uid and not identity.endswith(f"#{profile.uid}"):
                    numbers.setdefault(identity.casefold(), profile.uid)
        return cls(numbers)

    def _identity(self, identity: str, uid: str | None) -> str:
        """What to call the account of that number."""
        if (
            uid is None
            or "#" in identity
            or self.numbers.setdefault(identity.casefold(), uid) == uid
        ):
            return identity
        return f"{identity}#{uid}"

    def of_activity(self, activity: Activity) -> Activity:
        """The activity under the identity of who did it."""
        if activity.actor is None or activity.actor_uid is None:
            return activity
        actor = self._identity(activity.actor, activity.actor_uid)
        return (
            activity if actor == activity.actor else msgspec.structs.replace(activity, actor=actor)
        )

    def of_profile(self, profile: Profile) -> Profile:
        """The profile under the identity of whom it describes."""
        identity = self._identity(profile.identity, profile.uid)
        return (
            profile
            if identity == profile.identity
            else msgspec.structs.replace(profile, identity=identity)
        )
