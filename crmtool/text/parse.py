"""Text to typed records: every error of a file at once, each with its key and a guess."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from crmtool.model.community import Record, Unread
from crmtool.model.finding import Finding, KeyPath, shown
from crmtool.text.frontmatter import cut, decode, fold, mapping, split
from crmtool.text.limits import MAX_FILE
from crmtool.text.nodes import beginning, compose, locate, position
from crmtool.text.yamltext import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

T = TypeVar("T", bound=BaseModel)

MAX_FINDINGS: Final = 50
_MAPPING: Final = ("is not a mapping", "write it as lines of 'key: value' below the key")
_LIST: Final = ("is not a list", "write it as [one, two], or as lines that begin with '- '")
_EMPTY: Final = {
    "missing": "a '#' after a blank begins a comment; quote the value if you meant it",
    "model_type": "write {} where there is nothing to say",
    "dict_type": "write {} where there is nothing to say",
    "list_type": "write [] where there is nothing to say",
}
# pydantic's words for what a volunteer got wrong, in words of ours.
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "list_type": _LIST,
    "missing": ("is missing", ""),
    "string_type": ("is not text", ""),
    "int_parsing": ("is not a whole number", ""),
    "int_from_float": ("is not a whole number", ""),
    "int_parsing_size": ("is too large a number", ""),
    "float_parsing": ("is not a number", ""),
    "greater_than_equal": ("must be at least {ge}", ""),
    "less_than_equal": ("must be at most {le}", ""),
    "too_long": ("is too long: {actual_length}, at most {max_length}", ""),
    "string_too_long": ("is too long: {actual_length}, at most {max_length}", ""),
    "too_short": ("is too short: at least {min_length}", ""),
    "string_too_short": ("is too short: at least {min_length}", ""),
    "string_pattern_mismatch": ("is not of the form {pattern}", ""),
}


def parse_record(kind: type[T], path: str, data: bytes) -> tuple[Record[T] | None, list[Finding]]:
    """Read one record's file; None where it is too broken to use."""
    text, problems = decode(data)
    if not text:
        return None, _findings(path, problems or split(text).problems)
    parts = split(text)
    findings = _findings(path, _together(problems, parts.problems))
    if parts.value is None:
        return None, findings + _of_pieces(kind, path, parts.block, findings, 1)
    value, more = _typed(kind, path, parts.value)
    findings += _unsaid(more, parts.problems, parts.block, 1)
    if value is None:
        return None, findings
    return Record(path, value, parts.body, parts.body_line), findings


def parse_mapping(kind: type[T], path: str, data: bytes) -> tuple[T | None, list[Finding]]:
    """Read one configuration file. Where nothing is written, it says nothing."""
    text, problems = decode(data)
    if problems and not text:
        return None, _findings(path, problems)
    raw, more = mapping(text)
    findings = _findings(path, _together(problems, more))
    if raw is None:
        return None, findings + _of_pieces(kind, path, text, findings, 0)
    value, wrong = _typed(kind, path, raw)
    return value, findings + _unsaid(wrong, more, text, 0)


def unread(path: str, data: bytes) -> Unread:
    """What stands in a file that could not be understood, as far as its text can be made out."""
    text = fold(data[:MAX_FILE].decode(errors="replace"))
    if parts := cut(text) if path.endswith(".md") else None:
        return Unread(path, text, len(parts.head) + len(parts.block))
    all_yaml = path.endswith(".yml") or text.startswith("---")  # a block that is not closed
    return Unread(path, text, len(text) if all_yaml else 0)


def place(path: str, data: bytes, key: KeyPath) -> tuple[int, int]:
    """Line and column (from 1) of a key in a file; (1, 1) where it cannot be told."""
    return Places(path, data).find(key)


class Places:
    """Where the keys of one file stand, taken apart once for all of them."""

    def __init__(self, path: str, data: bytes) -> None:
        text, _ = decode(data)
        self._yaml, self._body, self._first, self._body_line = text, "", 1, 1
        readable = path.endswith(".yml")
        if path.endswith(".md"):
            parts = cut(text)
            readable = parts is not None
            if parts is not None:
                self._yaml, self._first = parts.block, 2
                self._body = parts.tail.partition("\n")[2]
                self._body_line = parts.block.count("\n") + 3
        self._root = compose(self._yaml) if readable else None

    def find(self, key: KeyPath) -> tuple[int, int]:
        """Line and column (from 1) of a key, or (`("body", offset)`) of a place in the body."""
        if key[:1] == ("body",):
            before = self._body[: int(key[1])]
            return self._body_line + before.count("\n"), int(key[1]) - before.rfind("\n")
        if self._root is None:
            return self._first, 1
        line, column = position(self._yaml, beginning(self._root, key))
        return line + self._first - 1, column


def _together(problems: list[Problem], more: list[Problem]) -> list[Problem]:
    """All problems, without the syntax errors that only a merge conflict before them made."""
    conflict = next((p.line for p in problems if p.code == "conflict"), None)
    return problems + [
        p for p in more if conflict is None or p.code != "yaml-syntax" or p.line < conflict
    ]


def _of_pieces(
    kind: type[BaseModel], path: str, text: str, told: list[Finding], line_offset: int
) -> list[Finding]:
    """What else is wrong with a text whose YAML is broken, as far as its keys can be told apart."""
    if {finding.code for finding in told} & {"conflict", "yaml-size", "yaml-depth"} or not text:
        return []
    from crmtool.text.pieces import pieces

    read = pieces(text, line_offset)
    lines = {finding.line for finding in told}
    more = _findings(path, [p for piece in read for p in piece.problems if p.line not in lines])
    whole = {piece.key: piece for piece in read if piece.whole}
    if not whole:
        return more
    _, wrong = _typed(kind, path, {str(key): piece.value for key, piece in whole.items()})
    for finding in wrong:
        # That a key is missing can only be said of a text that is whole.
        if finding.key and (piece := whole.get(str(finding.key[0]))):
            line, column = locate(piece.text, finding.key, piece.line_offset)
            more.append(replace(finding, line=line, column=column))
    return sorted(more, key=lambda finding: (finding.line, finding.column))


def _findings(path: str, problems: Iterable[Problem]) -> list[Finding]:
    return [
        Finding(p.code, p.severity, path, p.message, p.hint, (), p.line, p.column) for p in problems
    ]


def _unsaid(
    findings: list[Finding], problems: list[Problem], block: str, line_offset: int
) -> list[Finding]:
    """The findings without those that only say again, of a place, that it could not be read."""
    said = {(p.line, p.column) for p in problems if p.code in ("yaml-alias", "yaml-key")}
    return [f for f in findings if not said or locate(block, f.key, line_offset) not in said]


def _typed(kind: type[T], path: str, raw: dict[str, Any]) -> tuple[T | None, list[Finding]]:
    # A known key with nothing behind it says nothing; an unknown one is a mistake all the same.
    given = raw
    if None in raw.values():
        known = kind.model_fields
        given = {key: value for key, value in raw.items() if value is not None or key not in known}
    try:
        return kind.model_validate(given), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    findings = [_explain(kind, path, raw, detail) for detail in details[:MAX_FINDINGS]]
    if rest := len(details) - len(findings):
        findings.append(Finding("schema", "error", path, f"has {rest} more errors of this kind"))
    return None, findings


def _explain(
    kind: type[BaseModel], path: str, raw: Mapping[str, Any], error: ErrorDetails
) -> Finding:
    key: KeyPath = tuple(part for part in error["loc"] if part != "[key]")
    name = shown(".".join(str(part) for part in key))[:100]
    if error["type"] == "extra_forbidden":
        return Finding(
            "unknown-key", "error", path, f"unknown key '{name}'", _known(kind, key), key
        )
    # A key that stands there with nothing behind it was taken out before the types were asked.
    if error["input"] is None or (error["type"] == "missing" and len(key) == 1 and key[0] in raw):
        words, hint = "is empty", _EMPTY.get(error["type"], _EMPTY["missing"])
    else:
        words, hint = _words(error)
    return Finding("schema", "error", path, shown(f"{name} {words}"), hint, key)


def _words(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value, and what to do about it."""
    from crmtool.text.guesses import listed, meant, unmapped

    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error" | "enum":
            hint = _choice(str(error["input"]), context["expected"])
            return "is not one of the known values", hint
        case "value_error":
            return str(context["error"]), meant(str(context["error"]), error["input"])
        case "list_type" | "string_type" as kind:
            words, usual = _WORDS[kind]
            return words, (listed if kind == "list_type" else unmapped)(error["input"]) or usual
        case "too_short" | "string_too_short" if context["min_length"] == 1:
            return "is empty", ""
        case known if known in _WORDS:
            words, hint = _WORDS[known]
            return words.format(**{"actual_length": len(str(error["input"])), **context}), hint
    return f"is not right: {error['msg'][0].lower()}{error['msg'][1:]}", ""


def _known(kind: type[BaseModel], key: KeyPath) -> str:
    known = _keys_at(kind, tuple("*" if isinstance(part, int) else part for part in key[:-1]))
    if close := get_close_matches(str(key[-1])[:100], known, n=1):
        return f"did you mean '{close[0]}'?"
    return "known keys: " + ", ".join(known) if known else ""


def _choice(given: str, expected: str) -> str:
    """The hint for a value outside a list; pydantic writes that as `'a', 'b' or 'c'`."""
    expected = expected.replace("'", "")
    choices = expected.replace(" or ", ", ").split(", ")
    close = get_close_matches(given[:100], choices, n=1)
    guess = f"did you mean {close[0]}? " if close else ""
    return f"{guess}one of: {expected}"


@cache
def _schema(kind: type[BaseModel]) -> dict[str, Any]:
    return kind.model_json_schema(by_alias=True)


def _keys_at(kind: type[BaseModel], key: tuple[str, ...]) -> list[str]:
    """The keys that a mapping at a key path may have; `*` stands for any index of a list."""
    schema = _schema(kind)
    node: dict[str, Any] = schema
    for part in key:
        node = _follow(schema, node)
        if part == "*":
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part, node.get("additionalProperties") or {})
    return sorted(_follow(schema, node).get("properties", {}))


def _follow(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if "$ref" in option:
            node = option
    if "$ref" in node:
        found: dict[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        return found
    return node
