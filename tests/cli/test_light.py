"""What one types all day loads no more than it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import crm, environment
from tests.store.helpers import Repo

_SAY = """
import json, sys
from crmtool.cli.main import main
sys.argv = {words!r}
try:
    main()
except SystemExit:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
_RECORDS = {
    *("annotated_types", "click", "crmtool", "msgspec", "pydantic", "pydantic_core"),
    *("typing_extensions", "typing_inspection"),
}
_YAML = {"yaml", "cython_runtime"}
_READ = {"app", "cli", "errors", "identity", "model", "privacy", "store", "text"}
_WRITTEN = {*_READ, "rules", "sync"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    repo = Repo(tmp_path / "crm").begin(ada="---\nname: Ada\nidentities: [github:ada]\n---\n")
    repo.write("tasks/shirt.md", "---\ntitle: Send a shirt\nabout: [ada]\n---\n")
    repo.write("notes/met.md", "---\ndate: 2026-11-01\nauthor: ada\nabout: [ada]\n---\nMet.\n")
    repo.commit_all("Begin")
    for words in (("check",), ("person", "show", "ada")):
        assert crm("-C", repo.root, *words).code == 0
    return repo.root


@pytest.mark.parametrize(
    ("words", "libraries", "rooms"),
    [
        (["task", "list"], _RECORDS, _READ),
        (["note", "list"], _RECORDS, _READ),
        (["person", "show", "ada"], _RECORDS, _READ),
        (["note", "add", "ada", "--author", "ada", "-m", "Hi."], _RECORDS | _YAML, _WRITTEN),
    ],
)
def test_a_warm_command_loads_these_libraries_and_no_other(
    root: Path, words: list[str], libraries: set[str], rooms: set[str]
) -> None:
    """YAML only where something is to be parsed, rules and detectors where something is written."""
    code = _SAY.format(words=["crmtool", "-C", str(root), *words])
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    loaded = json.loads(done.stderr.splitlines()[-1])
    tops = {name.partition(".")[0] for name in loaded if not name.startswith("_")}
    assert tops - sys.stdlib_module_names <= libraries
    assert {name.split(".")[1] for name in loaded if name.startswith("crmtool.")} <= rooms
