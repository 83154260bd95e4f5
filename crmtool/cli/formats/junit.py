"""JUnit's XML as build servers read it: a test a finding, which fails if it stands in the way."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from crmtool.cli.formats.report import Report, words
from crmtool.cli.output import visible
from crmtool.model.finding import Finding

_NAME: Final = "crmtool check"


def suite(report: Report) -> str:
    """One test suite. A test's name holds no line, so that a server knows it again."""
    verdict = report.verdict
    failed = sum(verdict.blocks(finding, strict=report.strict) for finding in verdict.findings)
    total = len(verdict.findings) + len(verdict.older)
    counts = {"tests": str(max(total, 1)), "failures": str(failed), "errors": "0"}
    top = Element("testsuite", {"name": _NAME, **counts})
    if not total:
        SubElement(top, "testcase", {"classname": _NAME, "name": "all is well"})
    for finding in verdict.findings:
        _case(top, report, finding, fails=verdict.blocks(finding, strict=report.strict))
    for finding in verdict.older:
        _case(top, report, finding, fails=False)
    indent(top)
    return tostring(top, encoding="unicode", xml_declaration=False)


def _case(top: Element, report: Report, finding: Finding, *, fails: bool) -> None:
    again = f" ({finding.nth + 1})" if finding.nth else ""
    name = f"{finding.code}: {visible(finding.message)}{again}"
    case = SubElement(top, "testcase", {"classname": report.path(finding), "name": name})
    said = f"{report.place(finding)}: {words(finding)}"
    if fails:
        about = {"type": finding.code, "message": visible(finding.message)}
        SubElement(case, "failure", about).text = said
    else:
        SubElement(case, "system-out").text = f"{finding.severity}: {said}"
