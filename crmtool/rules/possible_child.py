"""possible-child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A text says that somebody may be a child.

    What: an age below 18, a school, a word such as minor, minderjährig, mineur, menor de edad.
    Why: for a child's data a parent must agree (GDPR Art. 8: below 13 to 16, by country).
    Bad: `She is 14 years old and goes to school in Brno.`
    Good: `Her guardian agreed on 2026-05-01; the steward keeps the letter.`
    """
    yield from report(
        RULE,
        found(community, "child"),
        lambda _: "may speak of a child",
        "leave the age out; keep nothing of a child without a guardian's consent",
    )


RULE: Final = Rule("possible-child", "warning", check)
