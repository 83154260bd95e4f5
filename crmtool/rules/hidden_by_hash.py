"""hidden-by-hash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A `#` makes a comment of what was probably meant as a value.

    What: behind a value, a comment has a blank after its `#`. A `#` that belongs to a value stands
    in quotes.
    Why: YAML drops everything from the `#` on, without a word.
    Bad: `channel: #general`
    Good: `channel: "#general"`
    """
    for comment in community.comments:
        if comment.close and not comment.alone and comment.text[:1].isalnum():
            message = f"what begins with '#{comment.text[:20]}' is a comment, and not read"
            hint = "quote the value; or put a blank after the '#', if it is a comment"
            line, column = comment.line, comment.column
            yield Finding(RULE.code, RULE.severity, comment.path, message, hint, (), line, column)


RULE: Final = Rule("hidden-by-hash", "warning", check)
