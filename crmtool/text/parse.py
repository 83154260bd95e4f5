"""Text to typed records: every error of a file at once, each with its key and a guess."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from crmtool.model.community import Record
from crmtool.model.finding import Finding, KeyPath
from crmtool.text.frontmatter import decode, split
from crmtool.text.yamltext import Problem, locate, read_yaml

T = TypeVar("T", bound=BaseModel)


def parse_record(
    kind: type[T], path: str, data: bytes
) -> tuple[Record[T] | None, list[Finding]]:
    """Read one record's file; None where it is too broken to use."""
    text, problems = decode(data)
    if not text:
        return None, _findings(path, problems or split(text).problems)
    parts = split(text)
    findings = _findings(path, problems + parts.problems)
    if parts.value is None:
        return None, findings
    value, more = _typed(kind, path, parts.value)
    findings += more
    if value is None:
        return None, findings
    return Record(path, value, parts.body, parts.body_line), findings


def parse_mapping(
    kind: type[T], path: str, data: bytes
) -> tuple[T | None, list[Finding]]:
    """Read one configuration file."""
    text, problems = decode(data)
    document = read_yaml(text)
    findings = _findings(path, problems + document.problems)
    if document.value is None and (problems or document.problems):
        return None, findings
    if not isinstance(document.value, dict):
        hint = "write it as lines of 'key: value'"
        return None, [*findings, Finding("schema", "error", path, "is not a mapping", hint, (), 1, 1)]
    value, more = _typed(kind, path, document.value)
    return value, findings + more


def place(path: str, data: bytes, key: KeyPath) -> tuple[int, int]:
    """Line and column (from 1) of a key in a file; (1, 1) where it cannot be told."""
    text, _ = decode(data)
    if path.endswith(".md"):
        parts = split(text)
        if key[:1] == ("body",) and len(key) > 1:
            return _in_body(parts.body, parts.body_line, int(key[1]))
        return locate(parts.block, key, 1) if parts.value is not None else (1, 1)
    if path.endswith(".yml") and isinstance(read_yaml(text).value, dict):
        return locate(text, key)
    return (1, 1)


def _in_body(body: str, first_line: int, offset: int) -> tuple[int, int]:
    before = body[:offset]
    return first_line + before.count("\n"), offset - before.rfind("\n")


def _findings(path: str, problems: Iterable[Problem]) -> list[Finding]:
    return [
        Finding(p.code, "error", path, p.message, p.hint, (), p.line, p.column) for p in problems
    ]


def _typed(
    kind: type[T], path: str, raw: dict[str, Any]
) -> tuple[T | None, list[Finding]]:
    given = {key: value for key, value in raw.items() if value is not None}
    try:
        return kind.model_validate(given), []
    except ValidationError as error:
        return None, [_explain(kind, path, raw, e) for e in error.errors(include_url=False)]


def _explain(kind: type[BaseModel], path: str, raw: dict[str, Any], error: Any) -> Finding:
    key: KeyPath = tuple(part for part in error["loc"] if part != "[key]")
    name = ".".join(str(part) for part in key)[:100]
    code, hint = "schema", ""
    match error["type"]:
        case "extra_forbidden":
            code, message = "unknown-key", f"unknown key {name!r}"
            known = _keys_at(kind, key[:-1])
            if close := get_close_matches(str(key[-1]), known, n=1):
                hint = f"did you mean {close[0]!r}?"
            else:
                hint = "known keys: " + ", ".join(sorted(known)) if known else ""
        case "missing":
            message = f"{name} is missing"
            if len(key) == 1 and key[0] in raw:
                message = f"{name} is empty"
                hint = "a '#' after a blank begins a comment; quote the value if you meant it"
        case "literal_error" | "enum":
            message = f"{name} is not one of the known values"
            hint = f"one of: {error['ctx']['expected']}".replace("'", "")
            if close := get_close_matches(str(error["input"]), hint[8:].replace(" or ", ", ").split(", "), 1):
                hint = f"did you mean {close[0]}? {hint}"
        case "value_error":
            message = f"{name} {error['ctx']['error']}"
        case _:
            message = f"{name}: {error['msg'][0].lower()}{error['msg'][1:]}"
    return Finding(code, "error", path, message, hint, key)


def _keys_at(kind: type[BaseModel], key: KeyPath) -> list[str]:
    """The keys that a mapping at a key path may have."""
    schema = kind.model_json_schema(by_alias=True)
    node: dict[str, Any] = schema
    for part in key:
        node = _follow(schema, node)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part, node.get("additionalProperties") or {})
    return list(_follow(schema, node).get("properties", {}))


def _follow(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if "$ref" in option:
            node = option
    if "$ref" in node:
        found: dict[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        return found
    return node
