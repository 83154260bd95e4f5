"""A strict reader of YAML over libyaml's events: text scalars, positions, nothing clever.

Every scalar stays text (empty, `~` and `null` alone become None), so a country `NO` is no boolean.
Anchors, aliases, tags, merge keys, duplicate keys, keys written with `?`, pairs without braces in
a list, several documents and deep nesting are problems. The loop below never recurses, so no
nesting can crash it. Texts of plain words, which are most, never come to it (`plainyaml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

import yaml
from yaml._yaml import CParser

from crmtool.text.nodes import MAX_DEPTH, position
from crmtool.text.plainyaml import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml._yaml import Mark

    from crmtool.model.finding import Severity

MAX_ITEMS: Final = 5_000
_TYPOGRAPHIC: Final = frozenset("\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb")
MAX_PROBLEMS: Final = 50
NULLS: Final = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text, and where; line and column count from 1."""

    code: str
    message: str
    line: int
    column: int
    hint: str = ""
    severity: Severity = "error"


@dataclass(slots=True)
class Document:
    """What a YAML text says: plain dicts, lists, strings and None."""

    value: Any = None
    problems: list[Problem] = field(default_factory=list)


class _StopReading(Exception):
    """Reading on makes no sense; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    value: dict[str, Any] | list[Any]
    event: yaml.Event
    key: str | None = None
    keyed: bool = False


class _Reader:
    """Turns events into values, collecting problems."""

    def __init__(self, text: str, line_offset: int) -> None:
        self.text = text
        self.offset = line_offset
        self.stack: list[_Open] = []
        self.document = Document()
        self.items = 0
        self.begun = False
        self.handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.mapping,
            yaml.SequenceStartEvent: self.sequence,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document_start,
            yaml.DocumentEndEvent: self.document_end,
        }

    def read(self, parser: CParser) -> None:
        """Take in every event; plain scalars, which are most, without a call for each."""
        handlers, get_event = self.handlers, parser.get_event
        while (event := get_event()) is not None:
            if isinstance(event, yaml.ScalarEvent) and self.takes(event):
                continue
            if handler := handlers.get(type(event)):
                handler(event)

    def takes(self, event: yaml.ScalarEvent) -> bool:
        """Take in a key, a value or an item if there is nothing to say about it."""
        if not self.stack or event.anchor is not None or event.tag is not None:
            return False
        top, text = self.stack[-1], event.value
        held, value = top.value, None if text in NULLS and not event.style else text
        if isinstance(held, list):
            held.append(value)
        elif not top.keyed:
            if text == "<<" or text in held:
                return False
            top.keyed, top.key = True, text
        elif top.key is None:
            return False
        else:
            held[top.key] = value
            top.keyed, top.key = False, None
        self.count(event)
        return True

    def count(self, event: yaml.Event) -> None:
        self.items += 1
        if self.items > MAX_ITEMS:
            raise _StopReading(
                self.problem("yaml-size", "has too many keys or items", event, "split the file")
            )

    def problem(self, code: str, message: str, at: yaml.Event | yaml.Token, hint: str) -> Problem:
        line, column = position(self.text, cast("Mark", at.start_mark).index)
        return Problem(code, message, line + self.offset, column, hint)

    def note(self, code: str, message: str, at: yaml.Event | yaml.Token, hint: str) -> None:
        problem = self.problem(code, message, at, hint)
        # A file that says one wrong thing a thousand times has said it.
        if len(self.document.problems) + 1 >= MAX_PROBLEMS:
            raise _StopReading(problem)
        self.document.problems.append(problem)

    def add(self, value: str | dict[str, Any] | list[Any] | None, event: yaml.Event) -> None:
        self.count(event)
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

    def as_key(self, value: object, event: yaml.Event, mapping: dict[str, Any]) -> str | None:
        if not isinstance(value, str):
            self.note("yaml-key", "a key is not text", event, "write it as 'key: value'")
        elif value == "<<" and not cast("yaml.ScalarEvent", event).style:
            self.note("yaml-alias", "merge keys are not allowed", event, "write the keys out")
        elif value in mapping:
            message = f"the key {value[:60]!r} stands here twice"
            self.note("yaml-duplicate", message, event, "keep one of them")
        else:
            return value
        return None

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_extras(event)
        value = event.value
        if value in NULLS and not event.style and not self.expects_key():
            self.add(None, event)
        else:
            self.add(value, event)

    def expects_key(self) -> bool:
        return (
            bool(self.stack) and isinstance(self.stack[-1].value, dict) and not self.stack[-1].keyed
        )

    def refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.note_alias(event)
        if event.tag is not None:
            hint = "remove the word that begins with '!', or quote the value"
            self.note("yaml-tag", "YAML tags are not allowed", event, hint)

    def note_alias(self, event: yaml.NodeEvent) -> None:
        hint = "write the value out where it is needed, or quote it if '&' or '*' is part of it"
        self.note("yaml-alias", "anchors and aliases are not allowed", event, hint)

    def alias(self, event: yaml.AliasEvent) -> None:
        self.note_alias(event)
        if self.expects_key():
            self.stack[-1].keyed = True
        else:
            self.add(None, event)

    def mapping(self, event: yaml.MappingStartEvent) -> None:
        start, end = cast("Mark", event.start_mark), cast("Mark", event.end_mark)
        if event.flow_style and start.index == end.index:
            hint = "write {key: value}, or no blank after the ':'"
            self.note("yaml-key", "a list holds 'key: value' without braces", event, hint)
        self.begin({}, event)

    def sequence(self, event: yaml.SequenceStartEvent) -> None:
        self.begin([], event)

    def begin(self, value: dict[str, Any] | list[Any], event: yaml.CollectionStartEvent) -> None:
        self.refuse_extras(event)
        if len(self.stack) >= MAX_DEPTH:
            message = f"is nested deeper than {MAX_DEPTH} levels"
            raise _StopReading(self.problem("yaml-depth", message, event, "flatten it"))
        self.stack.append(_Open(value, event))

    def close(self, _: yaml.CollectionEndEvent) -> None:
        done = self.stack.pop()
        self.add(done.value, done.event)

    def document_start(self, event: yaml.DocumentStartEvent) -> None:
        # A block further down in a file has its '---' lines outside.
        if self.begun or (event.explicit and self.offset):
            hint = "remove the line that begins with '---'"
            raise _StopReading(
                self.problem("yaml-documents", "a second document begins here", event, hint)
            )
        self.begun = True
        if event.version is not None or event.tags:
            hint = "remove the line that begins with '%'"
            self.note("yaml-tag", "YAML directives are not allowed", event, hint)

    def document_end(self, event: yaml.DocumentEndEvent) -> None:
        if event.explicit:
            hint = "remove the line that holds only '...'"
            self.note("yaml-documents", "the document is ended by hand", event, hint)

    def explicit_keys(self) -> None:
        """Refuse keys written with `?`; only tokens tell them from others."""
        parser = CParser(self.text)
        try:
            while (token := parser.get_token()) is not None:
                start, end = cast("Mark", token.start_mark), cast("Mark", token.end_mark)
                if isinstance(token, yaml.KeyToken) and end.index > start.index:
                    hint = "write it as 'key: value'; quote a value that begins with '?'"
                    self.note("yaml-key", "a key is written with '?'", token, hint)
        finally:
            parser.dispose()


def read_yaml(text: str, line_offset: int = 0) -> Document:
    """Read a YAML text. Problems are in the result; nothing is raised for bad text.

    `line_offset` is added to line numbers, for a block that begins further down in a file.
    """
    # What a last line says must not hang on whether a line break follows it.
    text = text if text.endswith("\n") else text + "\n"
    if (plain := read_plain(text)) is not None:
        return Document(plain)
    return read_events(text, line_offset)


def read_events(text: str, line_offset: int = 0) -> Document:
    """What libyaml makes of a text that ends with a line break."""
    reader = _Reader(text, line_offset)
    parser = None
    try:
        parser = CParser(text)
        reader.read(parser)
        if "?" in text:
            reader.explicit_keys()
    except _StopReading as stop:
        reader.document.problems.append(stop.problem)
        reader.document.value = None
    except yaml.YAMLError as error:
        reader.document.problems.append(_syntax(error, text, line_offset))
        reader.document.value = None
    except UnicodeEncodeError as error:
        line, column = position(text, error.start)
        message = "holds half of a surrogate pair, which is no character"
        reader.document.problems.append(
            Problem("characters", message, line + line_offset, column, "remove it")
        )
        reader.document.value = None
    finally:
        if parser is not None:
            parser.dispose()
    return reader.document


def _syntax(error: yaml.YAMLError, text: str, offset: int) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        # Its position counts bytes.
        before = text.encode()[: error.position].decode(errors="ignore")
        line, column = position(text, len(before))
        message = f"is not valid YAML: {error.reason}"
        return Problem("yaml-syntax", message, line + offset, column, "remove the character")
    marked = cast("yaml.MarkedYAMLError", error)
    context, words = marked.context or "", marked.problem or "it cannot be read"
    # Of what was never closed, show where it begins; of all else, where it went wrong.
    begun = any(word in context for word in ("quoted", "flow", "simple key"))
    mark = cast("Mark | None", (begun and marked.context_mark) or marked.problem_mark)
    line, column = position(text, min(mark.index, len(text.rstrip("\n"))) if mark else 0)
    hint = _slip(text.split("\n")[line - 1], context, words)
    return Problem("yaml-syntax", f"is not valid YAML: {words}", line + offset, column, hint)


def _slip(line: str, context: str, words: str) -> str:
    """The usual slip behind a syntax error, as a remedy."""
    _, colon, value = line.partition(":")
    value = value.strip()
    slips = (
        (
            line.startswith(("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")),
            "decide which side of the merge is right and remove the marker lines",
        ),
        (
            line.startswith("%") or "<document start>" in words,
            "remove the line that begins with '%'",
        ),
        (
            "\t" in line[: len(line) - len(line.lstrip())],
            "replace the tab at the line's beginning by blanks",
        ),
        (re.match(r" *-[^\s-]", line), "put a blank after the '-'"),
        ("quoted" in context, 'close the quote; inside "…" write a backslash twice'),
        ("flow" in context, "close the bracket, or quote the text that holds one"),
        (
            value[:1] in _TYPOGRAPHIC,
            'typographic quotes are part of the value; write straight ones: key: "…"',
        ),
        (
            value[:1] in {"'", '"'},
            "let the quotes go round the whole value; inside '…' write ' as ''",
        ),
        (
            re.match(r"[@`%&*!|>\[\]{},?-]", value) or re.search(r":(?:\s|$)", value),
            'quote the value: key: "…"',
        ),
        ("':'" in words and not colon, "put a ':' and a blank after the key"),
        ("':'" in words, "put a blank after the ':'"),
    )
    default = "look at the indentation, here and in the line before"
    return next((remedy for applies, remedy in slips if applies), default)
