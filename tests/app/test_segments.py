"""`crmtool segment`: conditions over people, asked of no more than they may reach."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import Said, crm

FILES = {
    "crm.yml": "community: {name: Terns, timezone: Pacific/Auckland}\n"
    "subprojects: {walks: {title: W, sources: [core]}}\n"
    "fields: {tshirt: {type: text, purpose: swag, audience: team}}\n",
    "tags.yml": """tags: {speaker: {}}
segments:
  speakers: {title: Would speak, where: "list_contains(tags, 'speaker')"}
  quiet: {title: Quiet, where: "last_seen < current_date - INTERVAL 10 DAY"}
  broken: {title: Broken, where: "nme = 'x'"}
  levels: {title: Levels, where: "level = 1"}
""",
    "people/ada.md": "---\nname: Ada\nidentities: [github:ada]\ntags: [speaker]\n"
    "affiliations: [{organisation: engines, to: 2026-11}, {organisation: looms, to: 2026-10}]\n"
    "fields: {tshirt: M}\nowner: grace\nlocation: '=HYPERLINK(1)'\n"
    "contact: {email: ada@example.org}\nconsent: {basis: consent, contact: true}\n---\n",
    "people/grace.md": "---\nname: Grace\ntags: [speaker]\ncontact: {email: grace@example.org}\n"
    "consent: {basis: legitimate-interest, purpose: press}\n---\n",
    "people/hid.md": "---\nname: Hid\ntags: [speaker]\nvisibility: stewards\n---\n",
    "people/gone.md": "---\nname: Gone\ntags: [speaker]\nrestricted: true\n---\n",
    "people/engines.md": "---\nname: Engines\nkind: organisation\n---\n",
    "people/looms.md": "---\nname: Looms\nkind: organisation\n---\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\n",
    "sources/core/activities/2026-11.jsonl": '{"actor":"github:ada","at":"2026-11-10T13:00:00Z",'
    '"id":"1","type":"commit"}\n',
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crm")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def segment(root: Path, *args: object, as_of: str = "2026-11-21") -> Said:
    return crm("-C", root, "--as-of", as_of, "segment", *args)


def slugs(root: Path, *args: object, as_of: str = "2026-11-21") -> list[str]:
    said = segment(root, "run", *args, "--format", "json", as_of=as_of)
    assert said.code == 0, said.err
    return [row["slug"] for row in json.loads(said.out)["data"]]


ASKED = [
    ("kind = 'organisation'", ["engines", "looms"]),
    ("fields['tshirt'] = 'M'", ["ada"]),
    ("list_contains(organisations, 'engines')", ["ada"]),
    ("list_contains(organisations, 'looms')", []),  # ended in October
    ("list_contains(networks, 'github')", ["ada"]),
    ("list_contains(subprojects, 'walks')", ["ada"]),
    ("list_contains(sources, 'core') AND contributions = 1", ["ada"]),
    ("first_seen = DATE '2026-11-11'", ["ada"]),  # in Auckland it is the next day
    ("owner = 'grace'", ["ada"]),
    ("owner IS NULL AND kind = 'person'", ["grace"]),
    ("level = 4 AND kind = 'person'", ["ada", "grace"]),
]


@pytest.mark.parametrize(("where", "found"), ASKED)
def test_every_column_can_be_asked_for(root: Path, where: str, found: list[str]) -> None:
    assert slugs(root, "--where", where) == found


def test_today_is_the_day_that_is_asked_for(root: Path) -> None:
    assert slugs(root, "quiet") == []
    assert slugs(root, "quiet", as_of="2026-11-22") == ["ada"]


def test_whom_the_audience_may_not_see_no_condition_finds(root: Path) -> None:
    assert slugs(root, "speakers") == ["ada", "grace"]
    assert slugs(root, "speakers", "--audience", "stewards") == ["ada", "grace", "hid"]


def test_the_list_says_how_many_or_why_not(root: Path) -> None:
    lines = segment(root, "list").out.splitlines()
    assert lines[1].split("  ")[0] == "speakers"
    assert "2" in lines[1]
    assert "asks for a column 'nme' that people does not have" in lines[3]
    assert lines[4].startswith("levels")


@pytest.mark.parametrize(
    ("args", "words", "remedy"),
    [
        (["run", "speaker"], "no segment 'speaker'", "did you mean 'speakers'?"),
        (["run", "broken"], "'nme'", "did you mean name?"),
        (["run"], "name a segment, or give --where", "--help"),
        (["run", "--where", "DROP TABLE people"], "statement", "such as"),
        (["run", "--where", "(SELECT 1) = 1"], "query of its own", "columns of people only"),
        (["run", "--where", "read_text('/etc/passwd') = ''"], "may not", "allowed"),
        (["run", "--where", "CAST(name AS INTEGER) = 1"], "cannot be asked", "correct it"),
        (["export", "speakers", "--emails"], "not for the team", "--audience stewards"),
    ],
)
def test_what_cannot_be_asked_is_told(root: Path, args: list[str], words: str, remedy: str) -> None:
    said = segment(root, *args)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert remedy in said.err


def test_addresses_only_of_those_who_agreed(root: Path) -> None:
    said = segment(root, "export", "speakers", "--emails", "--audience", "stewards")
    assert [row["email"] for row in csv.DictReader(io.StringIO(said.out))] == ["ada@example.org"]
    assert "2 left out" in said.err
    assert "@example.org" not in segment(root, "export", "speakers", "--audience", "stewards").out


def test_a_spreadsheet_gets_no_formula(root: Path) -> None:
    out = segment(root, "export", "speakers").out
    assert next(csv.DictReader(io.StringIO(out)))["location"] == "'=HYPERLINK(1)"
