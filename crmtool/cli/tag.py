"""crmtool tag."""

from __future__ import annotations

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say_table
from crmtool.cli.writing import how, report, to_write, writes

_ON = click.Choice(["person", "note", "task", "source", "subproject"])
_mass = click.option(
    "--allow-mass-change", is_flag=True, help="Go on although many records change."
)


@click.group("tag")
def command() -> None:
    """The words by which records are found again; tags.yml says what they mean."""


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool tag list
  crmtool tag list --rev HEAD~10
""",
)
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List the tags with what they mean and how often each is used."""
    from crmtool.app.tags import list_tags

    say_table(list_tags(asked(ctx)))


@command.command(
    "add",
    epilog="""\b
Examples:
  crmtool tag add speaker --about "Gives talks" --applies-to person
  crmtool tag add speaker ada-lovelace grace-hopper
""",
)
@click.argument("tag")
@click.argument("people", metavar="[PERSON]...", nargs=-1)
@click.option("--about", metavar="TEXT", help="What it means, for the others.")
@click.option("--applies-to", multiple=True, type=_ON, help="What it may be put on.")
@writes
@click.pass_context
def add(
    ctx: click.Context,
    *,
    tag: str,
    people: tuple[str, ...],
    about: str | None,
    applies_to: tuple[str, ...],
    dry_run: bool,
    commit: bool,
) -> None:
    """Put TAG into the vocabulary where it is new, and on each PERSON."""
    from crmtool.app.tags import NewTag, add_tag

    new = NewTag(tag, about, applies_to, people)
    report(add_tag(to_write(ctx), new, how(ctx, dry_run=dry_run, commit=commit)))


@command.command(
    "rename",
    epilog="""\b
Examples:
  crmtool tag rename talks speaker --dry-run
  crmtool tag rename talks speaker --merge --commit
""",
)
@click.argument("old")
@click.argument("new")
@click.option("--merge", is_flag=True, help="NEW is there already: make one of the two.")
@_mass
@writes
@click.pass_context
def rename(
    ctx: click.Context,
    *,
    old: str,
    new: str,
    merge: bool,
    allow_mass_change: bool,
    dry_run: bool,
    commit: bool,
) -> None:
    """Call the tag OLD NEW wherever it stands: records, vocabulary, keywords, segments, sources."""
    from crmtool.app.tags import rename_tag

    wanted = how(ctx, dry_run=dry_run, commit=commit, allow_mass_change=allow_mass_change)
    report(rename_tag(to_write(ctx), old, new, wanted, merge=merge))


@command.command(
    "remove",
    epilog="""\b
Examples:
  crmtool tag remove speaker ada-lovelace
  crmtool tag remove talks --dry-run
""",
)
@click.argument("tag")
@click.argument("people", metavar="[PERSON]...", nargs=-1)
@_mass
@writes
@click.pass_context
def remove(
    ctx: click.Context,
    *,
    tag: str,
    people: tuple[str, ...],
    allow_mass_change: bool,
    dry_run: bool,
    commit: bool,
) -> None:
    """Take TAG off each PERSON; without any, off everything and out of the vocabulary."""
    from crmtool.app.tags import remove_tag

    wanted = how(ctx, dry_run=dry_run, commit=commit, allow_mass_change=allow_mass_change)
    report(remove_tag(to_write(ctx), tag, people, wanted))
