"""A record's file in bytes: its limits, its two parts, and where something is wrong."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crmtool.text.frontmatter import cut, decode, fold, split
from crmtool.text.limits import MAX_BLOCK, MAX_FILE, MAX_LINE
from tests.text.yaml_texts import Data

UNSEEN = "holds a character that cannot be seen: "
# (bytes, code, line:column, message, hint)
BAD_BYTES: list[tuple[bytes, str, str, str, str]] = [
    (b"x" * (MAX_FILE + 1), "file-size", "1:1", "is larger than 1024 KiB",
     "split it, or move what is long elsewhere"),
    (b"a\n\xc3\xa9\xff", "encoding", "2:2", "is not UTF-8",
     "byte 4 is 'ÿ' in Windows-1252; save the file as UTF-8"),
    (b"\xef\xbb\xbf\xff", "encoding", "1:1", "is not UTF-8",
     "byte 3 is 'ÿ' in Windows-1252; save the file as UTF-8"),
    ("Ada".encode("utf-16"), "encoding", "1:1", "is not UTF-8",
     "it looks like UTF-16; save the file as UTF-8"),
    (b"a\x80b\x81", "encoding", "1:2", "is not UTF-8",
     "byte 1 is '€' in Windows-1252; save the file as UTF-8"),
    (b"ab\x81", "encoding", "1:3", "is not UTF-8",
     "save the file as UTF-8; byte 2 is where it is not"),
    (b"a\n\xc0\xaf", "encoding", "2:1", "is not UTF-8",
     "byte 2 is 'À' in Windows-1252; save the file as UTF-8"),
    (b"a\xed\xa0\x80", "encoding", "1:2", "is not UTF-8",
     "byte 1 is 'í' in Windows-1252; save the file as UTF-8"),
    (b"a\nb\x00", "characters", "2:2", f"{UNSEEN}U+0000", "remove it"),
    (b"a\n\x1b[2J", "characters", "2:1", f"{UNSEEN}U+001B", "remove it"),
    ("a\x85b".encode(), "characters", "1:2", f"{UNSEEN}U+0085", "remove it"),
    (b"a\rb\n", "characters", "1:2", f"{UNSEEN}U+000D", "remove it"),
    (b"a\r\r\nb", "characters", "1:2", f"{UNSEEN}U+000D", "remove it"),
    ("a\u2028b".encode(), "characters", "1:2", f"{UNSEEN}LINE SEPARATOR", "remove it"),
    ("\u202ea".encode(), "characters", "1:1", f"{UNSEEN}RIGHT-TO-LEFT OVERRIDE", "remove it"),
    ("a\nbe\u0301\n".encode(), "not-nfc", "2:2", "is not in Unicode's normal form C, so that it is not found", "crmtool fmt rewrites it"),
    ("é\u2066a".encode(), "characters", "1:2", f"{UNSEEN}LEFT-TO-RIGHT ISOLATE", "remove it"),
    ("a\u200bb".encode(), "characters", "1:2", f"{UNSEEN}ZERO WIDTH SPACE", "remove it"),
    ("a\u2064b".encode(), "characters", "1:2", f"{UNSEEN}INVISIBLE PLUS", "remove it"),
    ("a\ufeffb".encode(), "characters", "1:2", f"{UNSEEN}ZERO WIDTH NO-BREAK SPACE", "remove it"),
    ("\ufeff\ufeffb".encode(), "characters", "1:1", f"{UNSEEN}ZERO WIDTH NO-BREAK SPACE",
     "remove it"),
    ("a\ue000".encode(), "characters", "1:2", f"{UNSEEN}U+E000", "remove it"),
    ("a\U0002ffff".encode(), "characters", "1:2", f"{UNSEEN}U+2FFFF", "remove it"),
    ("a\U000e0041".encode(), "characters", "1:2", f"{UNSEEN}TAG LATIN CAPITAL LETTER A",
     "remove it"),
    (b"a\n<<<<<<< ours\n", "conflict", "2:1", "holds git conflict markers",
     "decide which side is right and remove the marker lines"),
    (b"a\n" + b"x" * (MAX_LINE + 1), "line-length", "2:1",
     "has a line of 20001 characters, at most 20000", "break it into several lines"),
]  # fmt: skip
GOOD_BYTES = [
    ("", ""),
    ("\ufeffa\r\nb\r\n", "a\nb\n"),
    ("a\tb\n", "a\tb\n"),
    ("Heading\n=======\n", "Heading\n=======\n"),
    ("می\u200cخواهم 👩\u200d💻 \u200fא\u200e", "می\u200cخواهم 👩\u200d💻 \u200fא\u200e"),
    ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f\n",) * 2,
    ("x" * MAX_LINE, "x" * MAX_LINE),
]


@pytest.mark.parametrize(
    ("data", "code", "place", "message", "hint"),
    BAD_BYTES,
    ids=[repr(r[0])[:25] for r in BAD_BYTES],
)
def test_bytes_that_no_file_may_hold(
    data: bytes, code: str, place: str, message: str, hint: str
) -> None:
    (problem,) = decode(data)[1]
    assert (problem.code, f"{problem.line}:{problem.column}") == (code, place)
    assert (problem.message, problem.hint) == (message, hint)


@pytest.mark.parametrize(("text", "expected"), GOOD_BYTES)
def test_bytes_that_it_may(text: str, expected: str) -> None:
    assert decode(text.encode()) == (expected, [])


HYPHENS = "write the first line, and the one after the keys, as three hyphens: '---'"
FIRST = "the first line must be '---', then the keys, then '---' again"
MAPPING = "write it as lines of 'key: value'"
# (text, code, line:column, part of the message, hint)
BAD: list[tuple[str, str, str, str, str]] = [
    ("", "frontmatter", "1:1", "is empty", "begin it with a block between two lines of '---'"),
    (" \n\n", "frontmatter", "1:1", "is empty", "begin it with a block between two lines of '---'"),
    ("name: Ada\n", "frontmatter", "1:1", "does not begin with a frontmatter block", FIRST),
    ("\n---\nname: Ada\n---\n", "frontmatter", "1:1", "does not begin with",
     "remove what stands before the first line of '---'"),
    (" ---\nname: Ada\n---\n", "frontmatter", "1:1", "does not begin with", HYPHENS),
    ("----\nname: Ada\n----\n", "frontmatter", "1:1", "does not begin with", HYPHENS),
    ("\u2014-\nname: Ada\n\u2014-\n", "frontmatter", "1:1", "does not begin with", HYPHENS),
    ("+++\nname = 1\n+++\n", "frontmatter", "1:1", "does not begin with",
     "the keys are YAML between two lines of '---', not TOML between '+++'"),
    ('{"name": "Ada"}\n', "frontmatter", "1:1", "does not begin with", FIRST),
    ("---\nname: Ada\n", "frontmatter", "1:1", "is not closed",
     "put a line of '---' after the last key"),
    ("---\nname: Ada\n ---\n", "frontmatter", "1:1", "is not closed",
     "put a line of '---' after the last key"),
    ("---", "frontmatter", "1:1", "is not closed", "put a line of '---' after the last key"),
    ("---\n- a\n---\n", "frontmatter", "2:1", "is not a mapping", MAPPING),
    ("---\nAda\n---\n", "frontmatter", "2:1", "is not a mapping", MAPPING),
    ("---\n~\n---\n", "frontmatter", "2:1", "is not a mapping", MAPPING),
    ("---\nname: a: b\n---\n", "yaml-syntax", "2:8", "mapping values",
     'quote the value: key: "…"'),
    ('---\nname: "a\n---\nb"\n---\n', "yaml-syntax", "2:7", "unexpected end",
     'close the quote; inside "…" write a backslash twice'),
    ("---\nname: Ada\n...\n---\n", "yaml-documents", "3:1", "ended by hand",
     "remove the line that holds only '...'"),
    ("---\n--- {name: Ada}\n---\n", "yaml-documents", "2:1", "second document",
     "remove the line that begins with '---'"),
    ("---\na: 1\n--- x\n---\n", "yaml-documents", "3:1", "second document",
     "remove the line that begins with '---'"),
    ("---\n" + "#\n" * (MAX_BLOCK // 2 + 1) + "---\n", "yaml-size", "2:1", "more than 64 KiB",
     "move what is long into the body"),
    ('---\na: 1\nb: [x, "\\e[2J"]\n---\n', "characters", "3:8", "U+001B", "remove it"),
    ('---\n"\\u202e": 1\n---\n', "characters", "2:1", "RIGHT-TO-LEFT OVERRIDE", "remove it"),
    ('---\na: "x\\ry"\n---\n', "characters", "2:1", "U+000D", "remove it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"), BAD, ids=[repr(r[0])[:30] for r in BAD]
)
def test_a_record_that_cannot_be_taken_apart(
    text: str, code: str, place: str, message: str, hint: str
) -> None:
    (problem,) = split(text).problems
    assert (problem.code, f"{problem.line}:{problem.column}", problem.hint) == (code, place, hint)
    assert message in problem.message


# (text, value, body, line of the body)
GOOD: list[tuple[str, Data, str, int]] = [
    ("---\nname: Ada\n---\nBody.\n", {"name": "Ada"}, "Body.\n", 4),
    ("---\nname: Ada\n---", {"name": "Ada"}, "", 4),
    ("---\nname: Ada\n---\n", {"name": "Ada"}, "", 4),
    (
        "--- \nname: Ada\n---\t\n\n---\nname: Mallory\n",
        {"name": "Ada"},
        "\n---\nname: Mallory\n",
        4,
    ),
    ("---\n---\nBody.", {}, "Body.", 3),
    ("---\n# nothing yet\n\n---\n", {}, "", 5),
    ("---\n{name: Ada}\n---\n", {"name": "Ada"}, "", 4),
    ("---\nname: '---'\nx: |\n  ---\n---\n", {"name": "---", "x": "---\n"}, "", 6),
    ('---\na: "\\u200c\\t\\n\\\\"\n---\n', {"a": "\u200c\t\n\\"}, "", 4),
]


@pytest.mark.parametrize(("text", "value", "body", "line"), GOOD)
def test_a_record_in_its_parts(text: str, value: Data, body: str, line: int) -> None:
    parts = split(text)
    assert (parts.value, parts.body, parts.body_line, parts.problems) == (value, body, line, [])


def test_a_block_with_a_slip_is_still_read() -> None:
    parts = split("---\nname: Ada\nname: Eve\n---\nBody.\n")
    assert parts.value == {"name": "Ada"}
    assert [p.code for p in parts.problems] == ["yaml-duplicate"]
    assert parts.body == "Body.\n"


@given(st.text(st.sampled_from("-a: \t\r\n\ufeff[#\x85\u2028"), max_size=60))
@example("---\r\n---\r\n")
@example("---\n---\n---\n")
def test_the_parts_are_the_text(text: str) -> None:
    parts = cut(text)
    if parts is not None:
        assert "".join(parts) == text
        assert parts.head.strip() == "---"
        assert parts.tail.partition("\n")[0].strip() == "---"
        folded = cut(fold(text.removeprefix("\ufeff")))
        assert folded is not None
        assert folded.block == fold(parts.block.removeprefix("\ufeff"))
    found = split(fold(text))
    assert found.problems or isinstance(found.value, dict)


@given(st.binary(max_size=40))
def test_no_bytes_crash_it(data: bytes) -> None:
    text, problems = decode(b"---\n" + data + b"\n---\n")
    assert all(p.line > 0 and p.column > 0 for p in problems + split(text).problems)


def test_every_line_with_what_cannot_be_seen_is_told() -> None:
    _, problems = decode("a\u200b\u200b\nb\n\u2066c\x1b\n".encode())
    assert [(p.line, p.column) for p in problems] == [(1, 2), (3, 1)]
    assert len(decode("\u200b\n".encode() * 1000)[1]) == 20
