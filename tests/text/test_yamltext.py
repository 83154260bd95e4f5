"""The strict reader: what it takes, and how it says what it does not take."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.text.nodes import MAX_DEPTH, compose, locate
from crmtool.text.yamltext import MAX_ITEMS, MAX_PROBLEMS, read_yaml
from tests.text.yaml_texts import Data, Text, texts

# (text, what it says)
GOOD: list[tuple[str, Data]] = [
    ("", None),
    ("# only a comment\n", None),
    ("---\n", None),
    ("a: 1", {"a": "1"}),
    ("a: NO\nb: 12:30\nc: 01234\nd: 1.10\ne: 2024-01-01\n",
     {"a": "NO", "b": "12:30", "c": "01234", "d": "1.10", "e": "2024-01-01"}),
    ("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: Null\n",
     {"a": None, "b": None, "c": None, "d": "", "e": "null", "f": "Null"}),
    ("null: x\n~: y\n", {"null": "x", "~": "y"}),
    ("'<<': x\n", {"<<": "x"}),
    ("a: |\n  one\n", {"a": "one\n"}),
    ("a: |\n  one", {"a": "one\n"}),
    ("a: what?\nb: ?x\nc: [x?]\n", {"a": "what?", "b": "?x", "c": ["x?"]}),
    ("a: [b, {c: d}, ]\n", {"a": ["b", {"c": "d"}]}),
    ("a: {b, c: , 'd':e}\n", {"a": {"b": None, "c": None, "d": "e"}}),
    ("a:\n- b\n-\n- - c\n", {"a": ["b", None, ["c"]]}),
    ("--- # by hand\na: 1\n", {"a": "1"}),
]  # fmt: skip

QUOTE = 'quote the value: key: "…"'
ALIAS = "write the value out where it is needed, or quote it if '&' or '*' is part of it"
# (text, code, line:column, part of the message, hint)
BAD: list[tuple[str, str, str, str, str]] = [
    ("a: &x 1\n", "yaml-alias", "1:4", "anchors", ALIAS),
    ("a: *x\n", "yaml-alias", "1:4", "anchors", ALIAS),
    ("*x : a\n", "yaml-alias", "1:1", "anchors", ALIAS),
    ("b: 1\n<<: {a: 1}\n", "yaml-alias", "2:1", "merge keys", "write the keys out"),
    ("a: !x 1\n", "yaml-tag", "1:4", "tags",
     "remove the word that begins with '!', or quote the value"),
    ("a: ! 1\n", "yaml-tag", "1:4", "tags",
     "remove the word that begins with '!', or quote the value"),
    ("%YAML 1.1\n---\na: 1\n", "yaml-tag", "1:1", "directives",
     "remove the line that begins with '%'"),
    ("%TAG ! x:\n---\na: 1\n", "yaml-tag", "1:1", "directives",
     "remove the line that begins with '%'"),
    ("%YAML 1.1\na: 1\n", "yaml-syntax", "2:1", "<document start>",
     "remove the line that begins with '%'"),
    ("a: 1\nb:\n  c: 1\n  c: 2\n", "yaml-duplicate", "4:3", "'c' stands here twice",
     "keep one of them"),
    ("a: 1\n'a': 2\n", "yaml-duplicate", "2:1", "'a' stands here twice", "keep one of them"),
    ('"\\e": 1\n"\\e": 2\n', "yaml-duplicate", "2:1", "'\\x1b' stands", "keep one of them"),
    ("a: {[b]: c}\n", "yaml-key", "1:5", "a key is not text", "write it as 'key: value'"),
    ("? a\n: b\n", "yaml-key", "1:1", "written with '?'",
     "write it as 'key: value'; quote a value that begins with '?'"),
    ("x: {? a : b}\n", "yaml-key", "1:5", "written with '?'",
     "write it as 'key: value'; quote a value that begins with '?'"),
    ("tags: [github: ada]\n", "yaml-key", "1:8", "without braces",
     "write {key: value}, or no blank after the ':'"),
    ("a: 1\n---\nb: 2\n", "yaml-documents", "2:1", "second document",
     "remove the line that begins with '---'"),
    ("a: 1\n...\n", "yaml-documents", "2:1", "ended by hand",
     "remove the line that holds only '...'"),
    ("a: b: c\n", "yaml-syntax", "1:5", "mapping values", QUOTE),
    ("a: x\nb: @c\n", "yaml-syntax", "2:4", "cannot start any token", QUOTE),
    ("a: `c`\n", "yaml-syntax", "1:4", "cannot start any token", QUOTE),
    ("a: %c\n", "yaml-syntax", "1:4", "cannot start any token", QUOTE),
    ("a: & c\n", "yaml-syntax", "1:5", "alphabetic", QUOTE),
    ("a: |c\n", "yaml-syntax", "1:5", "comment or line break", QUOTE),
    ("a: 'it's'\nb: 1\n", "yaml-syntax", "1:8", "expected key",
     "let the quotes go round the whole value; inside '…' write ' as ''"),
    ('a: 1\nb: "x\nc: 1\n', "yaml-syntax", "2:4", "unexpected end",
     'close the quote; inside "…" write a backslash twice'),
    ('a: "C:\\x"\n', "yaml-syntax", "1:4", "hexdecimal",
     'close the quote; inside "…" write a backslash twice'),
    ('a: "\\ud800"\n', "yaml-syntax", "1:4", "invalid Unicode",
     'close the quote; inside "…" write a backslash twice'),
    ("a: 1\nb: [x\nc: 1\n", "yaml-syntax", "2:4", "expected ',' or ']'",
     "close the bracket, or quote the text that holds one"),
    ("a: {x: 1\n", "yaml-syntax", "1:4", "expected ',' or '}'",
     "close the bracket, or quote the text that holds one"),
    ("a: 1\n\tb: 2\n", "yaml-syntax", "2:1", "tab character",
     "replace the tab at the line's beginning by blanks"),
    ("a: 1\nb:2\nc: 3\n", "yaml-syntax", "2:1", "':'", "put a blank after the ':'"),
    ("a: 1\nb\nc: 3\n", "yaml-syntax", "2:1", "':'", "put a ':' and a blank after the key"),
    ("a: 1\n b: 2\n", "yaml-syntax", "2:3", "mapping values",
     "look at the indentation, here and in the line before"),
    ("a:\n  b: 1\n c: 2\n", "yaml-syntax", "3:2", "expected key",
     "look at the indentation, here and in the line before"),
    ("a: 1\n<<<<<<< ours\nb: 2\n", "yaml-syntax", "2:1", "':'",
     "decide which side of the merge is right and remove the marker lines"),
    ("é: 1\nb: x\x00y\n", "yaml-syntax", "2:5", "control characters", "remove the character"),
    ("a: x\u2028b: [\x85\rc\n", "yaml-syntax", "1:9", "expected ',' or ']'",
     "close the bracket, or quote the text that holds one"),
    ("é: 1\nb: x\ud800y\n", "characters", "2:5", "surrogate", "remove it"),
    ("[" * 13 + "]" * 13, "yaml-depth", "1:13", "deeper than 12", "flatten it"),
    ("[" * 30_000, "yaml-depth", "1:13", "deeper than 12", "flatten it"),
    ("- " * 30_000 + "x", "yaml-depth", "1:25", "deeper than 12", "flatten it"),
    ("? " * 30_000 + "x", "yaml-depth", "1:25", "deeper than 12", "flatten it"),
    ("- x\n" * 5_001, "yaml-size", "5001:3", "too many", "split the file"),
    ("[" + "x," * 5_001 + "]", "yaml-size", "1:10002", "too many", "split the file"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), GOOD)
def test_what_is_taken(text: str, value: Data) -> None:
    document = read_yaml(text)
    assert (document.value, document.problems) == (value, [])


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"), BAD, ids=[repr(row[0])[:30] for row in BAD]
)
def test_what_is_not(text: str, code: str, place: str, message: str, hint: str) -> None:
    first, *_ = read_yaml(text).problems
    assert (first.code, f"{first.line}:{first.column}", first.hint) == (code, place, hint)
    assert message in first.message


def test_every_problem_is_told_at_once() -> None:
    problems = read_yaml("a: &x 1\nb: !t 2\na: 3\n").problems
    assert [(p.code, p.line) for p in problems] == [
        ("yaml-alias", 1),
        ("yaml-tag", 2),
        ("yaml-duplicate", 3),
    ]


def test_a_flood_of_problems_is_cut_off() -> None:
    document = read_yaml("a: [" + "*x, " * 1000 + "]")
    assert len(document.problems) == MAX_PROBLEMS
    assert document.value is None


def test_what_is_wrong_never_comes_in_as_a_value() -> None:
    assert read_yaml("a: 1\na: 2\n").value == {"a": "1"}
    assert read_yaml("a: &x [1]\nb: *x\n").value == {"a": ["1"], "b": None}
    assert read_yaml("a: 1\n<<: {b: 2}\n").value == {"a": "1"}
    assert read_yaml("{[a]: b, c: d}\n").value == {"c": "d"}
    assert read_yaml("*x : a\nb: c\n").value == {"b": "c"}


def test_a_block_inside_a_file_counts_its_lines_and_has_no_markers_of_its_own() -> None:
    assert read_yaml("a: 1\na: 2\n", 1).problems[0].line == 3
    assert read_yaml("a: b: c\n", 7).problems[0].line == 8
    assert read_yaml("a: \x00\n", 7).problems[0].line == 8
    assert read_yaml("--- {a: 1}\n").problems == []
    assert read_yaml("--- {a: 1}\n", 1).problems[0].code == "yaml-documents"


def test_limits_are_as_far_as_they_say() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert read_yaml(deepest).problems == []
    assert read_yaml("- x\n" * (MAX_ITEMS - 1)).problems == []


@given(st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@` \n\t\\x0é<~\r\x85\u2028\x00"), max_size=40))
@settings(max_examples=300)
def test_no_text_crashes_it_and_what_it_takes_pyyaml_takes_for_the_same(text: str) -> None:
    document = read_yaml(text)
    assert all(p.line > 0 and p.column > 0 and p.message for p in document.problems)
    locate(text, ("a", 0, "b"))
    if not document.problems:
        ended = text if text.endswith("\n") else text + "\n"
        # BaseLoader makes nothing but text, lists and dicts.
        same = yaml.load(ended, Loader=yaml.CBaseLoader)  # noqa: S506
        assert plain(document.value) == plain(same)


def plain(value: Data) -> Data:
    """A value with null written as PyYAML's BaseLoader has it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return "" if value in (None, "~", "null") else value


@given(texts())
@settings(max_examples=30, deadline=None)
def test_every_node_stands_where_the_tree_says(text: Text) -> None:
    block = text.text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.yml:
        block = block.split("\n", 1)[1].split("\n---")[0] + "\n"
    root = compose(block if block.endswith("\n") else block + "\n")
    pending = [root] if root else []
    for node in pending:
        assert node.start <= node.end
        ends = [node.start]
        for entry in node.entries:
            assert ends[-1] <= entry.lead <= entry.slot <= entry.end
            assert entry.bare or entry.key is None or block[entry.slot - 1] == ":"
            assert entry.key or node.flow or block[entry.lead] == "-"
            ends.append(entry.end)
            pending.append(entry.value)
        assert ends[-1] <= node.end


# (key path, line:column)
PLACES: list[tuple[tuple[str | int, ...], str]] = [
    ((), "1:1"),
    (("name",), "1:1"),
    (("tags",), "2:1"),
    (("tags", 1), "4:5"),
    (("tags", 9), "2:1"),
    (("contact", "email"), "5:11"),
    (("contact", "nothing", "more"), "5:1"),
    (("nothing",), "1:1"),
    (("name", "x"), "1:1"),
]


@pytest.mark.parametrize(("key", "place"), PLACES)
def test_a_key_is_located(key: tuple[str | int, ...], place: str) -> None:
    text = "name: é𝒳\ntags:\n  - a\n  - b\ncontact: {email: x}\n"
    assert "{}:{}".format(*locate(text, key)) == place


@pytest.mark.parametrize("text", ["a: *x\nb: 1\n", "a: &x 1\nc: &x 2\nb: 1\n", "a: !t 1\nb: 1\n"])
def test_a_key_is_located_beside_what_is_not_allowed(text: str) -> None:
    assert locate(text, ("b",), 1) == (text.count("\n") + 1, 1)


@pytest.mark.parametrize("text", ["", "# x\n", "a: [\n", "\ud800", "[" * 30_000])
def test_without_a_tree_the_beginning_is_the_place(text: str) -> None:
    assert locate(text, ("a",), 1) == (2, 1)
