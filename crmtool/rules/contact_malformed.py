"""contact-malformed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.records import Contact
from crmtool.rules.base import Rule

_ATOM: Final = r"[^\W_](?:[\w!#$%&'*+/=?^`{|}~-]*)|[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
# RFC 5321 and 6531 without quoted names and address literals: what people have.
_EMAIL: Final = re.compile(
    rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@)(?:{_ATOM})(?:\.(?:{_ATOM}))*@(?:{_LABEL}\.)+{_LABEL}\Z"
)
_PHONE: Final = re.compile(r"\+?[\d\s()./-]{4,30}(?:\s?(?:x|ext\.?|-)\s?\d{1,6})?\Z")


def check(community: Community) -> Iterator[Finding]:
    """What stands in `contact` cannot be written to or called.

    What: `contact.email` is one bare address, `contact.phone` one number, and `preferred` names
    something that is there.
    Why: a name, a second address or a line break in it would reach a mail's header.
    Bad: `contact: {email: "Ada <ada@example.org>, bob@example.org"}`
    Good: `contact: {email: ada@example.org, preferred: email}`
    """
    for person in community.people.values():
        if person.data.contact is None:
            continue
        for key, wrong, hint in _wrong(person.data.contact):
            yield RULE.finding(person.path, f"contact.{key} {wrong}", hint, ("contact", key))


def _wrong(contact: Contact) -> Iterator[tuple[str, str, str]]:
    if contact.email is not None and not _is_address(contact.email):
        yield "email", "is not one bare address", "write name@example.org and nothing else"
    if contact.phone is not None and not _PHONE.match(contact.phone):
        yield "phone", "is not a phone number", "write it as +44 20 7946 0958"
    if contact.preferred is not None and getattr(contact, contact.preferred) is None:
        hint = f"add contact.{contact.preferred}, or prefer another"
        yield "preferred", f"is {contact.preferred}, and there is none", hint


def _is_address(text: str) -> bool:
    return bool(_EMAIL.match(text)) and text.isprintable()


RULE: Final = Rule("contact-malformed", "error", check)
