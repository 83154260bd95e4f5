"""new-waiver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, waivable_codes
from crmtool.rules.waivers import waivers


def check(community: Community) -> Iterator[Finding]:
    """A change brings a waiver along.

    What: `check --base` lists every waiver that the base lacks, before all else.
    Why: whoever merges the change agrees to it, and so must have seen it.
    Bad: `# crm: allow special-category because it is fine`
    Good: `# crm: allow special-category because she tells it on her own page, and asked us to`
    """
    if community.base is None:
        return
    codes = waivable_codes()
    before = Counter(waiver.said for waiver in waivers(community.base))
    for waiver in waivers(community):
        if before[waiver.said]:
            before[waiver.said] -= 1
        elif waiver.reason and waiver.code in codes:
            found = RULE.finding(
                waiver.path,
                f"{waiver.code} is waived because {waiver.reason}",
                "whoever merges this agrees to it",
            )
            yield replace(found, line=waiver.line, column=waiver.column)


RULE: Final = Rule("new-waiver", "info", check, waivable=False)
