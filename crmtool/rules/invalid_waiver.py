"""invalid-waiver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, all_rules, guess
from crmtool.rules.waivers import FORM, Waiver, waivers


def check(community: Community) -> Iterator[Finding]:
    """A waiver sets nothing aside: it gives no reason, or names no code that can be waived.

    What: `# crm: allow CODE because …` in YAML, `<!-- crm: allow CODE because … -->` in a body; on
    the line it is about, or alone on the line before. Secrets, contact data, forgotten people and
    what cannot be read have no waiver.
    Why: who reads the record later must know why it was let through; and some things never are.
    Bad: `# crm: allow unknown-tag`
    Good: `# crm: allow unknown-tag because it is agreed on and comes with the next release`
    """
    rules = {rule.code: rule for rule in all_rules()}
    for waiver in waivers(community):
        if wrong := _wrong(waiver, rules):
            message, hint = wrong
            found = RULE.finding(waiver.path, message, hint)
            yield replace(found, line=waiver.line, column=waiver.column)


def _wrong(waiver: Waiver, rules: dict[str, Rule]) -> tuple[str, str] | None:
    if not waiver.code:
        return "is a waiver that cannot be understood", f"write it as: {FORM}"
    rule = rules.get(waiver.code)
    if rule is None:
        hint = guess(waiver.code, rules, "see: crmtool explain rules")
        return f"no rule that can be waived is called {waiver.code!r}", hint
    if not rule.waivable:
        return f"{waiver.code} cannot be waived", "mend what it stands beside, and remove it"
    if not waiver.reason:
        return f"the waiver of {waiver.code} gives no reason", f"write it as: {FORM}"
    return None


RULE: Final = Rule("invalid-waiver", "error", check, waivable=False)
