"""Histories whose people wrote a `.mailmap`: what it says, and workspaces that never saw it.

`identity_truth.py` (beside this project, or where `CRMTOOL_TRUTH` points) makes the truth and scores
against it; this module hands it what crmtool says.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).parents[1]
_PLACE = _PROJECT.parent / "shared/bench/identity_truth.py"
KEY = "0123456789abcdef" * 4
"""Figures are the same whichever key is used; one that stays makes runs comparable."""


@cache
def script() -> Any:
    """`identity_truth.py` as a module."""
    path = Path(os.environ.get("CRMTOOL_TRUTH", _PLACE))
    if not path.is_file():
        sys.exit(f"{path} is not there: set CRMTOOL_TRUTH to identity_truth.py")
    spec = importlib.util.spec_from_file_location("identity_truth", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["identity_truth"] = module
    spec.loader.exec_module(module)
    return module


def name_of(repository: Path) -> str:
    """What to call a history: `…/numpy+numpy/repo` and `…/numpy.git` are numpy."""
    path = repository.parent if repository.name in {"repo", ".git"} else repository
    return path.name.removesuffix(".git").rpartition("+")[2]


def crmtool(root: Path, *arguments: str) -> str:
    """What a command prints.

    Raises:
        SystemExit: it failed; what it said goes before.

    """
    command = [sys.executable, "-m", "crmtool", "-C", str(root.resolve()), "-q", *arguments]
    done = subprocess.run(
        command, env=environment(), cwd=_PROJECT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stderr}failed: {' '.join(arguments)} in {root}")
    return done.stdout


def environment() -> dict[str, str]:
    """Settings of git and the key that are nobody's own."""
    return {
        **os.environ,
        "CRMTOOL_KEY": KEY,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def imported(repository: Path, folder: Path, policy: str) -> Path:
    """A workspace with a history without its `.mailmap`, made unless it is there."""
    root = folder / f"{name_of(repository)}-{policy}"
    if (root / "sources").is_dir() and any(root.glob("sources/*/profiles.jsonl")):
        return root
    blind = folder / f"{name_of(repository)}.git"
    if not blind.exists():
        script().blind(repository, blind)
    root.mkdir(parents=True, exist_ok=True)
    crmtool(root, "init", str(root.resolve()), "--git", str(blind.resolve()), "--emails", policy)
    crmtool(root, "import")
    return root


def exported(root: Path) -> list[dict[str, Any]]:
    """The lines of `identity export`."""
    return [json.loads(line) for line in crmtool(root, "identity", "export").splitlines()]


def predicted(lines: list[dict[str, Any]]) -> list[Any]:
    """The same as the truth's script takes them."""
    make = script().Predicted
    return [make(x["name"] or "", x["email"] or "", json.dumps(x["person"])) for x in lines]
