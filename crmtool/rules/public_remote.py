"""public-remote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """Everybody can read this workspace.

    What: the repository of a community of real people is private. Where GitHub's, Forgejo's or
    GitLab's own runner says that it is public, this is an error; elsewhere `crmtool doctor` tells
    of remotes that could be.
    Why: whoever can clone it can read every record, whatever audience a page is for.
    Bad: a public repository
    Good: a private one, or `community: {name: Terns, example: true}` where everybody is invented
    """
    if community.public and not community.config.community.example:
        message = f"everybody can read this repository ({community.public})"
        hint = "make it private; or, if everybody in it is invented, say community.example: true"
        yield RULE.finding("crm.yml", message, hint, ("community",))


RULE: Final = Rule("public-remote", "error", check, waivable=False)
