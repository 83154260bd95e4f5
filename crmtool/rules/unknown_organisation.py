"""unknown-organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """An affiliation names an organisation that has no record.

    What: `affiliations[].organisation` must be the slug of a record with `kind: organisation`.
    Why: organisations are counted and visited by their record; a stray name is counted nowhere.
    Bad: `organisation: analytical engines`
    Good: `organisation: analytical-engines`, with people/analytical-engines.md
    """
    people = community.people
    known = {
        name
        for slug, record in people.items()
        if record.data.kind == "organisation"
        for name in (slug, *record.data.aliases)
    }
    unread = community.unread_names("people")
    for person in people.values():
        for number, affiliation in enumerate(person.data.affiliations):
            slug = affiliation.organisation
            if slug in known or slug in unread:
                continue
            key = ("affiliations", number, "organisation")
            if slug in people:
                yield RULE.finding(
                    person.path, f"{slug!r} is no organisation", "give it kind: organisation", key
                )
            else:
                hint = guess(slug, known, f"make people/{slug}.md with kind: organisation")
                yield RULE.finding(person.path, f"no organisation is called {slug!r}", hint, key)


RULE: Final = Rule("unknown-organisation", "error", check, reach="names")
