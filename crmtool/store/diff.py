"""A plan as a unified diff, for `--dry-run`: what `git apply` would take, but for long feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

from crmtool.model.plan import Change, Plan

_MANY: Final = 200


def plan_diff(root: Path, plan: Plan) -> Iterator[str]:
    """Lines of a unified diff, without their newlines.

    Bytes that are no text come as surrogates. A feed's long news are counted, not repeated.
    """
    for change in plan.changes:
        origin = change.origin or change.path
        moved = f"{origin} -> {change.path}" if change.origin else change.path
        yield f"# {change.verb} {moved}: {change.why}"
        yield f"diff --git a/{origin} b/{change.path}"
        yield from _header(change)
        yield from _body(root, change)


def _header(change: Change) -> Iterator[str]:
    if change.verb == "create":
        yield "new file mode 100644"
    elif change.verb == "delete":
        yield "deleted file mode 100644"
    elif change.origin is not None:
        yield f"rename from {change.origin}"
        yield f"rename to {change.path}"


def _body(root: Path, change: Change) -> Iterator[str]:
    origin = change.origin or change.path
    before = _lines((root / origin).read_bytes() if change.old is not None else b"")
    after = _lines(change.new.read_bytes() if isinstance(change.new, Path) else change.new or b"")
    if not change.is_record and max(len(before), len(after)) > _MANY:
        yield _counted(before, after)
        return
    old_name = f"a/{origin}" if change.old is not None else "/dev/null"
    new_name = f"b/{change.path}" if change.new is not None else "/dev/null"
    for line in unified_diff(before, after, old_name, new_name, lineterm=""):
        yield from line.split("\n")


def _counted(before: list[str], after: list[str]) -> str:
    old, new = Counter(before), Counter(after)
    added, removed = (new - old).total(), (old - new).total()
    return f"# {added:,} lines added, {removed:,} removed: {len(after):,} lines"


def _lines(data: bytes) -> list[str]:
    """Lines without their newline, the only thing that ends one here, as in git."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    last = lines.pop()
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines
