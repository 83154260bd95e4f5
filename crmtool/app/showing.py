"""Plans and messages as a person may read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crmtool.model.plan import Plan
from crmtool.rules.detect.scan import hide
from crmtool.store.diff import plan_diff


def without_secrets(message: str) -> str:
    """A message that may repeat what a file says, without the passwords and tokens in it."""
    return hide(message)


def diff_of(root: Path, plan: Plan) -> Iterator[str]:
    """The plan's lines as a unified diff."""
    return plan_diff(root, plan)
