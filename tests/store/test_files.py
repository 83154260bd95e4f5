"""Two names change places, or nothing happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmtool.store import files
from crmtool.store.files import Seen, exchange, look, mend

EDITS = [("new", "old"), ("new", None), (None, "old")]


@pytest.fixture(params=["in one step", "by names"], autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can exchange two names, and one that cannot."""
    if request.param == "by names":
        monkeypatch.setattr(files, "_renameat2", lambda: None)


def put(folder: Path, **texts: str | None) -> tuple[str, str]:
    for name, text in texts.items():
        (folder / name).unlink(missing_ok=True)
        if text is not None:
            (folder / name).write_text(text)
    return str(folder / "slot"), str(folder / "target")


def held(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir()}


@pytest.mark.parametrize(("slot", "target"), EDITS, ids=["patch", "create", "delete"])
def test_doing_it_again_undoes_it(tmp_path: Path, slot: str | None, target: str | None) -> None:
    names = put(tmp_path, slot=slot, target=target)
    before = held(tmp_path)
    assert exchange(*names, look(names[1]))
    other = {"slot": "target", "target": "slot"}
    assert held(tmp_path) == {other[name]: text for name, text in before.items()}
    assert exchange(*names, look(names[1]))
    assert held(tmp_path) == before


@pytest.mark.parametrize(("slot", "target"), EDITS, ids=["patch", "create", "delete"])
def test_what_was_saved_since_it_was_seen_stays(
    tmp_path: Path, slot: str | None, target: str | None
) -> None:
    names = put(tmp_path, slot=slot, target=target)
    seen = look(names[1])
    put(tmp_path, target="newer")
    before = held(tmp_path)
    assert not exchange(*names, seen)
    assert held(tmp_path) == before


@pytest.mark.parametrize("placed", [False, True], ids=["before", "after"])
def test_an_exchange_by_names_that_was_cut_off_is_completed(tmp_path: Path, placed: bool) -> None:
    put(tmp_path, slot="new", target="old")
    (tmp_path / "slot.aside").hardlink_to(tmp_path / "target")
    if placed:
        (tmp_path / "slot").replace(tmp_path / "target")
    mend(tmp_path)
    expected = {"slot": "old", "target": "new"} if placed else {"slot": "new", "target": "old"}
    assert held(tmp_path) == expected


def test_what_is_no_file_equals_no_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    digests = {look(str(tmp_path / name)).digest for name in ("", "link")}
    assert digests == {"not a regular file"}
    assert look(str(tmp_path / "nothing")) == Seen()
