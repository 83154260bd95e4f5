"""`counts.jsonl`: moving figures, at most one line a month for each thing they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from crmtool.errors import WorkspaceError
from crmtool.model.feeds import DAMAGED, Figures, decode_figures, encode
from crmtool.model.plan import Change
from crmtool.store.feedwriter import file_change

Known = dict[str, dict[str, Figures]]
"""By what they belong to, then by month."""


def counts_change(root: Path, source: str, seen: Iterable[Figures]) -> Change | None:
    """The file with what is new: the first figures of a month, where they moved since the last.

    Raises:
        WorkspaceError: a line of it is damaged; nothing may be written over it.

    """
    path = f"sources/{source}/counts.jsonl"
    known = _read(root, path)
    for figures in seen:
        months = known.setdefault(figures.of, {})
        if figures.month not in months and figures.counts != _last(months):
            months[figures.month] = figures
    lines = [figures for months in known.values() for figures in months.values()]
    lines.sort(key=lambda figures: (figures.month, figures.of))
    after = b"".join([encode(figures) + b"\n" for figures in lines])
    return file_change(root, path, after, f"moving figures of {source}")


def _last(months: Mapping[str, Figures]) -> dict[str, int]:
    """What was known last; without any, that all is nought needs no line."""
    return months[max(months)].counts if months else {}


def _read(root: Path, path: str) -> Known:
    known: Known = {}
    file = root / path
    data = file.read_bytes() if file.exists() else b""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                figures = decode_figures(line)
            except DAMAGED as error:
                raise WorkspaceError(
                    f"{path}:{number}:1: holds no figures: {error}",
                    "restore the line from git's history, then import again",
                ) from None
            known.setdefault(figures.of, {})[figures.month] = figures
    return known
