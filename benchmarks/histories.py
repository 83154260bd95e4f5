"""Generated git histories of any length: a commit every ten minutes, people who come and go."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

_BEGIN = 1_100_000_000  # November 2004; a million commits end in 2023
_STEP = 600
_STAY = 4_000  # commits after which the next two hundred people have taken over


def generate(folder: Path, commits: int) -> None:
    """A bare repository with so many commits, made by `git fast-import` (25 s a million)."""
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder)], check=True
    )
    with subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        for number in range(1, commits + 1):
            process.stdin.write(_commit(number))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "git fast-import")
    subprocess.run(["git", "-C", str(folder), "commit-graph", "write", "--reachable"], check=True)


def _commit(number: int) -> bytes:
    """Every tenth is a merge; two of three are signed off, one of eight is reviewed."""
    author, when = _person(number), _BEGIN + _STEP * number
    merge = number > 10 and not number % 10
    lines = [f"{'Merge' if merge else 'area'}: change number {number} of the generated history", ""]
    lines += [f"Signed-off-by: {author}"] if number % 3 else []
    lines += [f"Reviewed-by: {_person(number * 7)}"] if not number % 8 else []
    message = "\n".join(lines).encode()
    parents = f"merge :{number - 3}\n" if merge else ""
    return (
        (
            f"commit refs/heads/main\nmark :{number}\nauthor {author} {when} +0100\n"
            f"committer {author} {when} +0100\ndata {len(message)}\n"
        ).encode()
        + message
        + f"\n{parents}".encode()
    )


def _person(number: int) -> str:
    """One of the two hundred of the time, some far more often than others."""
    share = number * 7919 % 1000
    who = number // _STAY * 200 + share * share // 5000
    return f"Person {who} <person{who}@example.org>"


def sizes(text: str) -> Iterator[int]:
    """The numbers in `100k,300k,1M`."""
    for word in text.split(","):
        factor = {"k": 1_000, "M": 1_000_000}.get(word[-1:], 1)
        yield int(word.rstrip("kM")) * factor
