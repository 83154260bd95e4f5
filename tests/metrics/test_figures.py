"""Each figure of a month, with what a person would count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.metrics.catalogue import FIGURES, catalogue
from crmtool.metrics.engine import Engine
from tests.metrics.communities import TODAY, Line, by_month, community, did, figure

FOLDER = Path(__file__).parents[2] / "crmtool" / "metrics" / "sql"


def test_every_metric_says_what_it_is_and_who_defined_it() -> None:
    assert sorted(FIGURES) == sorted(path.stem for path in FOLDER.glob("*.sql"))
    for name, title, _unit, about in catalogue():
        assert name in FIGURES
        assert title
        assert "CHAOSS" in about or "Orbit" in about
        assert about.endswith(".")


CASES: dict[str, tuple[list[Line], dict[str, float]]] = {
    "people": (
        [
            did("ada", "commit", "2026-01-05"),
            did("ada", "message", "2026-01-06"),
            did("bo", "message", "2026-01-06"),
            did("cy", "sign-off", "2026-01-06"),  # a formality is no presence
            did("bo", "message", "2026-03-06"),
        ],
        {"2026-01": 2, "2026-03": 1},
    ),
    "contributors": (
        [
            did("ada", "commit", "2026-01-05"),
            did("ada", "review", "2026-01-06"),
            did("bo", "talk", "2026-01-06"),
            did("cy", "message", "2026-01-06"),
            did(None, "commit", "2026-02-01"),  # nobody is not a person
        ],
        {"2026-01": 2},
    ),
    "new_contributors": (
        [
            did("ada", "message", "2026-01-05"),
            did("ada", "commit", "2026-02-05"),
            did("ada", "commit", "2026-03-05"),
            did("bo", "commit", "2026-02-05"),
        ],
        {"2026-02": 2},
    ),
    "newcomers": (
        [
            did("ada", "message", "2026-01-05"),
            did("ada", "commit", "2026-02-05"),
            did("bo", "commit", "2026-02-05"),
            did("cy", "sign-off", "2026-01-05"),
            did("cy", "like", "2026-04-05"),
        ],
        {"2026-01": 1, "2026-02": 1, "2026-04": 1},
    ),
    "returning_contributors": (
        [
            did("ada", "commit", "2025-10-31"),
            did("ada", "commit", "2026-02-01"),  # silent Nov, Dec, Jan: back
            did("bo", "commit", "2025-11-01"),
            did("bo", "commit", "2026-02-01"),  # silent Dec, Jan: was not away
            did("cy", "message", "2025-01-01"),
            did("cy", "commit", "2026-02-01"),  # had only talked before, and is back
            did("dee", "commit", "2025-01-01"),
            did("dee", "message", "2026-01-01"),  # was there in January
            did("dee", "commit", "2026-02-01"),
            did("eve", "commit", "2025-01-01"),
            did("eve", "message", "2026-02-01"),  # is back, but only to talk
            did("fay", "commit", "2026-02-01"),  # is new
        ],
        {"2026-02": 2},
    ),
    "occasional": (
        [
            did("ada", "commit", "2026-01-05"),
            did("ada", "message", "2026-01-05"),
            did("bo", "commit", "2026-01-05"),
            did("bo", "commit", "2026-01-06"),
            did("bo", "commit", "2026-02-06"),
        ],
        {"2026-01": 1, "2026-02": 1},
    ),
    "contributions": (
        [
            did("ada", "commit", "2026-01-05"),
            did("ada", "commit", "2026-01-05"),
            did(None, "wiki-edit", "2026-01-05"),  # what somebody made stays made
            did("ada", "message", "2026-01-05"),
            did("ada", "commit", None),
        ],
        {"2026-01": 3},
    ),
    "conversations": (
        [
            did("ada", "message", "2026-01-05"),
            did("bo", "like", "2026-01-05"),
            did("bo", "sign-off", "2026-01-05"),
            did("bo", "commit", "2026-01-05"),
        ],
        {"2026-01": 2},
    ),
    "code": (
        [
            did("ada", "commit", "2026-01-05"),
            did("bo", "co-author", "2026-01-05"),
            did("bo", "merge", "2026-01-05"),
            did("bo", "review", "2026-01-05"),
        ],
        {"2026-01": 3},
    ),
    "absence_factor": (
        [
            *(did("ada", "commit", "2026-01-05") for _ in range(5)),
            *(did("bo", "commit", "2026-01-05") for _ in range(3)),
            *(did("cy", "commit", "2026-01-05") for _ in range(2)),  # ada made half of ten
            *(did("ada", "commit", "2026-02-05") for _ in range(2)),
            *(did("bo", "commit", "2026-02-05") for _ in range(2)),
            *(did("cy", "commit", "2026-02-05") for _ in range(2)),  # it takes two for half of six
            *(did(None, "commit", "2026-02-05") for _ in range(9)),
            did("ada", "message", "2026-03-01"),
        ],
        {"2026-01": 1, "2026-02": 2},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_figure(tmp_path: Path, name: str) -> None:
    lines, expected = CASES[name]
    assert by_month(community(tmp_path, *lines), name) == expected


def test_staff_stand_outside_every_figure_but_their_share(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-01-05"),
        did("sam", "commit", "2026-01-05"),
        did("sam", "commit", "2026-01-06"),
        did("sam", "commit", "2026-01-07"),
        did("sam", "message", "2026-01-07"),
        did("ada", "message", "2026-02-07"),
        people={"sam": {"staff": True}},
    )
    with Engine(found, TODAY) as engine:
        january, february = engine.reports(["2026-01", "2026-02"])
    assert {f.name: f.value for f in january.figures} == {
        "people": 1,
        "contributors": 1,
        "new_contributors": 1,
        "returning_contributors": 0,
        "occasional": 1,
        "newcomers": 1,
        "contributions": 1,
        "code": 1,
        "conversations": 0,
        "first_response": None,
        "absence_factor": 1,
        "staff_share": 0.75,
    }
    assert figure(february, "staff_share") is None  # nobody contributed: there is nothing to share


ASKED = "2026-01-05T10:00:00Z"
RESPONSES: dict[str, tuple[list[Line], float | None]] = {
    "answered": ([did("bo", "reply", "2026-01-05T13:30:00Z", thread="t")], 3.5),
    "answered in the next month": ([did("bo", "reply", "2026-02-05T10:00:00Z", thread="t")], 744),
    "the first answer": (
        [
            did("cy", "reply", "2026-01-05T14:00:00Z", thread="t"),
            did("bo", "reply", "2026-01-05T12:00:00Z", thread="t"),
        ],
        2,
    ),
    "oneself": ([did("ada", "reply", "2026-01-05T13:00:00Z", thread="t")], None),
    "staff": ([did("sam", "reply", "2026-01-05T11:00:00Z", thread="t")], 1),
    "somebody who is gone": ([did(None, "reply", "2026-01-05T11:00:00Z", thread="t")], 1),
    "a like is no answer": ([did("bo", "like", "2026-01-05T11:00:00Z", thread="t")], None),
    "another thread": ([did("bo", "reply", "2026-01-05T11:00:00Z", thread="u")], None),
    "before the question": ([did("bo", "reply", "2026-01-05T09:00:00Z", thread="t")], None),
    "after today": ([did("bo", "reply", "2026-11-22T09:00:00Z", thread="t")], None),
    "median": (
        [
            did("bo", "reply", "2026-01-05T12:00:00Z", thread="t"),
            did("ada", "issue-opened", "2026-01-07T10:00:00Z", thread="i"),
            did("bo", "comment", "2026-01-07T14:00:00Z", thread="i"),
            did("ada", "question", "2026-01-08T10:00:00Z", thread="q"),
            did("bo", "message", "2026-01-08T20:00:00Z", thread="q"),
            did("ada", "discussion", "2026-01-09T10:00:00Z", thread="d"),
        ],
        4,
    ),
}


@pytest.mark.parametrize("case", RESPONSES)
def test_hours_until_the_first_response(tmp_path: Path, case: str) -> None:
    answers, expected = RESPONSES[case]
    lines = [did("ada", "topic", ASKED, thread="t"), *answers]
    found = community(tmp_path, *lines, people={"sam": {"staff": True}})
    with Engine(found, TODAY) as engine:
        assert figure(engine.report("2026-01"), "first_response") == expected


def test_a_reply_answers_what_has_no_thread(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "pull-request-opened", "2026-01-05T10:00:00Z", id="p1"),
        did("bo", "review", "2026-01-05T16:00:00Z", reply_to="p1"),
        did("ada", "pull-request-opened", "2026-01-05T10:00:00Z", "elsewhere", id="p1"),
    )
    assert by_month(found, "first_response") == {"2026-01": 6}


def test_a_thread_is_of_its_source(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "topic", "2026-01-05T10:00:00Z", "forum", thread="1"),
        did("bo", "comment", "2026-01-05T11:00:00Z", "tracker", thread="1"),
    )
    assert by_month(found, "first_response") == {}
