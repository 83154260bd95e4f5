"""Makes synthetic workspaces: the example community, or one as big as you like.

    python -m benchmarks.generate --example DIR
    python -m benchmarks.generate --people 10000 --activities 1000000 DIR

The same arguments give the same bytes. Nothing here imports the program: what it
reads and writes is checked against files that were made without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.big import Size, write_big
from benchmarks.example.build import files


def write(folder: Path, written: Iterable[tuple[str, str]]) -> None:
    """Write files below a folder, as UTF-8 with LF."""
    for path, text in written:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def progress(done: int, total: int) -> None:
    """Show on a terminal how far it is."""
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{done:>12,} of {total:,}{end}")
        sys.stderr.flush()


def arguments(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.generate", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--example", action="store_true", help="the example community")
    parser.add_argument("--people", type=int, default=1000, metavar="N")
    parser.add_argument("--activities", type=int, default=100_000, metavar="N")
    parser.add_argument("--notes", type=int, metavar="N", help="default: one for ten people")
    parser.add_argument("--tasks", type=int, metavar="N", help="default: one for twenty people")
    parser.add_argument("--sources", type=int, default=4, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    found = parser.parse_args(words)
    if not found.example:
        if found.people < 1 or found.sources < 1 or found.activities < 0:
            parser.error("at least one person and one source, and no fewer than no activities")
        if found.folder.is_dir() and any(found.folder.iterdir()):
            parser.error(f"{found.folder} is not empty: name a folder that is, or a new one")
    return found


def main(words: list[str] | None = None) -> int:
    """Make the workspace that the command line asks for."""
    asked = arguments(words)
    if asked.example:
        write(asked.folder, files().items())
        return 0
    size = Size(
        people=asked.people,
        activities=asked.activities,
        notes=asked.people // 10 if asked.notes is None else asked.notes,
        tasks=asked.people // 20 if asked.tasks is None else asked.tasks,
        sources=asked.sources,
        seed=asked.seed,
    )
    write(asked.folder, write_big(size, progress))
    return 0


if __name__ == "__main__":
    sys.exit(main())
