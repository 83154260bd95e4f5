"""The cases of personal data and secrets in `../shared/badinput` end as its manifest says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from crmtool.app.checking import check
from crmtool.app.opening import Asked
from crmtool.errors import WorkspaceError
from crmtool.model.finding import Finding

BADINPUT: Final = Path(__file__).parents[3] / "shared" / "badinput"
CLASSES: Final = frozenset("pii pii-control secret privacy art9 minor email".split())
FOLDERS: Final = frozenset("people notes tasks config activities".split())
ABSENT: Final = "../shared/badinput is not there"


class Case(NamedTuple):
    file: str
    kind: str
    must: str
    into: str


def cases() -> list[Case]:
    if not BADINPUT.is_dir():
        return []
    rows = (BADINPUT / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    listed = [Case(*row.split("\t")) for row in rows]
    return [c for c in listed if c.kind in CLASSES and c.file.partition("/")[0] in FOLDERS]


def findings(case: Case, root: Path) -> list[Finding]:
    shutil.copytree(BADINPUT / "base", root, dirs_exist_ok=True)
    (root / case.into).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(BADINPUT / case.file, root / case.into)
    try:
        return check(Asked(root))
    except WorkspaceError as error:  # a broken crm.yml
        return [Finding("workspace", "error", case.into, error.message, error.hint)]


@pytest.mark.skipif(not BADINPUT.is_dir(), reason=ABSENT)
def test_the_base_workspace_is_clean(tmp_path: Path) -> None:
    shutil.copytree(BADINPUT / "base", tmp_path, dirs_exist_ok=True)
    assert check(Asked(tmp_path)) == []


@pytest.mark.skipif(not BADINPUT.is_dir(), reason=ABSENT)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.file)
def test_a_case_ends_as_the_manifest_says(case: Case, tmp_path: Path) -> None:
    found = [f for f in findings(case, tmp_path) if f.path == case.into]
    verdicts = set(case.must.partition(":")[0].replace("(site)", "").split())
    severities = {f.severity for f in found}
    if "error" in severities:
        assert "REJECT" in verdicts, found
    elif severities:
        assert "WARN" in verdicts, found
    else:
        assert verdicts & {"KEEP", "NEUTRALISE"}, "nothing was found"
    if case.kind == "secret":
        words = (BADINPUT / case.file).read_text(encoding="utf-8").split()
        long = [word for word in words if len(word) >= 20 and "://" not in word]
        shown = " ".join(f"{f.message} {f.hint}" for f in found)
        assert not any(word in shown for word in [*long, "hunter2horse"])
