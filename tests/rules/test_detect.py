"""What the detectors find, on a labelled set: `labelled/KIND.txt`, one line of a note each.

What must be found stands between ⟦ and ⟧. The broken bars in tokens go before the text is looked
at: with them no token is whole, and no scanner of a hosting site takes the file for a leak. All
people are invented; hosts and numbers are reserved, or published as examples.
"""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.rules.detect.scan import DETECTORS, EVERYWHERE, hide, scan
from crmtool.rules.detect.sieve import speaks_of_people, suspects

LABELLED = Path(__file__).parent / "labelled"
MARKS = re.compile("[⟦⟧]")


class Line(NamedTuple):
    """A line without its marks, and where what must be found stands in it."""

    text: str
    marked: tuple[tuple[int, int], ...]


def labelled(name: str) -> list[Line]:
    lines = (LABELLED / f"{name}.txt").read_text(encoding="utf-8").replace("¦", "").splitlines()
    return [unmarked(line) for line in lines]


def unmarked(line: str) -> Line:
    pieces = MARKS.split(line)
    ends = [sum(map(len, pieces[: n + 1])) for n in range(len(pieces) - 1)]
    return Line("".join(pieces), tuple(zip(ends[::2], ends[1::2], strict=True)))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def missed(kind: str, line: Line) -> list[str]:
    found = [(hit.start, hit.end) for hit in scan(line.text) if hit.kind == kind]
    return [line.text[slice(*m)] for m in line.marked if not any(overlap(m, f) for f in found)]


def false_alarms(line: Line) -> list[str]:
    found = [(hit.start, hit.end) for hit in scan(line.text)]
    return [line.text[slice(*f)] for f in found if not any(overlap(m, f) for m in line.marked)]


def test_the_set_is_large_enough() -> None:
    assert sum(len(labelled(kind)) for kind in (*DETECTORS, "clean")) >= 300


@pytest.mark.parametrize("kind", DETECTORS)
def test_what_is_marked_is_found(kind: str) -> None:
    lines = labelled(kind)
    misses = [miss for line in lines for miss in missed(kind, line)]
    assert len(misses) <= 0.05 * sum(len(line.marked) for line in lines), misses


def test_clean_lines_stay_clean() -> None:
    lines = labelled("clean")
    alarms = [line.text for line in lines if false_alarms(line)]
    assert len(alarms) <= 0.01 * len(lines), alarms


@pytest.mark.parametrize("kind", ["email", "phone", "bank", "secret"])
def test_marked_lines_hold_nothing_else(kind: str) -> None:
    lines = labelled(kind)
    alarms = [line.text for line in lines if false_alarms(line)]
    assert len(alarms) <= 0.01 * len(lines), alarms


def test_a_message_never_repeats_a_secret() -> None:
    for text, marked in labelled("secret"):
        shown = hide(f"no person is called '{text}'")
        assert not any(text[slice(*place)] in shown for place in marked), shown


def test_a_message_without_a_secret_stays_as_it_is() -> None:
    message = "unknown key 'pasword', did you mean 'password'? known keys: name, token_env"
    assert hide(message) == message


def through_the_sieve(text: str, kind: str) -> bool:
    return 0 in suspects([text]) or (kind not in EVERYWHERE and speaks_of_people(text))


def test_the_sieve_keeps_nothing_back() -> None:
    lines = [line.text for kind in (*DETECTORS, "clean") for line in labelled(kind)]
    kept = [(text, h) for text in lines for h in scan(text) if not through_the_sieve(text, h.kind)]
    assert kept == []


def test_the_sieve_tells_which_of_many_texts_it_means() -> None:
    texts = ["", "Ada", "İİİ, and a token", "Written in May", "", "ada@example.org", "a"]
    assert suspects(texts) == {2, 5}
    assert suspects([]) == set()


PIECES = st.sampled_from(
    [
        *"@.+(): \n\\&#;%<>-_/=[]'`é",
        *(
            "at",
            "dot",
            "ada",
            "example",
            "org",
            "1",
            "44",
            "20",
            "7946",
            "0958",
            "tel",
            "\u200b",
            "＠",
        ),
        *(
            "１",
            "𝓪",
            "٣",
            "password",
            "token",
            "&#64;",
            "%40",
            "<b>",
            "</b>",
            "密码",
            "A1b2C3d4E5f6G7",
        ),
        *("She ", "is ", "14 ", "gay", "has ", "depression", "born ", "May ", "lives ", "Road"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_can_be_looked_at(text: str) -> None:
    for hit in scan(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert through_the_sieve(text, hit.kind)


# What makes a careless pattern go back and forth: each is looked at in well under a second.
@pytest.mark.parametrize(
    "unit",
    [
        *("a@", "a@b.", "a (at) ", "a at b dot ", "@ ", "&#64;", "<b>", "<!--", "%40", "\\@"),
        *("1 ", "+1 ", "(0", "tel 1", "call 1-", "DE12 ", "AA11AAAA", "4111 ", "d" * 60 + "1 "),
        *("password ", "password: ", "token a1", "curl -u a:b ", "a://b:c", "eyJa.", "key="),
        *(
            "she is ",
            "is muslim ",
            "depression ",
            "lives at 1 ",
            "calle ",
            "born 1",
            "is 14 ",
            "[[",
        ),
    ],
)
def test_a_flood_is_looked_at_quickly(unit: str) -> None:
    text = (unit * 40_000)[:40_000]
    began = process_time()
    scan(text)
    assert process_time() - began < 3
