"""crmtool activity."""

from __future__ import annotations

from datetime import date
from typing import Final

import click

from crmtool.cli.options import asked, day_option
from crmtool.cli.output import say_json, say_rows

_MOST: Final = 50


@click.group("activity")
def command() -> None:
    """What was done, across all platforms."""


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool activity list --person ada-lovelace --type review
  crmtool activity list --source forum --since 2026-11-01 --limit 0 --format csv
""",
)
@click.option("--person", "people", multiple=True, metavar="PERSON", help="May be repeated.")
@click.option("--type", "types", multiple=True, help="See crmtool explain activities.")
@click.option("--source", "sources", multiple=True)
@click.option("--channel", help="A forum's category, a chat's room.")
@click.option("--tag", help="Of the source, or of a keyword in its words.")
@day_option("--since", help="Not before this day.")
@day_option("--until", help="Not after this day.")
@click.option("--limit", type=click.IntRange(0), default=_MOST, show_default=True, help="0: all.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    people: tuple[str, ...],
    types: tuple[str, ...],
    sources: tuple[str, ...],
    channel: str | None,
    tag: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    form: str,
) -> None:
    """List what was done, the newest first. Who is restricted, or a bot of ours, is not in it."""
    from crmtool.app.activities import (
        ActivityFilter,
        activity_data,
        activity_rows,
        activity_table,
        list_activities,
    )

    wanted = ActivityFilter(people, types, sources, channel, tag, since, until, limit or None)
    found = list_activities(asked(ctx), wanted)
    if form == "json":
        say_json("activities", [activity_data(deed) for deed in found])
    else:
        say_rows(activity_rows(found) if form == "csv" else activity_table(found), form)
