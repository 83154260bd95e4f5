"""forgotten-person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.rules.base import Rule
from crmtool.rules.identities import identities

Named = tuple[str, KeyPath, Literal["identity", "slug"], str, int]


def check(community: Community) -> Iterator[Finding]:
    """Somebody who was forgotten is back.

    What: no record, alias, identity, author or profile is one of whom `sources/forgotten.jsonl`
    keeps a hash. It takes the privacy key to see that; `tombstones-unchecked` tells where it lacks.
    Why: they asked for it (GDPR Art. 17), and an old branch or an import brought them back.
    Bad: people/ada-lovelace.md, after `crmtool privacy forget ada-lovelace`
    Good: no such file
    """
    keyed = community.keyed
    hashes = {(stone.of, stone.hash) for stone in community.tombstones}
    if keyed is None or not hashes:
        return
    for path, key, of, name, line in _names(community):
        if (of, keyed.forgotten(of, name)) in hashes:
            hint = "remove it; crmtool privacy forget removes it from history too"
            message = "somebody who was forgotten is back"
            if line:
                yield RULE.of_file(path, message, hint, line)
            else:
                yield RULE.finding(path, message, hint, key)


def _names(community: Community) -> Iterator[Named]:
    for slug, person in community.people.items():
        yield person.path, ("name",), "slug", slug, 0
        for number, alias in enumerate(person.data.aliases):
            yield person.path, ("aliases", number), "slug", alias, 0
    for path, key, identity in identities(community):
        yield path, key, "identity", identity, 0
    for source, profiles in community.profiles.items():
        path = f"sources/{source}/profiles.jsonl"
        for line, profile in enumerate(profiles.values(), 1):
            for identity in {profile.identity, *profile.emails, *profile.same_as}:
                yield path, (), "identity", identity, line


RULE: Final = Rule("forgotten-person", "error", check, waivable=False)
