"""undeclared-field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """A person has a custom field that `crm.yml` does not declare.

    What: every key under `fields` is declared in crm.yml with type, purpose and audience.
    Why: nothing personal is kept without a purpose that somebody wrote down (GDPR Art. 5 (1) b, c).
    Bad: `fields: {shoe_size: 42}`
    Good: `fields: {tshirt: M}`, with `tshirt: {type: text, purpose: swag, audience: team}`
    """
    known = community.config.fields
    for person in community.people.values():
        for name in person.data.fields:
            if name not in known:
                hint = guess(name, known, "declare it under fields: in crm.yml, or remove it")
                yield RULE.finding(
                    person.path, f"no field is called {name!r}", hint, ("fields", name)
                )


RULE: Final = Rule("undeclared-field", "error", check)
