"""email-outside-contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """An e-mail address stands outside `contact`.

    What: bodies, comments, and every key but `contact`, hold no e-mail address, in whatever
    disguise: `ada (at) example (dot) org`, full-width letters, HTML entities. The address of a
    desk (`security@`, `press@`), of a list or of a login (`git@`) is nobody's and may stand.
    Why: a member's address in a note is published with the site and kept in git for good.
    Bad: `Write to ada@example.org.`
    Good: `contact: {email: ada@example.org}` with a ground in `consent`
    """
    yield from report(
        RULE,
        found(community, "email"),
        lambda _: "an e-mail address stands outside contact",
        "move it to contact: with a ground in consent, or remove it",
    )


RULE: Final = Rule("email-outside-contact", "error", check, waivable=False)
