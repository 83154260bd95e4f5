"""Feeds that nobody meant well, and a database that does nothing but count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmtool.errors import WorkspaceError
from crmtool.metrics import database
from crmtool.metrics.engine import Engine
from crmtool.model.community import FeedFile
from tests.metrics.communities import TODAY, by_month, community, did

GOOD = did("ada", "commit", "2026-11-01", id="good", title="last")
BROKEN = [
    "garbage",
    "{",
    '{"id":"x","type":"commit","actor":"github:ada"',
    "[]",
    "null",
    "7",
    '{"id":"one","type":"commit"} {"id":"two","type":"commit"}',
    '{"type":"commit","actor":"github:ada"}',
    '{"id":null,"type":"commit","actor":"github:ada"}',
    '{"id":"","type":"commit","actor":"github:ada"}',
    '{"id":"x","actor":"github:ada"}',
    '{"id":"x","type":"levitate","actor":"github:ada"}',
    '{"id":"x","type":["commit"],"actor":"github:ada"}',
    '{"id":"x","type":"commit","actor":["github:ada"]}',
    '{"id":"x","type":"commit","actor":{"github":"ada"}}',
    '{"id":"x","type":"commit","actor":7}',
    '{"id":"\\ud800","type":"commit","actor":"github:ada"}',
    b'{"id":"\xff","type":"commit","actor":"github:ada"}',
    b'\xef\xbb\xbf{"id":"x","type":"commit","actor":"github:ada"}',
    '{"id":"x","type":"levitate","text":' + "[" * 100_000 + "]" * 100_000 + "}",
    "",
    "\r",
    "\0",
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda line: repr(line[:60]))
def test_a_broken_line_is_left_out_and_the_next_one_counts(
    tmp_path: Path, broken: str | bytes
) -> None:
    found = community(tmp_path, broken, GOOD)
    with Engine(found, TODAY) as engine:
        ada = engine.people()["ada"]
        assert engine.glance().people == 1
    assert (ada.contributions, [m.title for m in ada.recent]) == (1, ["last"])


TEXTS = [
    "'; DROP TABLE activities; --",
    '"quoted" \\ and $scope ? :name',
    "<script>alert(1)</script>",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{ZERO WIDTH SPACE}",
    "a\0b\nc\td\x1b[31m",
    "\N{PILE OF POO}" * 100,
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_text_wherever_it_stands(tmp_path: Path, text: str) -> None:
    found = community(
        tmp_path,
        did("ada", "topic", "2026-11-01", id=text, thread=text, title=text, url=text, channel=text),
        did("ada", "topic", "2026-11-01", id=text, thread=text),
        did("bo", "reply", "2026-11-02", id=text + "2", thread=text),
    )
    with Engine(found, TODAY) as engine:
        ada = engine.people()["ada"]
    assert (ada.conversations, [c.who for c in ada.companions]) == (1, ["bo"])
    assert (ada.recent[0].title, ada.recent[0].url, ada.recent[0].channel) == (text, text, text)


def test_a_title_or_a_link_without_end_does_not_reach_a_page(tmp_path: Path) -> None:
    line = did("ada", "commit", "2026-11-01", title="x" * (8 << 20), url="https://" + "x" * 2000)
    with Engine(community(tmp_path, line, GOOD), TODAY) as engine:
        shown = {len(m.title or ""): m.url for m in engine.people()["ada"].recent}
    assert shown == {500: None, 4: None}


@pytest.mark.parametrize("size", [199, 200, 201, 250, 400, 401, 1000])
def test_a_line_too_long_to_read_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(database, "_LONGEST", 200)
    long = did("ada", "commit", "2026-11-01")
    long["title"] = ""
    written = len(json.dumps({k: v for k, v in long.items() if k != "source"}))
    long["title"] = "x" * (size - written)
    short = [did("ada", "commit", "2026-11-01") for _ in range(10)]
    with Engine(community(tmp_path, *short[:5], long, *short[5:]), TODAY) as engine:
        assert engine.people()["ada"].contributions == (11 if size < 200 else 10)


def test_the_same_line_twice_counts_once(tmp_path: Path) -> None:
    line = did("ada", "commit", "2026-11-01", id="1", title="first")
    changed = {**line, "title": "second", "at": "2026-10-01T00:00:00Z"}
    found = community(tmp_path, line, line, changed, {**line, "source": "other"})
    assert by_month(found, "contributions") == {"2026-11": 2}
    with Engine(found, TODAY) as engine:
        assert [m.title for m in engine.people()["ada"].recent] == ["first", "first"]


def test_a_broken_line_does_not_take_the_place_of_a_good_one(tmp_path: Path) -> None:
    found = community(tmp_path, {**GOOD, "type": "levitate"}, GOOD)
    assert by_month(found, "contributions") == {"2026-11": 1}


@pytest.mark.parametrize(
    "name", ["old[1]", "a*b", "what?", 'it\'s "so"', "x=1", "~", "ä ö", "{a,b}"]
)
def test_a_workspace_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    for other in ("old1", "aXb", "whaty"):  # what the names would match, were they patterns
        community(tmp_path / other, did("zed", "commit", "2026-11-02"))
    found = community(tmp_path / name, GOOD)
    with Engine(found, TODAY) as engine:
        assert list(engine.people()) == ["ada"]
        assert engine.people()["ada"].contributions == 1


def test_feeds_that_are_empty_or_not_below_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = community(Path("below"), GOOD)
    Path("empty.jsonl").touch()
    feeds = (*found.feeds, FeedFile("git", "sources/git/e", Path("below/../empty.jsonl")))
    object.__setattr__(found, "feeds", feeds)
    assert by_month(found, "contributions") == {"2026-11": 1}


def test_a_feed_that_is_gone_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    found = community(tmp_path, GOOD)
    found.feeds[0].local.unlink()
    with pytest.raises(WorkspaceError, match=r"git\.jsonl"):
        Engine(found, TODAY)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('{file}')",
        "COPY (SELECT 1) TO '{file}'",
        "ATTACH '{file}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = TRUE",
        "SET threads = 8",
        "SELECT * FROM query",
    ],
)
def test_the_database_touches_nothing_once_it_is_filled(tmp_path: Path, query: str) -> None:
    import duckdb

    with Engine(community(tmp_path, GOOD), TODAY) as engine:
        connection = engine._database._db  # noqa: SLF001 (what nobody should get hold of)
        with pytest.raises(duckdb.Error):
            connection.execute(query.format(file=tmp_path / "git.jsonl"))


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    found = community(tmp_path / "work", GOOD)
    with Engine(found, TODAY) as engine:
        engine.people()
    found.feeds[0].local.unlink()
    with pytest.raises(WorkspaceError):
        Engine(found, TODAY)
    assert list(scratch.iterdir()) == []
