"""bank-number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A bank account's or a payment card's number stands in a file.

    What: no record and no configuration file, `contact` included, holds an IBAN or a card number;
    both are known by their checksums.
    Why: what pays somebody's travel costs pays a thief's as well, and git forgets nothing.
    Bad: `Refund to DE89 3704 0044 0532 0130 00.`
    Good: `Refund: the treasurer has the account.`
    """
    yield from report(
        RULE,
        found(community, "bank"),
        lambda hit: f"holds {hit.what}",
        "keep it with whoever pays; here it can be read by everybody with a clone",
    )


RULE: Final = Rule("bank-number", "error", check, waivable=False)
