"""What is rendered reads back as the same by every reader."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crmtool.text import render
from crmtool.text.frontmatter import split
from crmtool.text.yamltext import read_yaml
from tests.text.yaml_texts import SCALARS, SMALL, TEXTS, Data

PLAIN = [
    "Ada",
    "Ada Lovelace",
    "github:ada",
    "https://ada.example.org/x-y",
    "é",
    "日本",
    "山田\u3000太郎",
    "it-is",
    "a.b",
    "x = y",
    "none",
    "nan",
    "Conan O'Brien",
    "ada@example.org",
    "R&D at 100%!",
    "می\u200cخواهم",
    "2024-02-29",
    "2024-02",
]
QUOTED = [
    "",
    " ",
    "a ",
    "NO",
    "no",
    "Off",
    "y",
    "True",
    "null",
    "~",
    "1",
    "-1",
    "1.5",
    "1e3",
    "0x1f",
    "01234",
    "12:30",
    "12:30:45",
    "+49 1",
    ".inf",
    "=",
    "<<",
    "2024-02-31",
    "2024-13",
    "2024-01-01T10:00:00Z",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "- a",
    "-",
    "---",
    "[a]",
    "{a}",
    "a, b",
    "a]",
    "what?",
    "? a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "'a'",
    '"a"',
    'a"b',
    "a\nb",
    "a\tb",
    "a\u00a0b",
    "\u200ea",
    "٢٠٢٤-٠١",
]


@pytest.mark.parametrize("text", PLAIN)
def test_words_stay_bare(text: str) -> None:
    assert render.scalar(text) == text


@pytest.mark.parametrize("text", QUOTED)
def test_what_a_reader_could_mistake_is_quoted(text: str) -> None:
    assert render.scalar(text) == render.quoted(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (280, "280"),
        (-1, "-1"),
        (0.5, "0.5"),
        (date(2024, 2, 1), "2024-02-01"),
        (datetime(2024, 2, 1, 10, tzinfo=UTC), '"2024-02-01T10:00:00+00:00"'),
        ('x"y\\z', '"x\\"y\\\\z"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("\x1b\u202e\U000e0041", '"\\x1b\\u202e\\U000e0041"'),
        ("\u00a0", '"\\xa0"'),
    ],
)
def test_other_values_and_escapes(value: object, text: str) -> None:
    assert render.scalar(value) == text


@pytest.mark.parametrize("value", [None, [], {}, b"x", object()])
def test_what_a_record_cannot_hold_is_no_scalar(value: object) -> None:
    with pytest.raises(TypeError, match="no value that a record can hold"):
        render.scalar(value)


def base(text: str, loader: type[yaml.BaseLoader | yaml.CBaseLoader] = yaml.BaseLoader) -> Data:
    """What PyYAML reads where every scalar is text."""
    return yaml.load(text, Loader=loader)  # noqa: S506 (it makes text, lists and dicts alone)


def everywhere(text: str) -> list[tuple[str, Data]]:
    """A scalar's text in every place that it may stand in, and what it should be there."""
    return [
        (f"{text}\n", "here"),
        (f"k: {text}\n", {"k": "here"}),
        (f"k: {text}  # c\n", {"k": "here"}),
        (f"- {text}\n- x\n", ["here", "x"]),
        (f"[{text}, {text}]\n", ["here", "here"]),
        (f"{{k: {text}}}\n", {"k": "here"}),
        (f"{{{text}: {text}}}\n", {"here": "here"}),
        (f"{text}: x\n", {"here": "x"}),
    ]


def filled(shape: Data, text: str) -> Data:
    if isinstance(shape, dict):
        return {filled(k, text): filled(v, text) for k, v in shape.items()}
    if isinstance(shape, list):
        return [filled(item, text) for item in shape]
    return text if shape == "here" else shape


@given(SCALARS)
def test_every_reader_takes_a_scalar_for_the_same_text(value: Data) -> None:
    for text, shape in everywhere(render.scalar(value)):
        expected = filled(shape, render.as_read(value))
        assert read_yaml(text).value == expected
        assert read_yaml(text).problems == []
        assert base(text) == expected
        assert base(text, yaml.CBaseLoader) == expected


@given(TEXTS)
def test_a_reader_that_guesses_types_takes_text_for_text(text: str) -> None:
    found = yaml.safe_load(f"k: {render.scalar(text)}")["k"]
    assert found == text or isinstance(found, date)


@given(st.text(max_size=20))
def test_any_text_at_all_can_be_quoted(text: str) -> None:
    written = render.quoted(text)
    assert written.isprintable() or set(text) & set("\u200c\u200d\u3000")
    assert base(written) == text


@given(SMALL)
def test_a_value_reads_back_on_one_line_and_below_its_key(value: Data) -> None:
    expected = {"k": render.as_read(value)}
    for text in (f"k: {render.inline(value)}\n", "\n".join(render.entry("k", value)) + "\n"):
        assert read_yaml(text).value == expected
        assert base(text) == expected


def test_a_record_looks_like_one() -> None:
    values = {
        "name": "Ada Lovelace",
        "kind": None,
        "identities": ["github:ada", "12:30"],
        "affiliations": [
            {"organisation": "a", "from": "2024-01", "to": None},
            {"organisation": "b"},
        ],
        "contact": {"email": "ada@example.org"},
        "consent": {"basis": "consent", "contact": True, "on": date(2026, 2, 1)},
        "tags": [],
        "fields": {},
    }
    assert (
        render.record(values, "Hello.\n\n")
        == """\
---
name: Ada Lovelace
identities:
  - github:ada
  - "12:30"
affiliations:
  - organisation: a
    from: 2024-01
  - organisation: b
contact:
  email: ada@example.org
consent:
  basis: consent
  contact: true
  on: 2026-02-01
tags: []
fields: {}
---
Hello.
"""
    )


def test_a_record_without_a_body_ends_with_its_block() -> None:
    assert render.record({"name": "Ada"}, "\n") == "---\nname: Ada\n---\n"


def test_a_configuration_file_is_its_mapping() -> None:
    values = {"community": {"name": "X", "example": True}, "team": ["a"], "empty": {"a": None}}
    assert render.mapping(values) == (
        "community:\n  name: X\n  example: true\nteam:\n  - a\nempty: {}\n"
    )


@given(st.dictionaries(st.sampled_from(["name", "on", "a b", "x"]), SMALL, min_size=1))
def test_load_render_load_is_equal(values: Data) -> None:
    parts = split(render.record(values, "Body."))
    assert (parts.value, parts.body) == (render.as_read(values), "Body.\n")
    assert parts.problems == []
