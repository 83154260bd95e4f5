"""crmtool schema."""

from __future__ import annotations

import click

from crmtool.cli.output import say


@click.command(
    "schema",
    epilog="""\b
Examples:
  crmtool schema
  crmtool schema person > person.schema.json
""",
)
@click.argument("kind", required=False)
def command(kind: str | None) -> None:
    """Print the JSON Schema of a KIND of file; without KIND say which there are."""
    from crmtool.app.schemas import kinds, schema

    for line in [schema(kind)] if kind else kinds():
        say(line)
