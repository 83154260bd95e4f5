"""Whom figures count, and whom lists show."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.metrics.engine import Engine
from tests.metrics.communities import TODAY, by_month, community, did, figure


@pytest.mark.parametrize("kind", ["bot", "organisation"])
def test_only_humans_are_counted(tmp_path: Path, kind: str) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-11-01", thread="t"),
        did("robo", "commit", "2026-10-01", thread="t"),
        people={"robo": {"kind": kind}},
    )
    with Engine(found, TODAY) as engine:
        assert engine.months() == ["2026-11"]
        assert list(engine.people()) == ["ada"]
        assert engine.people()["ada"].companions == ()
        assert engine.glance().people == 1
        assert [m.who for m in engine.glance().recent] == ["ada"]


def test_who_is_outside_is_nowhere(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-11-01", thread="t"),
        did("zed", "commit", "2026-10-01", thread="t"),
        did("forum:zed", "topic", "2026-10-01", thread="t"),
        outside=frozenset({"github:zed", "forum:zed"}),
    )
    with Engine(found, TODAY) as engine:
        assert engine.months() == ["2026-11"]
        assert list(engine.people()) == ["ada"]
        assert "zed" not in f"{engine.glance()} {engine.report('2026-11')} {engine.people()}"


def test_an_account_is_the_same_in_capitals(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("github:Ada", "commit", "2026-11-01"),
        did("github:Zed", "commit", "2026-10-01"),
        people={"ada": {}},
        actors={"github:ada": "ada"},
        outside=frozenset({"github:zed"}),
    )
    with Engine(found, TODAY) as engine:
        assert engine.months() == ["2026-11"]
        assert engine.people()["ada"].contributions == 1


def test_staff_have_pages_and_companions_and_are_in_no_list_of_a_report(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "message", "2026-11-01", thread="t"),
        did("sam", "message", "2026-11-02", thread="t"),
        *(did("sam", "commit", "2026-01-05") for _ in range(10)),
        people={
            "sam": {"staff": True, "affiliations": [{"organisation": "acme"}]},
            "acme": {"kind": "organisation"},
        },
        subprojects={"all": {"sources": ["git"]}},
    )
    with Engine(found, TODAY) as engine:
        report, people, glance = engine.report("2026-11"), engine.people(), engine.glance()
    assert [(c.who, c.threads) for c in people["ada"].companions] == [("sam", 1)]
    assert (people["sam"].contributions, people["sam"].conversations) == (10, 1)
    assert [m.who for m in glance.recent][:2] == ["sam", "ada"]  # a timeline is no figure
    assert (glance.people, glance.contributors, glance.active, glance.absence_factor) == (
        1,
        0,
        1,
        0,
    )
    assert [s.name for s in report.people] == ["ada"]
    assert [m.who for m in report.newcomers] == ["ada"]
    assert report.organisations == ()
    assert [s.people for s in (*report.types, *report.sources, *report.subprojects)] == [1, 1, 1]


def test_staff_do_not_go_quiet(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        *(did(who, "commit", "2026-05-05") for who in ("ada", "sam") for _ in range(10)),
        people={"sam": {"staff": True}},
    )
    with Engine(found, TODAY) as engine:
        assert engine.glance().quiet == ("ada",)


def test_a_pseudonym_is_counted_and_never_listed(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "topic", "2026-11-01T10:00:00Z", thread="t"),
        did("forum:eve", "reply", "2026-11-01T11:00:00Z", thread="t", title="I, Eve, say"),
        did("chat:eve", "message", "2026-11-02"),
        did("chat:mal", "message", "2026-11-02"),
        actors={"github:ada": "ada", "forum:eve": "~1", "chat:eve": "~1", "chat:mal": "~2"},
    )
    with Engine(found, TODAY) as engine:
        report, people, glance = engine.report("2026-11"), engine.people(), engine.glance()
    assert figure(report, "people") == 3  # distinct people stay distinct
    assert figure(report, "newcomers") == 3
    assert figure(report, "first_response") == 1
    assert (glance.people, glance.active) == (3, 3)
    for shown in (report.people, report.newcomers, people, glance.recent):
        assert "~" not in str(shown)
        assert "Eve" not in str(shown)
    assert people["ada"].companions == ()


def test_an_account_without_a_record_goes_by_its_identity(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-11-01", thread="t"),
        did("forum:countess", "message", "2026-11-02", thread="t"),
    )
    with Engine(found, TODAY) as engine:
        report, people, glance = engine.report("2026-11"), engine.people(), engine.glance()
    assert [s.name for s in report.people] == ["ada", "forum:countess"]
    assert [m.who for m in report.newcomers] == ["ada", "forum:countess"]
    assert [m.who for m in glance.recent] == ["forum:countess", "ada"]
    assert [c.who for c in people["ada"].companions] == ["forum:countess"]
    assert list(people) == ["ada"]  # only a record has a page


@pytest.mark.parametrize("actor", ["ada", "~1", "{}", '{"a": "b"}', "", "a b:c"])
def test_no_feed_can_make_an_actor_look_like_somebody_s_record(tmp_path: Path, actor: str) -> None:
    line = did("x:y", "commit", "2026-11-02") | {"actor": actor}
    found = community(tmp_path, did("ada", "commit", "2026-11-01"), line)
    with Engine(found, TODAY) as engine:
        assert engine.people()["ada"].contributions == 1
        assert engine.glance().people == 1


def test_several_accounts_are_one_person(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-10-01"),
        did("forum:countess", "message", "2026-11-02", "forum"),
        actors={"github:ada": "ada", "forum:countess": "ada"},
    )
    assert by_month(found, "newcomers") == {"2026-10": 1}
    with Engine(found, TODAY) as engine:
        assert engine.people()["ada"].sources == (("forum", 1), ("git", 1))


def test_what_somebody_did_who_is_gone_stays_done_by_nobody(tmp_path: Path) -> None:
    found = community(
        tmp_path, did(None, "commit", "2026-11-01"), did(None, "message", "2026-11-01")
    )
    with Engine(found, TODAY) as engine:
        report, glance = engine.report("2026-11"), engine.glance()
    assert (figure(report, "contributions"), figure(report, "conversations")) == (1, 1)
    assert (figure(report, "people"), figure(report, "absence_factor")) == (0, 0)
    assert (report.people, report.newcomers, glance.recent, glance.people) == ((), (), (), 0)
    assert [(s.name, s.contributions, s.people) for s in report.types] == [
        ("commit", 1, 0),
        ("message", 0, 0),
    ]
