"""What is fed: good files, and what can become of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from tests.text.yaml_texts import texts

TOP: Final = Path(__file__).parents[2]
WORKSPACES: Final = (TOP, *sorted(p for p in (TOP / "tests" / "rules").glob("*/*") if p.is_dir()))
LARGEST: Final = 20_000
"""Bytes of a good file; larger ones would only be slower."""

# What readers of YAML, JSON and Markdown trip over.
TOKENS: Final = [
    b"---\n", b"...\n", b"\n", b"\r", b"\r\n", b"\t", b" ", b": ", b":", b"- ", b"? ", b"-", b",", b"#", b" # x\n",
    b"[", b"]", b"{", b"}", b"[" * 3000, b"{a: " * 3000, b"- " * 3000, b"? " * 500, b"&a ", b"*a", b"!t ", b"!!python/name:os.system ",
    b"<<: ", b"%YAML 1.1\n", b"|\n", b">-\n", b"|9\n", b"'", b'"', b"\\", b'"\\x00"', b'"\\ud800"', b"~", b"null", b"true",
    b"NO", b"0x1f", b"1e999", b"9" * 400, b"-1", b"2024-02-31", b"12:30", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n",
    b"\x00", b"\x1b[2J", b"\x7f", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf",
    b"\xe2\x80\xae", b"\xf0\x9f\x9a\x80", b"e\xcc\x81", b"\xcd\xbe", b"a" * 21_000, b"[[ada]]", b"[[" * 500,
    b" " * 19_000, b"\n" * 9_000, b"<!-- crm: allow secret because x -->", b"# crm: allow unknown-tag because x\n", b"ada@example.org", b"+44 20 7946 0958 ",
    b"{}", b"[]", b'"":', b'{"id":"1","type":"commit"}\n', b'{"a":' * 2000, b"1e400", b'"\\u0000"', b"NaN", b"-0",
]  # fmt: skip
ODD: Final[list[Any]] = [
    None, "", " ", "NO", "x" * 600, "a b", "../x", "9" * 400, -1, 1.5, 10**30, True, [], {}, [[]], [None], {"": None},
    [{"a": []}], "2024-02-31", "github:ada", "https://a.example", "\u202e", "e\u0301", "\x00", "[[x]]", "crm: allow x because y",
]  # fmt: skip


def good(pattern: str) -> list[bytes]:
    """The good files below the workspaces at hand whose paths fit."""
    found = {
        path.read_bytes()
        for workspace in WORKSPACES
        for path in sorted(workspace.glob(pattern))
        if path.is_file() and path.stat().st_size < LARGEST
    }
    return sorted(found)


@st.composite
def mutants(draw: st.DrawFn, corpus: list[bytes]) -> bytes:
    """A good file that some things have happened to."""
    data = draw(st.sampled_from(corpus))
    for happen in draw(st.lists(st.sampled_from(ACCIDENTS), max_size=5)):
        data = happen(draw, data, corpus)
    return data


def _span(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    start = draw(st.integers(0, len(data)))
    return start, min(len(data), start + draw(st.integers(0, 40)))


def _insert(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    start, _end = _span(draw, data)
    return data[:start] + draw(st.sampled_from(TOKENS)) + data[start:]


def _replace(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + draw(st.sampled_from(TOKENS)) + data[end:]


def _delete(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + data[end:]


def _flip(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    start, _end = _span(draw, data)
    return data[:start] + bytes([draw(st.integers(0, 255))]) + data[start + 1 :]


def _cut(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    return data[: draw(st.integers(0, len(data)))]


def _splice(draw: st.DrawFn, data: bytes, corpus: list[bytes]) -> bytes:
    other = draw(st.sampled_from(corpus))
    return data[: _span(draw, data)[0]] + other[_span(draw, other)[0] :]


def _lines(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    """A line twice, in another place, or gone."""
    lines = data.split(b"\n")
    at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines)))
    line = lines[at] if draw(st.booleans()) else lines.pop(at)
    lines.insert(to, line)
    return b"\n".join(lines)


def _value(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    """What stands behind a colon replaced by something odd."""
    lines = data.split(b"\n")
    at = draw(st.integers(0, len(lines) - 1))
    key, colon, _rest = lines[at].partition(b":")
    odd = draw(st.sampled_from(ODD))
    lines[at] = key + colon + b" " + json.dumps(odd, ensure_ascii=draw(st.booleans())).encode()
    return b"\n".join(lines)


def _json(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    """A value of a line of JSON replaced, or a key that nobody knows."""
    lines = data.split(b"\n")
    at = draw(st.integers(0, len(lines) - 1))
    try:
        said = json.loads(lines[at])
    except (ValueError, RecursionError):
        return data
    if isinstance(said, dict):
        said[draw(st.sampled_from([*said, "new", ""]))] = draw(st.sampled_from(ODD))
        lines[at] = json.dumps(said, ensure_ascii=draw(st.booleans())).encode()
    return b"\n".join(lines)


Accident = Callable[[st.DrawFn, bytes, list[bytes]], bytes]
ACCIDENTS: Final[list[Accident]] = [
    _insert, _replace, _delete, _flip, _cut, _splice, _lines, _value, _json,
]  # fmt: skip


def written() -> st.SearchStrategy[bytes]:
    """YAML in every style that there is, rather than as people write it."""
    return texts().map(lambda text: text.text.encode())
