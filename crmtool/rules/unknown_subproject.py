"""unknown-subproject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """A note, task or source names a subproject that `crm.yml` does not have.

    What: `subproject` is a key of `subprojects:` in crm.yml.
    Why: what belongs to no subproject is missing from its page and its figures.
    Bad: `subproject: serevr`
    Good: `subproject: server`
    """
    known = community.config.subprojects
    used = [
        (record.path, record.data.subproject)
        for records in (community.notes, community.tasks)
        for record in records.values()
    ]
    used += [(f"sources/{n}/source.yml", s.subproject) for n, s in community.sources.items()]
    for path, name in used:
        if name is not None and name not in known:
            hint = guess(name, known, "add it under subprojects: in crm.yml")
            yield RULE.finding(path, f"no subproject is called {name!r}", hint, ("subproject",))


RULE: Final = Rule("unknown-subproject", "error", check)
