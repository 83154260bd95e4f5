"""A review as text, as Markdown for a comment on a pull request, and as data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from crmtool.review.statement import Part, Statement

MARK: Final = "<!-- crmtool review -->"
"""The first line of the comment, by which the next run finds it."""
NOTHING: Final = "nothing changed"

# GitHub takes 65,536 characters a comment; GitLab a million.
_LONGEST: Final = 60_000
_LINES: Final = 40
_RISKS: Final = 200
_HARMLESS: Final = re.compile(r"[\w(][\w ,.'()/:;?\u2019\u2013-]*\Z")
# What becomes a link, a picture or emphasis by itself, or at a line's beginning a list; what begins
# with `/` would be a command to GitLab.
_ACTIVE: Final = re.compile(r"\bwww\.|://|_|:[\w-]+:|\bGH-\d|^\d+[.)] ", re.IGNORECASE)
_SHORTEST: Final = 200


def as_text(statements: Sequence[Statement]) -> list[str]:
    """Lines for a terminal: a heading for each part, a line for each subject."""
    lines = []
    for part, below in groupby(statements, key=lambda s: s.part):
        lines += [part.value, *(f"  {_line(s, str)}" for s in below), ""]
    return lines[:-1] or [NOTHING]


def as_markdown(statements: Sequence[Statement]) -> str:
    """A comment: risks whole and first, the rest shortened where there is too much of it.

    What people wrote stands as it is where Markdown reads nothing into it, else as code: it can
    neither name somebody to be notified, nor show a picture, nor end the comment's mark.
    """
    blocks = [MARK, "### What this change means", "", headline(statements), ""]
    for part, below in groupby(statements, key=lambda s: s.part):
        found = list(below)
        shown = _RISKS if part.is_risk else _LINES
        blocks += [f"#### {'⚠ ' if part.is_risk else ''}{part.value}", ""]
        blocks += [f"- {_line(s, literal, '**')}" for s in found[:shown]]
        blocks += [f"- … and {len(found) - shown:,} more"] if len(found) > shown else []
        blocks.append("")
    return _cut("\n".join(blocks).rstrip("\n") + "\n")


def as_body(statements: Sequence[Statement]) -> str:
    """The same as the text of a request, which needs no mark to be found by."""
    return as_markdown(statements).partition("\n")[2]


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    kept = text[:_LONGEST].rpartition("\n")[0]
    return f"{kept}\n\n… the rest is too long for a comment: run `crmtool review`.\n"


def as_data(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """What programs read."""
    return [
        {
            "part": statement.part.name.lower(),
            "risk": statement.part.is_risk,
            "subject": statement.subject,
            "path": statement.path,
            "sentences": [found.show(str) for found in statement.sentences],
        }
        for statement in statements
    ]


def _line(statement: Statement, quote: Callable[[str], str], mark: str = "") -> str:
    said = "; ".join(found.show(quote) for found in statement.sentences)
    return f"{mark}{quote(statement.subject)}{mark}: {said}"


def literal(text: str) -> str:
    """Text that Markdown of either host shows as it is: bare where harmless, else as code."""
    flat = " ".join(text.split())
    shown = flat if len(flat) <= _SHORTEST else flat[: _SHORTEST - 1] + "…"
    if not shown or (_HARMLESS.match(shown) and not _ACTIVE.search(shown)):
        return shown
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def headline(statements: Sequence[Statement]) -> str:
    """How much there is, in a line: `1 to be mended, 2 to look at, 3 people, 1 note`."""
    return ", ".join(_counted(statements)) or NOTHING


_ONE: Final = {Part.PEOPLE: "person", Part.NOTES: "note", Part.TASKS: "task"}


def _counted(statements: Sequence[Statement]) -> Iterator[str]:
    sizes = Counter(s.part for s in statements)
    if errors := sizes[Part.ERRORS]:
        yield f"{errors:,} to be mended"
    if risks := sum(size for part, size in sizes.items() if part.is_risk) - errors:
        yield f"{risks:,} to look at"
    for part, one in _ONE.items():
        if size := sizes[part]:
            yield f"{size:,} {one if size == 1 else part.value.lower()}"
    if others := sum(n for part, n in sizes.items() if not part.is_risk and part not in _ONE):
        yield f"{others:,} other change{'s' * (others > 1)}"


__all__ = ["MARK", "as_body", "as_data", "as_markdown", "as_text", "headline", "literal"]
