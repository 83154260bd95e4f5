"""The community at a glance, on 21 November 2026."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from crmtool.metrics.engine import Engine
from crmtool.model.community import Community
from crmtool.model.figures import Glance, Month, Share
from tests.metrics.communities import TODAY, Line, community, did


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def glance(found: Community, as_of: date = TODAY) -> Glance:
    with Engine(found, as_of) as engine:
        return engine.glance()


def test_who_is_here(tmp_path: Path) -> None:
    found = glance(
        community(
            tmp_path,
            did("ada", "commit", ago(400)),
            did("ada", "message", ago(89)),
            did("bo", "commit", ago(90)),
            did("cy", "message", ago(29)),
            did("dee", "message", ago(30)),
            did("eve", "sign-off", ago(1)),
        )
    )
    assert (found.people, found.contributors) == (4, 2)
    assert found.active == 3  # ada, cy, dee
    assert found.newcomers == 1  # cy


def test_the_absence_factor_of_a_year(tmp_path: Path) -> None:
    found = glance(
        community(
            tmp_path,
            *(did("ada", "commit", ago(365)) for _ in range(99)),
            *(did("bo", "commit", ago(364)) for _ in range(3)),
            *(did("cy", "commit", ago(2)) for _ in range(2)),
            *(did("dee", "commit", ago(1)) for _ in range(2)),
        )
    )
    assert found.absence_factor == 2


def test_the_last_two_years_month_by_month(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2020-01-01"),
        did("ada", "commit", "2026-10-01"),
        did("bo", "message", "2026-10-01"),
    )
    months = glance(found).months
    assert (months[0].month, months[-1].month, len(months)) == ("2024-12", "2026-11", 24)
    assert months[-2:] == (Month("2026-10", 2, 1, 1, 1, 1), Month("2026-11", 0, 0, 0, 0, 0))


def test_the_latest_thirty_worth_showing(tmp_path: Path) -> None:
    found = glance(
        community(
            tmp_path,
            *(did("ada", "commit", ago(n), title=f"{n}") for n in range(40)),
            *(did("ada", "sign-off", ago(n)) for n in range(40)),
            did(None, "commit", ago(0)),
        )
    )
    assert [m.title for m in found.recent] == [str(n) for n in range(30)]


def test_subprojects_over_thirty_days(tmp_path: Path) -> None:
    found = glance(
        community(
            tmp_path,
            did("ada", "commit", ago(0)),
            did("ada", "message", ago(29)),
            did("bo", "commit", ago(30)),
            did("bo", "commit", ago(59)),
            did("bo", "commit", ago(60)),
            did("bo", "commit", ago(364)),
            did("bo", "commit", ago(365)),
            did("bo", "commit", ago(394)),
            did("bo", "commit", ago(395)),
            subprojects={"server": {"sources": ["git"]}, "docs": {}},
        )
    )
    assert found.subprojects == (Share("server", 1, 1, 1, 2, 2), Share("docs", 0, 0, 0))


def test_who_went_quiet(tmp_path: Path) -> None:
    def was_here(who: str, times: int, last: int) -> list[Line]:
        return [did(who, "commit", ago(last + n)) for n in range(times)]

    found = glance(
        community(
            tmp_path,
            *was_here("ada", 10, 90),
            *was_here("bo", 12, 454),
            *was_here("cy", 9, 90),  # too few contributions
            *was_here("dee", 10, 89),  # not long enough
            *was_here("eve", 10, 455),  # too long
            *was_here("fay", 10, 90),
            did("fay", "sign-off", ago(3)),  # a sign of life
            *(did("forum:gus", "talk", ago(100)) for _ in range(10)),  # has no record
        )
    )
    assert found.quiet == ("bo", "ada")
