"""A workspace to import into, and what an import left in it."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypedDict, Unpack

import pytest

from crmtool.app.importing import FromFile, Imported, Progress, import_sources
from crmtool.app.init import init
from crmtool.cli.main import main
from crmtool.model.keyed import Keyed
from crmtool.model.plan import Plan
from tests.conftest import KEY
from tests.gitrepo import Project

Line = dict[str, Any]
Command = Callable[..., tuple[int, str, str]]
KEYED = Keyed(bytes.fromhex(KEY))


class Options(TypedDict, total=False):
    """What `crmtool import` may be told."""

    dry_run: Callable[[Plan], None]
    commit: bool
    allow_mass_change: bool
    progress: Progress
    file: FromFile


class Crm:
    """A workspace that imports from some repositories."""

    def __init__(self, root: Path, *projects: Project, emails: str = "hmac") -> None:
        init(root, tuple(str(p.folder) for p in projects), "Terns", emails)
        self.root = root

    def configure(self, source: str, **settings: str | list[str]) -> None:
        """Add keys to a `source.yml`; JSON is YAML."""
        with (self.root / "sources" / source / "source.yml").open("a") as file:
            file.writelines(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())

    def run(self, *names: str, **options: Unpack[Options]) -> Imported:
        """`crmtool import`; what the user edited is committed first."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=Configure")
        return import_sources(self.root, names, **options)

    def git(self, *args: str) -> str:
        who = ("-c", "user.name=Grace", "-c", "user.email=grace@example.org")
        done = subprocess.run(
            ["git", "-C", str(self.root), *who, *args], capture_output=True, text=True, check=True
        )
        return done.stdout

    def activities(self, source: str = "*") -> list[Line]:
        """Every activity, file by file."""
        return list(self._lines(f"{source}/activities/*.jsonl"))

    def profiles(self, source: str = "*") -> dict[str, Line]:
        """What is known of each identity."""
        return {line["identity"]: line for line in self._lines(f"{source}/profiles.jsonl")}

    def cursor(self, source: str = "*") -> Line:
        return next(self._lines(f"{source}/cursor.json"))

    def _lines(self, pattern: str) -> Iterator[Line]:
        for file in sorted((self.root / "sources").glob(pattern)):
            yield from map(json.loads, file.read_bytes().splitlines())

    def titles(self, source: str = "*") -> list[str]:
        """What each commit is called, oldest first."""
        return [a["title"] for a in self.activities(source) if a["type"] in ("commit", "merge")]

    def authors(self, source: str = "*") -> Counter[str]:
        """Authored commits by identity, after `.mailmap`."""
        profiles = self.profiles(source)
        counts: Counter[str] = Counter()
        for activity in self.activities(source):
            if activity["type"] in ("commit", "merge"):
                mapped = profiles[activity["actor"]].get("mailmap", {})
                counts[mapped.get("identity", activity["actor"])] += 1
        return counts

    def files(self, *parts: str) -> dict[str, bytes]:
        """Every file of the workspace, or below a folder of it, but for git's and crmtool's own."""
        return {
            str(p.relative_to(self.root)): p.read_bytes()
            for p in sorted(self.root.joinpath(*parts).rglob("*"))
            if p.is_file() and not {".git", ".crm"} & set(p.relative_to(self.root).parts)
        }

    def everything(self) -> bytes:
        """Every byte that the workspace holds, git's objects unpacked."""
        listed = self.git("cat-file", "--batch-all-objects", "--batch-check").split("\n")
        names = "".join(f"{line.split()[0]}\n" for line in listed if line)
        objects = subprocess.run(
            ["git", "-C", str(self.root), "cat-file", "--batch"],
            input=names.encode(), capture_output=True, check=True,
        )  # fmt: skip
        plain = (p.read_bytes() for p in self.root.rglob("*") if p.is_file())
        return b"\n".join([objects.stdout, *plain])


def counted(project: Project, *args: str) -> Counter[str]:
    """What git says of authored commits, by the identities that crmtool gives the same pairs."""
    return Counter({KEYED.git_actor(*pair): n for pair, n in project.shortlog(*args).items()})


def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *args: str
) -> tuple[int, str, str]:
    """Run the command line in this process: exit code, stdout, stderr."""
    monkeypatch.setattr("sys.argv", ["crmtool", *args])
    try:
        main()
    except SystemExit as done:
        said = capsys.readouterr()
        return int(done.code or 0), said.out, said.err
    raise AssertionError("main always exits")
