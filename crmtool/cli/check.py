"""crmtool check."""

from __future__ import annotations

import dataclasses

import click

from crmtool.cli.options import asked
from crmtool.cli.output import say, say_finding, say_json


@click.command(
    "check",
    epilog="""\b
Examples:
  crmtool check
  crmtool check --staged --format json
""",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.pass_context
def command(ctx: click.Context, form: str, *, strict: bool) -> int:
    """Check every record: format, references, tags, privacy. Exits 1 when something is wrong."""
    from crmtool.app.checking import check

    findings = check(asked(ctx))
    if form == "json":
        shown = [
            {k: v for k, v in dataclasses.asdict(f).items() if k != "key"}
            | {"fingerprint": f.fingerprint}
            for f in findings
        ]
        say_json("findings", shown)
    else:
        for finding in findings:
            say_finding(finding)
    errors = sum(f.severity == "error" for f in findings)
    warnings = sum(f.severity == "warning" for f in findings)
    if form == "text":
        say(f"{errors} errors, {warnings} warnings" if findings else "all is well")
    return 1 if errors or (strict and warnings) else 0
