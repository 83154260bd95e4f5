"""unknown-code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, all_rules, guess, known_codes


def check(community: Community) -> Iterator[Finding]:
    """A severity is set for a rule that there is not.

    What: every key of `check.severity` in crm.yml is the code of a rule.
    Why: whoever wrote it believes that something is looked after, or let through.
    Bad: `check: {severity: {overdue-tasks: warning}}`
    Good: `check: {severity: {overdue-task: warning}}`
    """
    known = {rule.code: rule for rule in all_rules()}
    for code in community.config.check.severity:
        key = ("check", "severity", code)
        if code not in known_codes():
            hint = guess(code, known, "the codes are listed by: crmtool explain rules")
            yield RULE.finding("crm.yml", f"no rule is called {code[:40]!r}", hint, key)
        elif code not in known or not known[code].waivable:
            message = f"{code} keeps its severity, whatever is set here"
            yield RULE.finding("crm.yml", message, "remove it", key)


RULE: Final = Rule("unknown-code", "warning", check)
