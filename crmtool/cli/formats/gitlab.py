"""GitLab's code quality report (`artifacts: reports: codequality`)."""

from __future__ import annotations

from typing import Final

from crmtool.cli.formats.report import Report, words

_LEVELS: Final = {"error": "major", "warning": "minor", "info": "info"}


def issues(report: Report) -> list[object]:
    """Every finding, old ones too: GitLab itself compares the report with the target branch's."""
    verdict = report.verdict
    return [
        {
            "description": words(finding),
            "check_name": finding.code,
            "fingerprint": finding.fingerprint,
            "severity": _LEVELS[finding.severity],
            "location": {"path": report.path(finding), "lines": {"begin": finding.line}},
        }
        for finding in (*verdict.findings, *verdict.older)
    ]
