"""A small workspace in real git, and plans for it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from crmtool.errors import CrmError, Refused
from crmtool.model.plan import Change, Plan, digest
from crmtool.store.apply import apply

DAY = "2026-11-21T10:00:00Z"


class Repo:
    """A workspace with its repository; every commit in it has the same date."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *args: str, name: str = "Grace") -> str:
        who = ("-c", f"user.name={name}", "-c", "user.email=grace@example.org")
        env = os.environ | {"GIT_AUTHOR_DATE": DAY, "GIT_COMMITTER_DATE": DAY}
        done = subprocess.run(
            ["git", "-C", str(self.root), *who, *args],
            env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def begin(self, **files: str) -> Repo:
        """Make the repository, with `people/NAME.md` for each name given, and `crm.yml`."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--template=", "--initial-branch=main")
        self.write("crm.yml", "community: {name: Terns}\n")
        self.write(".gitignore", "/.crm/\n")
        for name, text in files.items():
            self.write(f"people/{name}.md", text)
        self.commit_all("Begin")
        return self

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def commit_all(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def files(self) -> dict[str, bytes]:
        """Every file of the work tree."""
        return {
            str(p.relative_to(self.root)): p.read_bytes()
            for p in sorted(self.root.rglob("*"))
            if p.is_file() and not {".git", ".crm"} & set(p.relative_to(self.root).parts)
        }

    def status(self) -> list[str]:
        """What `git status` shows, untracked files among it."""
        return self.git("status", "--porcelain", "--untracked-files=all").splitlines()

    def subjects(self) -> list[str]:
        """The first lines of the commits, newest first."""
        return self.git("log", "--format=%s").splitlines()

    def committed(self, rev: str = "HEAD") -> list[str]:
        """Which paths a commit touched."""
        return self.git("show", "--name-status", "--no-renames", "--format=", rev).splitlines()

    def hook(self, name: str, script: str) -> None:
        path = Path(self.git("rev-parse", "--absolute-git-dir").strip()) / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def change(self, path: str, new: str | None, *, origin: str | None = None) -> Change:
        """An edit that starts from the file as it is now."""
        here = self.root / (origin or path)
        old = digest(here.read_bytes()) if here.exists() else None
        return Change(path, old, None if new is None else new.encode(), "a test", origin)

    def plan(self, message: str = "Edit", /, **people: str | None) -> Plan:
        """A plan for `people/NAME.md`: a text, or None where the file is to go."""
        changes = (self.change(f"people/{name}.md", text) for name, text in people.items())
        return Plan(tuple(changes), message)


def leftovers(root: Path) -> set[str]:
    """What `.crm/` holds besides the lock."""
    return {p.name for p in (root / ".crm").glob("*")} - {".gitignore", "lock"}


def refused(repo: Repo, plan: Plan, kind: type[CrmError] = Refused, **options: bool) -> CrmError:
    """Apply a plan that must be refused: nothing may be different afterwards."""
    before = repo.files(), repo.status(), repo.git("rev-parse", "--all")
    with pytest.raises(kind) as caught:
        apply(repo.root, lambda: plan, patience=0, **options)
    assert (repo.files(), repo.status(), repo.git("rev-parse", "--all")) == before
    assert leftovers(repo.root) == set()
    assert caught.value.hint, "say what to do next"
    return caught.value
