"""What is printed: data never steers a terminal, nor the CI service that reads a log."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.cli.output import inert, say, say_finding, say_json
from crmtool.model.finding import Finding
from tests.cli.running import crm

STEERS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
ORDER = re.compile(r"^\s*::|##\[", re.MULTILINE)
anything = st.text(st.characters() | st.sampled_from(":#[\x1b\x9b\n\r\u202e \udcff"), max_size=30)


def is_harmless(text: str) -> bool:
    return not STEERS.search(text) and not ORDER.search(text)


@given(anything)
def test_no_line_steers_anything(text: str) -> None:
    assert is_harmless(inert(text))
    assert "\n" not in inert(text)


@pytest.mark.parametrize(
    "text", ["", "Ada Lovelace", "می‌خواهم", "👩‍💻", "a::b", "- [x] done", "#[attribute]", "Größe"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", r":\x3aerror::x"),
        ("  ::add-mask::x", r"  :\x3aadd-mask::x"),
        ("x ##[group]y", r"x #\x23[group]y"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\nb", r"a\nb"),
        ("\u202egnp", r"\u202egnp"),
        ("\udcff", r"\udcff"),
    ],
)
def test_what_would_steer_is_shown(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(st.dictionaries(anything, anything | st.lists(anything, max_size=2), max_size=3))
def test_json_says_the_same_and_steers_nothing(data: dict[str, object]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("click.echo", lambda text, **_: printed.append(text))
        say_json("test", data)
    (text,) = printed
    assert json.loads(text) == {"crmtool": 1, "kind": "test", "data": data}
    assert is_harmless(text)


@given(st.tuples(anything, anything, anything))
def test_a_finding_is_two_harmless_lines(words: tuple[str, str, str]) -> None:
    path, message, hint = words
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("click.echo", lambda text, **_: printed.append(text))
        say_finding(Finding("x", "error", path, message, hint, (), 1, 1))
    assert len(printed) == (2 if hint else 1)
    assert all(is_harmless(line) and "\n" not in line for line in printed)


def test_lines_of_our_own_stay_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\n::b\x1b")
    assert capsys.readouterr().out == "a\n:\\x3ab\\x1b\n"


def test_names_and_texts_of_people_come_out_harmless(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "crm.yml").write_text("community: {name: Terns}\n")
    body = "::error file=x::y\n  ::stop-commands::z\n##[group]\n"
    (tmp_path / "people/ada.md").write_text(f'---\nname: "::debug::"\n---\n{body}')
    said = crm("-C", tmp_path, "person", "show", "ada")
    assert said.code == 0
    assert is_harmless(said.out)
