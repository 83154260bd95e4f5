"""Who is who against `.mailmap`: joined unasked, then with suggestions answered, beside baselines.

    python -m benchmarks identity [--keep FOLDER] REPOSITORY...

Each history is imported twice without its `.mailmap`: with addresses in clear, whose lines are scored,
and with hashed ones, whose persons and suggestions must be the same.
"""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import table
from benchmarks.truths import crmtool, exported, imported, name_of, predicted, script

_HEAD = ("history", "method", "Pc", "R", "F1c", "P", "largest", "asked", "right", "closed", "hmac")
_METHODS = ("sortinghat-like", "email+fullname")


@dataclass(frozen=True)
class Result:
    """One history's scores."""

    baselines: dict[str, Any]
    joined: Any
    answered: Any
    same_address: int
    """Wrong pairs of one address: `.mailmap` tells two people apart whom no matcher could."""
    asked: int
    right: int
    hashed: str

    @property
    def closed(self) -> float:
        """Of the recall that names and addresses leave open, what the answers close."""
        left = 1 - self.baselines["email+fullname"].recall
        return (self.answered.recall - 1 + left) / left if left else 1.0


def measure(repository: Path, folder: Path) -> Result:
    """Import one history twice, and score it."""
    judge = script()
    truth = judge.read_truth(repository)
    plain, hashed = (imported(repository, folder, policy) for policy in ("plain", "hmac"))
    lines, pairs = exported(plain), said(plain)
    joined = judge.join(truth, predicted(lines))
    scored = judge.score(truth, joined.labels)
    order = [(i, j) for i, j, _ in sorted(pairs, key=lambda row: -row[2])]
    stops = judge.review(truth, joined, order)
    own = [(t.name, t.email.casefold().strip()) for t in truth]
    wrong = judge.wrong_pairs(truth, joined.labels)
    return Result(
        {method: judge.score(truth, judge.baseline(truth, method)) for method in _METHODS},
        scored,
        stops[-1].after if stops else scored,
        sum(own[a][1] == own[b][1] for a, b in wrong),
        stops[-1].asked if stops else 0,
        stops[-1].right if stops else 0,
        "same" if seen(lines, pairs) == seen(exported(hashed), said(hashed)) else "OTHER",
    )


def said(root: Path) -> list[list[Any]]:
    """The pairs of `identity suggest`."""
    found: list[list[Any]] = json.loads(crmtool(root, "identity", "suggest", "--format", "pairs"))[
        "suggest"
    ]
    return found


def seen(lines: list[dict[str, Any]], pairs: list[list[Any]]) -> tuple[Any, Any]:
    """Who is one with whom and what is asked, whatever the records are called."""
    return lines_of(lines), sorted([min(i, j), max(i, j), score] for i, j, score in pairs)


def lines_of(lines: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Each raw identity with the first that is the same person: slugs may differ, persons not."""
    first: dict[str, int] = {}
    return [
        (line["handle"], first.setdefault(line["person"] or line["handle"], at))
        for at, line in enumerate(lines)
    ]


def rows(name: str, result: Result) -> list[list[Any]]:
    """The lines of the table about one history, or about several together."""
    found = [[name, m, *_cells(s), "", "", "", ""] for m, s in result.baselines.items()]
    found.append([name, "crmtool, unasked", *_cells(result.joined), "", "", "", result.hashed])
    share = f"{result.right / result.asked:.3f}" if result.asked else "-"
    asked = [f"{result.asked}", share, f"{result.closed:.3f}", result.hashed]
    return [*found, [name, "and suggestions answered", *_cells(result.answered), *asked]]


def _cells(score: Any) -> list[str]:
    shares = (score.curated_precision, score.recall, score.curated_f1, score.precision)
    return [*(f"{share:.3f}" for share in shares), f"{score.largest}"]


def together(results: list[Result]) -> Result:
    """All pairs of several histories in one pot."""
    micro = script().micro
    return Result(
        {m: micro([r.baselines[m] for r in results]) for m in _METHODS},
        micro([r.joined for r in results]),
        micro([r.answered for r in results]),
        sum(r.same_address for r in results),
        sum(r.asked for r in results),
        sum(r.right for r in results),
        "same" if {r.hashed for r in results} == {"same"} else "OTHER",
    )


def main(arguments: list[str]) -> str:
    """The table."""
    parser = ArgumentParser(prog="python -m benchmarks identity", description=__doc__)
    parser.add_argument("repositories", nargs="*", type=Path)
    parser.add_argument("--keep", type=Path, help="keep the workspaces here, and use those there")
    chosen = parser.parse_args(arguments)
    if not chosen.repositories:
        return (
            "identity: name histories with a .mailmap: python -m benchmarks identity REPOSITORY..."
        )
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        results = {name_of(path): measure(path, folder) for path in chosen.repositories}
    lines = [line for name, result in results.items() for line in rows(name, result)]
    total = together([*results.values()])
    lines += rows("all", total)
    wrong = total.joined.wrong_curated
    note = f"{total.same_address} of the {wrong} curated pairs joined wrongly have one address"
    return f"{table(_HEAD, lines)}\n\n{note}.\n"
