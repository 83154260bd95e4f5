"""Which accounts are programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_KNOWN: Final = re.compile(
    r"(?:.*\[bot\]|dependabot(?:-preview)?|renovate(?:[- ]?bot)?|github[- ]actions?|"
    r"greenkeeper(?:[- ]?bot)?|snyk[- ]?bot|codecov(?:[- ]?io)?|pre-commit-ci|allcontributors|"
    r"mergify|semantic-release-bot|bors|weblate|web-flow|copybara(?:-service)?|k8s-ci-robot)\Z",
    re.IGNORECASE,
)


def is_bot(names: Iterable[str], own: Iterable[str] = ()) -> bool:
    """Whether any of an account's names is a bot's: `[bot]`, a well-known one, or one of `own`.

    `own` is `bots:` of `crm.yml`; names compare without regard to case.
    """
    listed = {name.casefold() for name in own}
    return any(_KNOWN.match(name) or name.casefold() in listed for name in names)
