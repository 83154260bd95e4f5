"""crmtool site."""

from __future__ import annotations

from pathlib import Path

import click

from crmtool.cli.options import asked, find
from crmtool.cli.output import Bar, say, tell


@click.group("site")
def command() -> None:
    """Build and show the community's private web site."""


@command.command(
    "build",
    epilog="""\b
Examples:
  crmtool site build
  crmtool site build --out ../review-site --rev 2026-06-30
""",
)
@click.option("--out", type=click.Path(path_type=Path), help="Build here, not in build/site.")
@click.pass_context
def build(ctx: click.Context, out: Path | None) -> None:
    """Build the site."""
    say(_build(ctx, out))


def _build(ctx: click.Context, out: Path | None = None) -> str:
    from crmtool.app.site import site_build

    return str(site_build(asked(ctx), out=out, progress=Bar()))


@command.command(
    "serve",
    epilog="""\b
Examples:
  crmtool site serve
  crmtool site serve --port 9000 --no-build
""",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-build", is_flag=True, help="Show what was built last.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, *, no_build: bool) -> None:
    """Build the site and show it on this machine until Ctrl-C."""
    from crmtool.app.site import site_serve

    if not no_build:
        say(_build(ctx))
    if host not in ("127.0.0.1", "localhost", "::1"):
        tell("caution: the site holds what is for the team only, and others can now reach it")
    root = find(ctx)
    site_serve(root, host, port, lambda url: say(f"serving {url} (Ctrl-C ends it)"))
