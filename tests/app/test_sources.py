"""Sources: adding, trying, watching and removing them; the ready mappings with their samples."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from crmtool.app.importing import import_sources
from crmtool.app.presets import preset_names
from crmtool.errors import BadFile
from tests.cli.running import crm
from tests.gitrepo import ADA, Project
from tests.imports import Crm

SAMPLES = Path(__file__).parents[1] / "importers" / "presets"


@pytest.fixture
def ws(tmp_path: Path) -> Crm:
    project = Project(tmp_path / "core")
    project.commit(ADA)
    made = Crm(tmp_path / "crm", project)
    made.run()
    return made


class Preset(NamedTuple):
    """What a preset makes of its sample: activities as (actor, type, month), and notes."""

    activities: Sequence[tuple[str, str, str]] = ()
    notes: int = 0
    people: int = 0


PRESETS = {
    "meetup": Preset(
        [
            ("meetup.com:102", "event-attended", "2026-04"),
            ("meetup.com:101", "event-organised", "2026-05"),
        ],
        people=2,
    ),
    "pretix": Preset([("email-hmac", "event-attended", "2026-05")] * 2),
    "eventbrite": Preset([("email-hmac", "event-attended", "2026-05")] * 2),
    "youtube": Preset(
        [("youtube.com:UCada", "comment", "2026-05"), ("youtube.com:UCbob", "comment", "2026-05")]
    ),
    "reddit": Preset(
        [("reddit.com:ada_l", "topic", "2026-05"), ("reddit.com:bobt", "reply", "2026-05")]
    ),
    "linkedin": Preset(
        [
            ("linkedin.com:ada-l", "follow", "2026-05"),
            ("linkedin.com:bob-tern", "follow", "2026-05"),
        ]
    ),
    "usage": Preset(notes=2, people=2),
    "plans": Preset(notes=2, people=2),
    "hubspot": Preset(notes=2, people=2),
    "salesforce": Preset(notes=2, people=2),
    "hiring": Preset(notes=2, people=2),
}


def test_every_preset_has_a_sample() -> None:
    assert preset_names() == sorted(PRESETS)
    assert sorted(p.stem for p in SAMPLES.iterdir()) == sorted(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_understands_its_sample(ws: Crm, name: str) -> None:
    sample = next(SAMPLES.glob(f"{name}.*"))
    shutil.copy(sample, ws.root.parent / sample.name)  # in the workspace it would be an export
    target = f"../{sample.name}"
    said = crm("-C", ws.root, "source", "add", "it", "--preset", name, "--target", target)
    assert (said.code, said.err.splitlines()[-1]) == (0, "try it: crmtool source test it")
    done = ws.run("it")
    lines = ws.activities("it")
    expected = PRESETS[name]
    made = [(line["actor"], line["type"], line["at"][:7]) for line in lines]
    assert [(a.partition(":")[0] if "email" in a else a, t, m) for a, t, m in made] == (
        list(expected.activities)
    )
    assert len(list((ws.root / "notes").rglob("*.md"))) == expected.notes
    assert done.created == expected.people
    assert set(done.skipped["it"]) <= {"rows without consent"}
    assert crm("-C", ws.root, "check").code == 0
    assert not ws.run("it").plan


def test_a_source_is_added_with_its_settings_and_never_with_a_secret(ws: Crm) -> None:
    with (ws.root / "crm.yml").open("a") as file:
        file.write("subprojects: {x: {title: X}}\n")
    (ws.root / "tags.yml").write_text("tags: {a: {about: A}}\n")
    words = ("--type", "git", "--target", "../more", "--subproject", "x", "--tag", "a", "--commit")
    said = crm("-C", ws.root, "source", "add", "more", *words, "--token-env", "TOKEN")
    assert said.code == 0
    text = (ws.root / "sources" / "more" / "source.yml").read_text()
    assert text == 'type: git\ntarget: "../more"\nsubproject: x\ntoken_env: TOKEN\ntags:\n  - a\n'
    assert "Add the source more" in ws.git("log", "-1", "--format=%s")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("core", "--type", "git", "--target", "x"), "there is a source 'core' already"),
        (("A b", "--type", "git", "--target", "x"), "cannot be a source's name"),
        (("x", "--type", "svn", "--target", "x"), "is not one of the known values"),
        (("x", "--type", "git", "--target", "https://a:b@example.org"), "holds a password"),
        (("x", "--type", "git", "--target", "x", "--token-env", "ghp_abc"), "token_env"),
        (
            ("x", "--type", "discourse", "--target", "https://example.org/?api_key=s3cret"),
            "target holds a token",
        ),
        (("x", "--preset", "nothing"), "there is no preset 'nothing'"),
        (("x", "--preset", "meetup", "--type", "json"), "leave out --type"),
        (("x",), "a source needs a type"),
    ],
)
def test_what_cannot_be_a_source_is_refused(ws: Crm, words: tuple[str, ...], said: str) -> None:
    before = ws.files("sources")
    done = crm("-C", ws.root, "source", "add", *words)
    assert done.code in (2, 6)
    assert said in done.err
    assert ws.files("sources") == before


def test_a_dry_run_shows_the_file(ws: Crm) -> None:
    done = crm("-C", ws.root, "source", "add", "x", "--preset", "reddit", "--dry-run")
    assert "+type: json" in done.out
    assert not (ws.root / "sources" / "x").exists()


def test_health_tells_what_went_wrong_and_when(ws: Crm) -> None:
    crm("-C", ws.root, "source", "add", "it", "--preset", "reddit", "--target", "gone.json")
    with pytest.raises(BadFile):
        import_sources(ws.root, ("it",))
    listed = json.loads(crm("-C", ws.root, "source", "list", "--format", "json").out)["data"]
    core, it = listed
    assert (core["name"], core["items"], core["error"]) == ("core", 1, "")
    assert core["cursor"]["head"]
    assert core["at"]
    assert "there is no file gone.json" in it["error"]
    table = crm("-C", ws.root, "source", "list").out.splitlines()
    assert table[0].split() == [
        "name",
        "type",
        "items",
        "last",
        "run",
        "next",
        "cursor",
        "last",
        "error",
    ]
    shutil.rmtree(ws.root / ".crm")
    there = json.loads(crm("-C", ws.root, "source", "list", "--format", "json").out)["data"]
    assert there[0]["at"], "known from history where the machine is another"


def test_a_broken_source_is_listed_with_its_fault(ws: Crm) -> None:
    (ws.root / "sources" / "core" / "source.yml").write_text("type: gti\n")
    (listed,) = json.loads(crm("-C", ws.root, "source", "list", "--format", "json").out)["data"]
    assert "source.yml:1:1" in listed["error"]


def test_trying_a_source_writes_nothing(ws: Crm) -> None:
    shutil.copy(SAMPLES / "reddit.json", ws.root)
    crm("-C", ws.root, "source", "add", "it", "--preset", "reddit", "--target", "reddit.json")
    before = ws.files()
    said = crm("-C", ws.root, "source", "test", "it")
    assert said.code == 0
    assert said.out.splitlines()[:2] == ["1 topic", "1 reply"]
    assert "title: Which ringing pliers?" in said.out
    assert "nothing was written" in said.err
    assert ws.files() == before


def test_removing_a_source_asks_and_leaves_the_records(ws: Crm) -> None:
    people = ws.files("people")
    asked = crm("-C", ws.root, "source", "remove", "core")
    assert (asked.code, (ws.root / "sources" / "core").exists()) == (6, True)
    assert crm("-C", ws.root, "source", "remove", "core", "--yes", "--commit").code == 0
    assert not list((ws.root / "sources").rglob("*.*"))
    assert ws.files("people") == people


def test_a_removed_source_may_leave_its_feed(ws: Crm) -> None:
    feed = ws.activities("core")
    assert crm("-C", ws.root, "source", "remove", "core", "--keep-feed").code == 0
    assert ws.activities("core") == feed
    assert not (ws.root / "sources" / "core" / "source.yml").exists()
    assert crm("-C", ws.root, "source", "remove", "nobody", "--yes").code == 2
