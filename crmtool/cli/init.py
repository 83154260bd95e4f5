"""crmtool init."""

from __future__ import annotations

from pathlib import Path

import click

from crmtool.cli.output import say, tell


@click.command(
    "init",
    epilog="""\b
Examples:
  crmtool init ../our-crm --git ../our-project
  crmtool init . --name "The Tern project" --git ../core --git ../docs
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
@click.pass_context
def command(
    ctx: click.Context, target: Path, repositories: tuple[str, ...], name: str | None, emails: str
) -> None:
    """Make a workspace in DIR: configuration, folders, and a source for each repository."""
    from crmtool.app.init import init

    base: Path = ctx.find_root().obj
    for line in init(base / target, repositories, name, emails):
        say(line)
    tell(f"next: crmtool -C {base / target} import")
