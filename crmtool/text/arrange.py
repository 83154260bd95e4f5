"""The repairs of order: keys as the format names them, lists in which order means nothing sorted.

Lines move with the comments above and behind them; nothing is written anew. The text has LF line
ends and ends with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from crmtool.model.shape import Shape
from crmtool.text.edits import Edit, last_line_end
from crmtool.text.nodes import Entry, Node
from crmtool.text.tidy import Places

# What an editor reads stays where it looks for it.
_MODELINE: Final = re.compile(r"# *(?:yaml-language-server:|vi:|vim:|-\*-).*\n")
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\n)*")


def arranging(text: str, places: Places) -> Iterator[Edit]:
    """For each collection that is out of order an edit; one at a time may be made."""
    for node, said in places:
        order = _wanted(node, said)
        if order != sorted(order):
            yield from _moved(text, node, order)


def _wanted(node: Node, shape: Shape) -> list[int]:
    """The numbers of the entries in the order in which they should stand."""
    numbers = list(range(len(node.entries)))
    if node.kind == "mapping" and shape.keys:
        ranks = _ranks(node.entries, list(shape.keys))
        return sorted(numbers, key=ranks.__getitem__)
    if node.kind == "list" and shape.any_order:
        values = [entry.value for entry in node.entries]
        if all(value.kind == "scalar" and not value.empty for value in values):
            return sorted(numbers, key=lambda number: values[number].value)
    return numbers


def _ranks(entries: Sequence[Entry], known: Sequence[str]) -> list[int]:
    """Each key's place in the format's order; an unknown one stays behind the one before it."""
    ranks: list[int] = []
    for entry in entries:
        name = entry.key.value if entry.key else ""
        before = ranks[-1] if ranks else -1
        ranks.append(known.index(name) if name in known else before)
    return ranks


def _moved(text: str, node: Node, order: Sequence[int]) -> Iterator[Edit]:
    parts = _in_brackets(text, node) if node.flow else _lines(text, node)
    if not parts:
        return
    pieces = [text[start:end] for start, end in parts]
    moved = [pieces[number] for number in order]
    if not node.flow:
        moved = _led(moved, order.index(0))
    between = [text[a[1] : b[0]] for a, b in pairwise(parts)]
    new = "".join(piece + gap for piece, gap in zip(moved, [*between, ""], strict=True))
    yield Edit(parts[0][0], parts[-1][1], new)


def _led(pieces: list[str], first: int) -> list[str]:
    """Lines that begin the collection now, without blank ones: those go to what began it before."""
    blank = _BLANK_LINES.match(pieces[0])
    if blank and blank.end() and first:
        pieces[first] = blank[0] + pieces[first]
        pieces[0] = pieces[0][blank.end() :]
    return pieces


def _in_brackets(text: str, node: Node) -> list[tuple[int, int]]:
    """The entries between brackets; none where a comment would not know whose it is."""
    entries = node.entries
    gaps = [text[a.end : b.lead] for a, b in pairwise(entries)]
    gaps += [text[node.start : entries[0].lead], text[entries[-1].end : node.end]]
    return [] if any("#" in gap for gap in gaps) else [(e.lead, e.end) for e in entries]


def _lines(text: str, node: Node) -> list[tuple[int, int]]:
    """The lines of each entry: the comments above it, itself, and what is indented below."""
    ends = [last_line_end(text, node, entry) + 1 for entry in node.entries]
    first = node.entries[0].lead
    line = text.rfind("\n", 0, first) + 1
    if text[line:first].strip():  # behind a dash: the others begin where it does
        starts = [entry.lead for entry in node.entries]
        gaps = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        return [] if any(gap.strip(" ") for gap in gaps) else list(zip(starts, ends, strict=True))
    above = _comments_above(text, line)
    while found := _MODELINE.match(text, above):
        above = found.end()
    return list(zip([above, *ends[:-1]], ends, strict=True))


def _comments_above(text: str, line: int) -> int:
    """Where the comments begin that stand right above a line."""
    while line:
        before = text.rfind("\n", 0, line - 1) + 1
        if not text[before:line].lstrip().startswith("#"):
            break
        line = before
    return line
