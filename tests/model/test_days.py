"""Days as people write them, and when a task comes again. Today is Saturday, 21 November 2026."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.days import add, read_day
from crmtool.model.repeat import following, read_repeat

TODAY = date(2026, 11, 21)
MEANT = {
    "today": "2026-11-21",
    "Tomorrow": "2026-11-22",
    "yesterday": "2026-11-20",
    "friday": "2026-11-27",
    "next fri": "2026-11-27",
    "on monday": "2026-11-23",
    "saturday": "2026-11-28",
    "+3d": "2026-11-24",
    "+2w": "2026-12-05",
    "in 2 weeks": "2026-12-05",
    "a week from now": "2026-11-28",
    "next week": "2026-11-28",
    "+3m": "2027-02-21",
    "1 year": "2027-11-21",
    "3 dec": "2026-12-03",
    "٣ dec": "2026-12-03",
    "Dec 3rd, 2027": "2027-12-03",
    "1st march": "2027-03-01",
    "29 feb": "2028-02-29",
    "2026-12-03": "2026-12-03",
}


@pytest.mark.parametrize(("words", "day"), MEANT.items())
def test_a_day_in_people_s_words(words: str, day: str) -> None:
    assert read_day(words, TODAY).isoformat() == day


@pytest.mark.parametrize(
    "words", ["", "soon", "may", "m", "31 feb", "2026-13-01", "+9999y", "3 foo", "1"]
)
def test_what_is_no_day_is_said_to_be_none(words: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        read_day(words, TODAY)


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_none(words: str) -> None:
    with suppress(ValueError):
        assert isinstance(read_day(words, TODAY), date)


def test_the_last_of_a_month_stays_the_last() -> None:
    assert add(date(2027, 1, 31), 1, "m") == date(2027, 2, 28)
    assert add(date(2028, 2, 29), 1, "y") == date(2029, 2, 28)


AGAIN = [
    ("FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "2026-11-30"),
    ("FREQ=WEEKLY;BYDAY=MO", "2026-10-05", "2026-11-23"),  # those missed are passed over
    ("FREQ=DAILY", "2026-11-20", "2026-11-21"),
    ("FREQ=WEEKLY;INTERVAL=2", "2026-11-10", "2026-11-24"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30", "2026-12-31"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29", "2028-02-29"),
    ("FREQ=WEEKLY;UNTIL=20261120", "2026-11-16", None),
    ("FREQ=WEEKLY;UNTIL=20261130T000000Z", "2026-11-16", "2026-11-23"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2026-11-16", None),
    ("FREQ=MONTHLY;BYMONTHDAY=99", "2026-11-16", None),
    ("FREQ=DAILY;COUNT=1", "2026-11-21", None),
]


@pytest.mark.parametrize(("rule", "due", "again"), AGAIN)
def test_when_a_task_comes_again(rule: str, due: str, again: str | None) -> None:
    found = following(rule, date.fromisoformat(due), TODAY)
    assert found == (None if again is None else (date.fromisoformat(again), rule))


def test_a_count_is_one_less_each_time() -> None:
    first = following("FREQ=DAILY;COUNT=3", TODAY, TODAY)
    assert first == (date(2026, 11, 22), "FREQ=DAILY;COUNT=2")
    assert following(first[1], first[0], TODAY) == (date(2026, 11, 23), "FREQ=DAILY;COUNT=1")


def test_a_rule_may_be_a_word() -> None:
    assert read_repeat("Weekly") == "FREQ=WEEKLY"
    assert read_repeat("freq=daily") == "FREQ=DAILY"
    with pytest.raises(ValueError, match="daily or slower"):
        read_repeat("FREQ=HOURLY")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYDAY=54MO",
        "FREQ=WEEKLY;BYDAY=MO,",
    ],
)
def test_a_rule_that_no_calendar_has_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="cannot have"):
        read_repeat(rule)
