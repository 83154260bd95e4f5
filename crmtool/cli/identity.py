"""crmtool identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_json_line

if TYPE_CHECKING:
    from crmtool.app.identities import Form


@click.group("identity")
def command() -> None:
    """Which accounts are one person: told, suggested, decided, taken back."""


@command.command(
    "export",
    epilog="""\b
Examples:
  crmtool identity export
  crmtool identity export --format mailmap > .mailmap
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "mailmap", "gitdm", "sortinghat"]),
    default="jsonl",
    show_default=True,
)
@click.pass_context
def export(ctx: click.Context, form: Form) -> None:
    """List every raw author and account that the feeds have seen, and who stands behind each."""
    from crmtool.app.identities import export_identities

    for line in export_identities(asked(ctx), form):
        if isinstance(line, str):
            say(line)
        else:
            say_json_line(line)
