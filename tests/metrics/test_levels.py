"""Orbit levels: the published table of activity weights and presence milestones, row by row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crmtool.metrics.calendar import days_of
from crmtool.metrics.engine import Engine
from tests.metrics.communities import TODAY, community, did

MONDAY = date(2026, 8, 3)


def days(*offsets: int, first: date = MONDAY) -> list[dict[str, Any]]:
    return [did("ada", "commit", f"{first + timedelta(days=n)}") for n in offsets]


def level(folder: Path, lines: list[dict[str, Any]], **config: Any) -> int | None:
    with Engine(community(folder, *lines, **config), TODAY) as engine:
        return engine.levels().get("ada")


@pytest.mark.parametrize(
    ("offsets", "expected"),
    [
        ([0], 4),
        ([0, 7], 4),  # a day in each of two weeks
        ([0, 0, 0], 4),  # however often on one day
        ([0, 1], 3),  # two days in a week
        ([6, 7], 4),  # Sunday, and Monday of the next week
        ([0, 7, 14, 21, 1, 8], 3),  # six days in a month
        ([0, 7, 14, 21, 1, 8, 15], 2),  # seven
        (range(29), 2),
        (range(30), 1),  # thirty days in a quarter
    ],
)
def test_presence_milestones(tmp_path: Path, offsets: list[int], expected: int) -> None:
    assert level(tmp_path, days(*offsets)) == expected


@pytest.mark.parametrize(("weight", "expected"), [(3, 4), (4, 3), (6, 3), (7, 2), (9, 2), (10, 1)])
def test_the_weight_of_the_heaviest_activity(tmp_path: Path, weight: int, expected: int) -> None:
    engagement = {"weights": {"default": 1, "talk": weight}}
    lines = [did("ada", "talk", "2026-09-01"), did("ada", "commit", "2026-10-01")]
    assert level(tmp_path, lines, engagement=engagement) == expected


def test_only_the_window_counts(tmp_path: Path) -> None:
    assert level(tmp_path, days(0, 1), engagement={"window": "30d"}) is None
    assert level(tmp_path, days(0, 1), engagement={"window": "1y"}) == 3


def test_formalities_are_no_presence(tmp_path: Path) -> None:
    lines = [did("ada", "commit", "2026-08-03"), did("ada", "sign-off", "2026-08-04")]
    assert level(tmp_path, lines) == 4


@pytest.mark.parametrize(
    ("period", "expected"),
    [("48h", 2), ("1h", 1), ("90d", 90), ("2w", 14), ("6m", 183), ("1y", 365)],
)
def test_a_period_in_days(period: str, expected: int) -> None:
    assert days_of(period) == expected
