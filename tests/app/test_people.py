"""`crmtool person show`: what one needs before reaching out, and no more than one may see."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from crmtool.app.opening import Asked
from crmtool.app.people import card_data, card_text, person_card
from crmtool.errors import UsageError
from crmtool.model.records import Audience
from tests.cli.running import crm

ADA = """\
---
name: Ada Lovelace
pronouns: she/her
identities: [github:ada, "email-hmac:0123456789abcdef0123456789abcdef"]
affiliations:
  - {organisation: engines, role: Engineer, from: 2024-01}
  - {organisation: looms, to: 2023-12}
location: London
timezone: Europe/London
tags: [speaker]
owner: grace
contact: {chat: ada on the forum, preferred: chat}
consent: {basis: consent, contact: true, on: 2026-02-01}
fields: {tshirt: M, badge: red}
aliases: [countess]
---
Prefers chat in the morning.
"""
FILES = {
    "crm.yml": "community: {name: Terns}\nteam: [grace]\nfields:\n"
    "  tshirt: {type: text, purpose: swag, audience: team}\n"
    "  badge: {type: text, purpose: entry, audience: stewards}\n",
    "tags.yml": "tags: {speaker: {about: Talks}}\n",
    "people/ada.md": ADA,
    "people/grace.md": "---\nname: Grace\nidentities: [github:grace]\n---\n",
    "people/engines.md": "---\nname: Analytical Engines\nkind: organisation\n---\n",
    "people/looms.md": "---\nname: Looms\nkind: organisation\nvisibility: public\n---\n",
    "people/ghost.md": "---\nname: Ghost\nrestricted: true\n---\n",
    "people/zoe.md": "---\nname: Zoe\nvisibility: stewards\n---\n",
    "notes/2026-11-01-met.md": "---\ndate: 2026-11-01\nauthor: grace\nabout: [ada]\n---\nMet.\n",
    "notes/2026-11-02-secret.md": "---\ndate: 2026-11-02\nauthor: grace\nabout: [ada]\n"
    "kind: personal\n---\nHas moved.\n",
    "tasks/shirt.md": "---\ntitle: Send a shirt\nassignee: grace\nabout: [ada]\n"
    "due: 2026-11-20\n---\n",
    "tasks/done.md": "---\ntitle: Done\nstatus: done\nabout: [ada]\n---\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\n",
    "sources/core/activities/2026-11.jsonl": "".join(
        f'{{"actor":"github:{who}","at":"2026-11-{day:02}T10:00:00Z","id":"{day}","thread":"t",'
        f'"title":"Change {day}","type":"review"}}\n'
        for day, who in enumerate(["ada", "grace"] * 4, 1)
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crm")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def asked(root: Path, audience: Audience = Audience.TEAM) -> Asked:
    return Asked(root, as_of=date(2026, 11, 21), audience=audience)


def test_a_card_as_the_team_reads_it(root: Path) -> None:
    assert (
        card_text(person_card(asked(root), "ada"))
        == """\
Ada Lovelace (she/her) · ada
  Prefers chat in the morning.

  accounts    github:ada
  with        Analytical Engines, Engineer (since 2024-01); Looms (to 2023-12)
  place       London, Europe/London
  tags        speaker
  kept by     Grace (grace)
  contact     preferred chat
  tshirt      M
  seen        2026-11-01 to 2026-11-07
  did         4 contributions, 0 conversations
  works with  Grace (grace)

Last activities
  2026-11-07  review  core  Change 7
  2026-11-05  review  core  Change 5
  2026-11-03  review  core  Change 3
  2026-11-01  review  core  Change 1

Notes
  2026-11-01  conversation by Grace: Met.

Open tasks
  Send a shirt: due 2026-11-20 (overdue), Grace"""
    )


@pytest.mark.parametrize("name", ["ada", "countess", "github:ada"])
def test_a_slug_an_alias_and_an_account_find_the_same_person(root: Path, name: str) -> None:
    assert person_card(asked(root), name).record.slug == "ada"


@pytest.mark.parametrize(
    ("name", "audience", "hint"),
    [
        ("adaa", Audience.TEAM, "did you mean 'ada'?"),
        ("nobody", Audience.TEAM, "by the file in people/"),
        ("ghost", Audience.STEWARDS, "by the file in people/"),
        ("zoe", Audience.TEAM, "by the file in people/"),
        ("ada", Audience.PUBLIC, "by the file in people/"),
    ],
)
def test_who_may_not_be_seen_is_as_unknown_as_who_is_not_there(
    root: Path, name: str, audience: Audience, hint: str
) -> None:
    with pytest.raises(UsageError, match=f"no person '{name}' whom the {audience} may see") as it:
        person_card(asked(root, audience), name)
    assert hint in it.value.hint


def test_stewards_see_what_is_kept_from_the_team(root: Path) -> None:
    team, stewards = (
        json.dumps(card_data(person_card(asked(root, audience), "ada")), default=str)
        for audience in (Audience.TEAM, Audience.STEWARDS)
    )
    for secret in ("email-hmac", "ada on the forum", "countess", "badge", "Has moved", "basis"):
        assert secret in stewards
        assert secret not in team


def test_json_is_an_envelope_that_programs_read(root: Path) -> None:
    said = crm("-C", root, "person", "show", "ada", "--format", "json", "--as-of", "2026-11-21")
    data = json.loads(said.out)
    assert (data["crmtool"], data["kind"]) == (1, "person")
    assert data["data"]["name"] == "Ada Lovelace"
    assert [task["overdue"] for task in data["data"]["open_tasks"]] == [True]
    assert len(data["data"]["figures"]["recent"]) == 4


def test_of_whom_nothing_is_known_there_is_a_card_too(root: Path) -> None:
    assert card_text(person_card(asked(root), "looms")) == "Looms · looms · organisation"
