"""The smallest edits that put a value into a YAML text or take one out.

Positions are those of a text with LF line ends that ends with one. Each function says what to
write where; `splice` chooses among them, applies them and checks what came out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from crmtool.text import render
from crmtool.text.nodes import Entry, Node, skip

_REST_OF_LINE: Final = re.compile(r"[ \t]*(?:#[^\n]*)?")
_SPACES: Final = re.compile(r"[ \t]*")
_BLANKS: Final = re.compile(r"[ \t\n]*")
_COMMENT: Final = re.compile(r"( *)#[^\n]*")
_HEADER: Final = re.compile(r"[|>][-+0-9]*")

_CLOSING: Final = "'\"]}"


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits made that do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def replaced(text: str, container: Node, entry: Entry, value: object) -> list[Edit]:
    """Another value for a key or an item, in the style of the one that stands there."""
    old, new = entry.value, render.inline(value)
    if old.empty:
        return _filled(text, container, entry, value)
    if old.style in {"|", ">"}:
        header = _HEADER.match(text, old.start)
        start = header.end() if header else old.start
        # What follows the header on its line can only be a comment.
        comment = text[start : min(_line_end(text, start), old.end)].rstrip()
        return [Edit(old.start, old.end, new + comment)]
    if old.kind == "scalar" or old.flow:
        return [Edit(old.start, old.end, _inline(text, old.end, value))]
    stop = _line_end(text, old.end)
    if old.kind == "list" and render.is_list(value) and value:
        return [Edit(old.start, stop, _indented(_items(value), old.column).lstrip())]
    key_line = _line_end(text, entry.slot)
    if old.start < key_line:
        return [Edit(old.start, stop, new)]
    return [Edit(entry.slot, entry.slot, f" {new}"), Edit(key_line, stop, "")]


def _filled(text: str, container: Node, entry: Entry, value: object) -> list[Edit]:
    """A first value for a key or a dash behind which nothing stands."""
    if entry.key and not container.flow and (below := render.entry("", value)[1:]):
        at = _line_end(text, entry.end) + 1
        return [Edit(at, at, _indented(below, container.column) + "\n")]
    lead = ": " if entry.bare else " "
    return [Edit(entry.slot, entry.slot, lead + _inline(text, entry.slot, value))]


def _inline(text: str, offset: int, value: object) -> str:
    """A value on one line, to stand in front of what is at an offset.

    A comment may follow a quote or a bracket without a blank, and would become part of a word.
    """
    new = render.inline(value)
    return render.quoted(new) if text[offset] == "#" and new[-1] not in '"]}' else new


def _items(value: Iterable[object]) -> list[str]:
    return [line for each in value for line in render.item(each)]


def _indented(lines: Sequence[str], column: int) -> str:
    return "\n".join(" " * column + line for line in lines)


def inserted(
    text: str, container: Node | None, after: int, name: str | None, value: object
) -> list[Edit]:
    """A new key, or without a name a new item, behind the entry number `after`.

    Number -1 puts it before all others; in a block, at the top level only. Without a container
    the text holds no key yet.
    """
    if container is None:
        return [Edit(len(text), len(text), _indented(_new(name, value), 0) + "\n")]
    if container.flow:
        return _inserted_in_brackets(text, container, after, name, value)
    lines = _indented(_new(name, value), container.column)
    if after >= 0:
        at = last_line_end(text, container, container.entries[after]) + 1
        return [Edit(at, at, lines + "\n")]
    # Only a whole text's first key can be meant, and that begins its line.
    at = container.entries[0].lead - container.column
    return [Edit(at, at, lines + "\n")]


def _new(name: str | None, value: object) -> list[str]:
    return render.item(value) if name is None else render.entry(name, value)


def _inserted_in_brackets(
    text: str, container: Node, after: int, name: str | None, value: object
) -> list[Edit]:
    lead = "" if name is None else f"{render.key(name)}: "
    if not container.entries:
        at = container.start + 1
        return [Edit(at, at, lead + _inline(text, at, value))]
    if after < 0:
        at = container.entries[0].lead
        return [Edit(at, at, f"{lead}{render.inline(value)}, ")]
    entry = container.entries[after]
    # A colon right before a comma would be taken for a part of the word.
    lead = (" , " if entry.value.empty and not entry.bare else ", ") + lead
    return [Edit(entry.end, entry.end, lead + _inline(text, entry.end, value))]


def deleted(text: str, container: Node, number: int) -> list[list[Edit]]:
    """A key or an item taken out, with the comment behind it; several ways, the best first.

    In a block it must not be the only one: nothing can be written for an empty block.
    """
    entry = container.entries[number]
    if container.flow:
        return [_deleted_in_brackets(text, container, number)]
    start, stop = entry.lead - container.column, _line_end(text, entry.end) + 1
    if start != entry.lead and not text[start : entry.lead].isspace():
        # Behind a dash: the next key moves up.
        return [[Edit(entry.lead, _after(_BLANKS, text, stop), "")]]
    return [[Edit(start, stop, "")], [_deleted_with_blanks(text, start, stop, container.column)]]


def _deleted_with_blanks(text: str, start: int, stop: int, column: int) -> Edit:
    """The same where the text before is a literal that would swallow what followed.

    Blank lines go too, and comments move to where they cannot be taken for a part of it.
    """
    end = text.rfind("\n", 0, skip(text, stop)) + 1
    comments = [line.strip() for line in text[stop:end].split("\n") if line.strip()]
    return Edit(start, max(end, stop), "".join(f"{' ' * column}{line}\n" for line in comments))


def _deleted_in_brackets(text: str, container: Node, number: int) -> list[Edit]:
    entry = container.entries[number]
    line = text.rfind("\n", 0, entry.lead) + 1
    begins_line = not text[line : entry.lead].strip()
    comma = skip(text, entry.end)
    stop = comma + 1 if text[comma] == "," else entry.end
    if number + 1 < len(container.entries):
        if "#" in text[entry.end : comma]:
            own = _after(_REST_OF_LINE, text, entry.end)
            return [Edit(entry.lead, own, ""), Edit(comma, _after(_SPACES, text, stop), "")]
        if begins_line:
            stop = _after(_REST_OF_LINE, text, stop)
        stop = _after(_BLANKS, text, stop)
        glued = text[stop] == "#" and not text[entry.lead - 1].isspace()
        return [Edit(entry.lead, stop, " " if glued else "")]
    before = container.entries[number - 1] if number else None
    if before and "#" not in text[before.end : entry.lead]:
        # A comma behind the last one stays; a colon or a word wants a blank before what follows.
        colon = before.value.empty and not before.bare and not text[entry.end].isspace()
        word = text[entry.end] == "#" and text[before.end - 1] not in _CLOSING
        return [Edit(before.end, entry.end, " " if colon or word else "")]
    line_end = _after(_REST_OF_LINE, text, stop)
    if begins_line and text[line_end] == "\n":
        return [Edit(line, line_end + 1, "")]
    return [Edit(entry.lead, stop, "")]


def _after(pattern: re.Pattern[str], text: str, offset: int) -> int:
    found = pattern.match(text, offset)
    return found.end() if found else offset


def _line_end(text: str, offset: int) -> int:
    return text.index("\n", offset)


def last_line_end(text: str, container: Node, entry: Entry) -> int:
    """The end of an entry's last line, or of the comments below that are indented as its own."""
    end = _line_end(text, entry.end)
    while (found := _COMMENT.match(text, end + 1)) and len(found[1]) > container.column:
        end = found.end()
    return end
