"""SARIF 2.1.0, the OASIS format that code scanning services read."""

from __future__ import annotations

from typing import Any, Final

from crmtool import __version__
from crmtool.app.explaining import explained
from crmtool.cli.formats.report import Report, words
from crmtool.model.finding import Finding, Severity

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}


def log(report: Report) -> dict[str, object]:
    """One run with every rule and every finding; with a base, each says whether it is new."""
    verdict = report.verdict
    new = {"baselineState": "new"} if verdict.base else {}
    results = [{**_result(report, finding), **new} for finding in verdict.findings]
    old = {"baselineState": "unchanged"}
    results += [{**_result(report, finding), **old} for finding in verdict.older]
    driver = {"name": "crmtool", "version": __version__, "rules": _rules()}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules() -> list[object]:
    return [
        {
            "id": rule.code,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.text},
            "help": {"text": f"crmtool explain {rule.code}"},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in explained()
    ]


def _result(report: Report, finding: Finding) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": report.uri(finding), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": words(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"crmtool/v1": finding.fingerprint},
    }
