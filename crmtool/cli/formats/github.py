"""GitHub Actions: a workflow command for each finding, and all of them in the step's summary.

A command is a line that begins with `::`, so nothing that a file says may begin a line, end the
command's properties, or be taken for one of the runner's escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from crmtool.cli.formats.report import Report, words
from crmtool.cli.output import visible
from crmtool.model.finding import Finding

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "notice"}
# GitHub refuses a summary of more than 1 MiB altogether.
_MOST: Final = 1_000_000
_PLAIN: Final = re.compile(r"[^\w ]", re.ASCII)


def commands(report: Report) -> Iterator[str]:
    """One workflow command a finding. Those that the base has too are not annotated."""
    for finding in report.verdict.findings:
        named = {
            "file": report.path(finding),
            "line": str(finding.line),
            "col": str(finding.column),
            "title": finding.code,
        }
        properties = ",".join(f"{name}={_property(value)}" for name, value in named.items())
        said = _data(f"{report.place(finding)}: {words(finding)}")
        yield f"::{_LEVELS[finding.severity]} {properties}::{said}"


def _data(text: str) -> str:
    """A message, which ends with its line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property's value, which ends at a comma or a colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(report: Report) -> str:
    """The whole list as Markdown, as much of it as GitHub takes."""
    lines = [f"### crmtool check: {report.tally()}", ""]
    lines += _cut(_table(report, report.verdict.findings))
    if older := report.verdict.older:
        lines += ["", f"<details><summary>{len(older)} were there before</summary>", ""]
        lines += [*_cut(_table(report, older)), "", "</details>"]
    return "\n".join(lines) + "\n"


def _table(report: Report, findings: Iterable[Finding]) -> Iterator[str]:
    head = ["", "| | where | what | rule |", "| --- | --- | --- | --- |"]
    for finding in findings:
        yield from head
        head = []
        where, what = _markdown(report.place(finding)), _markdown(finding.message)
        hint = f"<br>{_markdown(finding.hint)}" if finding.hint else ""
        yield f"| {finding.severity} | {where} | {what}{hint} | {finding.code} |"


def _markdown(text: str) -> str:
    """Text that says itself and nothing to Markdown: every sign is a character reference."""
    return _PLAIN.sub(lambda sign: f"&#{ord(sign[0])};", visible(text))


def _cut(lines: Iterable[str]) -> Iterator[str]:
    room = _MOST // 2
    left = 0
    for line in lines:
        room -= len(line.encode()) + 1
        if room >= 0:
            yield line
        else:
            left += 1
    if left:
        yield f"\nand {left} more"
