from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.publish.charts import Series, heat, meter, month_bars, nice_ceiling, sparkline
from crmtool.publish.words import months_until

MONTHS = months_until("2026-11", 24)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own)


@given(st.floats(0, 1e9))
def test_an_axis_ends_above_its_values_at_a_whole_step(peak: float) -> None:
    top, step = nice_ceiling(peak)
    assert top >= peak
    assert step >= 1
    assert top % step == 0
    assert 1 <= top // step <= 6


@pytest.mark.parametrize("stacked", [True, False])
def test_bars_by_month(stacked: bool) -> None:
    made, said = list(range(24)), [2] * 24
    chart = month_bars(
        "c",
        "A <b>title</b>",
        MONTHS,
        [Series("contributions", made, "crm-c1"), Series("conversations", said, "crm-c2")],
        stacked=stacked,
    )
    svg = drawn(chart.svg)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "c-t c-d"
    assert svg.findtext("title") == "A <b>title</b>"
    assert "at most 23 in November 2026" in (svg.findtext("desc") or "")
    assert len(svg.findall("g")) == 24
    assert svg.findall("g")[-1].findtext("title") == (
        "November 2026: 23 contributions, 2 conversations"
    )
    assert chart.rows[0] == ("November 2026", "23", "2")
    assert chart.head == ("Month", "Contributions", "Conversations")
    heights = [float(r.get("height") or 0) for r in svg.iter("rect")]
    assert all(0 <= h <= 176 for h in heights)


@given(st.lists(st.integers(0, 10**7), min_size=24, max_size=24))
def test_bars_of_any_values_stay_inside(values: list[int]) -> None:
    chart = month_bars("c", "t", MONTHS, [Series("things", values, "crm-c1")])
    for rect in drawn(chart.svg).iter("rect"):
        assert float(rect.get("y") or 0) >= 9.9
        assert float(rect.get("x") or 0) + float(rect.get("width") or 0) <= 720


def test_no_months() -> None:
    assert "No month to show" in month_bars("c", "t", [], []).svg


def test_sparkline() -> None:
    assert sparkline([1]) == ""
    assert 'aria-hidden="true"' in sparkline([0, 0])
    assert drawn(sparkline([1, 5, 3])).find("polyline") is not None


def test_heat() -> None:
    chart = heat("h", "Activity", {"2025-03": 1, "2026-11": 100}, "2026-11")
    cells = list(drawn(chart.svg).iter("rect"))
    assert len(cells) == 21
    assert cells[0].get("class") == "crm-heat__1"
    assert cells[-1].get("class") == "crm-heat__4"
    assert cells[-1].findtext("title") == "November 2026: 100 activities"
    assert cells[1].get("class") == "crm-heat__0"
    assert chart.rows == (("November 2026", "100"), ("March 2025", "1"))


def test_heat_of_decades_shows_the_last_years() -> None:
    chart = heat("h", "Activity", {"1999-01": 1}, "2026-11")
    years = [t.text for t in drawn(chart.svg).iter("text") if (t.text or "").isdigit()]
    assert years[0] == "2015"
    assert len(years) == 12


@pytest.mark.parametrize(("value", "top", "width"), [(1, 4, "25.0"), (0, 0, "0.0")])
def test_meter(value: int, top: int, width: str) -> None:
    assert f'width="{width}"' in meter(value, top)
