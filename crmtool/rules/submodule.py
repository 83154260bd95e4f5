"""submodule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Another repository is part of this one.

    What: there are no submodules and no clones among the files of the workspace.
    Why: what is in them is in no check, no review and no history of this workspace, and changes
    with one number.
    Bad: a `.gitmodules` that fetches `site/theme`
    Good: the files themselves, or a package in the site's requirements
    """
    for other in community.others:
        if other.path.rpartition("/")[2] == ".gitmodules" and other.head.strip():
            yield RULE.of_file(other.path, "makes other repositories a part of this one", _HINT)
        elif other.kind == "submodule":
            yield RULE.of_file(other.path, "is a repository of its own", _HINT)


_HINT: Final = "take its files in, or leave it outside"
RULE: Final = Rule("submodule", "warning", check, reach="around")
