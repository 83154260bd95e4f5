"""crmtool review."""

from __future__ import annotations

import click

from crmtool.cli.main import find
from crmtool.cli.output import say, say_json


@click.command(
    "review",
    epilog="""\b
Examples:
  crmtool review
  crmtool review main --format json
""",
)
@click.argument("base", default="HEAD")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(ctx: click.Context, base: str, form: str) -> None:
    """Say in words what the work tree changes against BASE (a commit; HEAD by default)."""
    from crmtool.app.reviewing import review  # noqa: PLC0415

    lines = review(find(ctx), base)
    if form == "json":
        say_json("review", lines)
    else:
        for line in lines or ["nothing changed"]:
            say(line)
