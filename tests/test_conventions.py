"""What the project promises of its own shape, kept by tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crmtool.app.explaining import explain
from crmtool.cli.main import root

TOP = Path(__file__).parent.parent
_PAGES = {"formats": "keys"}
MODULES = sorted((TOP / "crmtool").rglob("*.py"))


def commands(group: click.Group, name: str = "crmtool") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


@pytest.mark.parametrize(("name", "command"), list(commands(root)))
def test_every_command_explains_itself_with_two_examples(name: str, command: click.Command) -> None:
    assert command.help
    examples = re.findall(r"^  (crmtool .*)$", command.epilog or "", re.MULTILINE)
    assert len(examples) >= 2
    words = name.split()
    for example in examples:
        assert [w for w in words if w in example.split()] == words


@pytest.mark.parametrize("topic", ["rules", "activities", "figures", "formats"])
def test_the_catalogues_in_docs_are_what_the_code_says(topic: str) -> None:
    assert (TOP / "docs" / f"{_PAGES.get(topic, topic)}.md").read_text() == explain(
        topic, markdown=True
    ) + "\n"


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    text = (TOP / "README.md").read_text()
    assert len(text.split()) < 300
    assert [x for x in re.findall(r"\]\(([^)#:]+)\)", text) if not (TOP / x).exists()] == []


@pytest.mark.parametrize("page", sorted((TOP / "docs").rglob("*.md")), ids=lambda p: p.name)
def test_links_between_the_docs_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text())
    assert [x for x in links if not (page.parent / x).exists()] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(TOP)))
def test_modules_stay_readable(module: Path) -> None:
    text = module.read_text()
    assert text.count("\n") <= 350
    assert ast.get_docstring(ast.parse(text)), "say in a sentence what the module is for"


def test_the_design_s_rooms_are_all_open() -> None:
    rooms = "model text store importers identity sync rules metrics privacy publish review app cli"
    for room in rooms.split():
        assert len(list((TOP / "crmtool" / room).glob("*.py"))) > 1, f"{room} is empty"
