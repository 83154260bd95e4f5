"""crmtool fmt."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_json, tell

if TYPE_CHECKING:
    from pathlib import Path

    from crmtool.app.formatting import Formatting
    from crmtool.model.plan import Plan


@click.command(
    "fmt",
    epilog="""\b
Examples:
  crmtool fmt
  crmtool fmt people/ada-lovelace.md --dry-run
  crmtool fmt --check --staged
""",
)
@click.argument("paths", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where there is something to do.")
@click.option("--dry-run", "--diff", is_flag=True, help="Show the edits as a diff; write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--allow-mass-change", is_flag=True, help="Go on although most records change.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    check: bool,
    dry_run: bool,
    form: str,
    allow_mass_change: bool,
) -> int:
    """Write files as the formats like it: order, blanks, quotes, line ends. Values never change.

    Records, settings and feeds: all, or PATHS (files or folders), or with --staged what
    is staged. Edits are left in the work tree. What cannot be read is not touched; exits 1 then.
    """
    from crmtool.app.formatting import inspect, repair

    wanted, only = asked(ctx), frozenset(paths)
    if check and not dry_run:
        found = inspect(wanted, only)
    else:
        found = repair(
            wanted,
            only,
            dry_run=partial(_show, form) if dry_run else None,
            allow_mass_change=allow_mass_change,
        )
    if form == "json":
        say_json("formatting", _as_data(found))
    else:
        _summary(found, written=not (check or dry_run))
        if wanted.staged and found.repairs and not (check or dry_run):
            tell("the edits are in the work tree: stage these files again")
    return int(bool(found.left) or (check and bool(found.repairs)))


def _show(form: str, root: Path, plan: Plan) -> None:
    from crmtool.app.showing import diff_of

    for line in diff_of(root, plan) if form == "text" else ():
        say(line)


def _summary(found: Formatting, *, written: bool) -> None:
    for path, repairs in found.repairs.items():
        say(f"{path}: {', '.join(repairs)}")
    for finding in found.left:
        tell(f"{finding.path}:{finding.line}:{finding.column}: left alone: {finding.message}")
        if finding.hint:
            tell(f"    {finding.hint}")
    done, fine = len(found.repairs), found.fine
    if done:
        verb = "repaired" if written else "to repair"
        say(f"{done:,} {verb}, {fine:,} as they should be")
    else:
        say(f"{fine:,} as they should be" if fine else "no file to look at")


def _as_data(found: Formatting) -> dict[str, object]:
    left = [
        {name: getattr(f, name) for name in ("path", "line", "column", "message", "hint")}
        for f in found.left
    ]
    repaired = [{"path": path, "repairs": names} for path, names in found.repairs.items()]
    return {"repaired": repaired, "left": left, "fine": found.fine}
