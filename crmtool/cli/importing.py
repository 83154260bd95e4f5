"""crmtool import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from crmtool.cli.main import find
from crmtool.cli.output import Bar, say, tell, visible

if TYPE_CHECKING:
    from pathlib import Path

    from crmtool.app.importing import Imported
    from crmtool.errors import CrmError
    from crmtool.model.plan import Plan


_PARTIAL: Final = 5


@click.command(
    "import",
    epilog="""\b
Examples:
  crmtool import
  crmtool import core-git --dry-run
""",
)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Show the edits as a diff and write nothing.")
@click.option("--no-commit", is_flag=True, help="Leave the edits in the work tree.")
@click.option("--allow-mass-change", is_flag=True, help="Go on although most records change.")
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    *,
    dry_run: bool,
    no_commit: bool,
    allow_mass_change: bool,
) -> None:
    """Import the sources named, or all of them, into one commit.

    Where one of several sources cannot be read, the others are imported and the exit code is 5.
    """
    from crmtool.app.importing import import_sources

    root = find(ctx)
    imported = import_sources(
        root,
        names,
        dry_run=(lambda plan: _show(root, plan)) if dry_run else None,
        commit=not no_commit,
        allow_mass_change=allow_mass_change,
        progress=Bar(),
    )
    _summary(imported, dry_run=dry_run)
    if imported.failed:
        ctx.exit(_PARTIAL)


def _show(root: Path, plan: Plan) -> None:
    from crmtool.app.showing import diff_of

    for line in diff_of(root, plan):
        say(line)


def _summary(imported: Imported, *, dry_run: bool) -> None:
    for name, count in imported.added.items():
        say(f"{name}: {count:,} new activities")
        for reason, number in imported.skipped[name].items():
            tell(f"{name}: {number:,} {reason}")
        for note in imported.notes[name]:
            tell(f"{name}: {note}")
    for error in imported.failed:
        _complain(error)
    if dry_run:
        say(f"{imported.created:,} new people; nothing was written (dry run)")
    elif not imported.plan:
        say("no news: nothing was written")
    else:
        say(f"{imported.created:,} new people, {len(imported.joined):,} identities joined")
        if imported.commit:
            tell(f"commit {imported.commit[:8]}; next: crmtool site serve")


def _complain(error: CrmError) -> None:
    """What the error boundary says, for a failure that did not stop the others."""
    click.echo(f"crmtool: {visible(error.message)}", err=True)
    if error.hint:
        click.echo(f"    {visible(error.hint)}", err=True)
