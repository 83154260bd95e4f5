"""crmtool report."""

from __future__ import annotations

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_json


@click.command(
    "report",
    epilog="""\b
Examples:
  crmtool report 2026-10
  crmtool report 2026-10 --subproject server --format md
""",
)
@click.argument("month", required=False, metavar="[YYYY-MM]")
@click.option("--subproject", metavar="NAME", help="Only this part of the community.")
@click.option("--format", "form", type=click.Choice(["text", "json", "md"]), default="text")
@click.pass_context
def command(ctx: click.Context, month: str | None, subproject: str | None, form: str) -> None:
    """One month in figures, beside the month and the year before; the last whole one by default."""
    from crmtool.app.reporting import report, report_data, report_markdown, report_text

    found, names = report(asked(ctx), month, subproject)
    if form == "json":
        say_json("report", report_data(found))
    else:
        say((report_markdown if form == "md" else report_text)(found, names))
