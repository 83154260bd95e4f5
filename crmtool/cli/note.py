"""crmtool note."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, TextIO

import click

from crmtool.cli.options import asked, day_option, text_of
from crmtool.cli.output import say, say_json, say_rows, tell
from crmtool.cli.writing import how, report, somebody_is_there, to_write, writes
from crmtool.errors import UsageError

if TYPE_CHECKING:
    from crmtool.app.note_edits import NewNote, Sheet
    from crmtool.app.task_edits import NewTask

_KINDS: Final = (
    "conversation event gift usage personal decision runbook opportunity incident feedback survey"
).split()
_kind = click.Choice(_KINDS)
_MOST: Final = 30


@click.group("note")
def command() -> None:
    """What the team wants to remember of people, events, gifts, decisions and more."""


@command.command(
    "add",
    epilog="""\b
Examples:
  crmtool note add ada-lovelace -m "Would like to speak in spring."
  crmtool note add "Ada L" grace --kind event --set starts=friday --set place=Ghent
  crmtool note add ada-lovelace -m "Wants a shirt." --task "Send a shirt" --due +2w
""",
)
@click.argument("about", metavar="[PERSON]...", nargs=-1)
@click.option("--kind", type=_kind, default="conversation", show_default=True)
@click.option("-m", "--message", metavar="TEXT", help="The text; else your editor opens.")
@click.option("-F", "--file", type=click.File(), help="Read the text from a file, - for stdin.")
@click.option("--tag", "tags", multiple=True, help="A tag of tags.yml; may be repeated.")
@click.option("--set", "pairs", multiple=True, metavar="KEY=VALUE", help="Any other key of a note.")
@click.option("--author", metavar="SLUG", help="Who writes; else found by git's e-mail address.")
@click.option("--join", is_flag=True, help="You are new: make your record in the same change.")
@click.option("--task", metavar="TITLE", help="A follow-up task, linked to the note.")
@click.option("--due", metavar="DAY", help="When the task is due: friday, +2w, 3 dec.")
@click.option("--assignee", metavar="SLUG", help="Who does the task; `me` is you.")
@writes
@click.pass_context
def add(
    ctx: click.Context,
    *,
    about: tuple[str, ...],
    kind: str,
    message: str | None,
    file: TextIO | None,
    tags: tuple[str, ...],
    pairs: tuple[str, ...],
    author: str | None,
    task: str | None,
    due: str | None,
    assignee: str | None,
    join: bool,
    dry_run: bool,
    commit: bool,
) -> None:
    """Write a note about each PERSON: a slug, an account, or a part of the name.

    The rules read it first: a note with a secret or an address in it is not written.
    """
    from crmtool.app.authors import Introduction
    from crmtool.app.note_edits import NewNote, add_note, begin_note, note_text, suggested_tags

    if (due or assignee) and not task:
        raise click.UsageError("--due and --assignee are for a task: add --task TITLE", ctx)
    given = message if message is not None else text_of(file) if file else None
    said = Introduction(author, join, click.confirm if somebody_is_there() else None)
    new = NewNote(
        about, kind, given or "", tags, _pairs(ctx, pairs), said, _task(task, due, assignee)
    )
    sheet = begin_note(to_write(ctx), new)
    for slug in sheet.values.get("about", ()):
        tell(f"about {sheet.scene.view.people[slug].data.name} ({slug})")
    if given is None:
        text = _written(sheet)
        new = new if task else _with_task(new)
    else:
        text = note_text(sheet, given)
    report(add_note(new, sheet, text, how(ctx, dry_run=dry_run, commit=commit)))
    if fitting := suggested_tags(sheet.scene, text, sheet.values.get("tags", ())):
        tell(f"tags that may fit: {', '.join(fitting)}")


def _pairs(ctx: click.Context, pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise click.UsageError(f"{pair!r} is no KEY=VALUE; write --set place=Ghent", ctx)
    return {key.strip(): value.strip() for key, _, value in (p.partition("=") for p in pairs)}


def _task(title: str | None, due: str | None, assignee: str | None) -> NewTask | None:
    from crmtool.app.task_edits import NewTask

    return NewTask(title, assignee=assignee, due=due) if title else None


def _written(sheet: Sheet) -> str:
    """What somebody writes in their editor."""
    from crmtool.app.sheets import filled_in, template

    if not somebody_is_there():
        raise UsageError("a note needs a text", "add --message TEXT, or --file PATH")
    edited = click.edit(template(sheet), extension=".md")
    text = filled_in(edited, sheet) if edited else ""
    if not text:
        raise UsageError(
            "nothing was saved, so nothing was written", "or give it by --message TEXT"
        )
    return text


def _with_task(new: NewNote) -> NewNote:
    """Ask for a follow-up."""
    from dataclasses import replace

    title = click.prompt("A follow-up task? Its title, or nothing", default="", show_default=False)
    if not title.strip():
        return new
    due = click.prompt("Due (friday, +2w, 3 dec), or nothing", default="", show_default=False)
    return replace(new, task=_task(title, due.strip() or None, "me"))


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool note list --about ada-lovelace
  crmtool note list --kind event --since 2026-01-01 --format csv
""",
)
@click.option("--kind", type=_kind)
@click.option("--about", metavar="PERSON", help="Notes about somebody, or with a role of theirs.")
@click.option("--author", metavar="PERSON")
@click.option("--tag")
@day_option("--since", help="Not before this day.")
@day_option("--until", help="Not after this day.")
@click.option("--limit", type=click.IntRange(0), default=_MOST, show_default=True, help="0: all.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    kind: str | None,
    about: str | None,
    author: str | None,
    tag: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    form: str,
) -> None:
    """List notes, the newest first; those of one kind with what that kind says."""
    from dataclasses import replace

    from crmtool.app.note_tables import note_table
    from crmtool.app.notes import NoteFilter, list_notes
    from crmtool.app.tables import record_data

    found = list_notes(asked(ctx), NoteFilter(kind, about, author, tag, since, until))
    if form == "json":
        say_json("notes", [record_data(record) for record in found.records])
        return
    shown = replace(found, records=found.records[: limit or None]) if form == "text" else found
    table = note_table(shown)
    say_rows(table, form)
    if left := len(found.records) - len(shown.records):
        tell(f"{left} more: --limit 0 shows all")


@command.command(
    "show",
    epilog="""\b
Examples:
  crmtool note show 2026-11-21-fosdem-talk
  crmtool note show fosdem --format json
""",
)
@click.argument("name", metavar="NOTE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def show(ctx: click.Context, name: str, form: str) -> None:
    """Show the note that is called NOTE: its file's name, or a part of it or of its first line."""
    from crmtool.app.notes import note_lines, show_note
    from crmtool.app.tables import record_data

    found = show_note(asked(ctx), name)
    if form == "json":
        say_json("note", record_data(found.records[0]))
    else:
        for line in note_lines(found):
            say(line)
