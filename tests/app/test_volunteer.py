"""The handbook's transcript, typed: from a clone to an opened request in three commands."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.hosting import FakeGitHub, serving
from tests.app.test_proposing import Clone, begin, outside
from tests.cli.running import Said, crm

__all__ = ["outside"]  # a fixture that every test here uses

PAGE = Path(__file__).parents[2] / "docs" / "volunteers.md"
FILES = {
    "crm.yml": "community: {name: Terns}\n",
    "tags.yml": "tags: {}\n",
    ".gitignore": "/.crm/\n",
    "people/ada-lovelace.md": "---\nname: Ada Lovelace\n---\n",
}
DAY = "2026-11-22"


def transcript() -> list[tuple[str, list[str]]]:
    """What is typed, and what is answered, by the handbook."""
    text = PAGE.read_text(encoding="utf-8").partition("tests/app/test_volunteer.py -->")[2]
    block = text.partition("```console\n")[2].partition("```")[0]
    commands = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(lines[0], lines[1:]) for lines in (c.splitlines() for c in commands)]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[FakeGitHub]:
    with serving(FakeGitHub(tmp_path / "host")) as found:
        assert isinstance(found, FakeGitHub)
        begin(found, FILES)
        yield found


def typed(command: str, host: FakeGitHub, folder: Path) -> Said | None:
    """What the command says; the clone is told where its host is, as no name tells that here."""
    words = shlex.split(command)
    if words[0] == "git":
        clone = Clone(host, folder / "crm")
        for key, value in (("user.name", "Vera Newcomer"), ("user.email", "vera@ternmail.org")):
            clone.git("config", key, value)
        return None
    return crm("--as-of", DAY, *(str(folder / "crm") if w == "crm" else w for w in words[1:]))


def test_the_handbook_s_lines_can_be_typed(host: FakeGitHub, tmp_path: Path) -> None:
    commands = transcript()
    assert len(commands) <= 4
    for command, answer in commands:
        said = typed(command, host, tmp_path)
        if said is None:
            continue
        assert said.code == 0, said.err
        lines = [*said.out.splitlines(), *said.err.splitlines()]
        today = re.compile(r"crm/\d{4}-\d\d-\d\d-")
        shown = {
            today.sub(f"crm/{DAY}-", line.replace(host.url, "https://github.com")) for line in lines
        }
        assert set(answer) <= shown, (answer, lines)
    assert len(host.requests) == 1


def test_a_newcomer_who_does_not_say_so_is_told_how(host: FakeGitHub, tmp_path: Path) -> None:
    typed("git clone x", host, tmp_path)
    said = typed("crmtool -C crm note add ada -m Hello", host, tmp_path)
    assert said
    assert said.code == 2
    assert said.err.splitlines()[1].strip() in PAGE.read_text(encoding="utf-8")


def test_who_may_not_push_is_told_of_a_fork(host: FakeGitHub, tmp_path: Path) -> None:
    typed("git clone x", host, tmp_path)
    typed("crmtool -C crm note add ada --join -m Hello", host, tmp_path)
    hook = host.repository("terns/crm") / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho permission denied >&2\nexit 1\n")
    hook.chmod(0o755)
    said = typed("crmtool -C crm propose", host, tmp_path)
    assert said
    assert said.code == 6
    assert "git remote add fork ADDRESS" in said.err
    done = subprocess.run(
        ["git", "-C", tmp_path / "crm", "log", "--oneline"], capture_output=True, check=True
    )
    assert len(done.stdout.splitlines()) == 2
