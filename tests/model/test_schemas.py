"""The JSON Schemas: whole, published, and of one mind with `check`.

A file's frontmatter is given to both: as our reader gives it, all text, and as another reader of
YAML 1.2 does, with numbers and truth values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from crmtool.model import feeds
from crmtool.model.config import Config, Source, Tags
from crmtool.model.records import KEYS_OF_KIND, Note, Person, Task
from crmtool.model.schemas import kinds, schema
from crmtool.text.frontmatter import cut, decode, mapping, split
from crmtool.text.parse import parse_mapping, parse_record
from crmtool.text.render import mapping as as_yaml
from crmtool.text.render import record

TOP: Final = Path(__file__).parents[2]
BAD: Final = TOP.parent / "shared" / "badinput"
OPEN: Final = {"cursor"}
RECORDS: Final[dict[str, type[Any]]] = {"person": Person, "note": Note, "task": Task}
SETTINGS: Final[dict[str, type[Any]]] = {"crm": Config, "tags": Tags, "source": Source}
LINES: Final = {
    "activity": feeds.decode_activity,
    "profile": feeds.decode_profile,
    "counts": feeds.decode_figures,
    "tombstone": feeds.decode_tombstone,
    "cursor": feeds.decode_cursor,
}


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside a schema."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    for item in node if isinstance(node, list) else ():
        yield from nodes(item)


# --- what they are --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_is_one_and_says_what_it_is(kind: str) -> None:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert made["$id"] == f"urn:crmtool:schema:{kind}"
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert made["title"].startswith(kind)
    for node in nodes(made):
        if node.get("type") == "object":
            assert all(value["description"] for value in node.get("properties", {}).values())


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_says_the_same_to_tools_that_know_draft_7_alone(kind: str) -> None:
    """As editors' language servers did until lately: there `$ref` has no neighbours that count."""
    made = schema(kind)
    Draft7Validator.check_schema(made)
    for node in nodes(made):
        assert not node.keys() & {
            "unevaluatedProperties",
            "prefixItems",
            "dependentRequired",
            "$dynamicRef",
        }
        assert "$ref" not in node or node.keys() <= {"$ref", "description", "default", "title"}


@pytest.mark.parametrize("kind", sorted(kinds().keys() - OPEN))
def test_a_mapping_with_names_of_its_own_takes_no_others(kind: str) -> None:
    for node in nodes(schema(kind)):
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False


@pytest.mark.parametrize("kind", kinds())
def test_patterns_are_those_of_every_engine(kind: str) -> None:
    """ECMA 262 with the flag u, which editors use, knows no other escapes."""
    for node in nodes(schema(kind)):
        if pattern := node.get("pattern"):
            re.compile(pattern)
            assert set(re.findall(r"\\(.)", pattern)) <= set("sSxu^$\\.*+?()[]{}|/")
            assert pattern.startswith("^")
            assert pattern.endswith("$")


@pytest.mark.parametrize("kind", kinds())
def test_the_published_schema_is_what_the_code_says(kind: str) -> None:
    published = json.loads((TOP / "docs" / "schemas" / f"{kind}.json").read_text())
    assert without_zones(published) == without_zones(schema(kind)), (
        f"crmtool schema {kind} > docs/schemas/{kind}.json"
    )


def test_nothing_else_is_published() -> None:
    assert {p.stem for p in (TOP / "docs" / "schemas").iterdir()} == set(kinds())


def without_zones(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema without the names of time zones, of which some come and go every year."""
    copy: dict[str, Any] = json.loads(json.dumps(whole))
    for node in nodes(copy):
        if "Europe/London" in node.get("enum", ()):
            node["enum"] = "…"
    return copy


# --- of one mind with check -----------------------------------------------------------------------


class Core(yaml.CSafeLoader):
    """YAML 1.2's core schema, as editors and check-jsonschema read it."""


def _integer(_: Core, node: yaml.ScalarNode) -> int | str:
    """More digits than a number has elsewhere stay text here."""
    return int(node.value) if len(node.value) < 16 else str(node.value)


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), [*"~nN", ""]
)
Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), [*"tTfF"]
)
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+\Z"), [*"-+0123456789"])
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"),
    [*"-+.0123456789"],
)
Core.add_constructor("tag:yaml.org,2002:int", _integer)


def kind_of(path: str) -> str | None:
    """Which schema a file of a workspace has."""
    top, _, rest = path.partition("/")
    if rest and path.endswith(".md"):
        return {"people": "person", "notes": "note", "tasks": "task"}.get(top)
    return {"crm.yml": "crm", "tags.yml": "tags"}.get(path) or (
        "source" if top == "sources" and path.endswith("/source.yml") else None
    )


def complaints(kind: str, data: bytes) -> list[str] | None:
    """What `check` says of the types in a file; None where it cannot be read that far."""
    if kind in RECORDS:
        _, found = parse_record(RECORDS[kind], "x.md", data)
    else:
        _, found = parse_mapping(SETTINGS[kind], "x.yml", data)
    if any(f.code not in ("schema", "unknown-key") for f in found):
        return None
    return [f"{'.'.join(map(str, f.key))}: {f.message}" for f in found]


def extracted(kind: str, data: bytes) -> tuple[Any, Any]:
    """The same as our reader gives it, and as another one does."""
    text, _ = decode(data)
    if kind in RECORDS:
        parts = cut(text)
        assert parts
        block, ours = parts.block, split(text).value
    else:
        block, ours = text, mapping(text)[0]
    return ours, yaml.load(block, Core) or {}  # noqa: S506 (it makes plain values alone)


def agrees(kind: str, data: bytes) -> None:
    said = complaints(kind, data)
    if said is None:
        return
    for value in extracted(kind, data):
        errors = [e.message for e in validator(kind).iter_errors(value)]
        assert bool(errors) == bool(said), (said, errors, value)


def files() -> Iterator[Any]:
    """Files of the example and of the rules' cases, and the collection of bad ones."""
    for top in (TOP, *(p for p in (TOP / "tests" / "rules").glob("*/*") if p.is_dir())):
        for folder in ("crm.yml", "tags.yml", "people", "notes", "tasks", "sources"):
            here = top / folder
            for path in [here] if here.is_file() else sorted(here.rglob("*.*")):
                kind = kind_of(path.relative_to(top).as_posix())
                if kind:
                    yield pytest.param(kind, path, id=str(path.relative_to(TOP)))


def bad_files() -> Iterator[Any]:
    if BAD.is_dir():
        for line in (BAD / "manifest.tsv").read_text().splitlines()[1:]:
            file, _, _, *into = line.split("\t")
            kind = kind_of(into[0]) if into else None
            if kind and (BAD / file).is_file():
                yield pytest.param(kind, BAD / file, id=file)


@pytest.mark.parametrize(("kind", "path"), list(files()))
def test_schema_and_check_agree_on_files(kind: str, path: Path) -> None:
    agrees(kind, path.read_bytes())


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize(("kind", "path"), list(bad_files()))
def test_schema_and_check_agree_on_bad_files(kind: str, path: Path) -> None:
    agrees(kind, path.read_bytes())


WHOLE: Final[dict[str, dict[str, Any]]] = {
    "person": {
        "name": "Ada Lovelace", "kind": "person", "pronouns": "she/her",
        "identities": ["github:ada", "forum.example.org:countess"],
        "affiliations": [{"organisation": "analytical-engines", "role": "Engineer", "from": "2024-01", "to": "2024-06-30"}],
        "location": "London", "timezone": "Europe/London", "languages": ["python", "rust"],
        "links": ["https://ada.example.org"], "tags": ["speaker", "expert/compilers"],
        "owner": "grace-hopper", "watchers": ["grace-hopper"], "staff": "false",
        "contact": {"email": "ada@example.org", "phone": "1", "address": "x", "chat": "y", "preferred": "email"},
        "consent": {"basis": "consent", "purpose": "p", "contact": "true", "on": "2026-02-01", "how": "asked"},
        "visibility": "team", "restricted": "false", "retain_until": "2029-02-01",
        "fields": {"tshirt": "M"}, "aliases": ["ada"], "not_same_as": ["ada-byron"],
        "not_identities": ["email-hmac:0123"],
    },
    "note": {
        "date": "2026-11-21", "author": "grace-hopper", "about": ["ada-lovelace"], "kind": "event",
        "channel": "hall 1", "tags": ["speaker"], "subproject": "server", "visibility": "team",
        "expires": "2029-01-01", "starts": "2026-11-21", "ends": "2026-11-22", "place": "Ghent",
        "url": "https://example.org", "roles": {"ada-lovelace": "speaker"},
    },
    "task": {
        "title": "Send a shirt", "status": "open", "assignee": "grace-hopper", "due": "2026-12-01",
        "about": ["ada-lovelace"], "tags": ["speaker"], "subproject": "server",
        "repeat": "FREQ=WEEKLY;BYDAY=MO", "created": "2026-11-21", "visibility": "team",
        "from_note": "2026-11-21-talk",
    },
    "crm": {
        "community": {"name": "Ginnel", "timezone": "UTC", "example": "true"}, "team": ["grace-hopper"],
        "subprojects": {"server": {"title": "S", "sources": ["core"], "tags": ["a"], "thresholds": {"core": "10"}}},
        "engagement": {"model": "orbit-v2", "weights": {"default": "1", "review": "2.5"}, "window": "365d"},
        "response": {"first": "48h"},
        "sync": {"create": {"contributions": "1"}, "order": ["git"]},
        "identity": {"join": {"email": "true", "name": "false"}, "most": "12", "signs": "true"},
        "privacy": {"emails": "hmac", "key": "0123456789abcdef", "text": "280", "contact": "plain",
                    "retention": {"note": "3y"}, "audiences": {"stewards": ["grace-hopper"]}},
        "fields": {"tshirt": {"type": "text", "purpose": "swag", "audience": "team"}},
        "check": {"severity": {"overdue-task": "info"}}, "bots": ["bot"], "layout": {"people": "flat"},
        "engine": "duckdb",
    },
    "tags": {
        "tags": {"speaker": {"about": "talks", "applies_to": ["person"]}},
        "keywords": {"manuals": {"tag": "docs", "words": ["manual"]}},
        "segments": {"quiet": {"title": "Quiet", "where": "true"}},
    },
    "source": {
        "type": "git", "target": "https://git.example.org/core.git", "branch": "main", "paths": ["src"],
        "subproject": "server", "tags": ["server"], "weights": {"commit": "2"}, "base_url": "https://git.example.org", "budget": "500", "token_env": "TOKEN", "secret_env": "SECRET",
        "format": {"delimiter": "tab", "dates": "%d/%m/%Y", "header": "3", "timezone": "Europe/London"},
        "map": {"skip": {"Status": ["no"]}, "activity": {"type": "talk", "actor": ["github:{Login}"]}},
    },
}  # fmt: skip
ODD: Final = st.one_of(
    st.none(),
    st.sampled_from([
        "", "-", "a", "A", "con", "com9", "a/b", "/a", "a:b", "A:b", "a b", "true", "True", "yes", "null", "~",
        "0", "01", "1.5", "-1", "-0", "+1", "1e3", "1e400", ".5", "1_0", " 1", "inf", "nan", "10000", "10001",
        "9" * 16, "2024-02-29", "2023-02-29", "2024-13", "2024-1", "0000-01-01", "٢٠٢٤-01-01", "٢٠٢٤-01",
        "2024-01-01T00:00:00Z", "12:30", "https://a.example", "HTTP://a", "http://", "http://a:b@c.example", "http://a@c",
        "http://[::1]/", "http://[x", "http://a:99999", "http://a:x", "ftp://a", "javascript:1", "Europe/London",
        "europe/london", "UTC", "../../etc", "FREQ=DAILY", "FREQ=HOURLY", "BYDAY=MO", "FREQ=DAILY;", "COUNT=1;FREQ=YEARLY",
        "30d", "30", "d", "event", "gift", "person", "public", "x" * 64, "x" * 65, "x" * 201, "x" * 501,
        "ext::sh -c x", "--x", "git@h:p.git", "./x", "ssh://h/p", "ssh://u:p@h/x", "SSH://h/p", "a://b", "file:x", "main", "-b", "a..b", "x y",
    ]),
    st.lists(st.sampled_from(["a", "b", "a b", "github:ada"]), max_size=3),
    st.dictionaries(st.sampled_from(["a", "A b", "con", "organisation", "name", "default"]), st.sampled_from(["a", "1", ""]), max_size=2),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=4),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every key path in a value."""
    items: Any = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*path, key)
        if isinstance(item, (dict, list)):
            yield from places(item, (*path, key))


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_one_is_accepted_and_has_every_key(kind: str) -> None:
    of_other_kinds = {k for name, keys in KEYS_OF_KIND.items() if name != "event" for k in keys}
    assert WHOLE[kind].keys() == schema(kind)["properties"].keys() - of_other_kinds
    assert complaints(kind, written(kind, WHOLE[kind])) == []
    assert list(validator(kind).iter_errors(WHOLE[kind])) == []


def written(kind: str, value: dict[str, Any]) -> bytes:
    return (record(value) if kind in RECORDS else as_yaml(value)).encode()


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
def test_schema_and_check_agree_on_any_value(kind: str, data: st.DataObject) -> None:
    value = json.loads(json.dumps(WHOLE[kind]))
    path = data.draw(st.sampled_from(list(places(value))))
    parent = value
    for part in path[:-1]:
        parent = parent[part]
    odd = data.draw(ODD)
    if len(path) == 1 and data.draw(st.integers(0, 9)) == 0:
        del parent[path[0]]
    elif isinstance(parent, dict) and data.draw(st.integers(0, 9)) == 0:
        parent[data.draw(st.sampled_from(["nam", "x-y", "con", "A", "item"]))] = odd
    else:
        parent[path[-1]] = odd
    said = said_of(kind, value)
    errors = [e.message for e in validator(kind).iter_errors(value)]
    assert bool(errors) == bool(said), (path, odd, said, errors)


def said_of(kind: str, value: dict[str, Any]) -> list[str]:
    """What check says of a value that was read, with empty ones in it, which nobody writes so."""
    text = json.dumps(value, ensure_ascii=False)
    data = f"---\n{text}\n---\n" if kind in RECORDS else text
    said = complaints(kind, data.encode())
    assume(said is not None)
    return said or []


@pytest.mark.parametrize("kind", ["organisation", "bot"])
def test_an_organisation_or_a_bot_is_a_person_that_says_so(kind: str) -> None:
    validate = Draft202012Validator(schema(kind)).is_valid
    assert validate({"name": "X", "kind": kind})
    assert not validate({"name": "X"})
    assert not validate({"name": "X", "kind": "person"})
    assert schema(kind)["properties"].keys() == schema("person")["properties"].keys()


@pytest.mark.parametrize("kind", KEYS_OF_KIND)
def test_a_kind_of_note_has_keys_of_its_own(kind: str) -> None:
    values = {
        "starts": "2026-11-21",
        "item": "a shirt",
        "stage": "agreed",
        "metrics": {"nodes": "4"},
    }
    for key, value in values.items():
        note = {"date": "2026-11-21", "author": "ada", "kind": kind, key: value}
        allowed = key in KEYS_OF_KIND[kind]  # type: ignore[index]
        assert validator("note").is_valid(note) is allowed
        said = complaints("note", written("note", note))
        assert (said == []) is allowed
        assert allowed or "belongs to a note of kind" in str(said)


# --- lines of feeds -------------------------------------------------------------------------------

GOOD_LINES: Final[dict[str, dict[str, Any]]] = {
    "activity": {
        "actor": "github:ada", "actor_uid": "7", "at": "2026-11-01T10:00:00Z", "channel": "core", "counts": {"likes": 2},
        "id": "1", "mentions": ["github:grace"], "reply_to": "0", "text": "…", "thread": "0", "title": "T",
        "type": "comment", "url": "https://example.org/1",
    },
    "profile": {
        "applied": {"name": "Ada"}, "asked": "2026-11", "avatar_hash": "00", "bio": "b", "company": "c", "emails": ["email-hmac:00"],
        "handles": {"ada": "2026-01-01"}, "identity": "github:ada", "kind": "bot", "languages": ["en"],
        "links": ["https://ada.example.org"], "location": "l", "name": "Ada", "same_as": ["x.example:ada"], "uid": "7",
        "signs": ["local:0123456789ab"], "uids": {"github:ada": "7"},
        "mailmap": {"email": "email-hmac:00", "identity": "git:00", "name": "Ada"},
    },
    "counts": {"counts": {"followers": 540}, "month": "2025-09", "of": "github:ada"},
    "tombstone": {"hash": "0" * 32, "key": "0" * 16, "of": "identity", "on": "2026-11-21"},
    "cursor": {"since": "2026-11-20T21:00:00Z"},
}  # fmt: skip


@pytest.mark.parametrize("kind", LINES)
def test_a_whole_line_is_read_and_accepted(kind: str) -> None:
    line = GOOD_LINES[kind]
    LINES[kind](json.dumps(line).encode())
    assert list(validator(kind).iter_errors(line)) == []
    if kind not in OPEN:
        assert schema(kind)["properties"].keys() == line.keys()


@pytest.mark.parametrize("kind", LINES)
@given(data=st.data())
def test_what_cannot_be_read_is_no_valid_line(kind: str, data: st.DataObject) -> None:
    line = json.loads(json.dumps(GOOD_LINES[kind]))
    key = data.draw(st.sampled_from([*line, "new"]))
    line[key] = data.draw(st.sampled_from([None, 1, 1.5, True, "x", [], {}, [1], {"a": "b"}]))
    try:
        LINES[kind](json.dumps(line).encode())
    except msgspec.DecodeError:
        assert not validator(kind).is_valid(line)


@pytest.mark.parametrize("source", sorted((TOP / "sources").iterdir()), ids=lambda p: p.name)
def test_the_example_s_feeds_are_valid(source: Path) -> None:
    kinds_of = {"profiles.jsonl": "profile", "counts.jsonl": "counts", "cursor.json": "cursor"}
    for path in [*source.glob("*.json*"), *list(source.glob("activities/*"))[:3]]:
        kind = kinds_of.get(path.name, "activity")
        for line in path.read_text().splitlines()[:50]:
            LINES[kind](line.encode())
            assert list(validator(kind).iter_errors(json.loads(line))) == []
