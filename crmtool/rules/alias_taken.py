"""alias-taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """An earlier slug is somebody else's name.

    What: no `aliases` of one record is the slug or an alias of another.
    Why: what names that slug would lead to one or the other, whichever is read first.
    Bad: `aliases: [grace-hopper]` in people/ada-lovelace.md, with people/grace-hopper.md there
    Good: `aliases: [ada]`
    """
    people = community.people
    first: dict[str, str] = {}
    for slug, person in people.items():
        for number, alias in enumerate(person.data.aliases):
            holder = people[alias].path if alias in people else first.setdefault(alias, person.path)
            if alias == slug or holder != person.path:
                message = f"the alias {alias!r} is what {holder} is called"
                key = ("aliases", number)
                yield RULE.finding(person.path, message, "remove it here, or rename one", key)


RULE: Final = Rule("alias-taken", "error", check, reach="faces")
