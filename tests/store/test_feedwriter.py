"""A feed on disk: months, order, no doubles, and the smallest change."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from crmtool.errors import WorkspaceError
from crmtool.model.feeds import Activity, Profile, decode_activity
from crmtool.model.plan import Change
from crmtool.store import feedwriter
from crmtool.store.feedwriter import FeedWriter, count_contributions, file_change, profile_change


def did(name: str, at: str | None, kind: str = "commit", actor: str | None = "git:a") -> Activity:
    return Activity(id=name, type=kind, actor=actor, at=at and f"{at}T10:00:00Z")


def write(root: Path, *activities: Activity, replaces: bool = False) -> FeedWriter:
    """Put activities into the feed `core`, as an import does."""
    writer = FeedWriter(root, "core")
    for activity in activities:
        writer.add(activity)
    for change in writer.changes(replaces=replaces, why="test"):
        settle(root, change)
    return writer


def settle(root: Path, change: Change) -> None:
    target = root / change.path
    target.parent.mkdir(parents=True, exist_ok=True)
    if change.new is None:
        target.unlink()
    else:
        target.write_bytes(change.new if isinstance(change.new, bytes) else change.new.read_bytes())


def feed(root: Path) -> dict[str, list[str]]:
    """The ids in each file, in order."""
    return {
        file.stem: [decode_activity(line).id for line in file.read_bytes().splitlines()]
        for file in sorted((root / "sources" / "core" / "activities").iterdir())
    }


def test_a_file_a_month_each_in_order_of_time(tmp_path: Path) -> None:
    write(
        tmp_path,
        did("c", "2026-02-01"),
        did("b", "2026-01-02"),
        did("a", "2026-01-02"),
        did("d", "2026-01-01"),
        did("e", None),
    )
    assert feed(tmp_path) == {"2026-01": ["d", "a", "b"], "2026-02": ["c"], "undated": ["e"]}


def test_the_same_order_whatever_was_spilled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [did(f"{n:03}", f"2026-{n % 3 + 1:02}-{n % 28 + 1:02}") for n in range(100)]
    write(tmp_path / "one", *found)
    monkeypatch.setattr(feedwriter, "_SPILL", 1000)
    writer = write(tmp_path / "two", *reversed(found))
    assert feed(tmp_path / "one") == feed(tmp_path / "two")
    assert writer.added == 100


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()


def test_news_join_what_was_there(tmp_path: Path) -> None:
    write(tmp_path, did("a", "2026-01-01"), did("c", "2026-01-03"))
    writer = write(tmp_path, did("b", "2026-01-02"), did("c", "2026-01-03"))
    assert feed(tmp_path) == {"2026-01": ["a", "b", "c"]}
    assert writer.added == 1


def test_what_is_known_makes_no_change(tmp_path: Path) -> None:
    write(tmp_path, did("a", "2026-01-01"))
    writer = FeedWriter(tmp_path, "core")
    writer.add(did("a", "2026-01-01"))
    assert list(writer.changes(replaces=False, why="test")) == []


def test_a_full_reading_drops_what_is_gone(tmp_path: Path) -> None:
    write(tmp_path, did("a", "2026-01-01"), did("b", "2026-01-02"), did("c", "2026-02-01"))
    writer = write(tmp_path, did("b", "2026-01-02"), replaces=True)
    assert feed(tmp_path) == {"2026-01": ["b"]}
    assert (writer.before, writer.after, writer.added) == (3, 1, 0)


def test_contributions_are_counted_once(tmp_path: Path) -> None:
    """Over what is new: twice in one run, and known before, count nothing more."""
    write(tmp_path, did("a", "2026-01-01"))
    again = [did("a", "2026-01-01"), did("b", "2026-01-02"), did("b", "2026-01-02")]
    formal = did("s", "2026-01-02", "sign-off")
    writer = write(tmp_path, *again, formal, did("n", "2026-01-03", actor=None))
    assert +writer.contributions == Counter({"git:a": 1})
    files = (tmp_path / "sources" / "core" / "activities").iterdir()
    assert count_contributions(files) == Counter({"git:a": 2})


def test_a_moment_that_is_none_is_no_file_name(tmp_path: Path) -> None:
    hostile = Activity(id="x", type="commit", at="../../x")
    write(tmp_path, hostile)
    assert list(feed(tmp_path)) == ["undated"]


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"at":"2026-01-01T00:00:00Z"}', b"\xff", b"[" * 9999]
)
def test_a_damaged_line_is_not_written_over(line: bytes, tmp_path: Path) -> None:
    write(tmp_path, did("a", "2026-01-01"))
    file = tmp_path / "sources" / "core" / "activities" / "2026-01.jsonl"
    file.write_bytes(file.read_bytes() + line + b"\n")
    before = file.read_bytes()
    with pytest.raises(WorkspaceError, match=r"2026-01\.jsonl:2:1: is not an activity"):
        write(tmp_path, did("b", "2026-01-02"))
    assert file.read_bytes() == before
    assert count_contributions([file]) == Counter({"git:a": 1})


def test_profiles_are_ordered_and_unchanged_ones_not_written(tmp_path: Path) -> None:
    profiles = [Profile(identity="git:b"), Profile(identity="git:a", name="Ada")]
    change = profile_change(tmp_path, "core", profiles, "test")
    assert change is not None
    assert change.new == b'{"identity":"git:a","name":"Ada"}\n{"identity":"git:b"}\n'
    settle(tmp_path, change)
    assert profile_change(tmp_path, "core", reversed(profiles), "test") is None
    assert file_change(tmp_path, "nothing", b"", "test") is None
