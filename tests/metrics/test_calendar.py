"""Months begin where the community is, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crmtool.metrics.calendar import first_day, last_day, month_name, month_number, shifts
from crmtool.metrics.engine import Engine
from crmtool.model.figures import Report
from tests.metrics.communities import by_month, community, did, figure


@pytest.mark.parametrize(
    ("zone", "moment", "month"),
    [
        ("UTC", "2026-10-31T23:59:59Z", "2026-10"),
        ("UTC", "2026-11-01T00:00:00Z", "2026-11"),
        ("Asia/Tokyo", "2026-10-31T14:59:59Z", "2026-10"),
        ("Asia/Tokyo", "2026-10-31T15:00:00Z", "2026-11"),
        ("America/New_York", "2026-11-01T03:59:59Z", "2026-10"),  # summer: four hours behind
        ("America/New_York", "2026-11-01T04:00:00Z", "2026-11"),
        ("America/New_York", "2026-03-01T04:59:59Z", "2026-02"),  # winter: five
        ("America/New_York", "2026-03-01T05:00:00Z", "2026-03"),
        ("Asia/Kathmandu", "2026-10-31T18:14:59Z", "2026-10"),
        ("Asia/Kathmandu", "2026-10-31T18:15:00Z", "2026-11"),
        ("UTC", "2026-11-01T01:00:00+02:00", "2026-10"),  # no feed of ours, and yet a moment
    ],
)
def test_an_activity_is_in_the_month_that_the_community_s_calendar_shows(
    tmp_path: Path, zone: str, moment: str, month: str
) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-01-15"),
        did("ada", "review", moment),
        did("ada", "commit", "2026-11-15"),
        community={"name": "C", "timezone": zone},
    )
    with Engine(found, date(2026, 11, 21)) as engine:
        reports = {r.month: r for r in engine.reports(engine.months())}
    assert [m for m, r in reports.items() if "review" in {t.name for t in r.types}] == [month]


def test_today_ends_when_it_ends_for_the_community(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-11-20T14:59:59Z"),  # 20 November, 23:59 in Tokyo
        did("bo", "commit", "2026-11-20T15:00:00Z"),
        did("cy", "commit", "2099-01-01"),
        community={"name": "C", "timezone": "Asia/Tokyo"},
    )
    with Engine(found, date(2026, 11, 20)) as engine:
        assert engine.months() == ["2026-11"]
        assert list(engine.people()) == ["ada"]
        assert [m.who for m in engine.glance().recent] == ["ada"]


def test_months_have_no_gaps(tmp_path: Path) -> None:
    lines = did("ada", "commit", "2025-11-01"), did("ada", "commit", "2026-01-31")
    with Engine(community(tmp_path, *lines), date(2026, 3, 1)) as engine:
        assert engine.months() == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(
    "when", [None, "", "yesterday", "2026-02-30T00:00:00Z", "infinity", "epoch"]
)
def test_without_a_readable_date_it_is_in_the_totals_and_in_no_month(
    tmp_path: Path, when: str | None
) -> None:
    lines = did("ada", "commit", "2026-11-01"), did("ada", "commit", when), did("bo", "talk", when)
    found = community(tmp_path, *lines)
    assert by_month(found, "contributions") == {"2026-11": 1}
    with Engine(found, date(2026, 11, 21)) as engine:
        ada, bo = engine.people()["ada"], engine.people()["bo"]
        glance = engine.glance()
    assert (ada.contributions, len(ada.recent), ada.months) == (2, 1, (("2026-11", 1, 0),))
    assert (bo.contributions, bo.first_seen, bo.last_seen, bo.months) == (1, "", "", ())
    assert (glance.people, glance.contributors, glance.active, glance.newcomers) == (2, 2, 1, 1)


def test_a_clock_that_was_never_set_makes_no_months(tmp_path: Path) -> None:
    lines = did("ada", "commit", "1970-01-01T00:00:01Z"), did("ada", "commit", "2026-11-01")
    with Engine(community(tmp_path, *lines), date(2026, 11, 21)) as engine:
        assert engine.months() == ["2026-11"]
        assert engine.people()["ada"].contributions == 2


def beside(report: Report) -> list[float | None]:
    code = next(f for f in report.figures if f.name == "code")
    return [code.value, code.month_before, code.year_before]


def test_beside_the_month_and_the_year_before(tmp_path: Path) -> None:
    lines = [did("ada", "commit", day) for day in ("2025-02-01", "2025-02-02", "2026-01-01")]
    with Engine(community(tmp_path, *lines), date(2026, 2, 10)) as engine:
        reports = {r.month: r for r in engine.reports(engine.months())}
    assert beside(reports["2025-02"]) == [2, None, None]  # there is nothing before the first month
    assert beside(reports["2025-03"]) == [0, 2, None]
    assert beside(reports["2026-01"]) == [1, 0, None]
    assert beside(reports["2026-02"]) == [0, 1, 2]


@pytest.mark.parametrize(
    ("today", "complete"), [("2026-01-31", False), ("2026-02-01", True), ("2026-01-05", False)]
)
def test_a_report_is_complete_once_its_month_is_over(
    tmp_path: Path, today: str, *, complete: bool
) -> None:
    found = community(tmp_path, did("ada", "commit", "2026-01-05"))
    with Engine(found, date.fromisoformat(today)) as engine:
        report = engine.report("2026-01")
    assert report.complete is complete
    assert figure(report, "code") == 1


@pytest.mark.parametrize(
    "zone",
    [
        "America/St_Johns",  # changed at one minute past midnight
        "Africa/Casablanca",  # changes around Ramadan
        "Pacific/Apia",  # left a day out
        "Europe/Dublin",
        "Asia/Pyongyang",
    ],
)
def test_shifts_are_those_of_the_zone_to_the_second(zone: str) -> None:
    place, first, last = ZoneInfo(zone), datetime(2004, 1, 1), datetime(2020, 1, 1)  # noqa: DTZ001
    found = list(shifts(place, first, last))
    assert found[0][0] == first
    for (since, shift), (_, before) in zip(found[1:], found, strict=False):
        for moment, expected in ((since, shift), (since - timedelta(seconds=1), before)):
            offset = moment.replace(tzinfo=UTC).astimezone(place).utcoffset()
            assert offset == timedelta(seconds=expected)
    assert len({since.year for since, _ in found}) >= 2


def test_months_as_numbers_and_back() -> None:
    assert month_name(month_number("2026-12") or 0) == "2026-12"
    assert [month_number(x) for x in ("2026-13", "2026-00", "2026-1", "٢٠٢٦-01", "2026-01\n")] == (
        [None] * 5
    )
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (first_day("2024-02-03"), last_day("2024-02-03")) == (date(2024, 2, 3),) * 2
    assert last_day("9999-12") == date.max
