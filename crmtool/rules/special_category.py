"""special-category."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A text seems to tell of somebody's health, faith, politics, union, love or descent.

    What: sentences about a person that name a special category of personal data (GDPR Art. 9),
    in English, German, French, Spanish and Portuguese. A program cannot be sure: look at it.
    Why: such data needs an explicit consent of its own, and its leak hurts most.
    Bad: `She is on sick leave because of her depression.`
    Good: `She is away until March.`
    """
    yield from report(
        RULE,
        found(community, "special"),
        lambda hit: f"may tell of somebody's {hit.what}",
        "leave it out, say only what the project needs, or waive this with a reason",
    )


RULE: Final = Rule("special-category", "warning", check)
