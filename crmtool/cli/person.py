"""crmtool person."""

from __future__ import annotations

import click

from crmtool.cli.deciding import Ways, last_words, with_ways
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


@command.command(
    "merge",
    epilog="""\b
Examples:
  crmtool person merge ada-lovelace ada-l --reason "same address, asked her"
  crmtool person merge ada github:countess --into ada --dry-run
""",
)
@click.argument("names", nargs=-1, required=True, metavar="SLUG SLUG...")
@click.option("--into", metavar="SLUG", help="The record that stays; the first unless said.")
@with_ways(prefer=True)
def merge(ways: Ways, names: tuple[str, ...], into: str | None) -> None:
    """Make one record of several; the others become aliases of it.

    Lists are united, both texts stay, of consent and visibility the stricter stands, and whoever
    named the others names the one that stays. `crmtool identity undo` takes it back.
    """
    from crmtool.app.deciding import merge_people

    last_words(merge_people(ways.root, names, into, ways.how()), ways)


@command.command(
    "split",
    epilog="""\b
Examples:
  crmtool person split ada github:grace --name "Grace Hopper"
  crmtool person split ada github:grace --to grace-hopper
""",
)
@click.argument("name", metavar="SLUG")
@click.argument("identities", nargs=-1, required=True, metavar="ACCOUNT...")
@click.option("--to", metavar="SLUG", help="Whose they are; a new record's unless said.")
@click.option("--name", "called", metavar="NAME", help="What the new record's person is called.")
@with_ways()
def split(
    ways: Ways,
    name: str,
    identities: tuple[str, ...],
    to: str | None,
    called: str | None,
) -> None:
    """Take ACCOUNTs off SLUG and give them to somebody else, for good.

    Everything that they did goes with them. Both records remember that they are two people, so
    that nothing joins them again.
    """
    from crmtool.app.deciding import Other, split_person

    last_words(split_person(ways.root, name, identities, Other(to, called), ways.how()), ways)


@command.command(
    "rename",
    epilog="""\b
Examples:
  crmtool person rename person-1a2b3c4d ada-lovelace
  crmtool person rename ada ada-lovelace --dry-run
""",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@with_ways()
def rename(ways: Ways, old: str, new: str) -> None:
    """Give a record another slug; OLD stays as an alias and keeps finding the person."""
    from crmtool.app.deciding import rename_somebody

    last_words(rename_somebody(ways.root, old, new, ways.how()), ways)
