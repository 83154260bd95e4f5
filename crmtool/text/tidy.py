"""The repairs within a line of YAML: blanks, and quotes where a reader could go wrong.

Each gives the edits for a text with LF line ends that ends with one, none where all is well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from crmtool.model.shape import Shape
from crmtool.text import render
from crmtool.text.ambiguous import is_agreed, is_ambiguous
from crmtool.text.edits import Edit
from crmtool.text.nodes import Entry, Node
from crmtool.text.yamltext import NULLS

_TRAILING: Final = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)


Places = Sequence[tuple[Node, Shape]]
"""Every value with what the format says of it, the whole first."""


def walk(root: Node, shape: Shape) -> Places:
    """The values of a text, each with its place in the format."""
    found = [(root, shape)]
    for node, said in found:
        for number, entry in enumerate(node.entries):
            part = entry.key.value if entry.key else number
            found.append((entry.value, said.at(part)))
    return found


def trailing(text: str, places: Places) -> Iterator[Edit]:
    """Blanks at the ends of lines, but within a text of several lines."""
    inside = [
        (node.start, node.end)
        for node, _ in places
        if node.kind == "scalar" and "\n" in text[node.start : node.end]
    ]
    for found in _TRAILING.finditer(text):
        if not any(start <= found.start() < end for start, end in inside):
            yield Edit(found.start(), found.end(), "")


def spacing(text: str, places: Places) -> Iterator[Edit]:
    """One blank behind a colon, a dash and a comma, and none before them or inside brackets."""
    for node, _ in places:
        for entry in node.entries:
            yield from _behind(text, node, entry)
        if node.flow:
            yield from _in_brackets(text, node)


def _behind(text: str, container: Node, entry: Entry) -> Iterator[Edit]:
    """Between a key, its colon and its value, or a dash and its item."""
    value = entry.value
    if entry.key and not entry.bare:
        yield from _gap(text, entry.key.end, entry.slot - 1, "")
    if value.empty or (value.kind != "scalar" and not value.flow):
        return
    if entry.key or not container.flow:
        yield from _gap(text, entry.slot, value.start, " ")


def _in_brackets(text: str, node: Node) -> Iterator[Edit]:
    if not node.entries:
        yield from _gap(text, node.start + 1, node.end - 1, "")
        return
    yield from _gap(text, node.start + 1, node.entries[0].lead, "")
    for entry, following in pairwise(node.entries):
        if not _ends_in_colon(entry):
            yield from _gap(text, entry.end, following.lead, ", ")
    if not _ends_in_colon(node.entries[-1]):
        yield from _gap(text, node.entries[-1].end, node.end - 1, "")


def _ends_in_colon(entry: Entry) -> bool:
    """A colon right before a comma or a bracket would be taken for a part of the word."""
    return entry.value.empty and entry.key is not None and not entry.bare


def _gap(text: str, start: int, end: int, wanted: str) -> Iterator[Edit]:
    """What stands between two things on one line, made as it should be."""
    if text[start:end] != wanted and "\n" not in text[start:end]:
        yield Edit(start, end, wanted)


def quoting(_: str, places: Places) -> Iterator[Edit]:
    """Quotes round text that another reader would take for something else."""
    for node, said in places:
        for entry in node.entries:
            # The format's own keys stay bare, though YAML 1.1 takes `on` for a truth value.
            if entry.key and entry.key.value not in said.keys:
                yield from _quoted(entry.key, "text")
        if node.kind == "scalar" and node.value not in NULLS:
            yield from _quoted(node, said.writing)


def _quoted(node: Node, writing: str) -> Iterator[Edit]:
    word = node.value
    if node.style or writing == "value" or not is_ambiguous(word):
        return
    if writing == "text" or not is_agreed(word):
        yield Edit(node.start, node.end, render.quoted(word))
