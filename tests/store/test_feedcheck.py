"""What is wrong with the lines of feeds: told for each line, however the lines are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.model.community import FeedFile
from crmtool.store import feedcheck
from crmtool.store.feedcheck import LONGEST, MOST, feed_findings, read_profiles

ACTIVITY = {"actor": "github:ada", "at": "2026-11-01T10:00:00Z", "id": "1", "type": "commit"}
GOOD = json.dumps(ACTIVITY).encode()


def line(**changes: object) -> bytes:
    return json.dumps(ACTIVITY | changes).encode() + b"\n"


def feed(folder: Path, data: bytes, month: str = "2026-11", source: str = "x") -> FeedFile:
    path = f"sources/{source}/activities/{month}.jsonl"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    return FeedFile(source, path, folder / path)


def told(*feeds: FeedFile) -> list[tuple[int, str]]:
    return [(f.line, f.code) for f in feed_findings(feeds)]


# (lines, the code, at which lines)
CASES: list[tuple[bytes, str, list[int]]] = [
    (b"", "", []),
    (GOOD, "", []),
    (GOOD + b"\r\n\n" + line(id="2"), "", []),
    (GOOD[:-1] + ',"title":"a\u2028b"}'.encode(), "", []),
    (line(actor=None, mentions=["github:b"], url="HTTPS://example.org"), "", []),
    (line() + GOOD[:30], "feed-torn", [2]),
    (line() + b'{"id":"2","title":"\xc3', "feed-torn", [2]),
    (line() + b"\0\0\0\0", "feed-torn", [2]),
    (b"\0\0\0\0\n", "feed-torn", [1]),
    (GOOD[:30] + b"\n" + line(), "feed-line", [1]),
    (GOOD + line(id="2"), "feed-line", [1]),
    (GOOD + b" " + line(id="2"), "feed-line", [1]),
    (GOOD.replace(b",", b",\n") + b"\n", "feed-line", [1, 2, 3, 4]),
    (line(counts={})[:-2] + b'\n,"title":"x"}\n' + GOOD + line(id="2"), "feed-line", [1, 2, 3]),
    (b"<<<<<<< ours\n" + line() + b"=======\n>>>>>>> theirs\n", "feed-line", [1, 3, 4]),
    (line(ip="192.0.2.1"), "feed-line", [1]),
    (line(counts="many"), "feed-line", [1]),
    (GOOD[:-1] + b',"counts":{"x":NaN}}\n', "feed-line", [1]),
    (GOOD[:-1] + b',"title":"\xe9"}\n', "feed-line", [1]),
    (b'[]\n"x"\nid,type\n', "feed-line", [1, 2, 3]),
    (b"[" * 100_000 + b"\n", "feed-line", [1]),
    (b'{"a":' * 100_000 + b"\n", "feed-line", [1]),
    (line(title="x" * LONGEST) + line(id="2"), "feed-line", [1]),
    (line(title="x" * 3 * LONGEST) + line(id="2", type="x"), "feed-line feed-value", [1, 2]),
    (b"x\n" * 1000, "feed-line", list(range(1, MOST + 1))),
    (line(at="2026-11-02T10:00:00Z") + line(id="2"), "feed-order", [2]),
    (line(id="2") + line(id="1"), "feed-order", [2]),
    (line(at="2026-10-31T23:59:59Z"), "feed-month", [1]),
    (line(at=None), "feed-month", [1]),
    (line() + line(), "feed-twice", [2]),
    (line() + line(text="brought back"), "feed-conflict", [2]),
    (line() + line(at="2026-11-02T10:00:00Z"), "feed-conflict", [2]),
    (line(type="comit"), "feed-value", [1]),
    (line(id=""), "feed-value", [1]),
    (line(counts={"likes": -1}), "feed-value", [1]),
    (line(counts={"likes": 1}), "", []),
    (line(actor="Ada Lovelace"), "feed-value", [1]),
    (line(actor=""), "feed-value", [1]),
    (line(mentions=["@ada"]), "feed-value", [1]),
    (line(at="2026-11-31T10:00:00Z"), "feed-value", [1]),
    (line(at="2026-11-01 10:00:00"), "feed-value", [1]),
    (line(at="2026-11-01T10:00:60Z"), "feed-value", [1]),
    (line(at="2026-11-01T10:00:00Z\n"), "feed-value", [1]),
    (line(url="javascript:alert(1)"), "feed-value", [1]),
    (line(url="https:///x"), "feed-value", [1]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "codes", "lines"), CASES, ids=[f"{n} {case[1]}" for n, case in enumerate(CASES)]
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, data: bytes, codes: str, lines: list[int]
) -> None:
    found = told(feed(tmp_path, data))
    assert [number for number, _ in found] == lines
    assert {code for _, code in found} == set(codes.split())


def test_every_finding_says_what_to_do(tmp_path: Path) -> None:
    for data, _, _ in CASES:
        for found in feed_findings([feed(tmp_path, data)]):
            assert found.message
            assert found.hint
            assert found.column == 1


def test_undated_activities_have_a_file_of_their_own(tmp_path: Path) -> None:
    assert told(feed(tmp_path, line(at=None), "undated")) == []
    assert told(feed(tmp_path, line(), "undated")) == [(1, "feed-month")]


def test_ids_are_compared_over_all_months_of_a_source_and_no_further(tmp_path: Path) -> None:
    one = feed(tmp_path, line())
    other = feed(tmp_path, line(at="2026-12-01T10:00:00Z"), "2026-12")
    elsewhere = feed(tmp_path, line(), source="y")
    (found,) = feed_findings([one, other, elsewhere])
    assert (found.path, found.line, found.code) == (other.path, 1, "feed-conflict")
    assert "sources/x/activities/2026-11.jsonl:1" in found.message


def test_a_file_that_cannot_be_opened_is_told_and_one_that_went_away_is_not(tmp_path: Path) -> None:
    assert told(FeedFile("x", "p", tmp_path)) == [(1, "unreadable")]
    assert told(FeedFile("x", "p", tmp_path / "none")) == []


def at(number: int) -> str:
    return f"2026-11-{number // 86400 + 1:02}T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"


def test_large_files_are_read_in_blocks_with_the_right_line_numbers(tmp_path: Path) -> None:
    lines = [line(id=f"{n:06}", at=at(n), title="x" * 80) for n in range(20_000)]
    assert told(feed(tmp_path, b"".join(lines))) == []
    lines[9_000], lines[15_000] = b"x\n", line(id="000003", at=at(15_000))
    assert told(feed(tmp_path, b"".join(lines))) == [
        (9_001, "feed-line"),
        (15_001, "feed-conflict"),
    ]


PIECES = [
    line(),
    line(id="2"),
    line(type="x"),
    line(at=None),
    GOOD,
    b"\n",
    b"{",
    b"}\n",
    b"\0",
    b" ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join))
@settings(deadline=None)
def test_blocks_find_what_single_lines_find(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = feed(tmp_path_factory.mktemp("feed"), data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedcheck, "decode_activities", lambda _: [])
        one_by_one = told(file)
    assert told(file) == one_by_one


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b'{"identity":"github:a"}\n{"identity":"github:b"}\n', []),
        (b'{"identity":"github:b"}\n{"identity":"github:a"}\n', ["feed-order"]),
        (b'{"identity":"github:a"}\n{"identity":"github:a"}\n', ["feed-twice"]),
        (b'{"identity":"github:a"}\n{"identity":"github:a","name":"A"}\n', ["feed-conflict"]),
        (b'{"identity":"Ada"}\n', ["feed-value"]),
        (b'{"identity":"github:a"}\n{"iden', ["feed-torn"]),
        (b'{"identity":"github:a","phone":"1"}\n', ["feed-line"]),
    ],
)
def test_profiles_are_checked_line_by_line(data: bytes, codes: list[str]) -> None:
    _, findings = read_profiles("sources/x/profiles.jsonl", data)
    assert [f.code for f in findings] == codes
