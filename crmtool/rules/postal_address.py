"""postal-address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A text says where somebody lives.

    What: a street or a postcode beside a word of living there or sending there. A venue's address
    may stand.
    Why: it is nobody's business, and dangerous for some.
    Bad: `Lives at 221B Baker Street, London.`
    Good: `location: London`
    """
    yield from report(
        RULE,
        found(community, "address"),
        lambda _: "may be somebody's postal address",
        "the town is enough; what a parcel needs belongs in contact.address, with a ground",
    )


RULE: Final = Rule("postal-address", "warning", check)
