"""crmtool review."""

from __future__ import annotations

import click

from crmtool.cli.options import asked
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
    """Say in words what changed since BASE: a commit, or a day YYYY-MM-DD; HEAD by default.

    The work tree is compared with it, or what --staged or --rev name.
    """
    from crmtool.app.reviewing import review

    lines = review(asked(ctx), base)
    if form == "json":
        say_json("review", lines)
    else:
        for line in lines or ["nothing changed"]:
            say(line)
