"""Reports for services: valid by the schemas they publish, and nothing that data could steer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator
from markdown_it import MarkdownIt
from xmlschema import XMLSchema

from crmtool.app.checking import Verdict
from crmtool.cli.formats.github import commands, summary
from crmtool.cli.formats.gitlab import issues
from crmtool.cli.formats.junit import suite
from crmtool.cli.formats.report import Report
from crmtool.cli.formats.sarif import log
from crmtool.model.finding import Finding
from tests.cli.running import crm
from tests.store.helpers import Repo

SCHEMAS = Path(__file__).parent / "schemas"


@cache
def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text())


@cache
def xsd() -> XMLSchema:
    return XMLSchema(str(SCHEMAS / "junit-10.xsd"))


HOSTILE = [
    "\n::error file=x::forged",
    "\r::set-env name=PATH::/evil",
    "%0A::stop-commands::x",
    "a,b:c::d",
    "##[add-path]/evil",
    "<script>alert(1)</script>",
    "| a | [x](javascript:alert(1)) ![y](http://evil) `z` **b** @ada https://evil.example",
    "]]></failure><testcase name='forged'/>",
    "\x1b[31m \u202e \ud800 \ufffe \x00",
    "&#124; &lt; &amp;",
]
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join))  # fmt: skip
PATHS = WORDS.map(lambda text: "people/" + text.replace("\ud800", ""))
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["unknown-tag", "secret", "yaml-syntax"]),
    severity=st.sampled_from(["error", "warning", "info"]),
    path=st.one_of(st.sampled_from(["people/ada.md", "people/\udcff ä%,:.md"]), PATHS),
    message=WORDS,
    hint=WORDS,
    line=st.integers(1, 10**6),
    column=st.integers(1, 10**4),
    nth=st.integers(0, 3),
)
LISTS = st.lists(FINDINGS, max_size=6)
REPORTS = st.builds(
    Report,
    st.builds(Verdict, st.just(Path()), LISTS, LISTS, st.sampled_from(["", "0123456789ab"])),
    st.booleans(),
    st.sampled_from(["", "crm/"]),
)


@settings(max_examples=25)
@given(REPORTS)
def test_sarif_is_sarif(report: Report) -> None:
    said = json.loads(json.dumps(log(report)))
    Draft4Validator(schema("sarif-schema-2.1.0.json")).validate(said)
    verdict, [run] = report.verdict, said["runs"]
    assert len(run["results"]) == len(verdict.findings) + len(verdict.older)


@given(REPORTS)
def test_gitlab_s_report_is_gitlab_s(report: Report) -> None:
    said = json.loads(json.dumps(issues(report)))
    for issue in said:
        Draft7Validator(schema("codeclimate.json")).validate(issue)
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] > 0
        assert issue["location"]["path"]


@given(REPORTS)
def test_junit_is_junit_and_what_fails_there_blocks_here(report: Report) -> None:
    text = suite(report)
    xsd().validate(text)
    top = fromstring(text)  # noqa: S314 (our own)
    blocking = [
        f for f in report.verdict.findings if report.verdict.blocks(f, strict=report.strict)
    ]
    assert len(top.findall("testcase/failure")) == int(top.get("failures", "")) == len(blocking)
    assert len(top.findall("testcase")) == int(top.get("tests", ""))


COMMAND = re.compile(
    r"::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+,title=[a-z-]+::[^\x00-\x1f\x7f-\x9f]*"
)


@given(REPORTS)
def test_a_workflow_command_is_one_line_with_our_properties_alone(report: Report) -> None:
    lines = list(commands(report))
    assert len(lines) == len(report.verdict.findings)
    for line in lines:
        assert COMMAND.fullmatch(line), line
        assert not re.search(r"%(?!25|0D|0A|3A|2C)", line)


def text_of(page: str) -> tuple[list[str], str]:
    """The kinds of nodes that Markdown makes of a page, and the plain text in them."""
    kinds, text = [], []
    for block in MarkdownIt("gfm-like", {"linkify": False}).parse(page):
        kinds.append(block.type)
        for node in block.children or ():
            kinds.append(node.type if node.type != "html_inline" else node.content)
            text.append(node.content if node.type == "text" else "")
    return kinds, "".join(text)


@given(REPORTS)
def test_the_summary_s_tables_hold_text_and_nothing_else(report: Report) -> None:
    kinds, text = text_of(summary(report))
    assert set(kinds) <= {
        "heading_open", "heading_close", "inline", "text", "html_block", "<br>",
        *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
    }  # fmt: skip
    count = len(report.verdict.findings) + len(report.verdict.older)
    tables = bool(report.verdict.findings) + bool(report.verdict.older)
    assert kinds.count("tr_open") == count + tables
    assert kinds.count("td_open") == 4 * count
    if report.verdict.findings:
        first = report.verdict.findings[0]
        assert " ".join(report.path(first).split()) in " ".join(text.split())


def test_a_summary_stays_within_what_github_takes() -> None:
    one = Finding("unknown-tag", "error", "people/ada.md", "<" * 400, line=1, column=1)
    page = summary(Report(Verdict(Path(), [one] * 5000, [one] * 5000), strict=False))
    assert len(page.encode()) < 1 << 20
    assert page.count("\nand ") == 2


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A workspace in a folder of a repository, with an error and a warning."""
    repo = Repo(tmp_path)
    repo.git("init", "--quiet", "--template=")
    repo.write("crm/crm.yml", "community: {name: Terns}\n")
    repo.write("crm/people/ada.md", "---\nname: Ada\nowner: nobody\n---\nShe is gay.\n")
    return repo


def paths_of_json(out: str) -> set[str]:
    return {issue["location"]["path"] for issue in json.loads(out)}


def paths_of_sarif(out: str) -> set[str]:
    results = json.loads(out)["runs"][0]["results"]
    places = (r["locations"][0]["physicalLocation"] for r in results)
    return {place["artifactLocation"]["uri"] for place in places}


def paths_of_junit(out: str) -> set[str]:
    return {case.get("classname", "") for case in cases(out)}


def cases(out: str) -> list[Element]:
    return fromstring(out).findall("testcase")  # noqa: S314 (our own)


def paths_of_commands(out: str) -> set[str]:
    return set(re.findall(r"file=([^,]*)", out))


@pytest.mark.parametrize(
    ("form", "paths"),
    [
        ("gitlab", paths_of_json),
        ("sarif", paths_of_sarif),
        ("junit", paths_of_junit),
        ("github", paths_of_commands),
    ],
)
def test_a_service_is_told_where_a_file_lies_in_the_repository(
    repo: Repo, form: str, paths: Callable[[str], set[str]]
) -> None:
    said = crm("-C", repo.root / "crm", "check", "--format", form)
    assert (said.code, said.err) == (1, "")
    assert paths(said.out) == {"crm/people/ada.md"}


def test_strict_makes_warnings_fail(repo: Repo) -> None:
    ignoring = ("-C", repo.root / "crm", "check", "--ignore", "unknown-person,secret")
    assert crm(*ignoring).code == 0
    assert crm(*ignoring, "--strict").code == 1
    [case] = cases(crm(*ignoring, "--strict", "--format", "junit").out)
    assert case.find("failure") is not None


def test_github_s_summary_gets_the_whole_list(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    page = repo.root / "summary.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    said = crm("-C", repo.root / "crm", "check", "--format", "github")
    assert said.out.splitlines()[-1] == "1 error, 1 warning"
    assert page.read_text().startswith("before\n### crmtool check: 1 error, 1 warning\n")
    assert page.read_text().count("\n| ") == 4
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repo.root))
    said = crm("-C", repo.root / "crm", "check", "--format", "github")
    assert said.code == 1
    assert "the summary cannot be written" in said.err


def test_with_a_base_json_tells_new_from_old(repo: Repo) -> None:
    repo.commit_all("Base")
    repo.write("crm/people/bob.md", "---\nname: Bob\nowner: nobody\n---\n")
    said = crm("-C", repo.root / "crm", "check", "--base", "HEAD", "--format", "json")
    told = [(f["path"], f["new"]) for f in json.loads(said.out)["data"]]
    assert told == [("people/bob.md", True), *[("people/ada.md", False)] * 2]
    said = crm("-C", repo.root / "crm", "check", "--base", "HEAD")
    assert said.out.splitlines()[-1] == (
        "1 error, 0 warnings in this change; 2 more were there before"
    )
