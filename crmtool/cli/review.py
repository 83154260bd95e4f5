"""crmtool review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtool.cli.options import asked, folder
from crmtool.cli.output import complain, say, say_json

if TYPE_CHECKING:
    from crmtool.errors import CrmError


@click.command(
    "review",
    epilog="""\b
Examples:
  crmtool review
  crmtool review main --format md
  crmtool review --post 12
""",
)
@click.argument("base", default="HEAD")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text")
@click.option(
    "--post",
    metavar="REQUEST",
    help="Comment on an open request (its number, its last commit, or all) and set its status.",
)
@click.pass_context
def command(ctx: click.Context, base: str, form: str, post: str | None) -> None:
    """Say in words what changed since BASE: a commit, or a day YYYY-MM-DD; HEAD by default.

    The work tree is compared with it, or what --staged or --rev name. What a reviewer has to
    look at stands first: guards that the change touches, what is wrong, privacy, and what is gone.

    With --post, requests are judged as they would be merged, by the validator and configuration
    of the branch that is checked out. Wants a token in GH_TOKEN or GITLAB_TOKEN.
    """
    if post is not None:
        _post(ctx, post)
        return
    from crmtool.app.reviewing import review, review_data, review_lines, review_markdown

    found = review(asked(ctx), base)
    if form == "json":
        say_json("review", review_data(found))
    else:
        for line in review_markdown(found) if form == "md" else review_lines(found):
            say(line)


def _post(ctx: click.Context, which: str) -> None:
    from crmtool.app.trusted import post_reviews

    troubles: list[CrmError] = []
    for posted in post_reviews(folder(), which):
        if posted.trouble:
            troubles.append(posted.trouble)
            say(f"#{posted.number}: could not be judged or commented")
            complain(posted.trouble)
        else:
            say(f"#{posted.number}: {'good' if posted.good else 'to be mended'}: {posted.words}")
    if troubles:
        ctx.exit(troubles[0].exit_code)
