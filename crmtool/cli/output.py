"""What a terminal or a log is given: data can never steer it, messages go to stderr."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Final

import click

from crmtool.cli.options import said
from crmtool.model.finding import Finding

ENVELOPE: Final = 1
_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}
_OFTEN: Final = 0.1
"""Seconds between two looks of a progress bar."""


def visible(text: str) -> str:
    """Text with every character shown that a terminal would obey or an eye would not see."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def inert(line: str) -> str:
    """A line that no CI service takes for an order: GitHub's begin with `::` or hold `##[`."""
    line = visible(line).replace("##[", r"#\x23[")
    return line.replace("::", r":\x3a", 1) if line.lstrip().startswith("::") else line


def say(text: str = "") -> None:
    """A line of the answer, on stdout. Newlines in it are the program's own."""
    click.echo("\n".join(inert(line) for line in text.split("\n")))


def tell(text: str) -> None:
    """A line about the work, on stderr, unless `-q`."""
    if not said("quiet"):
        click.echo(inert(text), err=True)


def say_json(kind: str, data: object) -> None:
    """The versioned envelope that programs read; what cannot be seen is escaped."""
    envelope = {"crmtool": ENVELOPE, "kind": kind, "data": data}
    text = json.dumps(envelope, ensure_ascii=False, indent=2, default=str)
    shown = "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
    click.echo(shown.replace("##[", "#\\u0023["))


def colour_wanted() -> bool:
    """Whether stdout is coloured: as `--color` says, else on a terminal where NO_COLOR is unset."""
    choice = said("color")
    if choice in ("always", "never"):
        return bool(choice == "always")
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def say_marked(mark: str, colour: str, before: str, after: str) -> None:
    """A line with one word of ours in it that may be bold and coloured."""
    wanted = colour_wanted()
    word = click.style(mark, fg=colour, bold=True) if wanted else mark
    click.echo(f"{inert(before)}{word}{inert(after)}", color=wanted)


def say_finding(finding: Finding) -> None:
    """One finding on one line, its remedy on the next."""
    place = f"{finding.path}:{finding.line}:{finding.column}: "
    colour = _COLOURS[finding.severity]
    say_marked(finding.severity, colour, place, f"[{finding.code}]: {finding.message}")
    if finding.hint:
        say(f"    {finding.hint}")


class Bar:
    """Progress of long work: a bar with rate and time left on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty() and not said("quiet")
        self._started: dict[str, float] = {}
        self._last = 0.0

    def __call__(self, label: str, done: int, total: int | None) -> None:
        """Show how far one part of the work has come."""
        now = time.monotonic()
        begun = self._started.setdefault(label, now)
        finished = total is not None and done >= total
        if not self.watched or (now - self._last < _OFTEN and not finished):
            return
        self._last = now
        rate = done / (now - begun) if now > begun else 0.0
        left = f", {(total - done) / rate:.0f} s left" if total and rate and not finished else ""
        of = f" of {total:,}" if total else ""
        text = f"{label}: {done:,}{of} ({rate:,.0f}/s{left})"
        click.echo(f"\r\x1b[2K{visible(text)}", nl=finished, err=True)
