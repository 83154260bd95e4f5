"""identity-refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """One record says of an identity that it is theirs, and that it is not.

    What: nothing in `identities` is in `not_identities` as well; case makes no difference.
    Why: an import would have to guess which of the two is meant.
    Bad: `identities: [github:ada]` and `not_identities: [github:ada]`
    Good: one of the two
    """
    for person in community.people.values():
        if not person.data.not_identities:
            continue
        theirs = {identity.casefold() for identity in person.data.identities}
        for number, identity in enumerate(person.data.not_identities):
            if identity.casefold() in theirs:
                message = f"{identity} is in identities as well"
                key = ("not_identities", number)
                yield RULE.finding(person.path, message, "keep it in one of the two", key)


RULE: Final = Rule("identity-refused", "error", check)
