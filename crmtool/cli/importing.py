"""crmtool import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from crmtool.cli.main import find
from crmtool.cli.output import Bar, complain, say, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from crmtool.app.importing import Imported
    from crmtool.model.plan import Plan


_PARTIAL: Final = 5


@click.command(
    "import",
    epilog="""\b
Examples:
  crmtool import
  crmtool import core-git --dry-run
  crmtool import --file deliveries.json --type github
""",
)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=True, path_type=Path),
    help="Import what the platform exported, instead of asking it.",
)
@click.option("--type", "kind", metavar="TYPE", help="With --file: what platform it comes from.")
@click.option("--source", metavar="NAME", help="With --file: the source that takes it [its type].")
@click.option("--delimiter", metavar="SIGN", help="With --file: what separates its cells.")
@click.option("--encoding", metavar="NAME", help="With --file: how its letters are written.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Pass over what is older.")
@click.option("--dry-run", is_flag=True, help="Show the edits as a diff and write nothing.")
@click.option("--no-commit", is_flag=True, help="Leave the edits in the work tree.")
@click.option("--push", is_flag=True, help="Push the commit to the branch checked out.")
@click.option(
    "--pull-request", is_flag=True, help="Propose the news on the branch crmtool/import instead."
)
@click.option("--allow-mass-change", is_flag=True, help="Go on although most records change.")
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    *,
    file: Path | None,
    kind: str | None,
    source: str | None,
    delimiter: str | None,
    encoding: str | None,
    since: datetime | None,
    dry_run: bool,
    no_commit: bool,
    push: bool,
    pull_request: bool,
    allow_mass_change: bool,
) -> None:
    """Import the sources named, or all of them, into one commit.

    Where one of several sources cannot be read, or one can be read in part, the rest is imported
    and the exit code is 5; the next import goes on from there.
    """
    from crmtool.app.importing import FromFile, import_sources

    form = {k: v for k, v in (("delimiter", delimiter), ("encoding", encoding)) if v}
    if file is None and (kind or source or form):
        raise click.UsageError("--type, --source, --delimiter and --encoding go with --file")
    if file is not None and (names or not kind):
        raise click.UsageError("--file goes with --type (and --source), and with no source's name")
    if push + pull_request + dry_run + no_commit > 1:
        raise click.UsageError("--push, --pull-request, --no-commit, --dry-run: give one of them")
    root = find(ctx)

    def work() -> Imported:
        return import_sources(
            root,
            names,
            dry_run=(lambda plan: _show(root, plan)) if dry_run else None,
            commit=not no_commit,
            allow_mass_change=allow_mass_change,
            progress=Bar(),
            since=since.date() if since else None,
            file=FromFile(file.absolute(), kind, source, form) if file and kind else None,
        )

    imported = _proposed(root, work) if pull_request else work()
    _summary(imported, dry_run=dry_run)
    if push and imported.commit:
        _push(root)
    if imported.failed:
        ctx.exit(_PARTIAL)


def _proposed(root: Path, work: Callable[[], Imported]) -> Imported:
    """The import, done on a branch of its own and asked for."""
    from crmtool.app.standing import NEWS, propose_work
    from crmtool.cli.propose import say_opened

    stood = propose_work(root, NEWS, work)
    if stood.opened:
        say_opened(stood.opened, NEWS.branch)
    return stood.result


def _push(root: Path) -> None:
    from crmtool.app.standing import push_here

    push_here(root)
    tell("pushed")


def _show(root: Path, plan: Plan) -> None:
    from crmtool.app.showing import diff_of

    for line in diff_of(root, plan):
        say(line)


def _summary(imported: Imported, *, dry_run: bool) -> None:
    for name, count in imported.added.items():
        say(f"{name}: {count:,} new activities")
        for line in _left_out(imported.skipped[name]):
            tell(f"{name}: {line}")
        for note in imported.notes[name]:
            tell(f"{name}: {note}")
    if imported.asked:
        tell(f"{imported.asked:,} joins are left to you; run: crmtool identity suggest")
    for error in imported.failed:
        complain(error)
    if dry_run:
        say(f"{imported.created:,} new people; nothing was written (dry run)")
    elif not imported.plan:
        say("no news: nothing was written")
    else:
        say(f"{imported.created:,} new people, {len(imported.joined):,} identities joined")
        if imported.commit:
            tell(f"commit {imported.commit[:8]}; next: crmtool site serve")


def _left_out(skipped: Mapping[str, int]) -> Iterator[str]:
    """What was left out, by name; those of one family (`webhooks left out: …`) on one line."""
    families: dict[str, list[str]] = {}
    for reason, number in sorted(skipped.items(), key=lambda item: (-item[1], item[0])):
        family, colon, rest = reason.partition(": ")
        if colon:
            families.setdefault(family, []).append(f"{number:,} {rest}")
        else:
            yield f"{number:,} {reason}"
    for family, parts in families.items():
        yield f"{family}: {', '.join(parts)}"
