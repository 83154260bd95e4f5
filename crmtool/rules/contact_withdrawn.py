"""contact-withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.contact_without_ground import has_data


def check(community: Community) -> Iterator[Finding]:
    """Somebody does not want to be contacted, and how to contact them is still kept.

    What: where `consent.contact` is false, `contact` is empty.
    Why: a withdrawn consent ends the keeping as well (GDPR Art. 7 (3), 17, 21).
    Bad: `consent: {basis: consent, contact: false}` and `contact: {email: ada@example.org}`
    Good: `consent: {basis: consent, contact: false}` and no `contact`
    """
    for person in community.people.values():
        consent, contact = person.data.consent, person.data.contact
        if consent and consent.contact is False and contact and has_data(contact):
            yield RULE.finding(
                person.path,
                "keeps contact data of somebody who said no (consent.contact: false)",
                "remove contact:; crmtool privacy forget removes it from history too",
                ("contact",),
            )


RULE: Final = Rule("contact-withdrawn", "error", check, waivable=False)
