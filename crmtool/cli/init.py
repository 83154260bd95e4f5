"""crmtool init."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmtool.cli.output import say, tell

if TYPE_CHECKING:
    from crmtool.app.ci import HostName


@click.command(
    "init",
    epilog="""\b
Examples:
  crmtool init ../our-crm --git ../our-project
  crmtool init . --name "The Tern project" --git ../core --git ../docs
  crmtool init ../our-crm --ci github
""",
)
@click.argument("target", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--git", "repositories", multiple=True, metavar="PATH", help="Import this clone.")
@click.option("--name", help="What the community is called; else the first project's folder.")
@click.option(
    "--emails",
    type=click.Choice(["hmac", "plain", "none"]),
    default="hmac",
    show_default=True,
    help="How e-mail addresses are kept.",
)
@click.option(
    "--ci",
    "host",
    type=click.Choice(["github", "gitlab"]),
    help="Write what this host runs and shows, also into a workspace that is there.",
)
@click.option(
    "--install",
    "requirement",
    metavar="REQUIREMENT",
    help="What CI installs with pip instead of this version; `.`: the repository itself.",
)
@click.pass_context
def command(
    ctx: click.Context,
    target: Path,
    *,
    repositories: tuple[str, ...],
    name: str | None,
    emails: str,
    host: HostName | None,
    requirement: str | None,
) -> None:
    """Make a workspace in DIR: configuration, folders, and a source for each repository."""
    from crmtool.app.ci import write_ci
    from crmtool.app.init import init, is_workspace

    root: Path = ctx.find_root().obj / target
    fresh = not (host and is_workspace(root))
    lines = init(root, repositories, name, emails) if fresh else []
    lines += write_ci(root, host, requirement) if host else []
    for line in lines:
        say(line)
    if fresh:
        tell(f"next: crmtool -C {root} import")
