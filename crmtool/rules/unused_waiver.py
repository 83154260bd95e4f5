"""unused-waiver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, waivable_codes
from crmtool.rules.waivers import apply_waivers, waivers


def check(community: Community) -> Iterator[Finding]:
    """A waiver stands where there is nothing to waive.

    What: on the line of a waiver, or on the next one if it stands alone, is a finding of its code.
    Why: one day it would let through what nobody meant.
    Bad: `# crm: allow unknown-tag because …` beside a tag that is in `tags.yml`
    Good: no waiver
    """
    codes = waivable_codes()
    given = [w for w in waivers(community) if w.reason and w.code in codes]
    _, used = apply_waivers(community.findings, given, codes)
    for waiver in given:
        if waiver not in used:
            found = RULE.finding(waiver.path, f"nothing here is {waiver.code}", "remove the waiver")
            yield replace(found, line=waiver.line, column=waiver.column)


RULE: Final = Rule("unused-waiver", "warning", check, of_findings=True)
