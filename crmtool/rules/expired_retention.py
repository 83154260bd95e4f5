"""expired-retention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A record is kept for longer than it says.

    What: a person's `retain_until` and a note's `expires` lie not in the past.
    Why: the day was a promise to whoever the record is about (GDPR Art. 5 (1) e).
    Bad: `retain_until: 2020-01-01`
    Good: `retain_until: 2099-01-01`
    """
    today = community.as_of
    if today is None:
        return
    for person in community.people.values():
        day = person.data.retain_until
        if day is not None and day < today:
            hint = "ask again and set a new day, or remove them: crmtool privacy retention"
            yield RULE.finding(person.path, f"was to be kept until {day}", hint, ("retain_until",))
    for note in community.notes.values():
        day = note.data.expires
        if day is not None and day < today:
            hint = "delete it, or set a new day: crmtool privacy retention"
            yield RULE.finding(note.path, f"expired on {day}", hint, ("expires",))


RULE: Final = Rule("expired-retention", "warning", check)
