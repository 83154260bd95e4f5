"""A child process that meets with an accident at a chosen step.

The steps are Python's own audit events: files opened for writing, names made, moved and removed,
processes started. So nothing in the program has to know of the tests, and a write that somebody
adds is among the steps from the first day.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NAMES = frozenset(
    {"crmtool.exchange", "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "os.utime"}
)
_WRITERS = {"update-index", "commit", "reset"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

Accident = Callable[[], None]


@dataclass(frozen=True)
class Outcome:
    """How a child ended. `error` is (class, exit code, message) of what it raised."""

    happened: bool
    killed: bool
    error: tuple[str, int | None, str] | None


class Child:
    """`work` in a process of its own, with `accident` at its n-th step in a folder."""

    def __init__(
        self, root: Path, work: Callable[[], object], accident: Accident = lambda: None, at: int = 0
    ) -> None:
        self._pipe, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _run(root, work, accident, at, theirs)
        os.setpgid(self.pid, self.pid)
        os.close(theirs)

    def kill_after(self, seconds: float, *, group: bool) -> None:
        """Pull the plug at that moment: of the process, or of all that it has started too."""
        select.select([self._pipe], [], [], seconds)
        if group:
            os.killpg(self.pid, signal.SIGKILL)
        else:
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> Outcome:
        """Wait for it."""
        with os.fdopen(self._pipe, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        happened, error = json.loads(said) if said else (True, None)
        return Outcome(happened, os.WIFSIGNALED(status), tuple(error) if error else None)


def _run(root: Path, work: Callable[[], object], accident: Accident, at: int, pipe: int) -> None:
    steps = _Steps(str(root), accident, at)
    sys.addaudithook(steps)
    error = None
    try:
        work()
    except BaseException as caught:  # noqa: BLE001 (whatever it is, it is the result)
        error = type(caught).__name__, getattr(caught, "exit_code", None), str(caught)
    finally:
        steps.over = True
        os.write(pipe, json.dumps([steps.happened, error]).encode())
        os._exit(0)


class _Steps:
    """Counts; at the n-th step, and with a negative n at every one from there, it happens."""

    def __init__(self, root: str, accident: Accident, at: int) -> None:
        self.root, self.accident, self.at = root, accident, at
        self.count, self.happened, self.over = 0, False, False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if self.over or not self._counts(event, args):
            return
        self.count += 1
        if self.count == self.at or (self.at < 0 and self.count >= -self.at):
            self.happened = self.over = True
            try:
                self.accident()
            finally:
                self.over = self.at > 0

    def _counts(self, event: str, args: tuple[Any, ...]) -> bool:
        if event == "subprocess.Popen":
            return not _WRITERS.isdisjoint(args[1])
        if event == "open":
            path, _, flags = args
            return bool(flags & _WRITING) and str(path).startswith(self.root)
        if event not in _NAMES or not (str(args[0]).startswith(self.root) or args[-1] != -1):
            return False
        # Making what is there and removing what is not are no steps.
        return os.path.lexists(args[0]) == (event != "os.mkdir") or args[-1] != -1


def kill() -> None:
    """The plug is pulled."""
    os.kill(os.getpid(), signal.SIGKILL)
