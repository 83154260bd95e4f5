"""The formats as JSON Schemas (Draft 2020-12), made from the types that `check` reads them with.

A schema takes a record's frontmatter as our reader gives it, all text, and as other readers of
YAML do, with numbers and truth values.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import pairwise
from typing import Any, Final

import msgspec
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from crmtool.model.config import Config, Source, Tags
from crmtool.model.feeds import Activity, Figures, Mailmap, Profile, Tombstone
from crmtool.model.records import Note, Person, Task

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_KINDS: Final[dict[str, tuple[type, str]]] = {
    "person": (Person, "people/*.md, of every kind"),
    "organisation": (Person, "people/*.md of an organisation"),
    "bot": (Person, "people/*.md of a program"),
    "note": (Note, "notes/YYYY/*.md, of every kind"),
    "task": (Task, "tasks/YYYY/*.md"),
    "tags": (Tags, "tags.yml"),
    "crm": (Config, "crm.yml"),
    "source": (Source, "sources/NAME/source.yml"),
    "activity": (Activity, "a line of sources/NAME/activities/YYYY-MM.jsonl"),
    "profile": (Profile, "a line of sources/NAME/profiles.jsonl"),
    "counts": (Figures, "a line of sources/NAME/counts.jsonl"),
    "cursor": (dict, "sources/NAME/cursor.json"),
    "tombstone": (Tombstone, "a line of sources/forgotten.jsonl"),
}
_CURSOR: Final = {
    "description": "Where the next import of a source starts; what stands in it is its importer's.",
    "type": "object",
}


def kinds() -> dict[str, str]:
    """What there is a schema of, and of which files."""
    return {kind: files for kind, (_, files) in _KINDS.items()}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one of `kinds`.

    Raises:
        KeyError: there is none.

    """
    type_, files = _KINDS[kind]
    if issubclass(type_, BaseModel):
        made = type_.model_json_schema(by_alias=True, schema_generator=_Generator)
    elif issubclass(type_, msgspec.Struct):
        made = _of_struct(type_)
    else:
        made = dict(_CURSOR)
    if type_ is Person and kind != "person":
        made["properties"]["kind"] |= {"enum": [kind], "default": kind}
        made["required"] = ["name", "kind"]
    head = {"$schema": DRAFT, "$id": f"urn:crmtool:schema:{kind}", "title": f"{kind}: {files}"}
    return head | {key: made[key] for key in sorted(made, key=_place) if key != "title"}


def _place(key: str) -> int:
    """What a reader looks for first comes first; the parts that others point to come last."""
    order = ("description", "type", "required", "properties", "additionalProperties")
    return order.index(key) if key in order else len(order) + (key == "$defs")


class _Generator(GenerateJsonSchema):
    """pydantic's, with our words for each key, and empty values where `check` takes them."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A closed mapping, each key with the words below it in the source."""
        made = super().model_schema(schema)
        properties = made.get("properties", {})
        for name, words in _words(schema["cls"]).items():
            properties[name.rstrip("_")]["description"] = words
        for value in properties.values():
            value.pop("title", None)
            if value.get("default", ...) in (None, [], {}):
                del value["default"]
        made["description"] = " ".join(made["description"].split())
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be empty, without the detour that pydantic takes."""
        return _or_nothing(self.generate_inner(schema["schema"]))

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping whose keys all have to be of their form; pydantic lets others pass."""
        made = super().dict_schema(schema)
        for values in made.pop("patternProperties", {}).values():
            made["additionalProperties"] = values
        keys = self.generate_inner(schema["keys_schema"])
        return made | ({"propertyNames": keys} if len(keys) > 1 else {})

    def generate(
        self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation"
    ) -> JsonSchemaValue:
        """The whole: at its top level a key with nothing behind it counts as absent."""
        made = super().generate(schema, mode)
        required = made.get("required", [])
        made["properties"] = {
            name: value if name in required else _or_nothing(value)
            for name, value in made["properties"].items()
        }
        return made


def _or_nothing(node: JsonSchemaValue) -> JsonSchemaValue:
    """A schema that takes null too."""
    node = dict(node)
    if "$ref" in node:
        ref = {"$ref": node.pop("$ref")}
        return {"anyOf": [ref, {"type": "null"}], **node}
    if "anyOf" in node:
        return node
    if "const" in node:
        node["enum"] = [node.pop("const")]
    if "enum" in node and None not in node["enum"]:
        node["enum"] = [*node["enum"], None]
    types = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return node | {"type": [*types, *({"null"} - {*types})]}


def _of_struct(type_: type[msgspec.Struct]) -> JsonSchemaValue:
    """The schema of a feed's line."""
    _, parts = msgspec.json.schema_components((type_,))
    for found in (type_, Mailmap):
        if part := parts.get(found.__name__):
            part["description"] = " ".join(part["description"].split())
            for name, words in _words(found).items():
                part["properties"][name] = _flat(part["properties"][name], words)
    made: JsonSchemaValue = parts.pop(type_.__name__)
    return made | {"$defs": parts} if parts else made


def _flat(node: JsonSchemaValue, words: str) -> JsonSchemaValue:
    options = node.get("anyOf", [node])
    if options[1:] == [{"type": "null"}]:
        node = _or_nothing(options[0])
    if node.get("default", ...) in (None, [], {}):
        del node["default"]
    return {"description": words, **node}


def _words(type_: type) -> dict[str, str]:
    """What stands below each field of a class in the source, read only when it is asked for."""
    (defined,) = ast.parse(textwrap.dedent(inspect.getsource(type_))).body
    body = defined.body if isinstance(defined, ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
