"""Each rule's folder holds good/ and bad/ files, laid over base/.

bad/expected.txt says what is found there: `path:line:column: message`, and after ` | ` the hint
where it matters. Where a rule judges a change, before/ holds what was there, and is the base.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path

import pytest

from crmtool.app.checking import check, judge
from crmtool.app.opening import Asked
from crmtool.app.scope import Scope
from crmtool.model.finding import Finding
from crmtool.rules.base import all_codes
from crmtool.rules.reading import READING
from tests.store.helpers import Repo

HERE = Path(__file__).parent
# What only another user or another machine could show is tested beside what finds it out.
CODES = [c.code for c in all_codes() if c.code not in ("unreadable", "public-remote")]
NOTE = b"---\ndate: 2026-05-02\nauthor: grace-hopper\n---\n"
TWINS = {
    "people/a/ada.md": b"---\nname: Ada\n---\n",
    "people/A/alan.md": b"---\nname: Alan\n---\n",
    "notes/\u00c4rger/2026-05-02-x.md": NOTE,
    "notes/\u00e4rger/2026-05-03-x.md": NOTE,
}
ODD_NAMES = {
    "notes/aux/2026-05-02-x.md": NOTE,
    "notes/2026 /2026-05-02-y.md": NOTE,
    "site/docs/what?.md": b"x",
    "site/docs/a\u200bb.png": b"x",
}
ATTRIBUTES = b"""# ours
*.png binary
people/*.md -diff merge=union
*.jsonl merge=union
*.yml filter=clean
notes/** linguist-generated=true
[attr]quiet -diff
"""


def laid(files: dict[str, bytes]) -> Callable[[Path], object]:
    """Lays out files that would do harm in this repository."""

    def lay(root: Path) -> None:
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)

    return lay


# What no file in this repository can show; made for the test.
MADE: dict[str, Callable[[Path], object]] = {
    "hidden-changes": laid({".gitattributes": ATTRIBUTES}),
    "path-collision": laid(TWINS),
    "path-name": laid(ODD_NAMES),
    "submodule": laid({".gitmodules": b'[submodule "theme"]\n\tpath = site/theme\n'}),
    "encoding": lambda root: (root / "people/jose.md").write_bytes(b"---\nname: Jos\xe9\n---\n"),
    "file-size": lambda root: (root / "people/ada.md").write_text("x" * 2_000_000),
    "line-length": lambda root: (root / "people/ada.md").write_text(
        f"---\nname: Ada Lovelace\n---\n{'x' * 20_001}\n"
    ),
    "not-a-file": lambda root: (root / "people/ada.md").symlink_to("grace-hopper.md"),
    "not-nfc": lambda root: (root / "people/jose.md").write_text("---\nname: Jose\u0301\n---\n"),
    "yaml-size": lambda root: (root / "people/ada.md").write_text(
        f"---\nlanguages: [{'x, ' * 5_000}]\n---\n"
    ),
}


def laid_over(tmp_path: Path, case: Path) -> Path:
    """The base workspace with a case's files put into it."""
    shutil.copytree(HERE / "base", tmp_path, dirs_exist_ok=True)
    if case.is_dir():
        shutil.copytree(
            case, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt")
        )
    return tmp_path


def findings_of(code: str, case: str, root: Path) -> list[Finding]:
    """What is found in a case of a rule; if the rule judges changes, in the change to it."""
    before, scope = HERE / code / "before", Scope()
    if before.is_dir():
        repo = Repo(laid_over(root, before))
        repo.git("init", "--quiet", "--template=")
        repo.commit_all("Before")
        scope = Scope(base="HEAD")
    laid_over(root, HERE / code / case)
    if case == "bad" and code in MADE:
        MADE[code](root)
    return judge(Asked(root), scope).findings


@pytest.mark.parametrize("code", CODES)
def test_good_files_pass_every_rule(code: str, tmp_path: Path) -> None:
    assert findings_of(code, "good", tmp_path) == []


@pytest.mark.parametrize("code", CODES)
def test_bad_files_are_found_where_they_are_bad(code: str, tmp_path: Path) -> None:
    findings = findings_of(code, "bad", tmp_path)
    expected = (HERE / code / "bad" / "expected.txt").read_text().splitlines()
    found = [f"{f.path}:{f.line}:{f.column}: {f.message} | {f.hint}" for f in findings]
    assert {f.code for f in findings} == {code}
    assert len(found) == len(expected), found
    for line, want in zip(found, expected, strict=True):
        assert line.startswith(want)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_explains_itself(code: str) -> None:
    text = cleandoc(next(known.text for known in all_codes() if known.code == code))
    assert re.findall(r"^(What|Why|Bad|Good):", text, re.MULTILINE) == [
        "What",
        "Why",
        "Bad",
        "Good",
    ]


def test_every_folder_is_a_rules() -> None:
    folders = {p.name for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == {*CODES, "base", "labelled"}


GIVEN = re.compile(
    r"(?:Finding|Problem|finding|problem|error|note)\(\s*\"([a-z]+(?:-[a-z]+)*)\",\s"
)


def test_every_code_that_reading_gives_is_explained() -> None:
    rooms = [HERE.parents[1] / "crmtool" / room for room in ("text", "store")]
    files = [file for room in rooms for file in room.glob("*.py")]
    given = {code for file in files for code in GIVEN.findall(file.read_text())}
    assert len(given) > 15
    assert given <= set(READING)


def test_a_rule_that_cannot_be_waived_keeps_its_severity(tmp_path: Path) -> None:
    root = laid_over(tmp_path, HERE / "contact-withdrawn" / "bad")
    config = (root / "crm.yml").read_text()
    (root / "crm.yml").write_text(config + "check: {severity: {contact-withdrawn: info}}\n")
    found = {(f.code, f.severity) for f in check(Asked(root))}
    assert found == {("contact-withdrawn", "error"), ("unknown-code", "warning")}


def test_a_severity_set_in_crm_yml_is_obeyed(tmp_path: Path) -> None:
    root = laid_over(tmp_path, HERE / "unknown-note" / "bad")
    config = (root / "crm.yml").read_text()
    (root / "crm.yml").write_text(config + "check: {severity: {unknown-note: info}}\n")
    assert [f.severity for f in check(Asked(root))] == ["info"]
