"""`.pre-commit-hooks.yaml`: what pre-commit needs to know, and a commit that the hook stops."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from crmtool.cli.main import root
from tests.cli.running import environment
from tests.store.helpers import Repo

TOP = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text())
CHECK = HOOKS[0]
BOTH = ["crmtool-check", "crmtool-fmt"]
GOOD = "---\nname: Ada\n---\n"
BAD = "---\nname: Ada\nowner: nobody\n---\n"
# As pre-commit does it: the files about to be committed that the hook's pattern fits.
SCRIPT = """\
git diff --cached --name-only --diff-filter=ACMRT | grep -E '{files}' | xargs {entry}
"""


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_a_command_that_there_is_once_at_a_time(hook: dict[str, Any]) -> None:
    program, verb = hook["entry"].split()
    assert program == "crmtool"
    assert root.get_command(click.Context(root), verb)
    assert (hook["id"], hook["language"]) == (f"crmtool-{verb}", "python")
    assert hook["require_serial"] is True, "two at once would both read everything"


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("crm.yml", BOTH),
        ("people/a/ada.md", BOTH),
        ("crm/notes/2026/talk.md", BOTH),
        ("sources/core/source.yml", BOTH),
        ("sources/core/activities/2026-11.jsonl", BOTH),
        ("people/ada.txt", BOTH),
        ("README.md", []),
        ("docs/crm.yml.md", []),
    ],
)
def test_which_files_are_given_to_which_hook(path: str, ids: list[str]) -> None:
    assert [hook["id"] for hook in HOOKS if re.search(hook["files"], path)] == ids


@pytest.fixture
def hooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with the check as its hook, and a workspace in one of its folders."""
    program = tmp_path / "bin" / "crmtool"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m crmtool "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", environment()["PYTHONPATH"])
    repo = Repo(tmp_path / "project")
    repo.root.mkdir()
    repo.git("init", "--quiet", "--template=")
    repo.write("crm/crm.yml", "community: {name: Terns}\n")
    repo.write("crm/people/old.md", BAD)
    repo.commit_all("Begin, with old debt")
    repo.hook("pre-commit", SCRIPT.format(**CHECK))
    return repo


def test_a_commit_is_stopped_by_what_is_wrong_in_its_own_files(hooked: Repo) -> None:
    hooked.write("crm/people/ada.md", BAD)
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        hooked.commit_all("Ada")
    said = stopped.value.stdout + stopped.value.stderr
    assert "people/ada.md:3:1: error[unknown-person]" in said
    assert "old.md" not in said
    hooked.write("crm/people/ada.md", GOOD)
    hooked.commit_all("Ada")
    assert hooked.subjects()[0] == "Ada"


def test_a_file_is_repaired_and_the_commit_left_to_its_author(hooked: Repo) -> None:
    hook = next(hook for hook in HOOKS if hook["id"] == "crmtool-fmt")
    entry = " ".join([hook["entry"], *hook["args"]])
    hooked.hook("pre-commit", SCRIPT.format(files=hook["files"], entry=entry))
    hooked.write("crm/people/ada.md", "---\nstaff: true\nname: Ada\n---\n")
    hooked.commit_all("Ada")
    assert hooked.read("crm/people/ada.md") == "---\nname: Ada\nstaff: true\n---\n"
    assert hooked.status() == [" M crm/people/ada.md"], (
        "pre-commit stops where a hook changes files"
    )
