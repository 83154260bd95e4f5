"""What was probably meant by a value that does not fit."""

from __future__ import annotations

import pytest

from crmtool.text.guesses import listed, meant

DATE, MONTH = "is not a date: YYYY-MM-DD expected", "is not a month: YYYY-MM expected"
FLAG, SLUG, TAG = "is neither true nor false", "is not a slug: only", "is not a tag: only"
IDENTITY, LINK = "is not an identity: network:handle expected", "is not a link"
PERIOD = "is not a period: a number and"
# (what is said, the value, what was meant)
GUESSED = [
    (DATE, "21.11.2026", "2026-11-21"), (DATE, "1.2.2026", "2026-02-01"),
    (DATE, "2026/11/21", "2026-11-21"), (DATE, "2026-1-5", "2026-01-05"),
    (DATE, "20261121", "2026-11-21"), (DATE, "2026-11-21T10:00:00Z", "2026-11-21"),
    (DATE, "11/21/2026", "2026-11-21"), (DATE, "21/11/2026", "2026-11-21"),
    (MONTH, "2026-1", "2026-01"), (MONTH, "11/2026", "2026-11"), (MONTH, "21.11.2026", "2026-11-21"),
    (FLAG, "yes", "true"), (FLAG, "True", "true"), (FLAG, "nein", "false"),
    (SLUG, "Ada Lovelace", "ada-lovelace"), (SLUG, "José_Núñez", "jose-nunez"),
    (TAG, "#Expert/Compilers", "expert/compilers"), (TAG, "Gives talks", "gives-talks"),
    (IDENTITY, "https://github.com/ada", "github:ada"), (IDENTITY, "@ada", "github:ada"),
    (IDENTITY, "GitHub: @ada", "github:ada"),
    (PERIOD, "3 years", "3y"), (PERIOD, "90 D", "90d"), (PERIOD, "2 month", "2m"),
    (LINK, "ada.example.org/about", "https://ada.example.org/about"),
]  # fmt: skip
OPEN = [
    (DATE, "11/12/2026"), (DATE, "next week"), (DATE, "31.02.2026"), (DATE, "99/99/2026"),
    (FLAG, "maybe"), (SLUG, "日本"), (IDENTITY, "Ada Lovelace"), (LINK, "javascript:alert(1)"),
    (DATE, ["x"]), (DATE, " "), ("is something else", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "given", "guess"), GUESSED)
def test_what_was_meant(words: str, given: str, guess: str) -> None:
    assert meant(words, given) == f"did you mean {guess}?"


@pytest.mark.parametrize(("words", "given"), OPEN)
def test_what_nobody_can_tell(words: str, given: object) -> None:
    assert meant(words, given) == ""


def test_typographic_quotes_are_named() -> None:
    assert "straight" in meant(DATE, "\u201c2026-11-21\u201d")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("speaker", "write [speaker]"),
        ("a, b", "write [a, b]"),
        ("-a -b", "put a blank after each '-'"),
        ("a,,b", ""),
        ("x" * 100, ""),
        ({"a": "b"}, ""),
    ],
)
def test_what_should_have_been_a_list(given: object, hint: str) -> None:
    assert listed(given) == hint
