"""`crmtool import` of a CSV of a million rows, beside `csv.reader` over the same file.

    python -m benchmarks table
    python -m benchmarks table 100000

The rows are those of a shop's or a forum's export: an id, a moment, an account, a type, a channel
and a title that differs from row to row. The import is the whole command on a new workspace, with
Python's start, feeds, people's files and the commit, or (`--no-commit`) without the last.
"""

from __future__ import annotations

import csv
import random
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measure import Cost, best, cost, table

_ROUNDS = 3
_PEOPLE = 5_000
_READER = (
    "import csv, sys\nfor _ in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')): pass"
)
_MAP = """\
type: csv
target: ../rows.csv
map:
  activity:
    id: "{Id}"
    type: "{Type}"
    at: "{At}"
    actor: "forum.example.org:{Member}"
    channel: "{Channel}"
    title: "{Title}"
"""
_HEAD = (
    "rows", "MB", "csv.reader, CPU s", "crmtool import, CPU s", "ratio", "without git, CPU s",
    "ratio", "seconds", "MB at most", "no news, CPU s",
)  # fmt: skip


def main(arguments: list[str]) -> str:
    """The table, one row."""
    rows = int(arguments[0]) if arguments else 1_000_000
    with tempfile.TemporaryDirectory(prefix="crmtool-bench-") as name:
        folder = Path(name)
        write(folder / "rows.csv", rows)
        size = (folder / "rows.csv").stat().st_size >> 20
        rounds = [_round(folder) for _ in range(_ROUNDS)]
    reader, whole, bare, again = (best(costs) for costs in zip(*rounds, strict=True))
    row = (
        rows, size, reader.cpu, whole.cpu, f"{whole.cpu / reader.cpu:.1f}x", bare.cpu,
        f"{bare.cpu / reader.cpu:.1f}x", whole.wall, round(whole.rss), again.cpu,
    )  # fmt: skip
    return table(_HEAD, [row])


def write(path: Path, rows: int) -> None:
    """A file of that many rows over five years, the same each time."""
    chance = random.Random(7)
    words = [f"w{chance.randrange(10**6):x}" for _ in range(3000)]
    begin, step = datetime(2021, 1, 1, tzinfo=UTC), timedelta(days=5 * 365) / rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Id", "At", "Member", "Type", "Channel", "Title"])
        for number in range(rows):
            at = f"{begin + number * step:%Y-%m-%dT%H:%M:%SZ}"
            member = f"member-{min(int(chance.expovariate(1 / 400)), _PEOPLE)}"
            kind = chance.choice(["topic", "reply", "reply", "reply", "answer"])
            title = f"{number} {' '.join(chance.choices(words, k=5))}"
            writer.writerow([f"row-{number}", at, member, kind, f"room-{number % 40}", title])


def _round(folder: Path) -> tuple[Cost, Cost, Cost, Cost]:
    env = {"CRMTOOL_KEY": "5eed" * 16}
    crm = folder / "crm"
    tool: list[str | Path] = [sys.executable, "-m", "crmtool"]
    whole: list[Cost] = []
    for more in ([], ["--no-commit"]):
        shutil.rmtree(crm, ignore_errors=True)
        cost([*tool, "init", crm, "--name", "Rows"], env)
        (crm / "sources" / "rows").mkdir(parents=True)
        (crm / "sources" / "rows" / "source.yml").write_text(_MAP)
        whole.append(cost([*tool, "-C", crm, "import", "rows", *more], env))
    again = cost([*tool, "-C", crm, "import", "rows", "--no-commit"], env)
    reader = cost([sys.executable, "-c", _READER, folder / "rows.csv"])
    return reader, whole[0], whole[1], again
