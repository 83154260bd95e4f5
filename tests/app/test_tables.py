"""Tables in a workspace: records, usage notes, what a second import does, and hostile files."""

from __future__ import annotations

import resource
import shutil
import subprocess
from pathlib import Path

import pytest

from crmtool.app.importing import FromFile, Imported
from crmtool.errors import BadFile, UsageError
from tests.cli.running import command, crm, environment
from tests.cli.test_badinput import BAD, CANARY, STEERS, names, under_git
from tests.gitrepo import ADA, Project
from tests.imports import Crm

USAGE = """\
type: csv
target: usage.csv
map:
  profile:
    identity: "product.example.org:{Account}"
    kind: organisation
    name: "{Company}"
    create: true
  note:
    date: "{Month}"
    environment: production
    plan: "{Plan}"
    metrics: {seats: "{Seats}"}
    body: "{Remark}"
"""
ROWS = """\
Account,Company,Month,Plan,Seats,Remark
17,Analytical Engines,2026-10-01,Team,"1,200",Asks for SSO
17,Analytical Engines,2026-11-01,Team,1300,
18,Babbage & Co,2026-11-01,Free,2.5,ask ada@example.org
"""
NOTE = """\
---
date: 2026-10-01
author: import:usage
about:
  - analytical-engines
kind: usage
environment: production
plan: Team
metrics:
  seats: 1200
---
Asks for SSO
"""


@pytest.fixture
def crm_folder(tmp_path: Path) -> Crm:
    project = Project(tmp_path / "core")
    project.commit(ADA)
    return Crm(tmp_path / "crm", project)


def add(crm_: Crm, name: str, source: str, rows: str) -> None:
    folder = crm_.root / "sources" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.yml").write_text(source)
    (crm_.root / f"{name}.csv").write_text(rows)


def usage(crm_: Crm, rows: str = ROWS) -> Imported:
    add(crm_, "usage", USAGE, rows)
    return crm_.run("usage")


def test_usage_becomes_notes_about_records(crm_folder: Crm) -> None:
    usage(crm_folder)
    notes = sorted((crm_folder.root / "notes").rglob("*.md"))
    assert [n.stem for n in notes] == [
        "2026-10-01-usage-analytical-engines",
        "2026-11-01-usage-analytical-engines",
        "2026-11-01-usage-babbage-co",
    ]
    assert notes[0].read_text() == NOTE
    assert "example.org" not in notes[2].read_text()
    record = (crm_folder.root / "people" / "analytical-engines.md").read_text()
    assert "kind: organisation" in record
    assert crm("-C", crm_folder.root, "check").code == 0


def test_twice_with_no_news_is_an_empty_plan(crm_folder: Crm) -> None:
    usage(crm_folder)
    assert not usage(crm_folder).plan


def test_a_note_follows_its_source_until_a_person_edits_it(crm_folder: Crm) -> None:
    usage(crm_folder)
    folder = crm_folder.root / "notes" / "2026"
    edited = folder / "2026-11-01-usage-babbage-co.md"
    edited.write_text(edited.read_text() + "They may leave.\n")
    mine = edited.read_bytes()
    (folder / "2026-10-01-usage-analytical-engines.md").unlink()
    usage(crm_folder, ROWS.replace(",1300,", ",1400,").replace("Free", "Team"))
    assert "seats: 1400" in (folder / "2026-11-01-usage-analytical-engines.md").read_text()
    assert edited.read_bytes() == mine
    assert not (folder / "2026-10-01-usage-analytical-engines.md").exists()


def test_a_note_of_the_same_name_is_not_overwritten(crm_folder: Crm) -> None:
    theirs = crm_folder.root / "notes" / "2026" / "2026-11-01-usage-babbage-co.md"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("---\ndate: 2026-11-01\nauthor: git:0\n---\nMine.\n")
    usage(crm_folder)
    assert theirs.read_text().endswith("Mine.\n")
    assert (theirs.parent / "2026-11-01-usage-babbage-co-2.md").exists()


def test_a_file_alone_makes_its_source(crm_folder: Crm, tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    members.write_text("Name;E-mail\nAda Lovelace;ada@example.org\nCy;cy@example.org\n")
    handed = FromFile(members, "csv", "members", {"delimiter": ";"})
    done = crm_folder.run(file=handed)
    assert done.created == 2
    assert (crm_folder.root / "people" / "cy.md").exists()
    source = (crm_folder.root / "sources" / "members" / "source.yml").read_text()
    assert source == 'type: csv\nformat:\n  delimiter: ";"\n'
    assert not crm_folder.run(file=handed).plan
    assert not (crm_folder.root / "sources" / "members" / "cursor.json").exists()


def test_a_source_without_its_file_says_where_to_put_one(crm_folder: Crm) -> None:
    add(crm_folder, "usage", USAGE, ROWS)
    (crm_folder.root / "usage.csv").unlink()
    with pytest.raises(BadFile, match=r"there is no file usage\.csv") as error:
        crm_folder.run("usage")
    assert "put the export there" in error.value.hint


def test_a_wrong_delimiter_on_the_command_line_is_a_usage_error(
    crm_folder: Crm, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_text("a,b\n")
    with pytest.raises(UsageError, match="--delimiter is not a delimiter"):
        crm_folder.run(file=FromFile(tmp_path / "x.csv", "csv", None, {"delimiter": ";;"}))


def hostile() -> list[list[str]]:
    """The importer cases for tables of the collection beside the project."""
    if not BAD.is_dir():
        return []
    lines = [line.split("\t") for line in (BAD / "manifest.tsv").read_text().splitlines()]
    return [line for line in lines if line[0].startswith("csv/")]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize("case", hostile(), ids=lambda case: case[0])
def test_hostile_tables_end_as_the_manifest_says(case: list[str], tmp_path: Path) -> None:
    file, _, must = case[:3]
    root = tmp_path / "crm"
    shutil.copytree(BAD / "base", root, copy_function=shutil.copyfile)
    under_git(root)
    before = names(root)
    words = ("-C", root, "import", "--file", BAD / file, "--type", "csv", "--dry-run")
    done = subprocess.run(
        command(*words), capture_output=True, env=environment(), timeout=60,
        preexec_fn=limited, check=False,
    )  # fmt: skip
    said = (done.stdout + done.stderr).decode()
    name = file.rpartition("/")[2]
    verdict = must.partition(":")[0]
    if verdict == "REJECT":
        assert done.returncode == 5
        assert name in said
    else:
        assert done.returncode == 0
        assert name in said or verdict not in ("WARN", "SKIP")
    assert not STEERS.search(said)
    assert "Traceback" not in said
    assert not CANARY.exists()
    assert names(root) == before
