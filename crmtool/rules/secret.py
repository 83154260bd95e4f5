"""secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.texts import found, report


def check(community: Community) -> Iterator[Finding]:
    """A password, a token or a private key stands in a file.

    What: no record and no configuration file, comments included, holds a private key, a token of
    a known shape (GitHub, GitLab, Slack, AWS, Google, Stripe, npm, PyPI, …), an address with a
    password in it, or what `password:` and `API_KEY=` stand before. The message never repeats it.
    Why: whoever can clone the repository can use it, and so can whoever finds an old copy.
    Bad: `target: https://ada:swordfish@git.example.org/x.git`
    Good: `target: https://git.example.org/x.git` and `token_env: EXAMPLE_TOKEN`
    """
    yield from report(
        RULE,
        found(community, "secret"),
        lambda hit: f"holds {hit.what}",
        "revoke it now: git keeps it; a source reads its token from the variable in token_env",
    )


RULE: Final = Rule("secret", "error", check, waivable=False)
