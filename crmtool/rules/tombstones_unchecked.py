"""tombstones-unchecked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Nobody looked whether somebody who was forgotten is back.

    What: where `sources/forgotten.jsonl` holds hashes, the privacy key that they were made with is
    on this machine.
    Why: without it a hash says nothing. The trusted workflow has the key and looks.
    Bad: a check of a fork, which has no key
    Good: the same check with `CRMTOOL_KEY`
    """
    known = community.keyed.fingerprint if community.keyed else None
    unchecked = sum(stone.key != known for stone in community.tombstones)
    if unchecked:
        message = (
            f"{unchecked} of {len(community.tombstones)} were not looked for: the key is not here"
        )
        hint = "set CRMTOOL_KEY, or leave it to the workflow that has it"
        yield RULE.of_file("sources/forgotten.jsonl", message, hint)


RULE: Final = Rule("tombstones-unchecked", "warning", check)
