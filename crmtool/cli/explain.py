"""crmtool explain."""

from __future__ import annotations

import click

from crmtool.cli.output import say


@click.command(
    "explain",
    epilog="""\b
Examples:
  crmtool explain unknown-tag
  crmtool explain activities
""",
)
@click.argument("topic")
@click.option("--format", "form", type=click.Choice(["text", "md"]), default="text")
def command(topic: str, form: str) -> None:
    """Explain TOPIC: a finding's code, or `rules`, `activities`, `figures`, `formats`."""
    from crmtool.app.explaining import explain

    say(explain(topic, markdown=form == "md"))
