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
  crmtool review main --format md
""",
)
@click.argument("base", default="HEAD")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text")
@click.pass_context
def command(ctx: click.Context, base: str, form: str) -> None:
    """Say in words what changed since BASE: a commit, or a day YYYY-MM-DD; HEAD by default.

    The work tree is compared with it, or what --staged or --rev name. What a reviewer has to
    look at stands first: guards that the change touches, privacy, and what is gone.
    """
    from crmtool.app.reviewing import review, review_data, review_lines, review_markdown

    found = review(asked(ctx), base)
    if form == "json":
        say_json("review", review_data(found))
    else:
        for line in review_markdown(found) if form == "md" else review_lines(found):
            say(line)
