"""Names that cannot be kept everywhere, and names that are one and the same somewhere."""

from __future__ import annotations

import pytest

from crmtool.model.paths import collisions, wrong_with

GOOD = ["ada-lovelace.md", "console", "Größe (2) & mehr.md", "日本.md", ".gitattributes", "a" * 255]
BAD = [
    ("con", "reserves"), ("AUX.md", "reserves"), ("com1.tar.gz", "reserves"), ("nul .md", "reserves"),
    ("ada.", "dot"), ("ada ", "blank"), (" ada", "blank"), ("a:b", ":"), ("what?", "?"),
    ("a\\b", "\\"), ("a\nb", "seen"), ("a\u202eb", "seen"), ("a\udcff", "seen"),
    ("e\u0301", "normal form"), ("a" * 256, "long"), ("é" * 128, "long"),
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_names_that_can_be_kept_everywhere(name: str) -> None:
    assert wrong_with(name) == ""


@pytest.mark.parametrize(("name", "word"), BAD)
def test_names_that_cannot(name: str, word: str) -> None:
    assert word in wrong_with(name)


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["a/b", "a/c", "A"], [("a", "A", "A")]),
        (["a/b", "A/c", "A/d"], [("a", "A", "A/c")]),
        (["straße", "STRASSE"], [("straße", "STRASSE", "STRASSE")]),
        (["é", "e\u0301"], [("é", "e\u0301", "e\u0301")]),
        (["a/b", "b/a", "ab"], []),
    ],
)
def test_collisions_are_told_once(paths: list[str], found: list[tuple[str, str, str]]) -> None:
    assert [tuple(c) for c in collisions(paths)] == found
