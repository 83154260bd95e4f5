"""A plan as a unified diff, for `--dry-run`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

from crmtool.model.plan import Change, Plan

_MANY: Final = 200


def plan_diff(root: Path, plan: Plan) -> Iterator[str]:
    """Lines of a unified diff. A feed's long additions are counted rather than repeated."""
    for change in plan.changes:
        yield f"# {change.verb} {change.path}: {change.why}"
        yield from _one(root, change)


def _one(root: Path, change: Change) -> Iterator[str]:
    before = (root / change.path).read_bytes() if change.old is not None else b""
    after = change.new.read_bytes() if isinstance(change.new, Path) else change.new or b""
    old_name = f"a/{change.path}" if change.old is not None else "/dev/null"
    new_name = f"b/{change.path}" if change.new is not None else "/dev/null"
    if change.path.startswith("sources/") and after.count(b"\n") > _MANY:
        yield f"--- {old_name}"
        yield f"+++ {new_name}"
        lines = before.count(b"\n"), after.count(b"\n")
        yield f"# {lines[0]} lines before, {lines[1]} after"
        return
    yield from unified_diff(
        before.decode("utf-8", "replace").splitlines(),
        after.decode("utf-8", "replace").splitlines(),
        old_name, new_name, lineterm="", n=2,
    )
