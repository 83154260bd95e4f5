"""identity-twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """One identity is listed by two records.

    What: an account belongs to one record; case makes no difference.
    Why: its activities would count for whichever record is read first.
    Bad: `github:ada` in people/ada.md and in people/ada-lovelace.md
    Good: one of them lists it, or the two are merged
    """
    first: dict[str, str] = {}
    for person in community.people.values():
        for number, identity in enumerate(person.data.identities):
            holder = first.setdefault(identity.casefold(), person.path)
            if holder != person.path:
                yield RULE.finding(
                    person.path,
                    f"{identity} is listed by {holder} too",
                    "keep it in the record it belongs to",
                    ("identities", number),
                )


RULE: Final = Rule("identity-twice", "error", check, reach="faces")
