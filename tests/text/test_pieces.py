"""A broken YAML mapping, read key by key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmtool.text.pieces import pieces


def test_each_key_is_read_by_itself_with_its_own_lines() -> None:
    text = "# first\nname: Ada\n\nlocation: @home\n# on tags\ntags:\n- a\n- b\ncontact: {x: 1\n  , y: 2}\n"
    read = pieces(text, 1)
    assert [(p.key, p.value, p.line_offset) for p in read if p.whole] == [
        ("name", "Ada", 1),
        ("tags", ["a", "b"], 6),
        ("contact", {"x": "1", "y": "2"}, 9),
    ]
    assert [(p.key, [(q.line, q.column) for q in p.problems]) for p in read if not p.whole] == [
        ("location", [(5, 11)])
    ]


def test_what_is_no_key_is_told_where_it_stands() -> None:
    (first, second) = pieces("name: Ada\nno key here\n", 0)
    assert first.whole
    assert [(p.code, p.line) for p in second.problems] == [("yaml-syntax", 2)]


def test_a_flood_of_broken_keys_ends() -> None:
    assert len(pieces("a: @\n" * 5000, 0)) <= 50


@given(st.text(st.sampled_from("ab:-?[]{}#&*!|>'\"@ \n\t\r\x85\u2028"), max_size=60))
def test_no_text_crashes_it_and_every_problem_has_a_line_of_the_text(text: str) -> None:
    for piece in pieces(text, 0):
        assert all(1 <= p.line <= text.count("\n") + 1 for p in piece.problems)
