"""crmtool intake."""

from __future__ import annotations

import click

from crmtool.cli.options import folder
from crmtool.cli.output import say, tell


@click.command(
    "intake",
    epilog="""\b
Examples:
  crmtool intake 12
  crmtool intake all
""",
)
@click.argument("which", metavar="ISSUE")
def command(which: str) -> None:
    """Turn an issue written with one of our forms into a pull or merge request.

    ISSUE is its number, or all for every open one. Where it cannot be taken in, a comment on it
    says why. Wants a token in GH_TOKEN or GITLAB_TOKEN.
    """
    from crmtool.app.intake import take_in

    for taken in take_in(folder(), which):
        if taken.url:
            say(f"#{taken.number}: {taken.url}")
        else:
            say(f"#{taken.number}: not taken in")
            tell("\n".join(f"    {line}" for line in taken.words.splitlines()))
