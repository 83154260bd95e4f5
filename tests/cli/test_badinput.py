"""Hostile and broken files: what `check` makes of each, as the collection's manifest demands.

The collection lies beside the project. Cases that could crash or hang the interpreter run in a
process of their own, with a limit on its time and memory.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.running import Said, command, crm, environment

BAD = Path(__file__).parents[3] / "shared" / "badinput"
CANARY = Path("/tmp/crmtool_pwned")  # noqa: S108 (the corpus says so)
STEERS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|^\s*::", re.MULTILINE
)
RECORDS = ("people", "notes", "tasks", "config", "activities", "special")
MEMORY = 600 << 20
# What may crash or hang: libyaml on deep nesting, a FIFO, a link that leads round, much of it.
APART = ("depth", "resource", "special-file", "symlink", "git")


class Case(NamedTuple):
    """One line of the manifest."""

    file: str
    kind: str
    must: str
    into: str

    @property
    def name(self) -> str:
        """What a message has to name; of a name with odd characters, what comes before them."""
        return self.into.rpartition("/")[2].removesuffix(".md")


def cases() -> Iterator[Case]:
    if BAD.is_dir():
        for line in (BAD / "manifest.tsv").read_text().splitlines()[1:]:
            case = Case(*[*line.split("\t"), ""][:4])
            if case.file.split("/")[0] in RECORDS:
                yield case


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The collection's own small workspace, which has nothing wrong."""
    if not BAD.is_dir():
        pytest.skip("shared/badinput does not lie beside the project")
    shutil.copytree(BAD / "base", tmp_path / "crm", copy_function=shutil.copyfile)
    return tmp_path / "crm"


def under_git(root: Path) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Base"]):
        subprocess.run(["git", "-C", str(root), *who, *words], check=True)


def prepare(root: Path, case: Case) -> None:
    for folder in root.rglob("*"):
        if folder.is_dir():
            folder.chmod(0o755)
    if case.file.startswith("special/"):
        under_git(root)
        maker = [sys.executable, str(BAD / "make_special.py"), str(root), case.file[8:]]
        subprocess.run(maker, check=True)
    else:
        target = root / case.into
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(BAD / case.file, target)


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))


def run(root: Path, case: Case) -> Said:
    if case.kind not in APART:
        return crm("-C", root, "check")
    done = subprocess.run(
        command("-C", root, "check"), capture_output=True, env=environment(), timeout=60,
        preexec_fn=limited, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def fulfils(said: Said, verdict: str, case: Case) -> bool:
    printed = said.out + said.err
    named = case.name in printed
    match verdict:
        case "REJECT":
            return named and (said.code == 1 or (case.into == "crm.yml" and said.code == 3))
        case "WARN":
            return named and said.code == 0 and "warning[" in printed
        case "KEEP":
            return said.code == 0 and "error[" not in printed
        case "REPAIR":
            return named and said.code in (0, 1)
    return verdict.startswith("NEUTRALISE") and (named or said.code == 0)


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.file)
def test_the_manifest_is_kept(workspace: Path, case: Case) -> None:
    prepare(workspace, case)
    before = names(workspace)
    said = run(workspace, case)
    verdicts = case.must.partition(":")[0].split(" or ")
    assert any(fulfils(said, verdict, case) for verdict in verdicts), said
    assert not STEERS.search(said.out + said.err)
    assert "Traceback" not in said.err
    assert not CANARY.exists()
    assert names(workspace) == before


def names(root: Path) -> set[str]:
    return {str(p.relative_to(root)) for p in root.rglob("*") if ".crm" not in p.parts}
