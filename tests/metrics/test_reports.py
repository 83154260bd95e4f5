"""The lists of a report, and asking for one that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crmtool.errors import UsageError
from crmtool.metrics.engine import Engine
from crmtool.model.figures import Share
from tests.metrics.communities import TODAY, by_month, community, did, figure

SUBPROJECTS: dict[str, Any] = {
    "server": {"sources": ["git", "forum"]},
    "docs": {"sources": ["wiki"]},
    "idle": {},
}


def test_shares_stand_beside_the_month_and_the_year_before(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2025-02-01"),
        did("ada", "message", "2025-02-01", "forum"),
        did("bo", "message", "2026-01-01", "forum"),
        did("ada", "commit", "2026-02-01"),
        did("ada", "commit", "2026-02-02"),
        did("bo", "message", "2026-02-03", "forum"),
        did("bo", "wiki-edit", "2026-02-03", "wiki"),
        did("ada", "sign-off", "2026-02-03"),
        subprojects=SUBPROJECTS,
    )
    with Engine(found, TODAY) as engine:
        report = engine.report("2026-02")
    assert report.types == (
        Share("commit", 2, 0, 1, 0, 1),
        Share("wiki-edit", 1, 0, 1),
        Share("message", 0, 1, 1, 1, 1),
        Share("sign-off", 0, 1, 1),  # a formality, listed here and in no sum
    )
    assert report.sources == (
        Share("git", 2, 0, 1, 0, 1),
        Share("wiki", 1, 0, 1),
        Share("forum", 0, 1, 1, 1, 1),
    )
    assert report.subprojects == (Share("server", 2, 1, 2, 1, 2), Share("docs", 1, 0, 1))
    assert report.people == (Share("ada", 2, 0, 1, 0, 2), Share("bo", 1, 1, 1, 1, 0))
    assert figure(report, "conversations") == 1


def test_an_organisation_has_what_its_people_did_while_they_were_there(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        *(did("ada", "commit", day) for day in ("2026-01-31", "2026-02-01", "2026-02-14")),
        *(did("ada", "commit", day) for day in ("2026-02-15", "2026-03-01")),
        did("bo", "commit", "2026-02-01"),
        people={
            "acme": {"kind": "organisation"},
            "blob": {"kind": "organisation"},
            "ada": {
                "affiliations": [
                    {
                        "organisation": "acme",
                        "role": "Engineer",
                        "from": "2026-02",
                        "to": "2026-02",
                    },
                    {
                        "organisation": "acme",
                        "role": "Lead",
                        "from": "2026-02-01",
                        "to": "2026-02-14",
                    },
                    {"organisation": "blob", "from": "2026-02-15"},
                    {"organisation": "not-in-this-view"},
                ]
            },
            "bo": {"affiliations": [{"organisation": "blob"}]},
        },
    )
    with Engine(found, TODAY) as engine:
        january, february, march = engine.reports(["2026-01", "2026-02", "2026-03"])
    assert january.organisations == ()
    assert february.organisations == (Share("acme", 3, 0, 1), Share("blob", 2, 0, 2))
    assert march.organisations == (Share("blob", 1, 0, 1, 2),)


def test_newcomers_with_what_they_came_with(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2026-01-01"),
        did("ada", "commit", "2026-02-01"),
        did("bo", "sign-off", "2026-01-03"),
        did("bo", "topic", "2026-02-03", "forum", title="Hello", url="https://x.org", channel="c"),
        did("bo", "commit", "2026-02-04"),
        did("cy", "commit", "2026-02-02T10:00:00.75Z"),
    )
    with Engine(found, TODAY) as engine:
        cy, bo = engine.report("2026-02").newcomers
    assert (cy.who, cy.at, cy.title, cy.url, cy.channel) == (
        "cy",
        "2026-02-02T10:00:00Z",
        None,
        None,
        None,
    )
    assert (bo.who, bo.type, bo.source, bo.title, bo.url, bo.channel) == (
        "bo",
        "topic",
        "forum",
        "Hello",
        "https://x.org",
        "c",
    )


def test_a_subproject_is_a_community_of_its_own(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "commit", "2025-12-01", "core"),
        did("ada", "wiki-edit", "2026-02-01", "wiki"),
        did("bo", "wiki-edit", "2026-02-01", "manual"),
        sources={"wiki": {"subproject": "docs"}},
        subprojects={"docs": {"sources": ["manual"]}},
    )
    assert by_month(found, "new_contributors", subproject="docs") == {"2026-02": 2}
    assert by_month(found, "new_contributors") == {"2025-12": 1, "2026-02": 1}
    with Engine(found, TODAY) as engine:
        report = engine.report("2026-02", "docs")
    assert report.subproject == "docs"
    assert [s.name for s in report.sources] == ["manual", "wiki"]
    assert report.subprojects == ()
    assert [f.month_before for f in report.figures if f.name == "people"] == [0]


def _overheard(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that the engine is going to make."""
    asked: list[str] = []
    database = engine._database  # noqa: SLF001 (how many they are is not to be seen outside)

    def listen(name: str) -> None:
        method = getattr(database, name)

        def listening(query: str, **parameters: object) -> object:
            asked.append(query)
            return method(query, **parameters)

        monkeypatch.setattr(database, name, listening)

    listen("rows")
    listen("stream")
    return asked


def test_reports_come_in_the_order_asked_for_and_ask_no_more_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [did("ada", "commit", f"{year}-03-01") for year in range(2006, 2027)]
    with Engine(community(tmp_path, *lines), TODAY) as engine:
        months = engine.months()
        assert len(months) == 20 * 12 + 9
        asked = _overheard(engine, monkeypatch)
        assert [r.month for r in engine.reports(months[::-1])] == months[::-1]
        assert len(asked) == len(set(asked)) <= 14
        mixed = [months[7], months[3], months[7]]
        assert list(engine.reports(mixed)) == [engine.report(m) for m in mixed]
        assert list(engine.reports([])) == []


@pytest.mark.parametrize("month", ["2026-13", "2025-12", "2026-12", "november", "2026-1", ""])
def test_a_month_that_cannot_be_is_refused_at_once(tmp_path: Path, month: str) -> None:
    found = community(tmp_path, did("ada", "commit", "2026-01-01"))
    with Engine(found, TODAY) as engine, pytest.raises(UsageError) as caught:
        engine.reports(["2026-01", month])
    assert caught.value.hint == "the first month is 2026-01, the last 2026-11"


def test_a_subproject_that_cannot_be_is_refused(tmp_path: Path) -> None:
    found = community(tmp_path, did("ada", "commit", "2026-01-01"), subprojects=SUBPROJECTS)
    with Engine(found, TODAY) as engine:
        with pytest.raises(UsageError, match="'sever'") as caught:
            engine.report("2026-01", "sever")
        assert figure(engine.report("2026-01", "idle"), "people") == 0
    assert "server, docs, idle" in caught.value.hint


@pytest.mark.parametrize("lines", [[], [did("ada", "commit", None)]])
def test_a_community_without_a_dated_activity_works(tmp_path: Path, lines: list[Any]) -> None:
    found = community(tmp_path, *lines, subprojects=SUBPROJECTS)
    with Engine(found, TODAY) as engine:
        assert engine.months() == []
        assert list(engine.reports([])) == []
        glance = engine.glance()
        with pytest.raises(UsageError) as caught:
            engine.report("2026-11")
    assert "nothing here has a date" in caught.value.hint
    assert (glance.active, glance.newcomers, glance.absence_factor) == (0, 0, 0)
    assert (glance.months, glance.recent, glance.quiet) == ((), (), ())
    assert glance.subprojects == tuple(Share(s, 0, 0, 0) for s in SUBPROJECTS)
    assert glance.as_of == date(2026, 11, 21)
