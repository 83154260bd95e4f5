"""Reading one record's block of 25 lines, beside PyYAML's loader: microseconds of CPU.

    python -m benchmarks reading            # the example of docs/formats.md
    python -m benchmarks reading FILE.md

Our reader keeps scalars as text and sees duplicate keys, anchors, tags and where everything stands;
CSafeLoader does none of it and guesses at types. The fastest of several rounds counts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from benchmarks.measure import table
from crmtool.model.records import Person
from crmtool.text.formatting import formatted
from crmtool.text.frontmatter import cut
from crmtool.text.parse import parse_record
from crmtool.text.yamltext import read_yaml

_ROUNDS, _TIMES = 15, 100


def main(arguments: Sequence[str]) -> str:
    """The table."""
    text = Path(arguments[0]).read_text("utf-8") if arguments else _example()
    data = text.encode()
    parts = cut(text)
    if parts is None:
        raise SystemExit(f"{arguments[0]} has no frontmatter block")
    block = parts.block
    baseline = _cost(lambda: yaml.load(block, yaml.CSafeLoader))
    rows = [
        ("PyYAML, CSafeLoader", baseline),
        ("block to text", _cost(lambda: read_yaml(block))),
        ("file to a typed record", _cost(lambda: parse_record(Person, "x.md", data))),
        ("fmt, nothing to repair", _cost(lambda: formatted(text, Person, yml=False))),
    ]
    lines = block.count("\n")
    head = (f"{lines} lines, {len(block)} characters", "µs", "ratio")
    return table(head, [(name, cost, cost / baseline) for name, cost in rows])


def _example() -> str:
    page = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8")
    found = re.search(r"^```yaml person\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    block = found[1] if found else ""
    return f"---\n{block}---\nRuns the compiler workshop.\n"


def _cost(call: Callable[[], object]) -> float:
    """Microseconds of CPU that a call takes, at best."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begun = time.process_time()
        for _ in range(_TIMES):
            call()
        best = min(best, time.process_time() - begun)
    return best / _TIMES * 1e6
