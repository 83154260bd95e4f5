"""path-name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.paths import wrong_with
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    r"""A file or a folder has a name that not every system can write.

    What: no part of a path is a name that Windows reserves (`con`, `aux`, `nul`), holds one of
    `<>:"|?*\` or a character that cannot be seen, begins or ends with a blank or ends with a dot.
    Why: a volunteer with another system cannot even clone the repository.
    Bad: `notes/aux/2026-11-21-call.md`
    Good: `notes/2026/2026-11-21-call.md`
    """
    told = set[str]()
    records = ((path, path.rpartition("/")[0]) for path in community.paths)  # `slug` has the rest
    others = ((other.path, other.path) for other in community.others)
    for path, asked in (*records, *others):
        if asked in told:
            continue
        told.add(asked)
        for part in filter(None, asked.split("/")):
            if wrong := wrong_with(part):
                yield RULE.of_file(path, f"the name {part!r} {wrong}", "rename it")


RULE: Final = Rule("path-name", "error", check, reach="around")
