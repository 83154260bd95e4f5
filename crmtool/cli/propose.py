"""crmtool propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_finding, tell

if TYPE_CHECKING:
    from crmtool.app.hosts.host import Opened
    from crmtool.app.proposing import Proposal, Proposed


@click.command(
    "propose",
    epilog="""\b
Examples:
  crmtool propose
  crmtool propose --title "Ada would speak in spring" notes/2026
""",
)
@click.argument("paths", nargs=-1)
@click.option("--title", default="", metavar="TEXT", help="What the request is called.")
@click.option("--message", "-m", default="", metavar="TEXT", help="What to say with it.")
@click.option("--branch", default="", metavar="NAME", help="The branch to propose from.")
@click.option("--base", default="", metavar="NAME", help="The branch to propose to.")
@click.option("--remote", default="", metavar="NAME", help="The remote to push to, such as a fork.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and do nothing.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    title: str,
    message: str,
    branch: str,
    base: str,
    remote: str,
    dry_run: bool,
) -> None:
    """Propose your edits to the others: a branch, a commit, a push, a pull or merge request.

    Takes the edited records, or the PATHS given. What has errors is not sent. The request is
    opened by `gh` or `glab`, by a token in GH_TOKEN or GITLAB_TOKEN, or by the link printed. On a
    branch of its own, a second time adds to the request. Nothing is ever pushed to the branch that
    others build on.
    """
    from crmtool.app.proposing import Wanted, prepare, propose

    where = asked(ctx)
    proposal = prepare(where, Wanted(title, message, branch, remote, base, paths))
    for finding in proposal.findings:
        say_finding(finding)
    if dry_run:
        _announce(proposal)
        say("nothing was done (dry run)")
        return
    why = "" if paths else ", being no record"
    for path in proposal.left_out:
        tell(f"left out{why}: {path}")
    _report(propose(where, proposal))


def _announce(proposal: Proposal) -> None:
    new = " (new)" if proposal.begins else ""
    say(f"branch {proposal.branch}{new}, pushed to {proposal.push_to.name}")
    for path in proposal.paths:
        say(f"  {path}")
    for subject in proposal.commits:
        say(f"  with the commit: {subject}")
    say(f"request to {proposal.request.base}: {proposal.request.title}")
    say("\n".join(f"  {line}" for line in proposal.request.body.splitlines()))


def _report(proposed: Proposed) -> None:
    proposal, opened = proposed.proposal, proposed.opened
    tell(f"pushed {proposal.branch} to {proposal.push_to.name}")
    say_opened(opened, proposal.branch)
    if proposal.begins:
        tell(f"you are on {proposal.branch} now; back with: git switch {proposal.request.base}")


def say_opened(opened: Opened, branch: str) -> None:
    """Where a request can be seen, or what is left to do by hand."""
    if not opened.url:
        say(f"ask them to take the branch {branch}")
    elif opened.how == "link":
        say(f"open this page to ask for it: {opened.url}")
    else:
        say(f"{opened.how} {opened.url}")
