"""What one types all day, beside the start of a bare click program.

    python -m benchmarks daily                 # 10,000 people, 200,000 activities
    python -m benchmarks daily 1000 20000

Warm: each command has run once before, and its modules are compiled, as an installation leaves them.
The least CPU of several rounds, the contenders in turn.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.big import Size, write_big
from benchmarks.generate import write
from benchmarks.measure import Cost, best, cost, table

_BARE = "import click\nclick.command()(lambda: click.echo('hello')).main(standalone_mode=False)"
_BARE_NAME = "a bare click program"
_ROUNDS = 5
_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
_HEAD = ("command", "CPU s", "seconds", "of a bare click program")


def main(arguments: list[str]) -> str:
    """The table, one row a command."""
    people, activities = (int(a) for a in arguments or ("10000", "200000"))
    with tempfile.TemporaryDirectory(prefix="crmtool-bench-") as name:
        root = Path(name)
        somebody = _workspace(root, people, activities)
        found: dict[str, Cost] = {}
        for commands in (_reading(root, somebody), _writing(root, somebody)):
            rounds = [
                {n: cost(words, _COMPILED) for n, words in commands.items()}
                for _ in range(_ROUNDS + 1)
            ]
            found |= {n: best(r[n] for r in rounds[1:]) for n in commands}
    return table(_HEAD, (_row(n, found[n], found[_BARE_NAME]) for n in found))


def _workspace(root: Path, people: int, activities: int) -> str:
    """A workspace in git, whose user is one of its people; the slug of that one."""
    size = Size(
        people=people,
        activities=activities,
        notes=people // 10,
        tasks=people // 20,
        sources=4,
        seed=1,
    )
    write(root, write_big(size, lambda *_: None))
    record = next(p for p in sorted(root.glob("people/**/*.md")) if "github:" in p.read_text())
    login = record.read_text().partition("github:")[2].split()[0]
    for words in (
        ("init", "-q"),
        ("config", "user.name", "Somebody"),
        ("config", "user.email", f"1+{login}@users.noreply.github.com"),
        ("add", "--all"),
        ("commit", "-q", "-m", "Begin"),
    ):
        subprocess.run(["git", "-C", root, *words], check=True)
    return record.stem


def _reading(root: Path, somebody: str) -> dict[str, list[str | Path]]:
    """Those that find everything as it was."""
    return {
        _BARE_NAME: [sys.executable, "-c", _BARE],
        "crmtool --help": _crm(root, "--help"),
        "task list": _crm(root, "task", "list"),
        "person show": _crm(root, "person", "show", somebody),
        "note list": _crm(root, "note", "list"),
    }


def _writing(root: Path, somebody: str) -> dict[str, list[str | Path]]:
    """Those that leave something new."""
    return {
        "note add": _crm(root, "note", "add", somebody, "-m", "Met at the table, wants to help."),
        "task add": _crm(root, "task", "add", "Send it", "--about", somebody, "--due", "friday"),
    }


def _crm(root: Path, *words: str) -> list[str | Path]:
    return [sys.executable, "-m", "crmtool", "-C", root, *words]


def _row(name: str, found: Cost, bare: Cost) -> list[object]:
    return [name, found.cpu, found.wall, f"{found.cpu / bare.cpu:.1f}x"]
