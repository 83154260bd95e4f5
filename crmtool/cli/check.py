"""crmtool check."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING, Any, Final

import click

from crmtool.cli.options import asked, find
from crmtool.cli.output import say, say_document, say_finding, say_json, tell

if TYPE_CHECKING:
    from crmtool.cli.formats.report import Report
    from crmtool.model.finding import Finding

_FORMATS: Final = ("text", "json", "github", "gitlab", "sarif", "junit")


def _codes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    """Codes given one by one, or with commas between them."""
    words = (code.strip() for value in values for code in value.split(","))
    return frozenset(filter(None, words))


@click.command(
    "check",
    epilog="""\b
Examples:
  crmtool check
  crmtool check people/ada-lovelace.md
  crmtool check --base origin/main --format github
""",
)
@click.argument("paths", nargs=-1)
@click.option("--base", metavar="REV", help="Fail only on what is not wrong in this commit yet.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="For whom.")
@click.option("--fix", is_flag=True, help="Repair first what `crmtool fmt` repairs.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Only these rules.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="Not these rules.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    base: str | None,
    form: str,
    fix: bool,
    select: frozenset[str],
    ignore: frozenset[str],
    strict: bool,
) -> int:
    """Check every record: format, references, tags, privacy. Exits 1 when something is wrong.

    With PATHS (files or folders), all is read and only what is wrong in these is told.
    """
    from crmtool.app.checking import judge
    from crmtool.app.scope import Scope
    from crmtool.cli.formats.report import Report

    if fix:
        _repair(ctx, paths)
    verdict = judge(asked(ctx), Scope(frozenset(paths), select, ignore, base))
    for_a_service = form not in ("text", "json")
    report = Report(verdict, strict, verdict.prefix() if for_a_service else "")
    _print(report, form)
    return int(any(verdict.blocks(finding, strict=strict) for finding in verdict.findings))


def _repair(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Do what `crmtool fmt` does, with the files as they lie."""
    from crmtool.app.formatting import repair

    find(ctx)
    for path, repairs in repair(asked(ctx), frozenset(paths)).repairs.items():
        tell(f"{path}: repaired: {', '.join(repairs)}")


def _print(report: Report, form: str) -> None:
    verdict = report.verdict
    match form:
        case "text":
            for finding in verdict.findings:
                say_finding(finding)
            say(report.tally())
        case "json":
            new = [_as_data(finding, new=True) for finding in verdict.findings]
            say_json("findings", [*new, *(_as_data(f, new=False) for f in verdict.older)])
        case "github":
            _print_for_github(report)
        case "gitlab":
            from crmtool.cli.formats.gitlab import issues

            say_document(issues(report))
        case "sarif":
            from crmtool.cli.formats.sarif import log

            say_document(log(report))
        case "junit":
            from crmtool.cli.formats.junit import suite

            click.echo(suite(report))


def _as_data(finding: Finding, *, new: bool) -> dict[str, Any]:
    said = dataclasses.asdict(finding)
    shown = {name: value for name, value in said.items() if name not in ("key", "nth")}
    return shown | {"fingerprint": finding.fingerprint, "new": new}


def _print_for_github(report: Report) -> None:
    from crmtool.cli.formats.github import commands, summary

    for line in commands(report):
        click.echo(line)
    say(report.tally())
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(file, "a", encoding="utf-8") as page:  # noqa: PTH123 (GitHub's own file)
                page.write(summary(report))
        except OSError as error:
            tell(f"the summary cannot be written: {error}")
