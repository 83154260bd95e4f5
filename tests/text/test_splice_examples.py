"""Edits spliced into a text: a table of what they look like, and what is refused."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from crmtool.model.records import Person
from crmtool.text.limits import MAX_BLOCK, MAX_FILE
from crmtool.text.render import Value, record
from crmtool.text.splice import (
    SpliceError,
    append,
    remove,
    rename,
    rename_key,
    set_value,
    unset,
)

ORDER = tuple(Person.model_fields)

# --- a table: what it is about, before, after, the function and what it is given ------------------

Row = tuple[str, str, str, Callable[..., str], tuple[object, ...]]
TABLE: list[Row] = [
    ("a scalar in place",
     "a: 1\nlocation: London  # for now\nb: 2\n",
     "a: 1\nlocation: Paris  # for now\nb: 2\n",
     set_value, (("location",), "Paris")),
    ("a quoted one",
     "'location': \"London\"\t# for now\n",
     "'location': Paris\t# for now\n",
     set_value, (("location",), "Paris")),
    ("a comment right behind the quote",
     'location: "London"# for now\n',
     'location: "Paris"# for now\n',
     set_value, (("location",), "Paris")),
    ("what needs quotes",
     "location: London\n",
     'location: "NO: #1"\n',
     set_value, (("location",), "NO: #1")),
    ("a multi-line scalar",
     "how: asked\n  at a\n\n  meetup # here\nb: 2\n",
     "how: by mail # here\nb: 2\n",
     set_value, (("how",), "by mail")),
    ("a literal",
     "how: |  # long\n  asked\n  # at\n\nb: 2\n",
     "how: by mail  # long\n\nb: 2\n",
     set_value, (("how",), "by mail")),
    ("a folded one whose blank lines belong to it",
     "how: >+\n  asked\n\n\nb: 2\n",
     "how: by mail\nb: 2\n",
     set_value, (("how",), "by mail")),
    ("a value on the next line",
     "how:  # asked\n\n  at a meetup  # there\n",
     "how:  # asked\n\n  by mail  # there\n",
     set_value, (("how",), "by mail")),
    ("an empty value",
     "location:  # unknown\nb: 2\n",
     "location: Paris  # unknown\nb: 2\n",
     set_value, (("location",), "Paris")),
    ("the value it has",
     "location:   'London' # x\n",
     "location:   'London' # x\n",
     set_value, (("location",), "London")),
    ("numbers, flags and days",
     "a: x\n",
     'a: {one: 280, two: true, day: 2024-02-01, text: "280"}\n',
     set_value, (("a",), {"one": 280, "two": True, "day": "2024-02-01", "text": "280"})),
    ("a new key at the end",
     "a: 1  # one\n# end\n",
     "a: 1  # one\nb: 2\n# end\n",
     set_value, (("b",), 2)),
    ("behind the comments that belong to the last",
     "a:\n  - 1\n  # more to come\n\n# end\n",
     "a:\n  - 1\n  # more to come\nb: 2\n\n# end\n",
     set_value, (("b",), 2)),
    ("behind a literal that keeps its blank lines",
     "a: |+\n  x\n\n\n# end\n",
     "a: |+\n  x\n\n\nb: 2\n# end\n",
     set_value, (("b",), 2)),
    ("in a block that is indented",
     "  a: 1\n",
     "  a: 1\n  b: 2\n",
     set_value, (("b",), 2)),
    ("between brackets",
     "{a: 1}\n",
     "{a: 1, b: 2}\n",
     set_value, (("b",), 2)),
    ("where nothing stands yet",
     "# nothing yet\n",
     "# nothing yet\nb: 2\n",
     set_value, (("b",), 2)),
    ("a new list",
     "a: 1\n",
     'a: 1\nb:\n  - x\n  - "1"\n',
     set_value, (("b",), ["x", "1"])),
    ("a new list of mappings",
     "a: 1\n",
     "a: 1\nb:\n  - x: 1\n    z: 2\n  - z\n",
     set_value, (("b",), [{"x": 1, "z": 2}, "z"])),
    ("a nested key",
     "contact:\n    email: x  # mine\n",
     'contact:\n    email: x  # mine\n    phone: "1"\n',
     set_value, (("contact", "phone"), "1")),
    ("a nested key in braces",
     "contact: {email: x}  # mine\n",
     'contact: {email: x, phone: "1"}  # mine\n',
     set_value, (("contact", "phone"), "1")),
    ("a nested key of nothing",
     "contact:  # none\n",
     'contact:  # none\n  phone: "1"\n',
     set_value, (("contact", "phone"), "1")),
    ("a nested key of empty braces",
     "contact: {}  # none\n",
     'contact: {phone: "1"}  # none\n',
     set_value, (("contact", "phone"), "1")),
    ("all on the way to a key",
     "a: 1\n",
     "a: 1\naffiliations:\n  - dates:\n      to: 2024-01\n",
     set_value, (("affiliations", 0, "dates", "to"), "2024-01")),
    ("a key of a list's item",
     "affiliations:\n- organisation: a\n- organisation: b  # now\n  role: x\n# end\n",
     ("affiliations:\n- organisation: a\n- organisation: b  # now\n  role: x\n  to: 2024-01\n"
      "# end\n"),
     set_value, (("affiliations", 1, "to"), "2024-01")),
    ("a scalar in place of a list",
     "a:  # all\n  - 1  # one\n  - 2\nb: 2\n",
     "a: none  # all\nb: 2\n",
     set_value, (("a",), "none")),
    ("a list in place of a scalar",
     "a: none  # yet\nb: 2\n",
     "a: [x, z]  # yet\nb: 2\n",
     set_value, (("a",), ["x", "z"])),
    ("a list item by item",
     "a:\n  - x  # one\n  # two\n  - y\n  - z\nb: 2\n",
     "a:\n  - x  # one\n  # two\n  - z\n  - new\nb: 2\n",
     set_value, (("a",), ["x", "z", "new"])),
    ("a list of which nothing stays",
     "a:  # all\n- x  # one\n- y\nb: 2\n",
     "a:  # all\n- z\nb: 2\n",
     set_value, (("a",), ["z"])),
    ("an empty list",
     "a:  # all\n- x  # one\n- y\nb: 2\n",
     "a: []  # all\nb: 2\n",
     set_value, (("a",), [])),
    ("a mapping key by key",
     "consent:  # given\n  basis: consent  # sure\n  how: asked\n  on: 2024-01-01\nb: 2\n",
     "consent:  # given\n  basis: consent  # sure\n  on: 2024-02-01\n  contact: true\nb: 2\n",
     set_value, (("consent",), {"basis": "consent", "on": "2024-02-01", "contact": True})),
    ("mappings of a list in place",
     "a:\n  - x: 1  # one\n  - x: 2  # two\n",
     "a:\n  - x: 1  # one\n  - x: 3  # two\n    to: 9\n",
     set_value, (("a",), [{"x": 1}, {"x": 3, "to": 9}])),
    ("unset",
     "a: 1\n# about b\nb:  # of b\n  - 1  # one\n\n  - 2\n  # still b\nc: 3\n",
     "a: 1\n# about b\n  # still b\nc: 3\n",
     unset, (("b",),)),
    ("unset what is not there",
     "a: 1\n",
     "a: 1\n",
     unset, (("b",),)),
    ("unset the only one",
     "# of\na: 1  # one\n# end\n",
     "# of\n# end\n",
     unset, (("a",),)),
    ("unset, and what becomes empty goes too",
     "a: 1\nb:\n  - c: {d: 1}\n",
     "a: 1\n",
     unset, (("b", 0, "c", "d"),)),
    ("unset the key behind a dash",
     "a:\n  - x: 1  # one\n    # two\n    y: 2\n",
     "a:\n  - # two\n    y: 2\n",
     unset, (("a", 0, "x"),)),
    ("unset the list behind a dash",
     "a:\n  -   - x\n      - y\n",
     "a:\n  -   - y\n",
     unset, (("a", 0, 0),)),
    ("unset behind a literal, which must not swallow what follows",
     "a: |\n  x\nb: 1\n    # deep\n\nc: 3\n",
     "a: |\n  x\n# deep\nc: 3\n",
     unset, (("b",),)),
    ("unset behind a literal that keeps its blank lines",
     "a: |+\n  x\nb: 1\n\n\n",
     "a: |+\n  x\n",
     unset, (("b",),)),
    ("unset in braces",
     "a: {b: 1, c: 2, d: 3}\n",
     "a: {b: 1, d: 3}\n",
     unset, (("a", "c"),)),
    ("unset the last in braces",
     "a: {b: 1, c: 2 }\n",
     "a: {b: 1 }\n",
     unset, (("a", "c"),)),
    ("append",
     "tags:\n  - a  # one\n  - b  # two\n\n  # end\nx: 1\n",
     "tags:\n  - a  # one\n  - b  # two\n  - c\n\n  # end\nx: 1\n",
     append, (("tags",), "c")),
    ("append to a list as far left as its key",
     "tags:\n- a\n- b\nx: 1\n",
     "tags:\n- a\n- b\n- c\nx: 1\n",
     append, (("tags",), "c")),
    ("append in brackets",
     "tags: [a, 'b', ]  # all\n",
     "tags: [a, 'b', c, ]  # all\n",
     append, (("tags",), "c")),
    ("append in empty brackets",
     "tags: []  # none\n",
     "tags: [c]  # none\n",
     append, (("tags",), "c")),
    ("append in brackets over several lines",
     "tags: [\n  a, # one\n  b # two\n]\n",
     "tags: [\n  a, # one\n  b, c # two\n]\n",
     append, (("tags",), "c")),
    ("append to nothing",
     "tags:  # none\nx: 1\n",
     "tags:  # none\n  - c\nx: 1\n",
     append, (("tags",), "c")),
    ("append what is there",
     "tags: ['c']\n",
     "tags: ['c']\n",
     append, (("tags",), "c")),
    ("append a mapping",
     "affiliations:\n  - organisation: a\n",
     "affiliations:\n  - organisation: a\n  - organisation: b\n    to: 2024-01\n",
     append, (("affiliations",), {"organisation": "b", "to": "2024-01"})),
    ("remove",
     "tags:\n  - a  # one\n  # of b\n  - b  # two\n  - c\n",
     "tags:\n  - a  # one\n  # of b\n  - c\n",
     remove, (("tags",), "b")),
    ("remove in brackets",
     "tags: [a, b, c]\n",
     "tags: [b, c]\n",
     remove, (("tags",), "a")),
    ("remove in brackets over several lines",
     "tags: [\n  a, # one\n  # of b\n  b, # two\n  c # three\n]\n",
     "tags: [\n  a, # one\n  # of b\n  c # three\n]\n",
     remove, (("tags",), "b")),
    ("remove the last in brackets over several lines",
     "tags: [\n  a, # one\n  b # two\n]\n",
     "tags: [\n  a, # one\n]\n",
     remove, (("tags",), "b")),
    ("remove the only one",
     "tags: [a]\nx: 1\n",
     "x: 1\n",
     remove, (("tags",), "a")),
    ("remove what is not there",
     "tags: [a]\n",
     "tags: [a]\n",
     remove, (("tags",), "b")),
    ("remove where no list is",
     "a: 1\n",
     "a: 1\n",
     remove, (("tags",), "b")),
    ("rename",
     "tags:\n  - a  # one\n  - 'b' # two\n",
     "tags:\n  - a  # one\n  - c # two\n",
     rename, (("tags",), "b", "c")),
    ("rename to what is there",
     "tags: [a, b, c]\n",
     "tags: [b, c]\n",
     rename, (("tags",), "a", "c")),
    ("rename one of two",
     "tags: [a, b, a]\n",
     "tags: [c, b]\n",
     rename, (("tags",), "a", "c")),
    ("rename a key",
     "tags:\n  speaker:  # who speaks\n    about: x\n",
     "tags:\n  talk/speaker:  # who speaks\n    about: x\n",
     rename_key, (("tags", "speaker"), "talk/speaker")),
    ("rename a key in quotes",
     "{'a':1}\n",
     '{"b":1}\n',
     rename_key, (("a",), "b")),
    ("rename a key that is not there",
     "a: 1\n",
     "a: 1\n",
     rename_key, (("b",), "c")),
]  # fmt: skip
IDS = [row[0] for row in TABLE]


@pytest.mark.parametrize(("_", "before", "after", "edit", "given"), TABLE, ids=IDS)
def test_what_an_edit_looks_like(
    _: str, before: str, after: str, edit: Callable[..., str], given: tuple[object, ...]
) -> None:
    assert edit(before, *given, yml=True) == after
    for head, tail in (
        ("---\n", "---\nBody.\n"),
        ("\ufeff---\n", "---"),
        ("--- \n", "---\n\n---\n"),
    ):
        assert edit(head + before + tail, *given) == head + after + tail


@pytest.mark.parametrize(("_", "before", "after", "edit", "given"), TABLE, ids=IDS)
def test_it_looks_the_same_with_other_line_ends(
    _: str, before: str, after: str, edit: Callable[..., str], given: tuple[object, ...]
) -> None:
    returned = edit(before.replace("\n", "\r\n"), *given, yml=True)
    assert returned == after.replace("\n", "\r\n")
    # A literal's final newline may be a part of it.
    unended = edit(before.removesuffix("\n"), *given, yml=True)
    assert unended.rstrip("\n") == after.rstrip("\n")
    assert not unended.endswith("\n") or "|+" in after


@pytest.mark.parametrize(
    ("block", "key", "after"),
    [
        ("kind: bot\nlocation: x\n", "tags", "kind: bot\nlocation: x\ntags: new\n"),
        ("kind: bot\nstaff: x\n", "tags", "kind: bot\ntags: new\nstaff: x\n"),
        ("staff: x\nkind: bot\nlinks: []\n", "name", "name: new\nstaff: x\nkind: bot\nlinks: []\n"),
        ("# of all\nstaff: x\n", "name", "# of all\nname: new\nstaff: x\n"),
        ("odd: x\n", "name", "odd: x\nname: new\n"),
        ("links: []\nname: x\n", "owner", "links: []\nowner: new\nname: x\n"),
        ("name: x\nstaff: x\n", "odd", "name: x\nstaff: x\nodd: new\n"),
        ("{kind: bot, staff: x}\n", "name", "{name: new, kind: bot, staff: x}\n"),
        ("{kind: bot, staff: x}\n", "tags", "{kind: bot, tags: new, staff: x}\n"),
    ],
)
def test_a_new_key_goes_where_the_order_wants_it(block: str, key: str, after: str) -> None:
    edited = set_value(f"---\n{block}---\n", (key,), "new", order=ORDER)
    assert edited == f"---\n{after}---\n"


def test_the_order_is_that_of_the_top_level_alone() -> None:
    text = set_value(
        "consent:\n  how: x\n", ("consent", "contact"), value=True, order=ORDER, yml=True
    )
    assert text == "consent:\n  how: x\n  contact: true\n"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", "b: 2\n"),
        ("\ufeff", "\ufeffb: 2\n"),
        ("a: 1", "a: 1\nb: 2"),
        ("a: 1\r\n", "a: 1\r\nb: 2\r\n"),
        ("\ufeffa: 1\r\n", "\ufeffa: 1\r\nb: 2\r\n"),
        ("---\n", "---\nb: 2\n"),
        ("--- # x\na: 1\n", "--- # x\na: 1\nb: 2\n"),
        ("a: |+\n  x", "a: |+\n  x\nb: 2"),
    ],
)
def test_the_ends_of_a_file_stay(text: str, result: str) -> None:
    assert set_value(text, ("b",), 2, yml=True) == result
    assert unset(result, ("b",), yml=True) == text


def test_a_new_line_ends_as_the_block_s_first_does_or_else_as_the_one_before_it() -> None:
    assert set_value("---\r\n---\r\n", ("b",), 2) == "---\r\nb: 2\r\n---\r\n"
    assert set_value("---\r\na: 1\n---\r\n", ("b",), 2) == "---\r\na: 1\nb: 2\n---\r\n"
    assert set_value("---\na: 1\r\n---\n", ("b",), 2) == "---\na: 1\r\nb: 2\r\n---\n"


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: Ada\n", "does not begin with a whole frontmatter block"),
        ("---\nname: Ada\n", "does not begin with a whole frontmatter block"),
        ("---\n- a\n---\n", "line 2, column 1: has a frontmatter block that is not a mapping"),
        ("---\na: 1\na: 2\n---\n", "line 3, column 1: the key 'a' stands here twice"),
        ("---\na: &x 1\n---\n", "line 2, column 4: anchors and aliases"),
        ("---\na: [x\n---\n", "line 2, column 4: is not valid YAML"),
        ("---\na: x\u2028b: 1\n---\n", "column 5: holds a character that cannot be seen: LINE SEP"),
        ("---\na: x\rb: 1\n---\n", "cannot be seen: U+000D"),
        ("---\n" + "#\n" * MAX_BLOCK + "---\n", "is too large"),
        ("---\na: 1\n---\n" + "x" * MAX_FILE, "is too large"),
        ("---\na: 1\n---\n\ud800", "surrogate"),
    ],
)
def test_a_text_that_is_not_right_is_not_edited(text: str, words: str) -> None:
    edits: list[tuple[Callable[..., str], tuple[object, ...]]] = [
        (set_value, (1,)),
        (unset, ()),
        (append, (1,)),
        (remove, (1,)),
        (rename, (1, 2)),
        (rename_key, ("c",)),
    ]
    for edit, given in edits:
        with pytest.raises(SpliceError, match=re.escape(words)):
            edit(text, ("b",), *given)


REFUSED: list[tuple[Callable[..., str], tuple[object, ...], str]] = [
    (set_value, ((), 1), "one key at least"),
    (unset, ((),), "one key at least"),
    (rename_key, ((), "x"), "one key at least"),
    (append, ((), "x"), "the file is not a list"),
    (set_value, (("name", "x"), 1), "name.x cannot be set: name cannot hold it"),
    (set_value, (("tags", "x"), 1), "tags.x cannot be set: tags cannot hold it"),
    (set_value, (("tags", 3), 1), "tags.3 cannot be set: tags cannot hold it"),
    (set_value, (("tags", -1), 1), "tags.-1 cannot be set"),
    (set_value, ((0,), 1), "0 cannot be set: a mapping has no numbers"),
    (set_value, (("new", 1), 1), "a new list begins with number 0"),
    (append, (("name",), 1), "name is not a list"),
    (remove, (("name",), 1), "name is not a list"),
    (rename, (("name",), 1, 2), "name is not a list"),
    (rename_key, (("name",), "tags"), "tags is there already"),
    (rename_key, (("tags", 0), "x"), "tags.0 is not a key of a mapping"),
    (set_value, (("name",), "\x1b[2J"), "escape for a character .* U.001B"),
    (set_value, (("name",), "\u202e"), "RIGHT-TO-LEFT OVERRIDE"),
    (set_value, (("name",), "\ud800"), "is not valid YAML"),
    (set_value, (("\x1b",), "x"), "U.001B"),
    (set_value, (("name",), "x" * 20_000), "has a line of"),
    (set_value, (tuple("abcdefghijklmn"), "x"), "nested deeper"),
    (rename_key, (("name",), "x" * 2000), "is not valid YAML"),
]


@pytest.mark.parametrize(("edit", "given", "words"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_an_edit_that_cannot_be_is_refused(
    edit: Callable[..., str], given: tuple[object, ...], words: str
) -> None:
    with pytest.raises(SpliceError, match=words):
        edit("---\nname: Ada\ntags: [a, b]\n---\n", *given)


@pytest.mark.parametrize("value", [None, b"x", object(), [None], {"a": [b"x"]}])
def test_a_value_that_no_file_can_hold_is_a_mistake(value: Value) -> None:
    with pytest.raises(TypeError, match="no value that a record can hold"):
        set_value("---\nname: Ada\n---\n", ("name",), value)


def test_a_key_without_a_value_is_left_out() -> None:
    text = set_value("a: {b: 1, c: 2}\n", ("a",), {"b": None, "c": 2, "d": {"e": None}}, yml=True)
    assert text == "a: {c: 2, d: {}}\n"


def test_a_long_list_is_written_anew_rather_than_item_by_item() -> None:
    long = [f"x{n}" for n in range(1000)]
    text = record({"name": "Ada", "tags": long})
    begun = time.perf_counter()
    assert set_value(text, ("tags",), ["x0", *(f"y{n}" for n in range(999))]).count("- y") == 999
    assert time.perf_counter() - begun < 5


def test_a_text_that_is_not_in_normal_form_can_be_edited() -> None:
    before = "---\nname: Zoe\u0308\n---\ne\u0301\n"
    assert set_value(before, ("kind",), "bot") == "---\nname: Zoe\u0308\nkind: bot\n---\ne\u0301\n"
