"""What a person's page shows."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from crmtool.metrics.engine import Engine
from crmtool.model.community import Community
from crmtool.model.figures import Companion, PersonFigures
from tests.metrics.communities import TODAY, community, did


def people(found: Community) -> dict[str, PersonFigures]:
    with Engine(found, TODAY) as engine:
        return engine.people()


def test_one_person_across_all_sources(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "message", "2025-12-31", "chat"),
        did("ada", "commit", "2026-02-01"),
        did("ada", "commit", "2026-02-02", title="Mend it", url="https://x.org/1"),
        did("ada", "sign-off", "2026-02-03"),
        did("ada", "commit", None),
        people={"bo": {}},
    )
    ada = people(found)["ada"]
    assert (ada.slug, ada.contributions, ada.conversations) == ("ada", 3, 1)
    assert (ada.first_seen, ada.last_seen) == ("2025-12-31T12:00:00Z", "2026-02-03T12:00:00Z")
    assert ada.months == (("2025-12", 0, 1), ("2026-02", 2, 0))
    assert ada.types == (("commit", 3), ("message", 1), ("sign-off", 1))
    assert ada.sources == (("git", 3), ("chat", 1))
    assert [m.type for m in ada.recent] == ["sign-off", "commit", "commit", "message"]
    assert (ada.recent[1].title, ada.recent[1].url) == ("Mend it", "https://x.org/1")
    assert "bo" not in people(found)


def test_the_latest_forty_newest_first(tmp_path: Path) -> None:
    lines = [did("ada", "commit", f"2026-0{1 + n // 25}-{1 + n % 25:02}") for n in range(50)]
    recent = people(community(tmp_path, *lines))["ada"].recent
    assert len(recent) == 40
    assert [m.at for m in recent] == sorted((line["at"] for line in lines), reverse=True)[:40]


def test_companions_by_the_threads_they_shared(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "topic", "2026-01-01", thread="1"),
        did("ada", "reply", "2026-01-02", thread="1"),
        did("bo", "reply", "2026-01-03", thread="1"),
        did("bo", "reply", "2026-01-04", thread="1"),
        did("ada", "topic", "2026-01-01", thread="2"),
        did("bo", "reply", "2026-01-04", thread="2"),
        did("cy", "reply", None, thread="2"),
        did("cy", "reply", "2026-01-04", "elsewhere", thread="1"),
        did("dee", "sign-off", "2026-01-04", thread="1"),
        did(None, "reply", "2026-01-04", thread="1"),
    )
    shown = people(found)
    assert shown["ada"].companions == (Companion("bo", 2), Companion("cy", 1))
    assert shown["bo"].companions == (Companion("ada", 2), Companion("cy", 1))
    assert shown["cy"].companions == (Companion("ada", 1), Companion("bo", 1))
    assert shown["dee"].companions == ()


def test_a_reply_makes_companions_without_a_thread(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "email", "2026-01-01", id="1"),
        did("bo", "email", "2026-01-02", id="2", reply_to="1"),
        did("cy", "email", "2026-01-03", id="3", reply_to="2"),
        did("cy", "email", "2026-01-03", id="4", reply_to="3"),  # to herself
        did("dee", "email", "2026-01-03", id="5", reply_to="5"),  # to itself
        did("dee", "email", "2026-01-03", id="6", reply_to="lost"),
        did("eve", "email", "2026-01-03", "elsewhere", id="7", reply_to="1"),
    )
    shown = people(found)
    assert shown["ada"].companions == (Companion("bo", 1),)
    assert shown["bo"].companions == (Companion("ada", 1), Companion("cy", 1))
    assert shown["cy"].companions == (Companion("bo", 1),)
    assert [shown[who].companions for who in ("dee", "eve")] == [(), ()]


def test_a_reply_into_a_thread_takes_part_in_it(tmp_path: Path) -> None:
    found = community(
        tmp_path,
        did("ada", "topic", "2026-01-01", id="1", thread="t"),
        did("bo", "reply", "2026-01-01", id="2", thread="t"),
        did("cy", "message", "2026-01-02", id="3", reply_to="2"),
        did("dee", "message", "2026-01-02", id="4", thread="u", reply_to="1"),
    )
    expected = {"ada", "bo", "cy", "dee"}
    for who, figures in people(found).items():
        assert {c.who for c in figures.companions} == expected - {who}
        assert {c.threads for c in figures.companions} == {1}


def test_ten_companions_at_most_and_no_crowd(tmp_path: Path) -> None:
    crowd = [did(f"p{n:02}", "message", "2026-01-01", thread="crowd") for n in range(51)]
    room = [did(f"p{n:02}", "message", "2026-01-01", thread="room") for n in range(50)]
    pair = [did(f"p{n:02}", "message", "2026-01-01", thread="pair") for n in (0, 49)]
    shown = people(community(tmp_path, *crowd, *room, *pair))
    assert shown["p50"].companions == ()
    expected = [Companion("p49", 2), *(Companion(f"p{n:02}", 1) for n in range(1, 10))]
    assert shown["p00"].companions == tuple(expected)


def test_a_long_thread_costs_what_its_people_cost(tmp_path: Path) -> None:
    said = [did(f"p{n % 5}", "message", "2026-01-01", thread="t") for n in range(5000)]
    shown = people(community(tmp_path, *said))
    for one, other in combinations(shown, 2):
        assert Companion(other, 1) in shown[one].companions
