"""Targets in a process of their own, which the parent outlives: `python -m tests.fuzz.child`.

Before each input it is written down, so that nothing is lost with the process.
"""

from __future__ import annotations

import faulthandler
import json
import os
import pickle
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import DOOMED, TARGETS

HANG: Final = float(os.environ.get("FUZZ_HANG", "5"))
"""Seconds of CPU that an input may take: at their end the process says where it was, and dies."""
_MEMORY: Final = 2 << 30
_ROUND: Final = 500


def main(names: list[str], seconds: float, examples: int, first: int, last: Path) -> dict[str, int]:
    """Feed each target for so many seconds, or so many examples; how many it survived.

    Raises:
        AssertionError, Exception: it did not survive one, which Hypothesis has made small.

    """
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    faulthandler.register(signal.SIGPROF, chain=True)
    return {name: _feed(name, seconds, examples, first, last) for name in names}


def _feed(name: str, seconds: float, examples: int, first: int, last: Path) -> int:
    target = (TARGETS | DOOMED)[name]()
    end = time.monotonic() + seconds
    done = 0

    def once(drawn: Any) -> None:
        nonlocal done
        done += 1
        last.write_bytes(pickle.dumps((name, drawn)))
        signal.setitimer(signal.ITIMER_PROF, HANG)
        try:
            target.survive(drawn)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    feed = settings(
        max_examples=examples or _ROUND,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )(given(target.inputs)(once))
    number = first
    while True:
        seed(number)(feed)()
        number += 1
        if examples or time.monotonic() > end:
            return done


if __name__ == "__main__":
    _, asked, for_seconds, for_examples, start, file = sys.argv
    survived = main(asked.split(","), float(for_seconds), int(for_examples), int(start), Path(file))
    print(json.dumps(survived))
