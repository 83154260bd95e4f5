"""crmtool segment."""

from __future__ import annotations

from dataclasses import replace

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say_json, say_rows, say_table, tell


@click.group("segment")
def command() -> None:
    """Saved questions about people: SQL conditions over them, named in tags.yml."""


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool segment list
  crmtool segment list --as-of 2026-01-01
""",
)
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the segments with the number of people whom each finds."""
    from crmtool.app.segments import list_segments

    say_table(list_segments(asked(ctx)))


@command.command(
    "run",
    epilog="""\b
Examples:
  crmtool segment run quiet-maintainers
  crmtool segment run --where "list_contains(tags, 'speaker') AND owner IS NULL"
""",
)
@click.argument("name", metavar="[SEGMENT]", required=False)
@click.option("--where", metavar="SQL", help="Ask this condition instead.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def run(ctx: click.Context, *, name: str | None, where: str | None, form: str) -> None:
    """Show whom SEGMENT finds as of today, or of the day in --as-of."""
    from crmtool.app.segments import LISTED, run_segment, selection_table

    if (name is None) == (where is None):
        raise click.UsageError("name a segment, or give --where SQL", ctx)
    found = run_segment(asked(ctx), name, where)
    if form == "json":
        say_json("people", found.rows)
    else:
        say_rows(selection_table(found, LISTED), form)
        tell(f"{len(found.rows)} people: {found.title}")


@command.command(
    "export",
    epilog="""\b
Examples:
  crmtool segment export speakers > speakers.csv
  crmtool segment export speakers --emails --audience stewards --format json
""",
)
@click.argument("name", metavar="SEGMENT")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
@click.option(
    "--emails", is_flag=True, help="Only those who agreed to be written to, with their address."
)
@click.pass_context
def export(ctx: click.Context, *, name: str, form: str, emails: bool) -> None:
    """Write whom SEGMENT finds to stdout, for a spreadsheet or a program.

    No cell is one that a spreadsheet takes for a formula.
    """
    from crmtool.app.segments import run_segment, selection_table

    found = run_segment(asked(ctx), name, None, emails=emails)
    if form == "json":
        say_json("people", found.rows)
    else:
        say_rows(selection_table(replace(found, names={})), form)
    if found.without_consent:
        tell(f"{found.without_consent} left out: no address, or no consent to write to it")
