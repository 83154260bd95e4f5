"""What a terminal is given: data can never steer it, messages go to stderr."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, Final

import click

from crmtool.model.finding import Finding

ENVELOPE: Final = 1
_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}


def visible(text: str) -> str:
    """Text with every character shown that a terminal would obey or an eye would not see."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def say(text: str = "") -> None:
    """A line of the answer, on stdout. Newlines in it are the program's own."""
    click.echo("\n".join(visible(line) for line in text.split("\n")))


def tell(text: str) -> None:
    """A line about the work, on stderr, unless `-q`."""
    context = click.get_current_context(silent=True)
    if not (context and context.find_root().params.get("quiet")):
        click.echo(visible(text), err=True)


def say_json(kind: str, data: Any) -> None:
    """The versioned envelope that programs read."""
    envelope = {"crmtool": ENVELOPE, "kind": kind, "data": data}
    click.echo(json.dumps(envelope, ensure_ascii=False, indent=2, default=str))


def colour_wanted() -> bool:
    """Whether stdout may be coloured: a terminal, and NO_COLOR unset."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def say_finding(finding: Finding) -> None:
    """One finding on one line, its remedy on the next."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    line = f"{visible(place)}: {severity}[{finding.code}]: {visible(finding.message)}"
    click.echo(line, color=colour_wanted())
    if finding.hint:
        click.echo(f"    {visible(finding.hint)}", color=colour_wanted())


class Bar:
    """Progress of long work: a bar with rate and time left on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        context = click.get_current_context(silent=True)
        quiet = bool(context and context.find_root().params.get("quiet"))
        self.watched = sys.stderr.isatty() and not quiet
        self._started: dict[str, float] = {}
        self._last = 0.0

    def __call__(self, label: str, done: int, total: int | None) -> None:
        """Show how far one part of the work has come."""
        now = time.monotonic()
        begun = self._started.setdefault(label, now)
        finished = total is not None and done >= total
        if not self.watched or (now - self._last < 0.1 and not finished):  # noqa: PLR2004
            return
        self._last = now
        rate = done / (now - begun) if now > begun else 0.0
        left = f", {(total - done) / rate:.0f} s left" if total and rate and not finished else ""
        of = f" of {total:,}" if total else ""
        text = f"{label}: {done:,}{of} ({rate:,.0f}/s{left})"
        click.echo(f"\r\x1b[2K{visible(text)}", nl=finished, err=True)
