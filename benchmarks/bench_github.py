"""`crmtool import` of many GitHub items from loopback, beside downloading and loading the same.

    python -m benchmarks github            # 20,000 issues
    python -m benchmarks github 5k,20k

The import is the whole command on a new workspace: Python's start, one file a person and the commit
are in it, and so are git's processes. The server is a process of its own and is not counted.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.histories import sizes
from benchmarks.measure import Cost, best, cost, table

_ROUNDS = 3
_HEAD = (
    "issues", "MB", "activities", "people", "download and json.load, CPU s", "crmtool import, CPU s",
    "ratio", "seconds", "MB at most",
)  # fmt: skip
_ENV = {"CRMTOOL_KEY": "5eed" * 16}


def main(arguments: list[str]) -> str:
    """The table, one row a size."""
    counts = sizes(arguments[0] if arguments else "20k")
    return table(_HEAD, [_row(count) for count in counts])


@contextmanager
def _server(count: int) -> Iterator[str]:
    words = [sys.executable, "-m", "benchmarks.githubs", str(count)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.terminate()


def _row(count: int) -> list[object]:
    with tempfile.TemporaryDirectory(prefix="crmtool-bench-") as name, _server(count) as url:
        crm = Path(name) / "crm"
        rounds = [_round(url, crm) for _ in range(_ROUNDS)]
        loaded, imported = (best(costs) for costs in zip(*rounds, strict=True))
        feeds = [file.read_bytes() for file in crm.glob("sources/*/activities/*.jsonl")]
        people = len(list((crm / "people").glob("*.md")))
    from benchmarks.githubs import pages

    size = sum(map(len, pages(count))) / 1e6
    activities = sum(feed.count(b"\n") for feed in feeds)
    ratio = f"{imported.cpu / loaded.cpu:.1f}x"
    return [
        count, round(size), activities, people, loaded.cpu, imported.cpu, ratio, imported.wall,
        round(imported.rss),
    ]  # fmt: skip


def _round(url: str, crm: Path) -> tuple[Cost, Cost]:
    tool: list[str | Path] = [sys.executable, "-m", "crmtool", "-C", crm]
    shutil.rmtree(crm, ignore_errors=True)
    cost([*tool[:3], "init", crm, "--name", "Terns"], _ENV)
    source = crm / "sources" / "tern" / "source.yml"
    source.parent.mkdir(parents=True)
    source.write_text(f"type: github\ntarget: tern/core\nbase_url: {url}\nbudget: 100000\n")
    return (
        cost([sys.executable, "-m", "benchmarks.download", url]),
        cost([*tool, "import"], _ENV),
    )
