"""`crmtool schema`: the formats as JSON Schemas, for editors and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from crmtool.errors import UsageError
from crmtool.model import schemas
from crmtool.rules.base import guess

Schema: TypeAlias = dict[str, Any]
_LIKE_PERSON: Final = ("organisation", "bot")
_MANY: Final = 40
"""Choices that are too many to be named (time zones)."""


def schema(kind: str) -> str:
    """The JSON Schema of a kind of file or line.

    Raises:
        UsageError: there is none of that name.

    """
    known = schemas.kinds()
    if kind not in known:
        hint = guess(kind, known, f"there are: {', '.join(known)}")
        raise UsageError(f"there is no schema {kind!r}", hint)
    return json.dumps(schemas.schema(kind), indent=2, ensure_ascii=False)


def kinds() -> list[str]:
    """A line for each schema: its name, and what it is of."""
    return [f"{kind:13} {files}" for kind, files in schemas.kinds().items()]


def format_keys() -> Iterator[str]:
    """A line for each key of each format."""
    for kind in schemas.kinds():
        for key, words in _keys(kind):
            yield f"{kind}: {key}: {words}"


def format_keys_page() -> Iterator[str]:
    """The same as a page of Markdown."""
    yield from (
        "# Keys",
        "",
        "Every key of every [format](formats.md), as `crmtool check` reads it. `[]` stands for",
        "each item of a list, `*` for any name. Made by `crmtool explain formats --format md`.",
    )
    for kind, files in schemas.kinds().items():
        if kind in _LIKE_PERSON:
            continue
        yield from ("", f"## {kind}", "", f"{files}: {schemas.schema(kind)['description']}")
        rows = [f"| `{key}` | {words} |" for key, words in _keys(kind)]
        yield from ("", "| key | is |", "| --- | --- |", *rows) if rows else ()


def _keys(kind: str) -> Iterator[tuple[str, str]]:
    """Each key of a format by its path, and what it is."""
    whole = schemas.schema(kind)
    parts = whole.get("$defs", {})
    pending = [("", whole)] if kind not in _LIKE_PERSON else []
    while pending:
        path, node = pending.pop(0)
        required = node.get("required", ())
        below = []
        for name, value in node.get("properties", {}).items():
            key = f"{path}{name}"
            choices = _followed(value, parts).get("enum", ())
            yield key, _described(value, choices, needed=name in required)
            below.append(_inside(key, value, parts))
        pending = [item for item in below if item] + pending


def _described(value: Schema, choices: Sequence[str | None], *, needed: bool) -> str:
    words: str = value["description"]
    named = [f"`{choice}`" for choice in choices if choice is not None]
    if len(named) in range(2, _MANY):
        words += f" One of {', '.join(named)}."
    return f"{words} Required." if needed else words


def _inside(key: str, value: Schema, parts: Schema) -> tuple[str, Schema] | None:
    """The mapping with names of its own that a key holds, or that its items or values are."""
    for mark, node in (
        (".", value),
        ("[].", value.get("items")),
        (".*.", value.get("additionalProperties")),
    ):
        found = _followed(node, parts) if isinstance(node, dict) else {}
        if "properties" in found:
            return key + mark, found
    return None


def _followed(node: Schema, parts: Schema) -> Schema:
    for option in (node, *node.get("anyOf", ())):
        if "$ref" in option:
            found: Schema = parts[option["$ref"].rpartition("/")[2]]
            return found
    return node
