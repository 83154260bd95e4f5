"""A no is final, whoever asks and whatever becomes of the two."""

from __future__ import annotations

import pytest

from crmtool.identity.answers import Answers
from tests.sync.desks import community

FILES = {
    "people/ada.md": "---\nname: Ada\nidentities: [github:ada]\naliases: [countess]\n"
    "not_same_as: [old-ben]\nnot_identities: [forum.x.org:A, github:cleo]\n---\n",
    "people/ben.md": "---\nname: Ada\nidentities: [github:Ben]\naliases: [old-ben]\n---\n",
    "people/cleo.md": "---\nname: Ada\nidentities: [github:Cleo]\n---\n",
    "people/dora.md": "---\nname: Ada\n---\n",
}


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("ada", "ben", True),
        ("countess", "old-ben", True),
        ("github:ada", "github:ben", True),
        ("ada", "github:cleo", True),
        ("ada", "cleo", True),
        ("GitHub:Ada", "forum.x.org:a", True),
        ("ada", "dora", False),
        ("ben", "cleo", False),
        ("dora", "forum.x.org:a", False),
    ],
)
def test_who_was_told_apart_is_apart_under_every_name(a: str, b: str, apart: bool) -> None:
    answers = Answers(community(FILES).people)
    assert answers.are_apart(a, b) == answers.are_apart(b, a) == apart


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [("ada", "countess", True), ("ada", "github:ADA", True), ("ada", "dora", False)],
)
def test_who_is_one_is_one_under_every_name(a: str, b: str, one: bool) -> None:
    assert Answers(community(FILES).people).are_one(a, b) == one
