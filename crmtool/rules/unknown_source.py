"""unknown-source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """A subproject names a source that is not there.

    What: `subprojects.NAME.sources` lists folders below sources/.
    Why: the subproject's figures would silently lack a platform.
    Bad: `sources: [core-gti]`
    Good: `sources: [core-git]`, with sources/core-git/source.yml
    """
    broken = (file.path.split("/") for file in community.unread)
    unread = {parts[1] for parts in broken if parts[0] == "sources"}
    known = {*community.sources, *unread}
    for name, subproject in community.config.subprojects.items():
        for number, source in enumerate(subproject.sources):
            if source not in known:
                hint = guess(source, known, f"make sources/{source}/source.yml")
                key = ("subprojects", name, "sources", number)
                yield RULE.finding("crm.yml", f"no source is called {source!r}", hint, key)


RULE: Final = Rule("unknown-source", "error", check)
