"""crmtool identity."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

from crmtool.cli.asking import ask_each
from crmtool.cli.deciding import Ways, ask_whose, last_words, with_ways
from crmtool.cli.options import asked, text_of
from crmtool.cli.output import say, say_json, say_json_line, tell

if TYPE_CHECKING:
    from crmtool.app.identities import Form


@click.group("identity")
def command() -> None:
    """Which accounts are one person: told, suggested, decided, taken back."""


@command.command(
    "export",
    epilog="""\b
Examples:
  crmtool identity export
  crmtool identity export --format mailmap > .mailmap
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "mailmap", "gitdm", "sortinghat"]),
    default="jsonl",
    show_default=True,
)
@click.pass_context
def export(ctx: click.Context, form: Form) -> None:
    """List every raw author and account that the feeds have seen, and who stands behind each."""
    from crmtool.app.identities import export_identities

    for line in export_identities(asked(ctx), form):
        if isinstance(line, str):
            say(line)
        else:
            say_json_line(line)


@command.command(
    "accept",
    epilog="""\b
Examples:
  crmtool identity accept ada-lovelace ada-l
  crmtool identity accept ada-lovelace github:countess --reason "she told me"
""",
)
@click.argument("a")
@click.argument("b")
@with_ways(prefer=True)
def accept(ways: Ways, a: str, b: str) -> None:
    """Say that A and B are one person; each is a slug or an account.

    Of two records the one that says more stays. `person merge` lets you choose.
    """
    from crmtool.app.deciding import answer

    last_words(answer(ways.root, "accept", a, b, ways.how()), ways)


@command.command(
    "reject",
    epilog="""\b
Examples:
  crmtool identity reject ada-lovelace ada-byron
  crmtool identity reject ada-lovelace github:ada2 --reason "another Ada"
""",
)
@click.argument("a")
@click.argument("b")
@with_ways()
def reject(ways: Ways, a: str, b: str) -> None:
    """Say that A and B are two people, for good: nothing will suggest or join them again."""
    from crmtool.app.deciding import answer

    last_words(answer(ways.root, "reject", a, b, ways.how()), ways)


@command.command(
    "undo",
    epilog="""\b
Examples:
  crmtool identity undo last
  crmtool identity undo 1a2b3c4d --later ada-lovelace --dry-run
""",
)
@click.argument("commit", metavar="[REV|last]", default="last")
@click.option(
    "--later",
    metavar="SLUG|keep",
    help="Whose is what was added since the merge; keep: it stays where it is.",
)
@with_ways()
def undo(ways: Ways, commit: str, later: str | None) -> None:
    """Take back what a commit decided about who is who; the last decision unless REV is given.

    Accounts, notes, tasks, tags, affiliations and aliases all come back. What was edited or
    imported since stays.
    """
    from crmtool.app.undoing import Later, undo

    how = Later(later, ask_whose) if sys.stdin.isatty() else Later(later)
    last_words(undo(ways.root, None if commit == "last" else commit, how, ways.how()), ways)


@command.command(
    "review",
    epilog="""\b
Examples:
  crmtool identity review --limit 20
  crmtool identity review --from decisions.csv --prefer newer --branch who-is-who
""",
)
@click.option("--limit", type=click.IntRange(min=1), help="Ask about no more than so many.")
@click.option(
    "--from",
    "answers",
    type=click.File(encoding="utf-8-sig"),
    help="Take decisions from this CSV or JSONL file instead of asking; one commit for all.",
)
@with_ways(prefer=True)
def review(ways: Ways, limit: int | None, answers: TextIO | None) -> None:
    """Answer who is one person: two side by side, why, and then y, n, later or quit.

    A yes merges, a no is remembered for good; each is a commit of its own. FILE has a `decision`
    (accept or reject), `a` and `b`, and where records contradict each other `prefer`.
    """
    if answers is not None:
        from crmtool.app.bulk import carry_out

        text = text_of(answers)
        last_words(carry_out(ways.root, answers.name, text, ways.how(), tell), ways)
        return
    if ways.branch or ways.dry_run or ways.no_commit:
        words = "--branch, --dry-run and --no-commit need --from: each answer is a commit at once"
        raise click.UsageError(words)
    from crmtool.app.answering import Review

    ask_each(Review(asked(click.get_current_context()), ways.how(), limit), ways)


@command.command(
    "suggest",
    epilog="""\b
Examples:
  crmtool identity suggest --limit 20
  crmtool identity suggest --format json
""",
)
@click.option("--limit", type=click.IntRange(min=1), help="Show no more than so many.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "pairs"]),
    default="text",
    show_default=True,
    help="`pairs` counts the lines of `identity export` from 0.",
)
@click.pass_context
def suggest(ctx: click.Context, limit: int | None, form: str) -> None:
    """Name pairs that may be one person, the surest first, each with its reasons.

    A reason's weight is what it adds to the odds: +1 doubles them, -1 halves them.
    """
    from crmtool.app import suggesting

    found = suggesting.suggested(asked(ctx), limit)
    if found.warning:
        tell(found.warning)
    if form == "pairs":
        say_json_line(suggesting.as_pairs(found))
    elif form == "json":
        say_json("suggestions", suggesting.as_data(found))
    elif found.suggestions:
        say(suggesting.as_text(found))
        tell("to answer: crmtool identity review")
    else:
        tell("nobody here looks like somebody else")
