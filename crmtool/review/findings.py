"""What the rules say of a change, as part of its review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from crmtool.model.finding import Finding
from crmtool.review.statement import Part, Statement, sentence


def finding_statements(findings: Iterable[Finding], guards: Collection[str]) -> Iterator[Statement]:
    """Errors and warnings that are new with a change; those in `guards` touch the rules themselves.

    Information is left to `check`: a review is for deciding.
    """
    for finding in findings:
        if finding.code in guards or finding.severity != "info":
            words = "{} [{}]" + ("; {}" if finding.hint else "")
            said = (finding.message, finding.code, *([finding.hint] if finding.hint else []))
            place = f"{finding.path}:{finding.line}:{finding.column}"
            yield Statement(_part(finding, guards), place, (sentence(words, *said),), finding.path)


def _part(finding: Finding, guards: Collection[str]) -> Part:
    if finding.code in guards:
        return Part.GUARD
    return Part.ERRORS if finding.severity == "error" else Part.WARNINGS
