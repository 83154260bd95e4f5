"""Waivers: what they reach, in YAML and in bodies, and what they never do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.app.checking import check
from crmtool.app.opening import Asked
from crmtool.model.community import Community, Record
from crmtool.model.config import Config, Tags
from crmtool.model.records import Person
from crmtool.rules.base import Rule, all_rules
from crmtool.rules.waivers import waivers

WAIVER = "crm: allow {} because it is agreed on"


def codes(root: Path, person: str, **files: str) -> list[str]:
    """What is found in a person's file beside a small vocabulary."""
    for path, text in {
        "crm.yml": "community: {name: Terns}\n",
        "people/ada.md": person,
        **files,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return [f.code for f in check(Asked(root))]


TAG = WAIVER.format("unknown-tag")
PERSON = WAIVER.format("unknown-person")


@pytest.mark.parametrize(
    ("person", "left"),
    [
        (f"---\nname: A\ntags: [x]  # {TAG}\n---\n", []),
        (f"---\nname: A\n# {TAG}\ntags: [x]\n---\n", []),
        (f"---\nname: A\n#{TAG}\ntags: [x]\n---\n", []),
        (f"---\r\nname: A\r\n# {TAG}\r\ntags: [x]\r\n---\r\n", []),
        (f"---\nname: A\ntags: [x, y]  # {TAG}\n---\n", []),
        (f"---\nname: A\ntags:\n  - x  # {TAG}\n  - y\n---\n", ["unknown-tag"]),
        (f"---\nname: A\ntags:\n  # {TAG}\n  - x\n  - y\n---\n", ["unknown-tag"]),
        (f"---\n# {TAG}\nname: A\ntags: [x]\n---\n", ["unused-waiver", "unknown-tag"]),
        (f"---\nname: A\ntags: [x]\n# {TAG}\n---\n", ["unknown-tag", "unused-waiver"]),
        (f"---\nname: A  # {TAG}\ntags: [x]\n---\n", ["unused-waiver", "unknown-tag"]),
        (f"---\nname: A\n# {PERSON}\ntags: [x]\n---\n", ["unused-waiver", "unknown-tag"]),
        (f"---\nname: A\n# {TAG}\n# {PERSON}\ntags: [x]\n---\n", ["unused-waiver"]),
        ("---\nname: A\ntags: [x]  # crm: allow unknown-tag\n---\n", ["unknown-tag", "invalid-waiver"]),
        (f"---\nname: A\ntags: [x]\n---\n<!-- {TAG} -->\n", ["unknown-tag", "unused-waiver"]),
        (f"---\nname: A\n---\n[[b]] <!-- {PERSON} -->\n", []),
        (f"---\nname: A\n---\n<!--\n  {PERSON}\n-->\n[[b]]\n", []),
        (f"---\nname: A\n---\n<!-- {PERSON} --> and\n[[b]]\n", ["unused-waiver", "unknown-person"]),
        (f"---\nname: A\n---\n<!-- {PERSON}\n\n[[b]]\n", ["unknown-person"]),
        (f"---\nname: [\n---\n<!-- {WAIVER.format('special-category')} -->\nShe is gay.\n", ["yaml-syntax"]),
    ],
)  # fmt: skip
def test_what_a_waiver_reaches(tmp_path: Path, person: str, left: list[str]) -> None:
    assert codes(tmp_path, person) == left


def test_configuration_files_have_waivers_too(tmp_path: Path) -> None:
    source = f"type: git\ntarget: ../x\n# {WAIVER.format('unknown-subproject')}\nsubproject: none\n"
    config = f"community: {{name: Terns}}\nteam: [joan]  # {PERSON}\n"
    files = {"crm.yml": config, "sources/core/source.yml": source}
    assert codes(tmp_path, "---\nname: Ada\n---\n", **files) == []


@pytest.mark.parametrize("rule", [r for r in all_rules() if not r.waivable], ids=lambda r: r.code)
def test_some_things_are_never_waived(tmp_path: Path, rule: Rule) -> None:
    assert codes(tmp_path, f"---\nname: Ada\n# {WAIVER.format(rule.code)}\n---\n") == [
        "invalid-waiver"
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("password: hunter2horse", "secret"),
        ("Ring +44 20 7946 0958.", "phone-outside-contact"),
        ("Write to ada@example.org.", "email-outside-contact"),
        ("Refund to DE89 3704 0044 0532 0130 00.", "bank-number"),
    ],
)
def test_secrets_and_contact_data_stay_errors_beside_a_waiver(
    tmp_path: Path, body: str, code: str
) -> None:
    person = f"---\nname: Ada\n---\n<!-- {WAIVER.format(code)} -->\n{body}\n"
    assert codes(tmp_path, person) == ["invalid-waiver", code]


NOBODY = Community(Config.model_validate({"community": {"name": "T"}}), Tags(), {}, {}, {}, {})
PIECES = st.sampled_from(["<!--", "-->", "crm:", " allow ", "unknown-tag", " because ", "x", "\n"])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_body_can_be_asked_for_waivers(body: str) -> None:
    record = Record("people/a.md", Person(name="Ada"), body, 4)
    for waiver in waivers(replace(NOBODY, people={"a": record})):
        assert 4 <= waiver.line <= waiver.ends <= 4 + body.count("\n")
        assert body.split("\n")[waiver.line - 4][waiver.column - 1 :].startswith("<!--")


@pytest.mark.parametrize(
    "unit", ["<!--", "<!-- crm:", "<!-- crm: allow x because ", "crm: ", "-->"]
)
def test_a_flood_is_read_quickly(unit: str) -> None:
    record = Record("people/a.md", Person(name="Ada"), unit * 40_000, 4)
    assert len(list(waivers(replace(NOBODY, people={"a": record})))) <= 40_000
