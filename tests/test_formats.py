"""The examples in `docs/formats.md` are what the program reads, writes and publishes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from crmtool.app.schemas import format_keys
from crmtool.model import feeds
from crmtool.model.config import Config, Source, Tags
from crmtool.model.records import Note, Person, Task
from crmtool.model.schemas import kinds, schema
from crmtool.text.formatting import formatted
from crmtool.text.parse import parse_mapping, parse_record

PAGE = (Path(__file__).parents[1] / "docs" / "formats.md").read_text()
HANDBOOK = (Path(__file__).parents[1] / "docs" / "volunteers.md").read_text()
EXAMPLES = [
    (kind, text)
    for _, kind, text in re.findall(
        r"^```(yaml|json) (\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
]
MODELS: dict[str, type[BaseModel]] = {
    "person": Person, "organisation": Person, "bot": Person, "note": Note, "task": Task, "crm": Config, "tags": Tags, "source": Source,
}  # fmt: skip
LINES: dict[str, Any] = {
    "activity": feeds.decode_activity,
    "profile": feeds.decode_profile,
    "counts": feeds.decode_figures,
    "tombstone": feeds.decode_tombstone,
}


def test_the_settings_for_editors_are_right() -> None:
    settings, tasks = (
        json.loads(text)
        for text in re.findall(r"^```json\n(.*?)^```$", HANDBOOK, re.MULTILINE | re.DOTALL)
    )
    assert {Path(path).stem for path in settings["yaml.schemas"]} < set(kinds())
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    found = re.match(
        pattern["regexp"], "people/ada.md:4:9: error[unknown-person]: no person is called 'x'"
    )
    assert found
    said = [
        found[pattern[name]] for name in ("file", "line", "column", "severity", "code", "message")
    ]
    assert said == ["people/ada.md", "4", "9", "error", "unknown-person", "no person is called 'x'"]


def test_each_format_has_an_example() -> None:
    assert {kind for kind, _ in EXAMPLES} == set(kinds())


def test_each_kind_of_note_with_keys_of_its_own_has_one() -> None:
    said = "".join(text for kind, text in EXAMPLES if kind == "note")
    keys = {line.split(": ")[1] for line in format_keys() if line.startswith("note: ")}
    assert {key for key in keys if not re.search(rf"^{key}:", said, re.MULTILINE)} == set()


@pytest.mark.parametrize(("kind", "text"), [e for e in EXAMPLES if e[0] in MODELS])
def test_an_example_is_read_whole_and_as_fmt_would_write_it(kind: str, text: str) -> None:
    model, is_record = MODELS[kind], kind not in ("crm", "tags", "source")
    text = f"---\n{text}---\n" if is_record else text
    parse = parse_record if is_record else parse_mapping
    value, findings = parse(model, "x.md" if is_record else "x.yml", text.encode())
    assert value is not None
    assert findings == []
    assert formatted(text, model, yml=not is_record) == (text, ())


@pytest.mark.parametrize(("kind", "text"), [e for e in EXAMPLES if e[0] not in MODELS])
def test_an_example_line_is_valid_and_as_it_is_written(kind: str, text: str) -> None:
    line = json.loads(text)
    assert Draft202012Validator(schema(kind)).is_valid(line)
    if kind in LINES:
        assert feeds.encode(LINES[kind](text.encode())).decode() + "\n" == text
