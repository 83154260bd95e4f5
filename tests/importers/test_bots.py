"""Which accounts are programs."""

from __future__ import annotations

import pytest

from crmtool.importers.bots import agent_of, is_bot


@pytest.mark.parametrize(
    "name",
    ["dependabot[bot]", "dependabot", "Renovate Bot", "renovate", "GitHub Actions", "web-flow",
     "Anything[bot]", "pre-commit-ci", "Weblate", "our-release-bot", "PrometheusBot", "Copilot",
     "tern_bot", "bot@example.org"],
)  # fmt: skip
def test_a_program(name: str) -> None:
    assert is_bot(["", name])


@pytest.mark.parametrize(
    "name",
    ["", "Ada", "Abbot", "Botond Nagy", "Pieter Bot", "Sylvain Rabot", "LeBot-Martin", "robot",
     "pieter.bot@example.org"],
)  # fmt: skip
def test_a_human(name: str) -> None:
    assert not is_bot([name])


def test_what_the_community_calls_a_bot() -> None:
    assert is_bot(["prombot"], ["PromBot"])
    assert not is_bot(["prombot"])


def test_a_program_that_writes_code_has_one_identity() -> None:
    assert agent_of("NoReply@Anthropic.com") == "anthropic.com:claude"
    assert agent_of("ada@example.org") is None
