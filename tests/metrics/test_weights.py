"""What an activity weighs, and what weighs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.metrics.weighing import weighing
from crmtool.model.config import Weights
from tests.metrics.communities import by_month, community, did


@pytest.mark.parametrize(
    ("activity", "everywhere", "here", "expected"),
    [
        ("review", {}, {}, 2),  # as the vocabulary has it
        ("review", {"review": 5}, {}, 5),
        ("review", {"review": 5}, {"review": 7}, 7),
        ("review", {"default": 3}, {}, 3),
        ("review", {"default": 3, "review": 5}, {}, 5),
        ("review", {"review": 5}, {"default": 3}, 3),
        ("sign-off", {}, {}, 0),
        ("sign-off", {"default": 3}, {"default": 4}, 0),  # stays a formality unless it is named
        ("sign-off", {"sign-off": 1}, {}, 1),
        ("message", {"message": 0}, {}, 0),
    ],
)
def test_weights_from_the_source_to_the_vocabulary(
    tmp_path: Path, activity: str, everywhere: Weights, here: Weights, expected: float
) -> None:
    found = community(
        tmp_path,
        did("ada", activity, "2026-11-01"),
        engagement={"weights": everywhere},
        sources={"git": {"weights": here}},
    )
    rows = {(w.source, w.type): w for w in weighing(found)}
    assert rows["git", activity].weight == expected
    assert (rows["git", activity].kind == "formality") == (expected == 0)


def test_the_community_decides_what_is_a_formality(tmp_path: Path) -> None:
    lines = [
        did("ada", "sign-off", "2026-11-01"),
        did("ada", "message", "2026-11-01"),
        did("ada", "message", "2026-11-01", "chat"),
        did("ada", "commit", "2026-11-01"),
    ]
    weights = {"sign-off": 1, "commit": 0}
    found = community(
        tmp_path,
        *lines,
        engagement={"weights": weights},
        sources={"chat": {"weights": {"message": 0}}},
    )
    assert by_month(found, "conversations") == {"2026-11": 2}
    assert by_month(found, "contributions") == {"2026-11": 1}  # light work is work
