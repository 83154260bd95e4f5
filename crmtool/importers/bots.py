"""Which accounts are programs. When in doubt one is a person: bots stand outside every figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_KNOWN: Final = re.compile(
    r"(?:.*\[bot\]|\S+[-_]bot|(?-i:\S*[a-z0-9]Bot)|bot@.*|"
    r"dependabot(?:-preview)?|renovate(?:[- ]?bot)?|github[- ]actions?|copilot|"
    r"greenkeeper(?:[- ]?bot)?|snyk[- ]?bot|codecov(?:[- ]?io)?|pre-commit-ci|allcontributors|"
    r"mergify|semantic-release-bot|bors|weblate|web-flow|copybara(?:-service)?|k8s-ci-robot)\Z",
    re.IGNORECASE,
)
# Programs that write code sign under many names (a version each) and one address.
_AGENTS: Final = {
    "codex@openai.com": "openai.com:codex",
    "copilot@github.com": "github:copilot",
    "cursoragent@cursor.com": "cursor.com:agent",
    "noreply@aider.chat": "aider.chat:aider",
    "noreply@anthropic.com": "anthropic.com:claude",
    "openhands@all-hands.dev": "all-hands.dev:openhands",
}


def agent_of(address: str) -> str | None:
    """The identity of a program that writes code, by the address it signs with.

    >>> agent_of("noreply@anthropic.com")
    'anthropic.com:claude'
    """
    return _AGENTS.get(address.strip().lower())


def is_bot(names: Iterable[str], own: Iterable[str] = ()) -> bool:
    """Whether any of an account's names, logins or addresses is a bot's, or one of `own`.

    A bot says so (`[bot]`, `our-bot`, `OurBot`), or is well known. `own` is `bots:` of `crm.yml`;
    names compare without regard to case.
    """
    listed = {name.casefold() for name in own}
    return any(_KNOWN.match(name) or name.casefold() in listed for name in names)
