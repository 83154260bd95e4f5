"""Waivers: somebody's word, beside a finding, that it may stay and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding

FORM: Final = "crm: allow CODE because …"
_SAID: Final = re.compile(r"crm:\s*(.*?)\s*\Z", re.DOTALL | re.IGNORECASE)
_ALLOWS: Final = re.compile(r"allow\s+([a-z0-9-]+)(?:\s+because\b\s*(.*))?\Z", re.DOTALL)
_IN_BODY: Final = re.compile(
    r"<!--\s*(crm:(?:(?!-->|<!--).){0,1000})-->", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: where it stands, and what it says as far as it can be understood."""

    path: str
    line: int
    column: int
    code: str
    """Which rule it sets aside; empty where that cannot be told."""
    reason: str
    ends: int
    """The last line of its comment, which in a body may be a long one."""
    alone: bool
    """Whether nothing else stands on its lines, so that it speaks of the next one as well."""

    @property
    def said(self) -> tuple[str, str, str]:
        """What makes it the same waiver wherever it is moved within its file."""
        return self.path, self.code, self.reason


def waivers(community: Community) -> Iterator[Waiver]:
    """Every waiver in comments of YAML and in bodies, whatever is wrong with it."""
    for comment in community.comments:
        if found := _SAID.match(comment.text):
            code, reason = _understood(found[1])
            line = comment.line
            yield Waiver(comment.path, line, comment.column, code, reason, line, comment.alone)
    for record in community.records():
        yield from _in_body(record.path, record.body, record.body_line)
    for file in community.unread:
        first = file.text.count("\n", 0, file.body) + 1
        yield from _in_body(file.path, file.text[file.body :], first)


def _in_body(path: str, body: str, first: int) -> Iterator[Waiver]:
    if "<!--" not in body:
        return
    for found in _IN_BODY.finditer(body):
        start, end = found.span()
        begin = body.rfind("\n", 0, start) + 1
        rest = body[end:].partition("\n")[0]
        code, reason = _understood(found[1][4:].strip())
        yield Waiver(
            path,
            first + body.count("\n", 0, start),
            start - begin + 1,
            code,
            reason,
            first + body.count("\n", 0, end),
            alone=not (body[begin:start] + rest).strip(),
        )


def _understood(words: str) -> tuple[str, str]:
    """The code and the reason; each empty where it is missing."""
    found = _ALLOWS.match(words)
    return (found[1], " ".join((found[2] or "").split())) if found else ("", "")


def apply_waivers(
    findings: Iterable[Finding], given: Iterable[Waiver], waivable: Iterable[str]
) -> tuple[list[Finding], set[Waiver]]:
    """The findings that stay, and the waivers that set another one aside.

    The findings have their lines. A waiver without a reason, or of a code that is not among the
    waivable ones, sets nothing aside.
    """
    codes = frozenset(waivable)
    over = _lines_covered(w for w in given if w.reason and w.code in codes)
    kept, used = list[Finding](), set[Waiver]()
    for finding in findings:
        if by := over.get((finding.path, finding.code, finding.line)):
            used.add(by)
        else:
            kept.append(finding)
    return kept, used


def _lines_covered(given: Iterable[Waiver]) -> dict[tuple[str, str, int], Waiver]:
    """Its own lines and, if it stands alone, the next one that is not a waiver's alone."""
    good = list(given)
    alone = {(w.path, line) for w in good if w.alone for line in range(w.line, w.ends + 1)}
    covered = dict[tuple[str, str, int], Waiver]()
    for waiver in good:
        last = waiver.ends
        if waiver.alone:
            last += 1
            while (waiver.path, last) in alone:
                last += 1
        for line in range(waiver.line, last + 1):
            covered.setdefault((waiver.path, waiver.code, line), waiver)
    return covered
