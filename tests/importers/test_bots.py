"""Which accounts are programs."""

from __future__ import annotations

import pytest

from crmtool.importers.bots import is_bot


@pytest.mark.parametrize(
    "name",
    ["dependabot[bot]", "dependabot", "Renovate Bot", "renovate", "GitHub Actions", "web-flow",
     "Anything[bot]", "pre-commit-ci", "Weblate", "our-release-bot"],
)  # fmt: skip
def test_a_program(name: str) -> None:
    assert is_bot(["", name], ["Our-Release-Bot"])


@pytest.mark.parametrize("name", ["", "Ada", "Abbot", "Botond Nagy", "robot", "our-release"])
def test_a_human(name: str) -> None:
    assert not is_bot([name], ["our-release-bot"])
