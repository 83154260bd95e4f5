"""phone-outside-contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A phone number stands outside `contact`.

    What: bodies, comments, and every key but `contact`, hold no phone number: an international
    one (`+44 …`, `0044 …`) anywhere, a national one beside a word such as phone, Handy, móvil.
    Why: a member's number in a note is published with the site and kept in git for good.
    Bad: `Call +44 20 7946 0958 in the evening.`
    Good: `contact: {phone: +44 20 7946 0958}` with a ground in `consent`
    """
    yield from report(
        RULE,
        found(community, "phone"),
        lambda _: "a phone number stands outside contact",
        "move it to contact: with a ground in consent, or remove it",
    )


RULE: Final = Rule("phone-outside-contact", "error", check, waivable=False)
