"""Plans as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crmtool.model.plan import Plan
from crmtool.store.diff import plan_diff


def diff_of(root: Path, plan: Plan) -> Iterator[str]:
    """The plan's lines as a unified diff."""
    return plan_diff(root, plan)
