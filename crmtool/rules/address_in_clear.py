"""address-in-clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crmtool.model.community import Community
from crmtool.model.feeds import Profile
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.detect.scan import scan
from crmtool.rules.identities import identities
from crmtool.rules.texts import HANDLES

_HASHED: Final = re.compile(r"email-hmac:[0-9a-f]{32}\Z")
_HINT: Final = "import again, or remove it; crm.yml says privacy.emails: {}"


def check(community: Community) -> Iterator[Finding]:
    """An e-mail address is kept in clear, or as no hash at all, against the policy.

    What: unless `privacy.emails` is `plain`, no identity is `email:…`, and no profile of a source
    holds an address; where it is `none`, there is no `email-hmac:…` either. Such an identity ends
    in the 32 hex digits of a keyed hash.
    Why: an address that anybody can read is what the policy promised not to keep.
    Bad: `identities: [email:ada@example.org]`
    Good: `identities: [email-hmac:5f2b8d0a9c3e4f617283940516a7b8c9]`
    """
    policy = community.config.privacy.emails
    for path, key, identity in identities(community):
        if wrong := _wrong(identity, policy):
            yield RULE.finding(path, wrong, _HINT.format(policy), key)
    for source, profiles in community.profiles.items():
        path = f"sources/{source}/profiles.jsonl"
        for line, profile in enumerate(profiles.values(), 1):
            if wrong := _in_profile(profile, policy):
                found = RULE.finding(path, wrong, _HINT.format(policy), (profile.identity,))
                yield replace(found, line=line, column=1)


def _wrong(identity: str, policy: str) -> str | None:
    """What is wrong with one identity. The message does not repeat an address."""
    if not identity.startswith("email"):
        return None
    if identity.startswith("email:"):
        return None if policy == "plain" else "an e-mail address is kept in clear"
    if identity.startswith("email-hmac:"):
        if not _HASHED.match(identity):
            return "email-hmac: is not followed by the 32 hex digits of a keyed hash"
        return "a hash of an e-mail address is kept" if policy == "none" else None
    return None


def _in_profile(profile: Profile, policy: str) -> str | None:
    for identity in _kept(profile):
        if wrong := _wrong(identity, policy):
            return wrong
    if policy != "plain" and any(map(_has_address, _said(profile))):
        return "an e-mail address is kept in clear"
    return None


def _kept(profile: Profile) -> Iterator[str]:
    yield profile.identity
    yield from profile.emails
    yield from profile.same_as
    if profile.mailmap:
        yield profile.mailmap.identity
        yield profile.mailmap.email or ""


def _said(profile: Profile) -> Iterator[str]:
    yield from (
        profile.name or "",
        profile.bio or "",
        profile.company or "",
        profile.location or "",
    )
    yield from profile.links
    if profile.mailmap:
        yield profile.mailmap.name
    for value in profile.applied.values():
        yield from map(str, value) if isinstance(value, list) else (str(value),)


def _has_address(text: str) -> bool:
    return "@" in text and not text.startswith(HANDLES) and bool(scan(text, ("email",)))


RULE: Final = Rule("address-in-clear", "error", check, waivable=False)
