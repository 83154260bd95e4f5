"""Feed what reads files with what no file should hold: `python -m tests.fuzz [TARGET]...`.

FUZZ_SECONDS (60) for each target; FUZZ_SEED for other inputs than last time's. An input that
kills, hangs or fails its target is kept in build/fuzz: `python -m tests.fuzz --again FILE`.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from tests.fuzz.inputs import TOP
from tests.fuzz.targets import DOOMED, TARGETS

KEPT: Final = TOP / "build" / "fuzz"


class Fed(NamedTuple):
    """How targets fared: how many inputs each survived, or what happened with the last one."""

    survived: dict[str, int]
    trouble: str = ""
    kept: Path | None = None


def feed(names: list[str], *, seconds: float = 0, examples: int = 0, first: int = 0) -> Fed:
    """Feed targets in a process of their own."""
    KEPT.mkdir(parents=True, exist_ok=True)
    last = KEPT / f"{os.getpid()}.last"
    words = [",".join(names), str(seconds), str(examples), str(first), str(last)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child", *words],
        capture_output=True, cwd=TOP, check=False, text=True, errors="replace",
    )  # fmt: skip
    if done.returncode == 0:
        last.unlink(missing_ok=True)
        return Fed(json.loads(done.stdout))
    kept = None
    if last.exists():
        data = last.read_bytes()
        kept = last.rename(KEPT / f"{sha256(data).hexdigest()[:8]}.input")
    how = f"killed by signal {-done.returncode}" if done.returncode < 0 else "failed"
    return Fed({}, f"{how}\n{done.stderr[-6000:]}", kept)


def again(file: Path) -> None:
    """Feed one kept input to its target, in this process."""
    name, drawn = pickle.loads(file.read_bytes())  # noqa: S301 (made by ourselves)
    (TARGETS | DOOMED)[name]().survive(drawn)


def main(names: list[str]) -> int:
    """Feed the targets named, or all; 1 where one did not survive."""
    if names[:1] == ["--again"]:
        again(Path(names[1]))
        return 0
    seconds = float(os.environ.get("FUZZ_SECONDS", "60"))
    first = int(os.environ.get("FUZZ_SEED", "0"))
    failed = 0
    for name in names or TARGETS:
        fed = feed([name], seconds=seconds, first=first)
        if fed.trouble:
            failed = 1
            print(f"{name}: {fed.trouble}\n{name}: python -m tests.fuzz --again {fed.kept}")
        else:
            print(f"{name}: {fed.survived[name]:,} inputs survived", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
