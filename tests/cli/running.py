"""Running the command line: in this process where that is safe, else in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from crmtool.cli.main import main


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def crm(*args: object) -> Said:
    """Run crmtool in this process."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["crmtool", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert isinstance(ended.value.code, int)
    return Said(ended.value.code, out.getvalue(), err.getvalue())


def command(*args: object) -> list[str | bytes]:
    """The words that start crmtool in a process of its own."""
    words = [arg if isinstance(arg, bytes) else str(arg) for arg in args]
    return [sys.executable, "-m", "crmtool", *words]


def environment(**more: str) -> dict[str, str]:
    """The tests' environment, and where crmtool is found."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **more}


def crm_apart(*args: object, **env: str) -> Said:
    """Run crmtool in a process of its own, as a shell would, for at most a minute."""
    done = subprocess.run(
        command(*args), capture_output=True, env=environment(**env), timeout=60, check=False
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
