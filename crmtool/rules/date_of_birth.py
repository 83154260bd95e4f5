"""date-of-birth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A text says when somebody was born.

    What: a day beside a word such as born, birthday, geboren, née, nacido, nascimento.
    Why: banks and offices take it for a proof of who somebody is; a community needs it for nothing.
    Bad: `Born 12 May 1987.`
    Good: `Likes cake on her birthday.`
    """
    yield from report(
        RULE,
        found(community, "birth"),
        lambda _: "may be somebody's date of birth",
        "leave it out",
    )


RULE: Final = Rule("date-of-birth", "warning", check)
