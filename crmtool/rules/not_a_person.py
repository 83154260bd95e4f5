"""not-a-person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.duties import duties


def check(community: Community) -> Iterator[Finding]:
    """An organisation or a bot is given what only a person can do.

    What: an owner, a watcher, an assignee, a member of the team or of an audience is a record with
    `kind: person`.
    Why: nobody there will read the reminder.
    Bad: `assignee: analytical-engines`
    Good: `assignee: ada-lovelace`, who works there
    """
    others = {
        name: "a bot" if person.data.kind == "bot" else "an organisation"
        for slug, person in community.people.items()
        if person.data.kind != "person"
        for name in (slug, *person.data.aliases)
    }
    for duty in duties(community):
        if duty.slug in others:
            message = f"{duty.slug} is {others[duty.slug]}, and cannot be {duty.what}"
            yield RULE.finding(duty.path, message, "name a person", duty.key)


RULE: Final = Rule("not-a-person", "error", check, reach="names")
