"""The options that every command takes, before or after its name; the one after it wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeVar

import click
from click.core import ParameterSource

from crmtool.errors import UsageError

if TYPE_CHECKING:
    from crmtool.app.opening import Asked

_KEY: Final = "crmtool."
F = TypeVar("F", bound=Callable[..., object])


def _day(text: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise click.BadParameter(f"{text!r} is not a day; write it YYYY-MM-DD")


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Keep what was said, for the whole command line: click shares `meta` among its contexts."""
    name = str(param.name)
    if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
        ctx.meta[_KEY + name] = value
        if name == "folder":
            ctx.find_root().obj = Path(str(value))


_option: Final = partial(click.Option, expose_value=False, callback=_remember)


def _options() -> Iterator[click.Option]:
    yield _option(["-C", "folder"], metavar="DIR", help="Work in this folder.")
    words = "Read this commit, branch or tag, or the last commit of a day YYYY-MM-DD."
    yield _option(["--rev"], metavar="REV", help=words)
    yield _option(["--staged"], is_flag=True, help="Read what is staged for the next commit.")
    yield _option(["--as-of"], type=_day, metavar="DATE", help="Take this day for today.")
    who = click.Choice(["public", "team", "stewards"])
    words = "Show what these may see; team unless asked."
    yield _option(["--audience"], type=who, help=words)
    when = click.Choice(["auto", "always", "never"])
    yield _option(["--color"], type=when, help="Colour the answer.")
    yield _option(["-q", "--quiet"], is_flag=True, help="Say only what was asked for.")
    yield _option(["-v", "--verbose"], is_flag=True, help="Say also what the answer is made from.")


def text_of(file: TextIO) -> str:
    """All that a file says.

    Raises:
        UsageError: it is no UTF-8 text.

    """
    try:
        return file.read()
    except UnicodeDecodeError:
        raise UsageError(f"{file.name} is not UTF-8 text", "save it as UTF-8 first") from None


def day_option(name: str, **more: Any) -> Callable[[F], F]:  # noqa: ANN401 (click's own)
    """An option that takes a day, as people write it: the past and the future alike."""
    return click.option(name, type=_day_in_words, metavar="DAY", **more)


def _day_in_words(text: str) -> date:
    from crmtool.model.days import KNOWN, read_day

    try:
        return read_day(text, said("as_of") or date.today())  # noqa: DTZ011 (the user's own day)
    except ValueError as error:
        raise click.BadParameter(f"{error}; days look like: {KNOWN}") from None


def with_options(command: click.Command) -> click.Command:
    """The command, taking the common options too; so do those below it."""
    if not any(getattr(param, "callback", None) is _remember for param in command.params):
        command.params += _options()
    if isinstance(command, click.Group):
        for below in command.commands.values():
            with_options(below)
    return command


def said(name: str) -> Any:  # noqa: ANN401 (each option has a type of its own)
    """What the command line says of a common option; None where it says nothing."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_KEY + name) if context else None


def find(ctx: click.Context) -> Path:
    """The workspace, for a command that works on the files as they lie.

    Raises:
        UsageError: an option asks for another state of it.

    """
    from crmtool.app.opening import open_workspace

    for name, option in (("rev", "--rev"), ("staged", "--staged")):
        if said(name):
            words = f"{option} has no meaning here: this command works on the files as they lie"
            raise click.UsageError(words, ctx)
    return open_workspace(folder())


def asked(ctx: click.Context) -> Asked:
    """Which workspace, in which state, on what day, for whom."""
    from crmtool.app.opening import Asked
    from crmtool.model.audience import Audience

    rev, staged = said("rev"), bool(said("staged"))
    if rev is not None and staged:
        raise click.UsageError("--rev and --staged ask for two states; give one of them", ctx)
    audience = Audience(said("audience") or Audience.TEAM)
    return Asked(folder(), rev, staged, said("as_of"), audience, _mention)


def _mention(text: str) -> None:
    if said("verbose"):
        click.echo(text, err=True)


def folder() -> Path:
    """The folder to work in."""
    return Path(said("folder") or ".")
