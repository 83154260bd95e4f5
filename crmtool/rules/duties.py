"""Who is given something to do, where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crmtool.model.community import Community
from crmtool.model.finding import KeyPath


class Duty(NamedTuple):
    """A slug that is given something to do, and where that stands."""

    path: str
    key: KeyPath
    slug: str
    what: str
    done: bool = False


def duties(community: Community) -> Iterator[Duty]:
    """Members of the team and of audiences, owners, watchers, assignees."""
    for number, slug in enumerate(community.config.team):
        yield Duty("crm.yml", ("team", number), slug, "in the team")
    for audience, slugs in community.config.privacy.audiences.items():
        for number, slug in enumerate(slugs):
            key = ("privacy", "audiences", audience.value, number)
            yield Duty("crm.yml", key, slug, f"one of the {audience.value}")
    for person in community.people.values():
        if person.data.owner:
            yield Duty(person.path, ("owner",), person.data.owner, "an owner")
        for number, slug in enumerate(person.data.watchers):
            yield Duty(person.path, ("watchers", number), slug, "a watcher")
    for task in community.tasks.values():
        data = task.data
        if data.assignee:
            yield Duty(task.path, ("assignee",), data.assignee, "an assignee", not data.is_open)
