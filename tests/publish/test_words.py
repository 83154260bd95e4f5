from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.figures import Unit
from crmtool.publish import words

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x07", "[31mred"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\ud800b", "ab"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("محمد", "محمد"),
    ],
)
def test_clean(raw: str, clean: str) -> None:
    assert words.clean(raw) == clean


@given(st.text())
def test_clean_text_can_be_written_as_utf_8_and_stays_clean(text: str) -> None:
    cleaned = words.clean(text)
    cleaned.encode("utf-8")
    assert words.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("ada", "A"),
        ("Ada King Lovelace", "AL"),
        ("林 美咲", "林"),
        ("محمد بن موسى", "م"),
        ("Анна Ковальчук", "А"),
        ("<img src=x>", "S"),
        ("", "?"),
        ("42", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert words.initials(name) == letters


@given(st.text())
def test_initials_and_hue_of_anything(name: str) -> None:
    assert 1 <= len(words.initials(name)) <= 4
    assert 0 <= words.hue(name) < words.HUES


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1234567, "1,234,567"), (3.5, "3.5"), (2.0, "2")]
)
def test_number(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-22", "today"),
        ("2026-11-21T23:59:00Z", "yesterday"),
        ("2026-11-10", "12 days ago"),
        ("2026-10-22", "4 weeks ago"),
        ("2026-05-22", "6 months ago"),
        ("2020-01-01", "6 years ago"),
        ("2026-12-24", "24 December 2026"),
    ],
)
def test_ago(day: str, text: str) -> None:
    assert words.ago(day, TODAY) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 21), "overdue by 1 day"),
        (date(2026, 11, 22), "due today"),
        (date(2026, 11, 23), "due tomorrow"),
        (date(2026, 11, 30), "due in 8 days"),
        (date(2027, 1, 1), "due 1 January 2027"),
    ],
)
def test_until(day: date, text: str) -> None:
    assert words.until(day, TODAY) == text


def test_months() -> None:
    assert words.month_before("2026-01") == "2025-12"
    assert words.month_before("2026-11", 12) == "2025-11"
    assert words.months_until("2026-02", 3) == ["2025-12", "2026-01", "2026-02"]
    assert words.is_whole("2026-10", TODAY)
    assert not words.is_whole("2026-11", TODAY)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12, "people", "12"),
        (0.256, "share", "26%"),
        (30.04, "hours", "30 hours"),
        (1, "hours", "1 hour"),
        (100, "hours", "4.2 days"),
        (1.5, "days", "1.5 days"),
    ],
)
def test_measured(value: float, unit: Unit, text: str) -> None:
    assert words.measured(value, unit) == text


@pytest.mark.parametrize(
    ("now", "then", "unit", "said"),
    [
        (12, 10, "people", ("up", "2 more", "+20%", "good")),
        (10, 12, "people", ("down", "2 fewer", "\u221217%", "bad")),
        (5, 0, "activities", ("up", "5 more", "", "good")),
        (5, 5, "activities", ("same", "the same", "", "same")),
        (0.25, 0.5, "share", ("down", "25 points less", "", "same")),
        (100, 20, "hours", ("up", "3.3 days longer", "+400%", "bad")),
        (20, 100, "hours", ("down", "3.3 days shorter", "\u221280%", "good")),
    ],
)
def test_change(now: float, then: float, unit: Unit, said: tuple[str, ...]) -> None:
    found = words.change(now, then, unit, "October")
    assert found is not None
    assert (found.direction, found.size, found.percent, found.tone) == said
    assert found.when.endswith("in October")


def test_without_an_earlier_value_there_is_no_change() -> None:
    assert words.change(1, None, "people", "October") is None
    assert words.change(None, 1, "people", "October") is None


@pytest.mark.parametrize("at", ["", None, "yesterday", "2026-13-01", "<script>"])
def test_a_moment_without_a_day(at: str | None) -> None:
    assert words.moment_day(at) == ""


def test_a_moments_day() -> None:
    assert words.moment_day("2026-11-20T10:00:00Z") == "2026-11-20"
    assert words.short_day("2026-11-20") == "20 Nov"
