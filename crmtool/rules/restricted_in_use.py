"""restricted-in-use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.rules.base import Rule


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
    for path, key, slug in _used(community):
        if slug in restricted:
            message = f"{slug} is restricted, and still named here"
            yield RULE.finding(path, message, "name somebody else, or nobody", key)


def _used(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    for number, slug in enumerate(community.config.team):
        yield "crm.yml", ("team", number), slug
    for audience, slugs in community.config.privacy.audiences.items():
        for number, slug in enumerate(slugs):
            yield "crm.yml", ("privacy", "audiences", audience.value, number), slug
    for person in community.people.values():
        if person.data.owner:
            yield person.path, ("owner",), person.data.owner
        for number, slug in enumerate(person.data.watchers):
            yield person.path, ("watchers", number), slug
    for task in community.tasks.values():
        if task.data.assignee and task.data.is_open:
            yield task.path, ("assignee",), task.data.assignee


RULE: Final = Rule("restricted-in-use", "warning", check)
