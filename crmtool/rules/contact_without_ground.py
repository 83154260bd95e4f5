"""contact-without-ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.records import Contact, Person
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Contact data is kept without a ground for it.

    What: who has an e-mail address, phone, address or chat under `contact` has `consent` with
    `contact: true`, or a basis of `contract` or `legitimate-interest` and a `purpose`. Where
    `privacy.contact` in crm.yml is `none`, nobody has any.
    Why: without consent, contract or a reasoned interest it may not be kept (GDPR Art. 6).
    Bad: `contact: {email: ada@example.org}` and no `consent`
    Good: `consent: {basis: legitimate-interest, purpose: press contact}`
    """
    for person in community.people.values():
        if person.data.contact is None or not has_data(person.data.contact):
            continue
        if community.config.privacy.contact == "none":
            message = "keeps contact data, and crm.yml says privacy.contact: none"
            yield RULE.finding(person.path, message, "remove it", ("contact",))
        elif not _has_ground(person.data):
            yield RULE.finding(
                person.path,
                "keeps contact data without a ground",
                "add consent: with contact: true, or with a basis and a purpose; or remove it",
                ("contact",),
            )


def has_data(contact: Contact) -> bool:
    """Whether there is more than a preference."""
    return bool(contact.email or contact.phone or contact.address or contact.chat)


def _has_ground(person: Person) -> bool:
    consent = person.consent
    if consent is None:
        return False
    if consent.contact is not None:  # false is `contact-withdrawn`
        return True
    return consent.basis != "consent" and consent.purpose is not None


RULE: Final = Rule("contact-without-ground", "error", check, waivable=False)
