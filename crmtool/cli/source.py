"""crmtool source."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from crmtool.cli.options import find
from crmtool.cli.output import say, say_json, say_rows, tell
from crmtool.cli.writing import how, report, somebody_is_there, to_write, writes
from crmtool.errors import Refused

if TYPE_CHECKING:
    from crmtool.app.sources import Trial


@click.group("source")
def command() -> None:
    """Where feeds come from: forges, forums, and any table."""


@command.command(
    "add",
    epilog="""\b
Examples:
  crmtool source add core --type git --target ../core
  crmtool source add meetups --preset meetup --target ../exports/meetups --commit
  crmtool source add forum --type discourse --target https://forum.example.org --token-env FORUM_KEY
""",
)
@click.argument("name")
@click.option("--type", "kind", metavar="TYPE", help="git, github, discourse, csv, json, inbox, …")
@click.option("--preset", metavar="PRESET", help="A ready mapping; `source presets` lists them.")
@click.option("--target", metavar="WHERE", help="A path from the workspace, or an address.")
@click.option("--base-url", metavar="URL", help="Of a server of your own: where its API is.")
@click.option("--subproject", metavar="SLUG", help="The part of the community it belongs to.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="May be repeated.")
@click.option("--token-env", metavar="NAME", help="The variable that holds the token; never it.")
@writes
@click.pass_context
def add(
    ctx: click.Context,
    /,
    *,
    name: str,
    kind: str | None,
    preset: str | None,
    tags: tuple[str, ...],
    dry_run: bool,
    commit: bool,
    **settings: str | None,
) -> None:
    """Write sources/NAME/source.yml. A secret stays where it is: name its variable."""
    from crmtool.app.sources import NewSource, add_source

    said = {key: value for key, value in settings.items() if value}
    new = NewSource(name, kind, preset, said | ({"tags": list(tags)} if tags else {}))
    written = add_source(to_write(ctx), new, how(ctx, dry_run=dry_run, commit=commit))
    report(written)
    if not dry_run:
        tell(f"try it: crmtool source test {name}")


@command.command(
    "presets",
    epilog="""\b
Examples:
  crmtool source presets
  crmtool source presets --show meetup
""",
)
@click.option("--show", metavar="PRESET", help="Print this one.")
def presets(show: str | None) -> None:
    """List the mappings that are ready for tables of well-known programs."""
    from crmtool.app.presets import preset_names, preset_text

    for line in preset_text(show).splitlines() if show else preset_names():
        say(line)


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool source list
  crmtool source list --format json
""",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_context
def show(ctx: click.Context, form: str) -> None:
    """List the sources and how they fare: items, last run, next cursor, last error."""
    from crmtool.app.sources import health, health_table

    found = health(find(ctx))
    if form == "json":
        say_json("sources", [asdict(source) for source in found])
    else:
        say_rows(health_table(found), form)


@command.command(
    "test",
    epilog="""\b
Examples:
  crmtool source test meetups
  crmtool source test forum --format json
""",
)
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def try_out(ctx: click.Context, name: str, form: str) -> None:
    """Read the beginning of a source, say what it would bring, and write nothing."""
    from crmtool.app.sources import try_source

    trial = try_source(find(ctx), name)
    if form == "json":
        say_json("source-test", _as_data(trial))
        return
    much = "" if trial.whole else "at least "
    for kind, count in trial.types.most_common():
        say(f"{much}{count:,} {kind}")
    say(f"{much}{trial.people:,} people" + (f", {trial.remarks:,} notes" if trial.remarks else ""))
    for line in _as_data(trial)["sample"]:
        say("  " + "  ".join(f"{key}: {value}" for key, value in line.items()))
    for reason, number in trial.outcome.skipped.items():
        tell(f"left out: {number:,} {reason}")
    for note in trial.outcome.notes:
        tell(note)
    tell("nothing was written")


def _as_data(trial: Trial) -> dict[str, list[dict[str, object]]]:
    import msgspec

    sample = [msgspec.to_builtins(line) for line in trial.sample]
    outcome = trial.outcome
    return {
        "sample": sample,
        "types": [{"type": kind, "count": n} for kind, n in trial.types.most_common()],
        "left_out": [{"reason": why, "count": n} for why, n in outcome.skipped.items()],
        "notes": [{"note": note} for note in outcome.notes],
    }


@command.command(
    "remove",
    epilog="""\b
Examples:
  crmtool source remove old-forum --dry-run
  crmtool source remove meetups --keep-feed --yes --commit
""",
)
@click.argument("name")
@click.option("--keep-feed", is_flag=True, help="Keep what it brought; it is imported no more.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@writes
@click.pass_context
def remove(
    ctx: click.Context, *, name: str, keep_feed: bool, yes: bool, dry_run: bool, commit: bool
) -> None:
    """Delete a source with all activities that it brought. Records stay."""
    from crmtool.app.sources import remove_source

    if not (yes or dry_run or keep_feed):
        words = f"Delete sources/{name} with every activity in it?"
        if not somebody_is_there():
            raise Refused(f"{words} Nobody is here to say yes", "add --yes, or --keep-feed")
        click.confirm(words, abort=True, err=True)
    edits = how(ctx, dry_run=dry_run, commit=commit)
    report(remove_source(to_write(ctx), name, edits, keep_feed=keep_feed))
