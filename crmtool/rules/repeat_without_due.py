"""repeat-without-due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A task comes again, and nothing says from when on.

    What: a task with `repeat` has `due`, or at least `created`.
    Why: the next one is counted from there.
    Bad: `repeat: FREQ=MONTHLY`
    Good: `repeat: FREQ=MONTHLY` and `due: 2026-12-01`
    """
    for task in community.tasks.values():
        if task.data.repeat and not task.data.due and not task.data.created:
            yield RULE.finding(task.path, "comes again from no day on", "add due:", ("repeat",))


RULE: Final = Rule("repeat-without-due", "warning", check)
