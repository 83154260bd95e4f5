"""restricted-in-use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.duties import duties


def check(community: Community) -> Iterator[Finding]:
    """Somebody whose data may not be used is still given work or a role.

    What: who is `restricted: true` is no owner, watcher, member of the team or of an audience, and
    has no open task.
    Why: a restricted person is out of every output (GDPR Art. 18, 21), so nobody would see that
    the work is theirs.
    Bad: `assignee: ada-lovelace`, whose record says `restricted: true`
    Good: `assignee: grace-hopper`
    """
    restricted = {
        name
        for slug, person in community.people.items()
        if person.data.restricted
        for name in (slug, *person.data.aliases)
    }
    if not restricted:
        return
    for duty in duties(community):
        if duty.slug in restricted and not duty.done:
            message = f"{duty.slug} is restricted, and still named here"
            yield RULE.finding(duty.path, message, "name somebody else, or nobody", duty.key)


RULE: Final = Rule("restricted-in-use", "warning", check, reach="names")
