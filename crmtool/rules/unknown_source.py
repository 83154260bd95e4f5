"""unknown-source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.config import SOURCE_TYPES
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """crm.yml names a source, or a type of sources, that is not there.

    What: `subprojects.NAME.sources` lists folders below sources/, `sync.order` types of sources.
    Why: a subproject's figures would silently lack a platform, or a worse source win.
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
    for number, kind in enumerate(community.config.sync.order):
        if kind not in SOURCE_TYPES:
            hint = guess(kind, SOURCE_TYPES, "one of: " + ", ".join(SOURCE_TYPES))
            message = f"no type of source is called {kind!r}"
            yield RULE.finding("crm.yml", message, hint, ("sync", "order", number))


RULE: Final = Rule("unknown-source", "error", check)
