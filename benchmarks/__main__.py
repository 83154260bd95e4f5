"""Run the benchmarks and print their tables: `python -m benchmarks [NAME [ARGUMENT...]]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def names() -> list[str]:
    """Every `bench_NAME.py` beside this file."""
    return sorted(p.stem.removeprefix("bench_") for p in Path(__file__).parent.glob("bench_*.py"))


def run(arguments: list[str]) -> None:
    """One benchmark with its arguments, or all of them with none."""
    if arguments and arguments[0] not in names():
        sys.exit(f"there is no benchmark {arguments[0]!r}; there are: {', '.join(names())}")
    for name in arguments[:1] or names():
        print(import_module(f"benchmarks.bench_{name}").main(arguments[1:]), flush=True)


if __name__ == "__main__":
    run(sys.argv[1:])
