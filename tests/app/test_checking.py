"""`crmtool check`: every finding at its line, in the order in which one would mend them."""

from __future__ import annotations

from pathlib import Path

from crmtool.app.checking import check
from crmtool.app.opening import Asked
from tests.cli.running import crm

FILES = {
    "crm.yml": "community: {name: Terns}\n",
    "people/b.md": "---\nname: B\ntags:\n  - one\n  - two\nowner: nobody\n---\n"
    "Write to b@example.org.\n",
    "people/a.md": "---\nnmae: A\nnam: A\nname: A\n---\n",
    "people/c.md": "---\r\nname: C\r\n---\r\n\r\nc@example.org\r\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\nsubproject: none\n",
    "sources/core/activities/2026-11.jsonl": "\nbroken\n",
}


def test_findings_stand_at_their_lines_in_order(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    found = [f"{f.path}:{f.line}:{f.column}" for f in check(Asked(tmp_path))]
    assert found == [
        "people/a.md:2:1",
        "people/a.md:3:1",
        "people/b.md:4:5",
        "people/b.md:5:5",
        "people/b.md:6:1",
        "people/b.md:8:10",
        "people/c.md:5:1",
        "sources/core/activities/2026-11.jsonl:2:1",
        "sources/core/source.yml:3:1",
    ]
    said = crm("-C", tmp_path, "check").out.splitlines()
    assert said[0] == "people/a.md:2:1: error[unknown-key]: unknown key 'nmae'"
    assert said[1] == "    did you mean 'name'?"


def test_a_second_check_with_the_cache_says_the_same(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    assert check(Asked(tmp_path)) == check(Asked(tmp_path))
