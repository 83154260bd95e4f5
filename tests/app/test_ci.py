"""What hosts run for a workspace: valid, safe, and used by this repository itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from crmtool.app.ci import HostName, ci_files
from crmtool.store.load import load
from crmtool.store.tree import WorkTree
from tests.cli.running import crm

ROOT = Path(__file__).parents[2]
HOSTS: tuple[HostName, ...] = get_args(HostName)
BAD = ROOT.parent / "shared" / "badinput" / "workflows"
SCHEMAS = {
    ".github/workflows": "vendor.github-workflows",
    ".github/ISSUE_TEMPLATE": "vendor.github-issue-forms",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}
PINNED = ["--offline", "--no-progress", "--persona=regular"]


def tool(name: str, *args: object) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *map(str, args)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace with the files of both hosts."""
    root = tmp_path_factory.mktemp("ci") / "crm"
    assert crm("init", root, "--name", "Terns", "--ci", "github").code == 0
    assert crm("init", root, "--ci", "gitlab").code == 0
    return root


@pytest.mark.parametrize(("place", "schema"), SCHEMAS.items())
def test_each_file_is_valid(written: Path, place: str, schema: str) -> None:
    at = written / place
    found = sorted(at.iterdir()) if at.is_dir() else [at]
    done = tool("check-jsonschema", "--builtin-schema", schema, *found)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflows_give_nothing_away(written: Path) -> None:
    done = tool("zizmor", *PINNED, written)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize(
    ("name", "audit"),
    [("wf01-pwn-request", "dangerous-triggers"), ("wf02-title-injection", "template-injection")],
)
def test_the_lint_finds_what_it_is_there_for(tmp_path: Path, name: str, audit: str) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "x.yml").write_bytes((BAD / f"{name}.yml").read_bytes())
    done = tool("zizmor", *PINNED, tmp_path)
    assert done.returncode != 0
    assert f"[{audit}]" in done.stdout


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_that_people_write_is_in_an_expression(written: Path, host: str) -> None:
    """Titles, bodies, names and branch names reach no shell and no expression."""
    files = [p for p in written.rglob("*.yml") if host in p.as_posix()]
    texts = [file.read_text() for file in files]
    for word in ("title", "body", "head_ref", "head.ref", "head_branch", "login", "message"):
        assert not any(f"github.event.{word}" in t or f".{word} }}}}" in t for t in texts)
    assert not any("CI_MERGE_REQUEST_TITLE" in t or "CI_COMMIT_REF_NAME" in t for t in texts)


@pytest.mark.parametrize("host", HOSTS)
def test_this_repository_uses_them(host: HostName) -> None:
    for path, text in ci_files(host, load(WorkTree(ROOT)), ".").items():
        assert (ROOT / path).read_text() == text, f"write it anew: crmtool init . --ci {host}"


def test_stewards_own_what_guards_the_rest(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people/ada.md").write_text("---\nname: Ada\nidentities: [github:ada-l]\n---\n")
    (tmp_path / "crm.yml").write_text(
        "community: {name: Terns}\nprivacy: {audiences: {stewards: [ada]}}\n"
    )
    text = ci_files("github", load(WorkTree(tmp_path)), None)[".github/CODEOWNERS"]
    owners = dict(line.split() for line in text.splitlines() if not line.startswith("#"))
    assert set(owners.values()) == {"@ada-l"}
    assert {"/crm.yml", "/.github/", "/sources/*/source.yml", ".gitattributes"} <= owners.keys()


def test_what_runs_on_the_default_branch_names_it(tmp_path: Path) -> None:
    (tmp_path / "crm.yml").write_text("community: {name: Terns, branch: trunk}\n")
    files = ci_files("github", load(WorkTree(tmp_path)), None)
    assert 'branches: ["trunk"]' in files[".github/workflows/crm-site.yml"]
    assert not any(word in text for text in files.values() for word in ("@BRANCH@", "@CRMTOOL"))


def test_a_workspace_without_stewards_gets_a_hint(written: Path) -> None:
    text = (written / ".github/CODEOWNERS").read_text()
    assert "Name your stewards" in text
    assert not [line for line in text.splitlines() if not line.startswith("#")]


def test_a_file_of_yours_is_not_overwritten(tmp_path: Path) -> None:
    crm("init", tmp_path / "crm", "--name", "Terns")
    (tmp_path / "crm/.gitlab-ci.yml").write_text("mine: {script: make}\n")
    said = crm("init", tmp_path / "crm", "--ci", "gitlab")
    assert said.code == 6
    assert ".gitlab-ci.yml is there and says something else" in said.err
    assert not (tmp_path / "crm/.gitlab").exists()


def test_a_second_time_changes_nothing(written: Path) -> None:
    assert crm("init", written, "--ci", "github").out == "all of it is there already\n"
