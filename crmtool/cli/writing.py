"""What the commands that write have in common: their options, and what they say at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

import click

from crmtool.cli.deciding import show_plan
from crmtool.cli.options import asked, find
from crmtool.cli.output import say, tell

if TYPE_CHECKING:
    from crmtool.app.opening import Asked
    from crmtool.app.writing import How, Written

F = TypeVar("F", bound=Callable[..., object])


def writes(function: F) -> F:
    """Give a command `--dry-run` and `--commit`."""
    function = click.option(
        "--commit", is_flag=True, help="Commit it at once, and nothing else of yours."
    )(function)
    return click.option(
        "--dry-run", is_flag=True, help="Show the edits as a diff and write nothing."
    )(function)


def to_write(ctx: click.Context) -> Asked:
    """The workspace's files as they lie, for a command that edits them."""
    find(ctx)
    return asked(ctx)


def how(ctx: click.Context, *, dry_run: bool, commit: bool, allow_mass_change: bool = False) -> How:
    """What is to happen to the edits."""
    from crmtool.app.writing import How

    root = find(ctx)
    show = (lambda plan: show_plan(root, plan)) if dry_run else None
    return How(commit, show, tell, allow_mass_change)


def report(written: Written) -> None:
    """Say what was written, and what to do with it."""
    if written.shown:
        tell("nothing was written (dry run)")
    elif not written.paths:
        say("it is so already: nothing was written")
    else:
        for change in written.plan.changes[:_SHOWN]:
            say(f"{_VERBS[change.verb]} {change.path}")
        if (left := len(written.paths) - _SHOWN) > 0:
            say(f"and {left} more files")
        if written.commit:
            tell(f"commit {written.commit[:8]}")
        else:
            tell("next: crmtool propose, or git add and commit it")


_SHOWN: Final = 20
_VERBS: Final = {"create": "wrote", "patch": "changed", "move": "moved", "delete": "deleted"}


def somebody_is_there() -> bool:
    """Whether questions can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
