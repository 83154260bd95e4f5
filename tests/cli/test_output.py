"""What is printed: data never steers a terminal, nor the CI service that reads a log."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.app.tables import Cell, Table
from crmtool.cli.output import inert, say, say_finding, say_json, say_table
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


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


TASKS = Table(
    ("due", "name", "task", "about"),
    (
        (Cell("2026-11-18 overdue", "bad"), Cell("pegs-for-the-year"), Cell("[b]Order pegs[/b]"), Cell("")),
        (Cell("2026-11-20"), Cell("call"), Cell("Call about the long winter\x1b[2J"), Cell("")),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (
            80,
            (
                "due                 name               task\n"
                "2026-11-18 overdue  pegs-for-the-year  [b]Order pegs[/b]\n"
                "2026-11-20          call               Call about the long winter\\x1b[2J\n"
            ),
        ),
        (
            30,
            (
                "due   2026-11-18 overdue\nname  pegs-for-the-year\ntask  [b]Order pegs[/b]\n\n"
                "due   2026-11-20\nname  call\ntask  Call about the long winter\\x1b[2J\n"
            ),
        ),
    ],
)
def test_a_table_fits_its_terminal_and_obeys_nothing_in_it(
    monkeypatch: pytest.MonkeyPatch, columns: int, shown: str
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    say_table(TASKS)
    lines = terminal.getvalue().split("\n")
    assert "\n".join(line.rstrip() for line in lines) == shown


def test_what_is_late_is_red_where_colours_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say_table(TASKS)
    assert "\x1b[1;31m2026-11-18 overdue" in terminal.getvalue()
