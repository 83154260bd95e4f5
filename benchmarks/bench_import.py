"""`crmtool import` of whole git histories, beside a bare `git log` of the same metadata.

    python -m benchmarks import                      # generated histories of 10k, 30k and 100k
    python -m benchmarks import 100k,300k,1M
    python -m benchmarks import ../prometheus ../numpy.git

The log has what the import comes to know: hash, parents, author raw and after `.mailmap`, date,
subject, trailers. The import is the whole command on a new workspace: Python's start, people's
files and the commit are in it, and so are git's own processes. Perceval's git backend is measured
where it is found on PATH; it reads diffs as well, so it is there for orientation.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.histories import generate, sizes
from benchmarks.measure import Cost, best, cost, table
from crmtool.importers.git import FIELDS

_METADATA = f"--format={FIELDS}%x00%aN%x00%aE"
_ROUNDS = 3
_HEAD = (
    "history", "commits", "activities", "git log, CPU s", "20-line reader", "crmtool import, CPU s",
    "ratio", "seconds", "MB at most", "no news, CPU s", "Perceval, CPU s",
)  # fmt: skip


@dataclass(frozen=True)
class _Result:
    log: Cost
    reader: Cost
    imported: Cost
    again: Cost
    perceval: Cost | None
    commits: int
    activities: int


def main(arguments: list[str]) -> str:
    """The table, one row a history."""
    with tempfile.TemporaryDirectory(prefix="crmtool-bench-") as name:
        folder = Path(name)
        rows = [
            _row(label, _measure(path, folder)) for label, path in _histories(arguments, folder)
        ]
    return table(_HEAD, rows)


def _histories(arguments: list[str], folder: Path) -> Iterator[tuple[str, Path]]:
    """(label, repository), each made when it is its turn."""
    if paths := [Path(a) for a in arguments if Path(a).is_dir()]:
        yield from ((_label(path), path) for path in paths)
        return
    for count in sizes(arguments[0] if arguments else "10k,30k,100k"):
        generate(folder / str(count), count)
        yield f"generated {count:,}", folder / str(count)
        shutil.rmtree(folder / str(count))


def _label(path: Path) -> str:
    folder = path.resolve()
    return (folder.parent if folder.name == "repo" else folder).name


def _measure(repository: Path, folder: Path) -> _Result:
    """The least of three rounds, the contenders in turn, so that all have the same neighbours."""
    rounds = [_round(repository, folder / "crm") for _ in range(_ROUNDS)]
    perceval = shutil.which("perceval")
    log, reader, imported, again = (best(costs) for costs in zip(*rounds, strict=True))
    feeds = [file.read_bytes() for file in folder.glob("crm/sources/*/activities/*.jsonl")]
    kinds = (b'"type":"commit"}\n', b'"type":"merge"}\n')
    return _Result(
        log,
        reader,
        imported,
        again,
        cost([perceval, "git", "--git-path", repository, "x"]) if perceval else None,
        sum(feed.count(kind) for feed in feeds for kind in kinds),
        sum(feed.count(b"\n") for feed in feeds),
    )


def _round(repository: Path, crm: Path) -> tuple[Cost, Cost, Cost, Cost]:
    log: list[str | Path] = [
        "git",
        "-C",
        repository,
        "log",
        "-z",
        _METADATA,
    ]
    tool: list[str | Path] = [sys.executable, "-m", "crmtool", "-C", crm]
    env = {"CRMTOOL_KEY": "5eed" * 16}
    shutil.rmtree(crm, ignore_errors=True)
    cost([*tool[:3], "init", crm, "--git", repository], env)
    return (
        cost(log),
        cost([sys.executable, "-m", "benchmarks.reader", repository]),
        cost([*tool, "import"], env),
        cost([*tool, "import"], env),
    )


def _row(label: str, found: _Result) -> list[object]:
    return [
        label,
        found.commits,
        found.activities,
        found.log.cpu,
        f"{found.reader.cpu / found.log.cpu:.1f}x",
        found.imported.cpu,
        f"{found.imported.cpu / found.log.cpu:.1f}x",
        found.imported.wall,
        round(found.imported.rss),
        found.again.cpu,
        found.perceval.cpu if found.perceval else "-",
    ]
