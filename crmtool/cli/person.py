"""crmtool person."""

from __future__ import annotations

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_json


@click.group("person")
def command() -> None:
    """What is known of one person."""


@command.command(
    "show",
    epilog="""\b
Examples:
  crmtool person show ada-lovelace
  crmtool person show github:ada --format json --audience stewards
""",
)
@click.argument("name", metavar="SLUG")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def show(ctx: click.Context, name: str, form: str) -> None:
    """Show what one needs to know before reaching out to SLUG (or an alias, or an account)."""
    from crmtool.app.people import card_data, card_text, person_card

    card = person_card(asked(ctx), name)
    if form == "json":
        say_json("person", card_data(card))
    else:
        say(card_text(card))
