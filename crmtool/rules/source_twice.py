"""source-twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Two sources read the same.

    What: no two have one `type` and `target`, unless `base_url`, `branch` or `paths` differ.
    Why: everything there would be counted twice.
    Bad: sources/core-git and sources/git, both of https://git.example.org/core.git
    Good: one of them
    """
    first: dict[tuple[object, ...], str] = {}
    for name, source in sorted(community.sources.items()):
        where = source.target.rstrip("/").removesuffix(".git").casefold()
        if not where:
            continue  # an inbox, or files that are handed over: each has its own
        server = (source.type, source.base_url, where)
        read = (*server, source.branch, tuple(sorted(source.paths)))
        other = first.setdefault(read, name)
        if other != name:
            path = f"sources/{name}/source.yml"
            message = f"reads the same as {other}"
            yield RULE.finding(path, message, "remove one of them", ("target",))


RULE: Final = Rule("source-twice", "warning", check)
