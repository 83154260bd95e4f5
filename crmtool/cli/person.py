"""crmtool person."""

from __future__ import annotations

from datetime import date

import click

from crmtool.cli.deciding import Ways, last_words, with_ways
from crmtool.cli.options import asked, day_option
from crmtool.cli.output import say, say_json, say_rows, tell
from crmtool.cli.writing import how, report, to_write, writes


@click.group("person")
def command() -> None:
    """Who is here, and what is known of them."""


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
    from crmtool.app.card_text import card_text
    from crmtool.app.people import card_data, person_card

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


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool person list --skill rust --place europe
  crmtool person list --tag volunteer --available weekends --format csv
""",
)
@click.option("--tag", "tags", multiple=True, help="May be repeated: all of them.")
@click.option("--skill", "skills", multiple=True, help="A language, or a tag such as expert/print.")
@click.option("--place", metavar="TEXT", help="A part of the location or the time zone.")
@click.option(
    "--available",
    is_flag=False,
    flag_value="",
    metavar="[TEXT]",
    help="Has said when they have time (the field availability), or said TEXT.",
)
@click.option("--owner", metavar="PERSON", help="Who keeps the relationship.")
@click.option("--organisation", metavar="NAME")
@click.option("--kind", type=click.Choice(["person", "organisation", "bot"]))
@click.option("--segment", metavar="NAME", help="Only whom this segment finds.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    tags: tuple[str, ...],
    skills: tuple[str, ...],
    place: str | None,
    available: str | None,
    owner: str | None,
    organisation: str | None,
    kind: str | None,
    segment: str | None,
    form: str,
) -> None:
    """List people by what they can, where they are and whether they have time."""
    from crmtool.app.members import PersonFilter, list_people, people_data, people_table

    wanted = PersonFilter(tags, skills, place, available, owner, organisation, kind, segment)
    found = list_people(asked(ctx), wanted)
    if form == "json":
        say_json("people", people_data(found))
        return
    say_rows(people_table(found), form)
    if form == "text":
        tell(f"{len(found)} found")


@command.command(
    "watch",
    epilog="""\b
Examples:
  crmtool person watch ada-lovelace
  crmtool person watch ada-lovelace --by grace-hopper --commit
""",
)
@click.argument("name", metavar="PERSON")
@click.option("--by", default="me", metavar="PERSON", help="Who watches; you unless given.")
@writes
@click.pass_context
def watch(ctx: click.Context, *, name: str, by: str, dry_run: bool, commit: bool) -> None:
    """Follow what PERSON does; `crmtool person watched` shows it."""
    from crmtool.app.watching import watch as begin

    report(begin(to_write(ctx), name, by, how(ctx, dry_run=dry_run, commit=commit)))


@command.command(
    "unwatch",
    epilog="""\b
Examples:
  crmtool person unwatch ada-lovelace
  crmtool person unwatch ada-lovelace --by grace-hopper --commit
""",
)
@click.argument("name", metavar="PERSON")
@click.option("--by", default="me", metavar="PERSON", help="Who watched; you unless given.")
@writes
@click.pass_context
def unwatch(ctx: click.Context, *, name: str, by: str, dry_run: bool, commit: bool) -> None:
    """Follow PERSON no longer."""
    from crmtool.app.watching import watch as change

    report(change(to_write(ctx), name, by, how(ctx, dry_run=dry_run, commit=commit), stop=True))


@command.command(
    "watched",
    epilog="""\b
Examples:
  crmtool person watched
  crmtool person watched --by grace-hopper --since 2026-11-01 --format json
""",
)
@click.option("--by", default="me", metavar="PERSON", help="Who watches; you unless given.")
@day_option("--since", help="Not before this day; a week ago unless given.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_context
def watched(ctx: click.Context, *, by: str, since: date | None, form: str) -> None:
    """Show what those whom you watch did of late, and what was noted about them."""
    from crmtool.app.watching import watched as look
    from crmtool.app.watching import watched_table

    found = look(asked(ctx), by, since)
    if form == "json":
        say_json("watched", [seen.data for seen in found])
    else:
        say_rows(watched_table(found), form)
