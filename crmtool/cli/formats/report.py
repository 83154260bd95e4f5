"""What every format is made from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import quote

from crmtool.app.checking import Verdict
from crmtool.cli.output import visible
from crmtool.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Report:
    """A verdict, and how strictly it is taken, for whom a repository's top is the beginning."""

    verdict: Verdict
    strict: bool
    prefix: str = ""

    def path(self, finding: Finding) -> str:
        """The file as the repository names it, made visible."""
        return visible(self.prefix + finding.path)

    def uri(self, finding: Finding) -> str:
        """The file as a relative reference."""
        return quote(os.fsencode(self.prefix + finding.path))

    def place(self, finding: Finding) -> str:
        """The file, the line and the column."""
        return f"{self.path(finding)}:{finding.line}:{finding.column}"

    def tally(self) -> str:
        """A line that sums it up."""
        errors, warnings = self.verdict.count("error"), self.verdict.count("warning")
        said = f"{_many(errors, 'error')}, {_many(warnings, 'warning')}"
        if not self.verdict.findings:
            said = "all is well"
        if older := len(self.verdict.older):
            said += f" in this change; {older} more {'was' if older == 1 else 'were'} there before"
        return said


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def words(finding: Finding) -> str:
    """The message and the remedy, each on a line of its own."""
    return visible(finding.message) + (f"\n{visible(finding.hint)}" if finding.hint else "")
