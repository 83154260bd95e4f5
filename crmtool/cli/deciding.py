"""What the commands that decide who is who have in common: options, questions, the last words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

from crmtool.cli.options import find
from crmtool.cli.output import say, tell, visible

if TYPE_CHECKING:
    from pathlib import Path

    from crmtool.app.deciding import Decided, How
    from crmtool.model.clash import Clash, Question, Side
    from crmtool.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Ways:
    """How a decision is to be carried out, as the command line says."""

    root: Path
    dry_run: bool
    no_commit: bool
    branch: str | None
    pull_request: bool
    allow_mass_change: bool
    reason: str
    prefer: str | None = None

    def how(self) -> How:
        """The same for the work itself; what is left open is asked on a terminal."""
        from crmtool.app.deciding import How, ask_nobody

        return How(
            dry_run=(lambda plan: show_plan(self.root, plan)) if self.dry_run else None,
            commit=not self.no_commit,
            branch=self.branch,
            allow_mass_change=self.allow_mass_change,
            reason=self.reason,
            prefer=self.prefer,
            ask=ask_side if sys.stdin.isatty() else ask_nobody,
        )


_OPTIONS = (
    click.option("--dry-run", is_flag=True, help="Show the edits as a diff and write nothing."),
    click.option("--no-commit", is_flag=True, help="Leave the edits in the work tree."),
    click.option("--branch", metavar="NAME", help="Commit on this new branch, not here."),
    click.option("--pull-request", is_flag=True, help="Propose it from a branch of its own."),
    click.option("--allow-mass-change", is_flag=True, help="Go on although most records change."),
    click.option("--reason", default="", metavar="TEXT", help="Why, for the commit's message."),
)
_PREFER = click.option(
    "--prefer",
    metavar="SLUG|newer",
    help="Whose word stands where two records contradict each other.",
)


def with_ways(*, prefer: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of all that write a decision; it takes them as one `Ways`."""

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        def command(*args: Any, **said: Any) -> None:  # noqa: ANN401 (click's)
            names = Ways.__dataclass_fields__
            own = {name: value for name, value in said.items() if name not in names}
            common = {name: value for name, value in said.items() if name in names}
            if common["no_commit"] and (common["branch"] or common["pull_request"]):
                words = "--no-commit and --branch or --pull-request contradict each other"
                raise click.UsageError(words)
            root = find(click.get_current_context())
            if common["pull_request"]:
                common["branch"] = common["branch"] or _free_branch(root)
            function(*args, Ways(root, **common), **own)

        command = update_wrapper(command, function)
        for option in reversed(((_PREFER,) if prefer else ()) + _OPTIONS):
            command = option(command)
        return command

    return decorated


def _free_branch(root: Path) -> str:
    from crmtool.app.standing import branch_for

    return branch_for(root, "who is who")


def show_plan(root: Path, plan: Plan) -> None:
    """A plan as a diff."""
    from crmtool.app.showing import diff_of

    for line in diff_of(root, plan):
        say(line)


def ask_side(keep: str, gone: str, clash: Clash) -> Side | None:
    """Ask on the terminal which of two values is right."""
    tell(f"{clash.name}: which is right?")
    tell(f"  1  {clash.a}   ({keep})")
    tell(f"  2  {clash.b}   ({gone})")
    answer = click.prompt("1 or 2", type=click.Choice(["1", "2"]), err=True, show_choices=False)
    return "a" if answer == "1" else "b"


def ask_whose(question: Question) -> str | None:
    """Ask on the terminal whose something is that was added since a merge."""
    tell(f"{question.path}: {question.what}, added since: whose is it?")
    for number, slug in enumerate(question.slugs, 1):
        tell(f"  {number}  {slug}")
    numbers = [str(number) for number in range(1, len(question.slugs) + 1)]
    answer = click.prompt("number", type=click.Choice(numbers), err=True)
    return question.slugs[int(answer) - 1]


def last_words(decided: Decided, ways: Ways) -> None:
    """What was decided, and how to take it back."""
    for line in decided.lines:
        say(line)
    for note in decided.plan.notes:
        tell(note)
    if ways.dry_run:
        tell("nothing was written (dry run)")
    elif not decided.plan:
        tell("no file says anything else: nothing was written")
    elif ways.branch:
        tell(f"commit {decided.commit[:8]} on branch {visible(ways.branch)}")
        if ways.pull_request:
            _ask_for(decided, ways)
    elif decided.commit:
        commit = decided.commit[:8]
        tell(f"commit {commit}; to take it back: crmtool identity undo {commit}")


def _ask_for(decided: Decided, ways: Ways) -> None:
    """Push the branch and open a request for it."""
    from crmtool.app.standing import Standing, ask_for
    from crmtool.cli.propose import say_opened

    title = decided.plan.message.partition("\n")[0]
    say_opened(ask_for(ways.root, Standing(ways.branch or "", title)), ways.branch or "")
