"""unfinished-checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule

_OPEN: Final = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\[ \][ \t]", re.MULTILINE)


def check(community: Community) -> Iterator[Finding]:
    """A task is done, and its checklist is not.

    What: a task with `status: done` has no open box (`- [ ]`) left in its body.
    Why: a step may have been forgotten; what is not needed can be struck out.
    Bad: `status: done` above `- [ ] post the parcel`
    Good: `status: done` above `- [x] post the parcel`
    """
    for task in community.tasks.values():
        if task.data.status == "done" and (box := _OPEN.search(task.body)):
            hint = "tick it, or set status: open"
            key = ("body", box.end() - 4)
            yield RULE.finding(task.path, "is done, with an open box in its checklist", hint, key)


RULE: Final = Rule("unfinished-checklist", "info", check)
