"""The reader of plain words: what it takes it takes as the strict reader does."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmtool.text.plainyaml import MOST, read_plain
from crmtool.text.yamltext import MAX_ITEMS, Document, read_events
from tests.text.yaml_texts import WORDS, Data, Text, texts

# (text, what it says)
TAKEN: list[tuple[str, Data]] = [
    ("name: Ada Lovelace\n", {"name": "Ada Lovelace"}),
    ("name: Éva\nlocation: 東京\n", {"name": "Éva", "location": "東京"}),
    ("on: 12:30\nurl: https://ada.example.org/?a=b\n",
     {"on": "12:30", "url": "https://ada.example.org/?a=b"}),
    ("tags: [speaker, expert/compilers]\n", {"tags": ["speaker", "expert/compilers"]}),
    ("fields: {tshirt: M, cap: 7}\n", {"fields": {"tshirt": "M", "cap": "7"}}),
    ("ids:\n  - github:ada\n  - git:0f\n", {"ids": ["github:ada", "git:0f"]}),
    ("ids:\n- github:ada\nname: Ada\n", {"ids": ["github:ada"], "name": "Ada"}),
    ("consent:\n    on: 2026-02-01\n    how: asked\n",
     {"consent": {"on": "2026-02-01", "how": "asked"}}),
    ("jobs:\n  - at: one\n    as: cook\n  - at: two\n",
     {"jobs": [{"at": "one", "as": "cook"}, {"at": "two"}]}),
]  # fmt: skip
NOT_TAKEN = [
    "", "\n", "---\na: b\n", "a: b\n\n", "a:\n", "a: null\n", "a: [b, null]\n", "a: {b: null}\n",
    "a:\n  - null\n", "a: 'b'\n", "a: b: c\n", "a: b # c\n", "a: b \n", "a: b\n  c\n", "a: [b\n",
    "a: [b, ]\n", "a: [[b]]\n", "a: b\na: c\n", "a: {b: c, b: d}\n", "a:\n  b: c\n  b: d\n",
    "a:\n  - b: c\n    b: d\n", "a:\n  - b\n - c\n", "a:\n  b: c\n   d: e\n", "a: &b c\n",
    "a: !b c\n", "a: *b\n", "<<: b\n", "a: |\n  b\n", "a: b\tc\n", "a: b\u2028c\n", "a: b\x85c\n",
    "a: \ufeffb\n", f"a: {'b' * MOST}\n",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), TAKEN)
def test_plain_words_are_taken(text: str, value: Data) -> None:
    assert read_plain(text) == value


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_all_else_is_left_to_the_strict_reader(text: str) -> None:
    assert read_plain(text) is None


def test_what_is_looked_at_holds_fewer_items_than_may_be() -> None:
    assert MOST <= MAX_ITEMS


WORD = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.sampled_from("abA1é²-:#,?[]{}&*!|>'\"%@`<~.=/ \t\r\x85\u2028\u00a0"), max_size=6),
)
KEY = st.one_of(st.sampled_from(["a", "b", "name", "x-1", "a/b", "null", "NO"]), WORD)
GAP = st.sampled_from(["", "", "", " ", "  "])
LINES = st.one_of(
    st.tuples(GAP, KEY, st.sampled_from([": ", ": ", ":", ":  "]), WORD, GAP),
    st.tuples(GAP, KEY, st.just(":")),
    st.tuples(st.sampled_from(["", "  ", "  ", "    "]), st.sampled_from(["- ", "-"]), WORD),
    st.tuples(st.sampled_from(["  ", "    "]), st.sampled_from(["- ", ""]), KEY, st.just(": "), WORD),
    st.builds(
        lambda key, items, gap: (key, ": [", gap.join(items), "]"),
        KEY, st.lists(WORD, max_size=3), st.sampled_from([", ", ", ", ","]),
    ),
    st.builds(
        lambda key, pairs: (key, ": {", ", ".join(map(": ".join, pairs)), "}"),
        KEY, st.lists(st.tuples(KEY, WORD), max_size=3),
    ),
    WORD.map(lambda word: (word,)),
).map("".join)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=6).map("\n".join))
@settings(max_examples=1000, deadline=None)
@example("a: [b:c, d]")
@example("a: b:")
@example("a:\n- b: c\n  d: e")
def test_what_it_takes_the_strict_reader_takes_for_the_same(text: str) -> None:
    text += "\n"
    value = read_plain(text)
    assert value is None or read_events(text) == Document(value)


WHOLE = (
    "a: b:c d\nl: [e, f:g]\nm: {n: h, o: i}\nj:\n  - k\n  - q\nu:\n  - v: w\n    x: y\nz:\n  r: s\n"
)


@pytest.mark.parametrize("sign", "ab1-:#,?[]{}&*!|>'\"%@`<~. \n\t\r\x85\u2028\u00a0é")
def test_one_sign_anywhere_is_taken_by_both_for_the_same_or_by_one(sign: str) -> None:
    assert read_plain(WHOLE)
    for at in range(len(WHOLE)):
        for text in (WHOLE[:at] + sign + WHOLE[at:], WHOLE[:at] + sign + WHOLE[at + 1 :]):
            value = read_plain(text)
            assert value is None or read_events(text) == Document(value)


@given(texts())
@settings(max_examples=50, deadline=None)
def test_it_takes_nothing_otherwise_from_texts_in_every_style(text: Text) -> None:
    block = text.text if text.yml else text.text.split("\n---", 1)[0].partition("\n")[2] + "\n"
    value = read_plain(block)
    assert value is None or read_events(block) == Document(value)
