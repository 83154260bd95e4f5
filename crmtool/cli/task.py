"""crmtool task."""

from __future__ import annotations

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_json, say_rows
from crmtool.cli.writing import how, report, to_write, writes

_STATUS = click.Choice(["open", "doing", "waiting", "done", "dropped", "all"])


@click.group("task")
def command() -> None:
    """What is to be done, by whom and when."""


@command.command(
    "add",
    epilog="""\b
Examples:
  crmtool task add "Send a shirt" --about ada-lovelace --assignee me --due friday
  crmtool task add "The Monday round" --repeat FREQ=WEEKLY;BYDAY=MO --due monday
""",
)
@click.argument("title")
@click.option("--about", multiple=True, metavar="PERSON", help="Whom it is about; may be repeated.")
@click.option("--assignee", metavar="PERSON", help="Who does it; `me` is you.")
@click.option("--due", metavar="DAY", help="tomorrow, friday, +2w, 3 dec, 2026-12-03.")
@click.option("--repeat", metavar="RULE", help="daily, weekly, monthly…, or an RFC 5545 rule.")
@click.option("--subproject", metavar="NAME")
@click.option("-m", "--message", default="", metavar="TEXT", help="What else is to be known.")
@writes
@click.pass_context
def add(
    ctx: click.Context,
    *,
    title: str,
    about: tuple[str, ...],
    assignee: str | None,
    due: str | None,
    repeat: str | None,
    subproject: str | None,
    message: str,
    dry_run: bool,
    commit: bool,
) -> None:
    """Write a task that is called TITLE."""
    from crmtool.app.task_edits import NewTask, add_task

    new = NewTask(title, about, assignee, due, repeat, message, subproject)
    report(add_task(to_write(ctx), new, how(ctx, dry_run=dry_run, commit=commit)))


@command.command(
    "list",
    epilog="""\b
Examples:
  crmtool task list --assignee me
  crmtool task list --overdue --format csv
""",
)
@click.option("--status", type=_STATUS, help="Else all that somebody still has to do.")
@click.option("--assignee", metavar="PERSON", help="`me` is you.")
@click.option("--about", metavar="PERSON")
@click.option("--tag")
@click.option("--subproject", metavar="NAME")
@click.option("--overdue", is_flag=True, help="Those that should have been done before today.")
@click.option("--until", metavar="DAY", help="Those that are due by a day.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    status: str | None,
    assignee: str | None,
    about: str | None,
    tag: str | None,
    subproject: str | None,
    until: str | None,
    form: str,
    overdue: bool,
) -> None:
    """List tasks by the day that they are due."""
    from crmtool.app.tables import record_data
    from crmtool.app.task_tables import task_table
    from crmtool.app.tasks import TaskFilter, list_tasks

    wanted = TaskFilter(status, assignee, about, tag, subproject, overdue, until)
    found = list_tasks(asked(ctx), wanted)
    if form == "json":
        late = [{"days_overdue": found.days_late(record.data)} for record in found.records]
        rows = zip(found.records, late, strict=True)
        say_json("tasks", [record_data(record) | more for record, more in rows])
    else:
        say_rows(task_table(found), form)


@command.command(
    "show",
    epilog="""\b
Examples:
  crmtool task show send-a-shirt
  crmtool task show 2026-11-21-send-a-shirt --format json
""",
)
@click.argument("name", metavar="TASK")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def show(ctx: click.Context, name: str, form: str) -> None:
    """Show the task that is called TASK: its file's name, or a part of it or of its title."""
    from crmtool.app.tables import record_data
    from crmtool.app.task_tables import task_lines
    from crmtool.app.tasks import show_task

    found = show_task(asked(ctx), name)
    if form == "json":
        say_json("task", record_data(found.records[0]))
    else:
        for line in task_lines(found, found.records[0]):
            say(line)


@command.command(
    "done",
    epilog="""\b
Examples:
  crmtool task done send-a-shirt
  crmtool task done monday-round --commit
""",
)
@click.argument("names", metavar="TASK...", nargs=-1, required=True)
@click.option("--dropped", is_flag=True, help="It will not be done; one that repeats ends.")
@writes
@click.pass_context
def done(
    ctx: click.Context, names: tuple[str, ...], *, dropped: bool, dry_run: bool, commit: bool
) -> None:
    """Mark each TASK as done. One that repeats comes again, on its next day."""
    from crmtool.app.task_edits import finish_tasks

    wanted = how(ctx, dry_run=dry_run, commit=commit)
    report(finish_tasks(to_write(ctx), names, wanted, dropped=dropped))


@command.command(
    "assign",
    epilog="""\b
Examples:
  crmtool task assign send-a-shirt grace-hopper
  crmtool task assign send-a-shirt me --commit
""",
)
@click.argument("name", metavar="TASK")
@click.argument("whom", metavar="PERSON")
@writes
@click.pass_context
def assign(ctx: click.Context, name: str, whom: str, *, dry_run: bool, commit: bool) -> None:
    """Give TASK to PERSON; `me` is you."""
    from crmtool.app.task_edits import assign_task

    report(assign_task(to_write(ctx), name, whom, how(ctx, dry_run=dry_run, commit=commit)))


@command.command(
    "snooze",
    epilog="""\b
Examples:
  crmtool task snooze send-a-shirt
  crmtool task snooze send-a-shirt "3 dec" --commit
""",
)
@click.argument("name", metavar="TASK")
@click.argument("until", metavar="[DAY]", required=False)
@writes
@click.pass_context
def snooze(
    ctx: click.Context, name: str, until: str | None, *, dry_run: bool, commit: bool
) -> None:
    """Put TASK off to DAY (friday, +2w, 3 dec), a week from today unless given."""
    from crmtool.app.task_edits import snooze_task

    report(snooze_task(to_write(ctx), name, until, how(ctx, dry_run=dry_run, commit=commit)))
