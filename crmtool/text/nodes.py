"""Where everything stands in a YAML text: keys, values, items, to the character.

libyaml's own marks do not say where a block value ends (they overshoot to the next token), nor
where a dash or a colon stands. Here they do. Made for a text that `read_yaml` accepted, but no
text crashes it or holds it up: nothing recurses, and what is broken or deep gives no tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, cast

import yaml
from yaml._yaml import CParser, Mark

if TYPE_CHECKING:
    from crmtool.model.finding import KeyPath

MAX_DEPTH: Final = 12
_COLON: Final = re.compile(r"[ \t]*:")
_TRIVIA: Final = re.compile(r"(?:[ \t\n]|#[^\n]*)*")


@dataclass(slots=True)
class Node:
    """One value, at `text[start:end]`: no comment, blank or line break after it."""

    kind: Literal["scalar", "mapping", "list"]
    start: int
    end: int
    column: int
    flow: bool = False
    """Of a collection: written between brackets."""
    style: str = ""
    """Of a scalar: one of ' " | > or nothing."""
    value: str = ""
    """Of a scalar: its text."""
    entries: list[Entry] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is written here."""
        return self.kind == "scalar" and not self.style and not self.value

    def find(self, part: str | int) -> Entry | None:
        """The entry of a mapping's key or of a list's index."""
        if self.kind == "mapping":
            return next((e for e in self.entries if e.key and e.key.value == part), None)
        if isinstance(part, int) and 0 <= part < len(self.entries):
            return self.entries[part]
        return None


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list, at `text[lead:end]`."""

    lead: int
    """Where it begins: its key, its dash, or the item between brackets."""
    slot: int
    """Right after its colon or dash."""
    end: int
    key: Node | None
    value: Node

    @property
    def bare(self) -> bool:
        """Whether it is a key without a colon, as in `{a, b}`."""
        return self.key is not None and self.slot == self.key.end


def skip(text: str, offset: int) -> int:
    """The first offset from here on that holds neither blank, line break nor comment."""
    found = _TRIVIA.match(text, offset)
    return found.end() if found else offset


def _block_end(text: str, start: int, end: int) -> int:
    """Where a literal or folded scalar ends, given libyaml's mark, which lies past blank lines.

    With `+` in its header the blank lines belong to the text.
    """
    if text[end - 1 : end] == "\n":
        end -= 1
    header = text[start : text.find("\n", start)].partition("#")[0]
    if "+" not in header:
        while text[end - 1] == "\n":
            end -= 1
    return end


class _Composer:
    """Puts the events of one text together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.open: list[tuple[Node, Node | None]] = []

    def add(self, node: Node) -> None:
        """Take in a finished value; in a mapping, keys and values take turns."""
        if not self.open:
            self.root = self.root or node
            return
        parent, key = self.open[-1]
        if parent.kind == "list":
            parent.entries.append(self.item(parent, node))
        elif key is None:
            self.open[-1] = (parent, node)
        else:
            colon = _COLON.match(self.text, key.end)
            slot = colon.end() if colon else key.end
            end = slot if node.empty else node.end
            parent.entries.append(Entry(key.start, slot, end, key, node))
            self.open[-1] = (parent, None)

    def item(self, parent: Node, node: Node) -> Entry:
        if parent.flow:
            return Entry(node.start, node.start, node.end, None, node)
        dash = skip(self.text, parent.entries[-1].end) if parent.entries else parent.start
        return Entry(dash, dash + 1, dash + 1 if node.empty else node.end, None, node)

    def scalar(self, event: yaml.ScalarEvent | yaml.AliasEvent) -> None:
        start, end = cast("Mark", event.start_mark), cast("Mark", event.end_mark)
        style = getattr(event, "style", "") or ""
        stop = _block_end(self.text, start.index, end.index) if style in {"|", ">"} else end.index
        value = getattr(event, "value", "")
        node = Node("scalar", start.index, stop, start.column, style=style, value=value)
        self.add(node)

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        mark = cast("Mark", event.start_mark)
        kind: Literal["mapping", "list"] = (
            "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
        )
        flow = bool(event.flow_style)
        node = Node(kind, mark.index, mark.index, mark.column, flow=flow)
        self.open.append((node, None))

    def finish(self, event: yaml.CollectionEndEvent) -> None:
        node, _ = self.open.pop()
        if node.flow:
            node.end = cast("Mark", event.end_mark).index
        elif node.entries:
            node.end = node.entries[-1].end
        self.add(node)


def compose(text: str) -> Node | None:
    """The tree of a text with LF line ends; None where the text is empty, broken or too deep."""
    composer = _Composer(text)
    parser = None
    try:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            if isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
                composer.scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(composer.open) == MAX_DEPTH:
                    return None
                composer.begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                composer.finish(event)
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    finally:
        if parser is not None:
            parser.dispose()
    return composer.root


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset.

    Only LF ends a line, as for git and editors; libyaml's own marks count other characters too.
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def locate(text: str, key: KeyPath, line_offset: int = 0) -> tuple[int, int]:
    """The line and column (from 1) of the value at a key path, or of its nearest parent."""
    node = compose(text)
    if node is None:
        return 1 + line_offset, 1
    line, column = position(text, beginning(node, key))
    return line + line_offset, column


def beginning(node: Node, key: KeyPath) -> int:
    """The offset at which the value of a key path, or its nearest parent, begins."""
    at = node.start
    for part in key:
        found = node.find(part)
        if found is None:
            break
        node = found.value
        at = (found.key or node).start
    return at
