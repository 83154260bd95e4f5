"""changed-policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A change touches what changes are checked by.

    What: `check --base` lists each part of `privacy` and `check` and the mark of an example in
    `crm.yml` that differs from the base. It goes by both: an error under either is one.
    Why: a change must not weaken its own check; and who merges it weakens every later one.
    Bad: `privacy: {emails: plain}`, along with the addresses
    Good: a change of `crm.yml` alone, talked over
    """
    if community.base is None:
        return
    before, after = _policy(community.base), _policy(community)
    for key in sorted(before | after):
        if before.get(key) != after.get(key):
            name = ".".join(map(str, key))
            hint = "until it is merged, what either of the two forbids is an error"
            yield RULE.finding("crm.yml", f"{name} is not what the base says", hint, key)


def _policy(community: Community) -> dict[KeyPath, object]:
    """What decides on findings, by key."""
    config = community.config
    policy: dict[KeyPath, object] = {("community", "example"): config.community.example}
    for name, value in config.privacy:
        policy["privacy", name] = value
    for code, severity in config.check.severity.items():
        policy["check", "severity", code] = severity
    return policy


RULE: Final = Rule("changed-policy", "info", check, waivable=False)
