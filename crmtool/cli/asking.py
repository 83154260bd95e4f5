"""Suggestions asked about on a terminal: two side by side, the reasons, a letter for an answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from crmtool.cli.deciding import Ways, last_words
from crmtool.cli.output import colour_wanted, complain, say, tell, visible
from crmtool.errors import CrmError

if TYPE_CHECKING:
    from crmtool.app.answering import Pair, Review
    from crmtool.app.deciding import Verdict

_QUESTION: Final = "One person? [y]es, [n]o, [l]ater, [q]uit"
_VERDICTS: Final[dict[str, Verdict]] = {"y": "accept", "n": "reject"}


def ask_each(review: Review, ways: Ways) -> None:
    """Ask about each pair until there is none left, or the user has had enough."""
    if review.warning:
        tell(review.warning)
    answered = 0
    for pair in review:
        show(pair)
        letter = _letter()
        if letter == "q":
            break
        if letter in _VERDICTS:
            answered += _answered(review, pair, _VERDICTS[letter], ways)
    say(f"{answered} of {len(review)} answered")


def _letter() -> str:
    """The first letter of the answer; the end of a file that answers are piped from is enough."""
    words = {"y", "yes", "n", "no", "l", "later", "q", "quit"}
    while True:
        try:
            answer = click.prompt(_QUESTION, err=True, prompt_suffix=" ").strip().casefold()
        except click.Abort:
            if sys.stdin.isatty():
                raise
            return "q"
        if answer in words:
            return str(answer[0])


def _answered(review: Review, pair: Pair, verdict: Verdict, ways: Ways) -> bool:
    try:
        last_words(review.answer(pair, verdict), ways)
    except CrmError as error:
        complain(error)
        return False
    return True


def show(pair: Pair) -> None:
    """A pair as a table of two columns, then why it is asked about."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    found = pair.suggestion
    console = Console(no_color=not colour_wanted(), highlight=False, markup=False, emoji=False)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for label, *values in pair.rows:
        style = "" if label else "bold"
        cells = (Text(visible(value), style=style) for value in values)
        table.add_row(Text(label, style="dim"), *cells)
    say("")
    say(f"{pair.number} of {pair.total}: {min(found.score, 0.99):.0%} sure")
    console.print(table)
    for reason in found.reasons:
        say(f"  {reason.weight:+5.1f}  {reason.words}")
