"""overdue-task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A task should have been done by now.

    What: what is open, doing or waiting is not past its `due`. `--as-of` says what day it is.
    Why: somebody may be waiting for it; better do it, hand it on or drop it.
    Bad: `due: 2020-01-01`
    Good: the same with `status: done`
    """
    today = community.as_of
    if today is None:
        return
    for task in community.tasks.values():
        if task.data.is_overdue(today) and task.data.due:
            # Without how long ago: the finding is the same one tomorrow.
            message = f"was due on {task.data.due}"
            yield RULE.finding(task.path, message, "do it, set a new day, or drop it", ("due",))


RULE: Final = Rule("overdue-task", "info", check)
