"""What a terminal or a log is given: data can never steer it, messages go to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from crmtool.cli.options import said
from crmtool.errors import CrmError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from crmtool.app.tables import Cell, Table
    from crmtool.model.finding import Finding

ENVELOPE: Final = 1
_LEAST: Final = 16
_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}


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


def complain(error: CrmError) -> None:
    """What the error boundary says, for a failure after which the command goes on."""
    click.echo(f"crmtool: {visible(error.message)}", err=True)
    if error.hint:
        click.echo(f"    {visible(error.hint)}", err=True)


def say_json(kind: str, data: object) -> None:
    """The versioned envelope that programs read; what cannot be seen is escaped."""
    say_document({"crmtool": ENVELOPE, "kind": kind, "data": data})


def say_document(data: object) -> None:
    """JSON of a format that is not ours."""
    _echo_json(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def say_json_line(data: object) -> None:
    """One value as JSON on one line, for formats of which each line is a document."""
    _echo_json(json.dumps(data, ensure_ascii=False, default=str))


def _echo_json(text: str) -> None:
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
        click.echo(inert(f"    {finding.hint}"))


def say_table(table: Table) -> None:
    """Rows: fitted to the terminal on one, in plain columns in a pipe; empty columns left out."""
    table = table.without_empty_columns()
    if not table.rows:
        tell(table.empty)
    elif sys.stdout.isatty():
        _say_fitted(table)
    else:
        for line in _aligned(table):
            say(line)


def say_rows(table: Table, form: str) -> None:
    """A table for people, or as CSV, with all that a CSV file needs to be read by a program."""
    if form == "csv":
        from crmtool.app.tables import as_csv

        text = as_csv(table.columns, ([visible(cell.text) for cell in row] for row in table.rows))
        click.echo(text, nl=False)
    else:
        say_table(table)


def _aligned(table: Table) -> Iterator[str]:
    """Columns as wide as their longest cell, but the last."""
    rows = [table.columns, *([visible(cell.text) for cell in row] for row in table.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (text + " " * (w - _width(text)) for text, w in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns that a terminal gives a text: two for a letter of East Asia, none for an accent."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _say_fitted(table: Table) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    colours = {"bad": "bold red", "dim": "dim"} if colour_wanted() else {}
    console = Console(no_color=not colours, highlight=False)
    columns = [[cell.text for cell in column] for column in zip(*table.rows, strict=True)]
    least = [_least(texts) for texts in columns]
    if sum(width + 2 for width in least) > console.width:
        _say_stacked(table)
        return
    shown = RichTable(box=None, pad_edge=False, header_style="bold" if colours else "")
    for title, width in zip(table.columns, least, strict=True):
        shown.add_column(title, min_width=width, overflow="fold")
    for row in table.rows:
        # Never markup: what a cell says is data.
        shown.add_row(*(Text(inert(c.text), style=colours.get(c.mark, "")) for c in row))
    console.print(shown)


def _least(texts: list[str]) -> int:
    """How narrow a column may be: days, numbers and names to be copied stay whole."""
    widest = max(map(_width, texts))
    return widest if not any(" " in text for text in texts) else min(widest, _LEAST)


def _say_cell(title: str, cell: Cell) -> None:
    if cell.mark == "bad":
        say_marked(inert(cell.text), "red", title, "")
    else:
        say(f"{title}{cell.text}")


def _say_stacked(table: Table) -> None:
    """A few lines a row, where columns would be too narrow to read."""
    wide = max(map(len, table.columns))
    for number, row in enumerate(table.rows):
        if number:
            say()
        for title, cell in zip(table.columns, row, strict=True):
            if cell.text:
                _say_cell(f"{title:{wide}}  ", cell)


class Bar:
    """Progress of long work: a bar with rate and time left on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty() and not said("quiet")
        self._tasks: dict[str, TaskID] = {}
        self._shown: Progress | None = None

    def __call__(self, label: str, done: int, total: int | None) -> None:
        """Show how far one part of the work has come."""
        if not self.watched:
            return
        shown = self._shown or self._begin()
        if label not in self._tasks:
            self._end_open_ones(shown)
            self._tasks[label] = shown.add_task(visible(label), total=total, rate="")
        task = self._tasks[label]
        speed = shown.tasks[task].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        shown.update(task, completed=done, total=total, rate=rate)

    def _end_open_ones(self, shown: Progress) -> None:
        """What had no known end is over once something else begins."""
        for task in self._tasks.values():
            if shown.tasks[task].total is None:
                shown.update(task, total=1, completed=1)

    def _begin(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress
        from rich.table import Column

        # Markup is off: a source's name is data.
        words = TextColumn("{task.description}", markup=False)
        rate = TextColumn("{task.fields[rate]}", markup=False, table_column=Column(no_wrap=True))
        columns = (words, BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
        self._shown = RichProgress(*columns, console=Console(stderr=True))
        self._shown.start()
        # The cursor comes back however the command ends.
        click.get_current_context().call_on_close(self._shown.stop)
        return self._shown
