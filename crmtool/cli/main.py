"""The command line's root: global options, the error boundary, commands loaded when used."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from crmtool import __version__
from crmtool.cli.output import visible
from crmtool.errors import CrmError

# Command to (module, attribute): a module is imported when its command runs or shows its help.
_COMMANDS: Final = {
    "init": ("crmtool.cli.init", "Make a workspace for a project."),
    "import": ("crmtool.cli.importing", "Bring in what the sources have to say."),
    "check": ("crmtool.cli.check", "Say what is wrong in the records, and the remedy."),
    "explain": ("crmtool.cli.explain", "Explain a code, the activity types, or the figures."),
    "report": ("crmtool.cli.report", "One month in figures, beside the month and year before."),
    "review": ("crmtool.cli.review", "Say in words what changed since another commit."),
    "site": ("crmtool.cli.site", "Build and show the community's private web site."),
}


class LazyGroup(click.Group):
    """Commands by name, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a user's first day."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
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
@click.option("-C", "folder", default=".", metavar="DIR", help="Work in this folder.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what was asked for.")
@click.version_option(__version__, prog_name="crmtool")
@click.pass_context
def root(ctx: click.Context, folder: str, quiet: bool) -> None:  # noqa: FBT001 (click's way)
    """Keep what an open-source project knows of its people: in git, in plain text."""
    ctx.obj = Path(folder)


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        code = root.main(prog_name="crmtool", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        _fail("interrupted", "", 130)
    except KeyboardInterrupt:
        _fail("interrupted; what was committed is kept", "", 130)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        help_line = f"run: {context.command_path} --help" if context else ""
        _fail(error.format_message(), help_line, 2)
    except CrmError as error:
        _fail(error.message, error.hint, error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        _fail(f"{name}{error.strerror or error}", "check the path, the permissions and the disk", 3)
    except Exception as error:  # noqa: BLE001 (the boundary: a bug is told from a user's mistake)
        _bug(error)


def _fail(message: str, hint: str, code: int) -> None:
    click.echo(f"crmtool: {visible(message)}", err=True)
    if hint:
        click.echo(f"    {visible(hint)}", err=True)
    sys.exit(code)


def _bug(error: Exception) -> None:
    """Something that no user can mend: one line, and the whole story in a file."""
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(
        "w", prefix="crmtool-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"crmtool {__version__}, Python {sys.version}\n{visible(str(sys.argv))}\n\n")
        traceback.print_exception(error, file=file)
    kind = type(error).__name__
    _fail(f"a bug in crmtool ({kind})", f"please report it with the file {file.name}", 70)


def find(ctx: click.Context) -> Any:
    """The workspace that the command line points at."""
    from crmtool.app.opening import open_workspace  # noqa: PLC0415

    return open_workspace(ctx.find_root().obj)
