"""path-collision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.paths import collisions
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Two names are one and the same where case or spelling does not count.

    What: no two paths, or folders in them, differ in upper and lower case alone, or in how their
    letters are put together.
    Why: a clone on Windows or macOS has one of the two, and the next commit from there loses the
    other.
    Bad: `people/a/ada.md` and `people/A/alan.md`
    Good: both in `people/a/`
    """
    paths = [*community.paths, *(other.path for other in community.others)]
    for one, other, path in collisions(dict.fromkeys(paths)):
        message = f"{other} and {one} are the same on many systems"
        yield RULE.of_file(path, message, "rename one, or move what is in it to the other")


RULE: Final = Rule("path-collision", "error", check, reach="around")
