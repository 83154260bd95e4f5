"""The command line's root: commands loaded when used, and the one error boundary."""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from crmtool import __version__
from crmtool.cli.options import find, with_options
from crmtool.cli.output import visible
from crmtool.errors import CrmError

__all__ = ["find", "main", "root"]

# Command to (module, attribute): a module is imported when its command runs or shows its help.
_COMMANDS: Final = {
    "init": ("crmtool.cli.init", "Make a workspace for a project."),
    "doctor": ("crmtool.cli.doctor", "Look for what would make crmtool fail here."),
    "source": ("crmtool.cli.source", "Where feeds come from, and how they fare."),
    "import": ("crmtool.cli.importing", "Bring in what the sources have to say."),
    "check": ("crmtool.cli.check", "Say what is wrong in the records, and the remedy."),
    "fmt": ("crmtool.cli.fmt", "Repair the writing of files; what they say stays."),
    "schema": ("crmtool.cli.schema", "Print the JSON Schema of a format, for editors."),
    "explain": ("crmtool.cli.explain", "Explain a code, the activity types, or the figures."),
    "person": ("crmtool.cli.person", "What one needs to know before reaching out to somebody."),
    "identity": ("crmtool.cli.identity", "Which accounts are one person."),
    "note": ("crmtool.cli.note", "Write down and find what the team wants to remember."),
    "task": ("crmtool.cli.task", "What is to be done, by whom and when."),
    "tag": ("crmtool.cli.tag", "The words by which records are found again."),
    "segment": ("crmtool.cli.segment", "Saved questions about people, asked and exported."),
    "activity": ("crmtool.cli.activity", "What was done, across all platforms."),
    "intake": ("crmtool.cli.intake", "Turn issues written with our forms into requests."),
    "propose": ("crmtool.cli.propose", "Propose your edits as a pull or merge request."),
    "report": ("crmtool.cli.report", "One month in figures, beside the month and year before."),
    "review": ("crmtool.cli.review", "Say in words what changed since another commit."),
    "site": ("crmtool.cli.site", "Build and show the community's private web site."),
}
_PIPE_CLOSED: Final = 128 + signal.SIGPIPE


class LazyGroup(click.Group):
    """Commands by name, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """In the order of a user's first day."""
        return list(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """The command of a name, with the options that all have."""
        if cmd_name not in _COMMANDS:
            return None
        return with_options(import_module(_COMMANDS[cmd_name][0]).command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words begin with, or what was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=_COMMANDS, ctx=ctx
            ) from None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. Who closes the pipe has seen enough, which is no failure of ours."""
        try:
            result: object = super().invoke(ctx)
            _flush()
        except BrokenPipeError:
            raise click.exceptions.Exit(_closed_pipe()) from None
        return result

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """The list in `--help`, made without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  crmtool init ../our-crm --git ../our-project
  crmtool -C ../our-crm import
""",
)
@click.version_option(__version__, prog_name="crmtool")
@click.pass_context
def root(ctx: click.Context) -> None:
    """Keep what an open-source project knows of its people: in git, in plain text.

    The options below may also stand after a command's name.
    """
    ctx.obj = ctx.obj or Path()


with_options(root)


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # no letter may be too much for a terminal
            stream.reconfigure(errors="backslashreplace")
    try:
        code = root.main(prog_name="crmtool", standalone_mode=False)
        _flush()
    except BaseException as error:  # noqa: BLE001 (the boundary: all ends in a line and a code)
        code = _end(error)
    sys.exit(code if isinstance(code, int) else 0)


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _end(error: BaseException) -> int:
    """Say what happened and what to do about it; the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0
    if isinstance(error, BrokenPipeError):
        return _closed_pipe()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    message, hint, code = _words(error)
    with suppress(OSError):  # where stderr is closed, the code has to be enough
        click.echo(f"crmtool: {visible(message)}", err=True)
        if hint:
            click.echo(f"    {visible(hint)}", err=True)
    return code


def _words(error: BaseException) -> tuple[str, str, int]:
    """The message, the remedy and the exit code of what ended a command."""
    match error:
        case KeyboardInterrupt() | click.Abort():
            return "interrupted; what was committed is kept", "", 130
        case click.UsageError(ctx=click.Context(command_path=path)):
            return error.format_message(), f"run: {path} --help", 2
        case click.ClickException():
            return error.format_message(), "run: crmtool --help", 2
        case CrmError():
            from crmtool.app.showing import without_secrets

            return without_secrets(error.message), without_secrets(error.hint), error.exit_code
        case OSError():
            _silence()
            name = f"{error.filename}: " if error.filename else ""
            hint = "check the path, the permissions and the disk"
            return f"{name}{error.strerror or error}", hint, 3
    return f"a bug in crmtool ({type(error).__name__})", _told(error), 70


def _closed_pipe() -> int:
    _silence()
    return _PIPE_CLOSED


def _silence() -> None:
    """What is still to be printed goes nowhere, or Python would complain of it once more."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: BaseException) -> str:
    """Put the whole story of a bug into a file; what to do with it."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="crmtool-bug-", suffix=".txt", delete=False, errors="backslashreplace"
        ) as file:
            file.write(f"crmtool {__version__}, Python {sys.version}\n{sys.argv!r}\n\n")
            traceback.print_exception(error, file=file)
    except OSError:
        return f"please report it: {error}"
    return f"please report it with the file {file.name}"
