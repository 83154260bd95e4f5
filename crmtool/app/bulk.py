"""Decisions about who is who from a file: all of them in one commit, or none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from crmtool.app.deciding import Decided, How, Verdict, Work, decide
from crmtool.errors import CrmError, Refused, UsageError

_WORDS: Final[Mapping[str, Verdict]] = {
    "accept": "accept",
    "merge": "accept",
    "same": "accept",
    "y": "accept",
    "yes": "accept",
    "reject": "reject",
    "different": "reject",
    "n": "reject",
    "no": "reject",
}
_SHOWN: Final = 10
_HINT: Final = (
    'write {"decision": "accept", "a": "ada", "b": "github:ada"} on a line each, or CSV with the '
    "columns decision, a, b and, where records contradict each other, prefer"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One decision of a file, and the line it stands on."""

    line: int
    verdict: Verdict
    a: str
    b: str
    prefer: str | None = None


def read_decisions(name: str, text: str) -> list[Row]:
    """The decisions of a file's text: JSON Lines, or CSV with a line of names.

    Each has `decision` (accept or reject), `a`, `b`, and may have `prefer`.

    Raises:
        UsageError: a line is no decision.

    """
    rows: list[Row] = []
    wrong: list[str] = []
    entries = _json_lines(text) if text.lstrip().startswith("{") else _csv_lines(name, text)
    for line, entry in entries:
        row = _row(line, entry)
        if isinstance(row, Row):
            rows.append(row)
        else:
            wrong.append(f"{name}:{line}: {row}")
    if wrong:
        more = f" (and {len(wrong) - _SHOWN} more)" if len(wrong) > _SHOWN else ""
        raise UsageError("; ".join(wrong[:_SHOWN]) + more, _HINT)
    return rows


def _json_lines(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """Each line's number and what it says, or what is wrong with it."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                entry = json.loads(line)
            except ValueError as error:
                yield number, f"is not JSON: {error}"
            else:
                yield number, entry if isinstance(entry, dict) else {}


def _csv_lines(name: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = text.partition("\n")[0]
    sign = ";" if ";" in head and "," not in head else ","
    lines = io.StringIO(text, newline="")
    reader = csv.DictReader(lines, skipinitialspace=True, delimiter=sign)
    reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or ()]
    if not {"decision", "a", "b"} <= {*reader.fieldnames}:
        raise UsageError(f"{name}:1: the first line has to name decision, a and b", _HINT)
    for entry in reader:
        yield reader.line_num, entry


def _row(line: int, entry: Mapping[str, Any] | str) -> Row | str:
    """A line's decision, or what is wrong with it."""
    if isinstance(entry, str):
        return entry
    word, a, b = (str(entry.get(key) or "").strip() for key in ("decision", "a", "b"))
    verdict = _WORDS.get(word.casefold())
    if verdict is None:
        return f"{word!r} is no decision"
    if not a or not b:
        return "a or b is empty"
    return Row(line, verdict, a, b, str(entry.get("prefer") or "").strip() or None)


def carry_out(root: Path, name: str, text: str, how: How, tell: Callable[[str], None]) -> Decided:
    """Carry out a file's decisions in one commit, all of them or, where one cannot be, none.

    `tell` is told each that cannot be, with its line and why.

    Raises:
        UsageError: a line is no decision.
        Refused: some cannot be carried out.

    """
    rows = read_decisions(name, text)

    def work(job: Work) -> None:
        wrong = 0
        for row in rows:
            try:
                _decide(job, row, how)
            except CrmError as error:
                wrong += 1
                tell(f"{name}:{row.line}: {error.message}")
        if wrong:
            raise Refused(
                f"{wrong} of {len(rows)} decisions cannot be carried out, so none was",
                "mend these lines or take them out; prefer settles what contradicts each other",
            )

    return decide(root, how, work)


def _decide(job: Work, row: Row, how: How) -> None:
    job.how = replace(how, prefer=row.prefer or how.prefer)
    if row.verdict == "accept":
        job.accept(row.a, row.b)
    else:
        job.reject(row.a, row.b)
