"""not-in-team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.duties import duties


def check(community: Community) -> Iterator[Finding]:
    """Somebody outside the team is given what the team does.

    What: where crm.yml names a `team`, owners, stewards and the assignees of open tasks are in it.
    Why: only the team is sure to see the workspace; a task of somebody else is nobody's.
    Bad: `assignee: otto-berg`, with `team: [grace-hopper]`
    Good: `assignee: grace-hopper`, or otto-berg in the team
    """
    team = _team(community)
    if not team:
        return
    for duty in duties(community):
        if duty.what == "a watcher" or duty.done or duty.slug in team:
            continue
        record = community.people.get(duty.slug)
        if record and record.data.kind == "person":  # else `unknown-person`, `not-a-person`
            message = f"{duty.slug} is {duty.what}, and not in the team"
            hint = "add them to team: in crm.yml, or name somebody who is in it"
            yield RULE.finding(duty.path, message, hint, duty.key)


def _team(community: Community) -> set[str]:
    """The members under each of their names."""
    known = community.people
    return {
        name
        for slug in community.config.team
        for name in (slug, *(known[slug].data.aliases if slug in known else ()))
    }


RULE: Final = Rule("not-in-team", "warning", check, reach="names")
