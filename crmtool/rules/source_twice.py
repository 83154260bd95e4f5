"""source-twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Two sources read the same.

    What: no two have one `type` and `target`, unless they differ in `branch` or `paths`.
    Why: everything there would be counted twice.
    Bad: sources/core-git and sources/git, both of https://git.example.org/core.git
    Good: one of them
    """
    first: dict[tuple[object, ...], str] = {}
    for name, source in sorted(community.sources.items()):
        where = source.target.rstrip("/").removesuffix(".git").casefold()
        read = (source.type, where, source.branch, tuple(sorted(source.paths)))
        other = first.setdefault(read, name)
        if other != name:
            path = f"sources/{name}/source.yml"
            message = f"reads the same as {other}"
            yield RULE.finding(path, message, "remove one of them", ("target",))


RULE: Final = Rule("source-twice", "warning", check)
