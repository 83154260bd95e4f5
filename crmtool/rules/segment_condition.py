"""segment-condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.segment import read_condition
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """The condition of a segment cannot be asked.

    What: `where` is one SQL condition over the columns of `people`: it parses, names columns that
    are there, calls only functions that read nothing else, and holds no query of its own.
    Why: a segment is run by whoever opens its page; it must neither fail there nor reach further.
    Bad: `where: "last_sen < current_date; DROP TABLE people"`
    Good: `where: "last_seen < current_date - INTERVAL 60 DAY AND NOT staff"`
    """
    for name, segment in community.tags.segments.items():
        for fault in read_condition(segment.where).faults:
            message = f"the condition of {name} {fault.message}"
            yield RULE.finding("tags.yml", message, fault.hint, ("segments", name, "where"))


RULE: Final = Rule("segment-condition", "error", check)
