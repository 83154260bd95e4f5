"""crmtool intake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtool.cli.options import folder
from crmtool.cli.output import complain, say, tell

if TYPE_CHECKING:
    from crmtool.errors import CrmError


@click.command(
    "intake",
    epilog="""\b
Examples:
  crmtool intake 12
  crmtool intake all
""",
)
@click.argument("which", metavar="ISSUE")
@click.pass_context
def command(ctx: click.Context, which: str) -> None:
    """Turn an issue written with one of our forms into a pull or merge request.

    ISSUE is its number, or all for every open one. Where it cannot be taken in, a comment on it
    says why. One whose form says what it said before is left as it is. Wants a token in GH_TOKEN or
    GITLAB_TOKEN.
    """
    from crmtool.app.intake import take_in

    troubles: list[CrmError] = []
    for taken in take_in(folder(), which):
        if taken.trouble:
            troubles.append(taken.trouble)
            say(f"#{taken.number}: could not be taken in")
            complain(taken.trouble)
            continue
        first, *rest = (taken.url or taken.words).splitlines()
        say(f"#{taken.number}: {first}")
        for line in rest:
            tell(f"    {line}")
    if troubles:
        ctx.exit(troubles[0].exit_code)
