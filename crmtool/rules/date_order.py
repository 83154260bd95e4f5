"""date-order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Something ends before it begins.

    What: an affiliation's `to` is not before its `from`, an event's `ends` not before its `starts`.
    Why: who was where, and when to be there, is worked out from these; both cannot be true.
    Bad: `{organisation: navy, from: 2024-05, to: 2023-05}`
    Good: `{organisation: navy, from: 2023-05, to: 2024-05}`
    """
    for person in community.people.values():
        for number, part in enumerate(person.data.affiliations):
            if part.from_ and part.to and _is_before(part.to, part.from_):
                message = f"ends ({part.to}) before it begins ({part.from_})"
                key = ("affiliations", number, "to")
                yield RULE.finding(person.path, message, "correct one of the two", key)
    for note in community.notes.values():
        starts, ends = note.data.starts, note.data.ends
        if starts and ends and ends < starts:
            message = f"ends ({ends}) before it begins ({starts})"
            yield RULE.finding(note.path, message, "correct one of the two", ("ends",))


def _is_before(one: str, other: str) -> bool:
    """Whether a month or a day lies before another, as far as both say."""
    said = min(len(one), len(other))
    return one[:said] < other[:said]


RULE: Final = Rule("date-order", "error", check)
