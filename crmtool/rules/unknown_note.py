"""unknown-note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """A task says that it comes from a note that is not there.

    What: `from_note` is the stem of a file below notes/.
    Why: whoever takes the task wants to read what it came from.
    Bad: `from_note: 2026-11-21-fosdem`
    Good: `from_note: 2026-11-21-fosdem-talk`
    """
    known = {*community.notes, *community.unread_names("notes")}
    for task in community.tasks.values():
        name = task.data.from_note
        if name is not None and name not in known:
            hint = guess(name, known, "give the note's file name without .md")
            yield RULE.finding(task.path, f"no note is called {name!r}", hint, ("from_note",))


RULE: Final = Rule("unknown-note", "error", check, reach="names")
