"""One writer at a time."""

from __future__ import annotations

import os

import pytest

from crmtool.errors import Locked
from crmtool.store.lock import locked, patiently
from tests.store.accidents import Child, kill
from tests.store.helpers import Repo

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


def take(repo: Repo) -> None:
    with locked(repo.root, patience=0):
        pass


def test_a_second_command_is_told_who_is_at_work(repo: Repo) -> None:
    with locked(repo.root):
        outcome = Child(repo.root, lambda: take(repo)).end()
    assert outcome.error == (
        "Locked", 6, f"another crmtool is at work here (process {os.getpid()})"
    )  # fmt: skip


def test_the_lock_is_free_again_after_an_error(repo: Repo) -> None:
    with pytest.raises(ZeroDivisionError), locked(repo.root):
        _ = 1 / 0
    take(repo)


def test_the_lock_of_a_killed_process_blocks_nobody(repo: Repo) -> None:
    def work() -> None:
        with locked(repo.root):
            kill()

    assert Child(repo.root, work).end().killed
    assert (repo.root / ".crm/lock").read_text().strip().isdigit()
    take(repo)


def test_a_link_in_the_place_of_the_lock_is_not_followed(repo: Repo) -> None:
    (repo.root / ".crm").mkdir()
    (repo.root / ".crm/lock").symlink_to(repo.root / "crm.yml")
    with pytest.raises(OSError, match="symbolic link"):
        take(repo)
    assert repo.read("crm.yml")


@pytest.mark.parametrize(("patience", "tries"), [(0, 1), (60, 3)])
def test_patience_is_how_long_it_is_tried(patience: float, tries: int) -> None:
    tried: list[int] = []

    def attempt() -> bool:
        tried.append(1)
        return len(tried) == 3

    assert patiently(attempt, patience) is (tries == 3)
    assert len(tried) == tries


def test_locked_says_what_to_do() -> None:
    assert "run the command again" in Locked("process 7").hint
