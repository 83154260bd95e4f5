"""A strict reader of YAML over libyaml's events: text scalars, positions, nothing clever.

Every scalar stays text (empty, `~` and `null` alone become None), so a country `NO` is no boolean.
Anchors, aliases, tags, merge keys, duplicate keys, several documents and deep nesting are
problems. The loop below never recurses, so no nesting can crash it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml.cyaml import CParser

from crmtool.model.finding import KeyPath

MAX_DEPTH: Final = 12
MAX_ITEMS: Final = 5_000
_NULLS: Final = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text, and where; line and column count from 1."""

    code: str
    message: str
    line: int
    column: int
    hint: str = ""


@dataclass(slots=True)
class Document:
    """What a YAML text says: plain dicts, lists, strings and None."""

    value: Any = None
    problems: list[Problem] = field(default_factory=list)


class _Stop(Exception):
    """Reading on makes no sense; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    value: dict[str, Any] | list[Any]
    key: str | None = None
    keyed: bool = False


class _Reader:
    """Turns events into values, collecting problems."""

    def __init__(self, line_offset: int) -> None:
        self.offset = line_offset
        self.stack: list[_Open] = []
        self.document = Document()
        self.items = 0
        self.begun = False

    def problem(self, code: str, message: str, event: Any, hint: str = "") -> Problem:
        mark = event.start_mark
        return Problem(code, message, mark.line + 1 + self.offset, mark.column + 1, hint)

    def note(self, code: str, message: str, event: Any, hint: str = "") -> None:
        self.document.problems.append(self.problem(code, message, event, hint))

    def add(self, value: Any, event: Any) -> None:
        self.items += 1
        if self.items > MAX_ITEMS:
            raise _Stop(self.problem("yaml-size", "too many keys or items", event))
        if not self.stack:
            self.document.value = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.keyed:
            if top.key is not None:
                top.value[top.key] = value
            top.keyed, top.key = False, None
        else:
            top.key, top.keyed = self.as_key(value, event, top.value), True

    def as_key(self, value: Any, event: Any, mapping: dict[str, Any]) -> str | None:
        if not isinstance(value, str):
            self.note("yaml-key", "a key is not text", event)
            return None
        if value == "<<" and not event.style:
            self.note("yaml-alias", "merge keys are not allowed", event, "write the keys out")
            return None
        if value in mapping:
            self.note("yaml-duplicate", f"the key {value[:60]!r} stands here twice", event,
                      "keep one of them")
            return None
        return value

    def scalar(self, event: Any) -> None:
        self.refuse_extras(event)
        plain = not event.style
        self.add(None if plain and event.value in _NULLS and not self.expects_key()
                 else event.value, event)

    def expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and (
            not self.stack[-1].keyed
        )

    def refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self.note("yaml-alias", "anchors and aliases are not allowed", event,
                      "write the value out where it is needed")
        if event.tag is not None:
            self.note("yaml-tag", "YAML tags are not allowed", event,
                      "remove the word that begins with '!'")

    def begin(self, value: dict[str, Any] | list[Any], event: Any) -> None:
        self.refuse_extras(event)
        if len(self.stack) >= MAX_DEPTH:
            raise _Stop(self.problem("yaml-depth", "nested too deeply", event))
        self.stack.append(_Open(value))

    def end(self, event: Any) -> None:
        self.add_closed(self.stack.pop().value, event)

    def add_closed(self, value: Any, event: Any) -> None:
        self.add(value, event)

    def event(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self.scalar(event)
            case yaml.MappingStartEvent():
                self.begin({}, event)
            case yaml.SequenceStartEvent():
                self.begin([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.end(event)
            case yaml.AliasEvent():
                self.note("yaml-alias", "anchors and aliases are not allowed", event,
                          "write the value out where it is needed")
                self.add(None if not self.expects_key() else "", event)
            case yaml.DocumentStartEvent():
                self.document_start(event)

    def document_start(self, event: Any) -> None:
        if self.begun:
            raise _Stop(self.problem("yaml-documents", "a second document begins here", event,
                                     "remove the line that holds only '---'"))
        self.begun = True
        if event.version is not None or event.tags:
            self.note("yaml-tag", "YAML directives are not allowed", event, "remove the % line")


def read_yaml(text: str, line_offset: int = 0) -> Document:
    """Read a YAML text. Problems are in the result; nothing is raised for bad text.

    `line_offset` is added to line numbers, for a block that begins further down in a file.
    """
    reader = _Reader(line_offset)
    parser = None
    try:
        parser = CParser(text)
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, yaml.StreamEndEvent):
                break
            reader.event(event)
    except _Stop as stop:
        reader.document.problems.append(stop.problem)
        reader.document.value = None
    except yaml.YAMLError as error:
        reader.document.problems.append(_syntax(error, text, line_offset))
        reader.document.value = None
    finally:
        if parser is not None:
            parser.dispose()
    return reader.document


def _syntax(error: yaml.YAMLError, text: str, offset: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    words = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
    where = context if context is not None and "expected" in str(words) else mark
    line, column = (where.line, where.column) if where is not None else (0, 0)
    lines = text.split("\n")
    bad = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    return Problem(
        "yaml-syntax", f"is not valid YAML: {words}", line + 1 + offset, column + 1,
        _slip(bad, str(words)),
    )


def _slip(line: str, words: str) -> str:
    """The usual slip behind a syntax error, as a remedy."""
    _, _, value = line.partition(":")
    if "\t" in line:
        return "replace the tab by blanks"
    if re.match(r"\s*[@`%&*!|>]", value) or re.search(r":\s", value):
        return 'quote the value: key: "…"'
    if "[" in line or "{" in line or "expected ',' or" in words:
        return "close the bracket"
    if "'" in line or '"' in line or "quoted" in words:
        return "close the quote"
    return "look at the indentation and quote values that hold ':' or begin with a sign"


def locate(text: str, key: KeyPath, line_offset: int = 0) -> tuple[int, int]:
    """The line and column (from 1) of the value at a key path, or of its nearest parent.

    Safe only for a text that `read_yaml` accepted.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    mark = root.start_mark if root is not None else yaml.Mark("", 0, 0, 0, None, 0)
    node = root
    for part in key:
        found = _child(node, part)
        if found is None:
            break
        at, node = found
        mark = at.start_mark
    return mark.line + 1 + line_offset, mark.column + 1


def _child(node: Any, part: str | int) -> tuple[Any, Any] | None:
    """The node to point at (a mapping's key, a list's item) and the one to go on from."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        if part < len(node.value):
            return node.value[part], node.value[part]
    return None
