"""crmtool doctor."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from crmtool.cli.options import folder
from crmtool.cli.output import say, say_json, say_marked, tell

if TYPE_CHECKING:
    from crmtool.app.diagnosis import Result

_COLOURS: Final = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command(
    "doctor",
    epilog="""\b
Examples:
  crmtool doctor
  crmtool doctor --fix --format json
""",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely; nothing is committed.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(form: str, *, fix: bool) -> int:
    """Look for what would make crmtool fail here, or leak. Exits 1 when something must be mended.

    No network is asked and, without --fix, nothing is changed.
    """
    from crmtool.app.doctor import doctor

    results, done = doctor(folder(), fix=fix)
    if form == "json":
        say_json("diagnosis", {"results": [asdict(r) for r in results], "done": done})
    else:
        _text(results, done)
    return 1 if any(result.status == "fail" for result in results) else 0


def _text(results: list[Result], done: list[str]) -> None:
    for line in done:
        tell(line)
    width = max(len(result.check) for result in results)
    for result in results:
        say_marked(
            f"{result.status:4}",
            _COLOURS[result.status],
            "",
            f"  {result.check:{width}}  {result.what}",
        )
        for line in filter(None, (result.why, result.remedy)):
            say(" " * (width + 8) + line)
    counts = {s: sum(r.status == s for r in results) for s in _COLOURS}
    fixable = sum(bool(result.fix) for result in results)
    say(
        f"{counts['fail']} to mend, {counts['warn']} to look at, {counts['ok']} well"
        + (f"; crmtool doctor --fix mends {fixable}" if fixable else "")
    )
