"""`crmtool person show`: what one needs before reaching out, and no more than one may see."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crmtool.app.card_text import card_text
from crmtool.app.opening import Asked
from crmtool.app.people import card_data, person_card
from crmtool.errors import UsageError
from crmtool.model.records import Audience
from tests.cli.running import crm, crm_apart
from tests.store.helpers import Repo

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
    "people/ghost.md": "---\nname: Ghost\nidentities: [github:ghost]\naliases: [spectre]\n"
    "restricted: true\n---\n",
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
  ! promised and overdue: Send a shirt
  Prefers chat in the morning.

Before you reach out
  kept by       Grace (grace)
  last contact  2026-11-01 by Grace, conversation (20 days ago)
  contact       preferred chat
  promises      1 open, 1 overdue

  accounts    github:ada
  with        Analytical Engines, Engineer (since 2024-01); Looms (to 2023-12)
  place       London, Europe/London
  tags        speaker
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
        ("adda", Audience.TEAM, "did you mean 'ada'?"),
        ("nobody", Audience.TEAM, "crmtool person list"),
        ("ghost", Audience.PUBLIC, "crmtool person list"),
        ("zoe", Audience.TEAM, "crmtool person list"),
        ("ada", Audience.PUBLIC, "crmtool person list"),
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


@pytest.mark.parametrize("name", ["ghost", "spectre", "github:Ghost"])
def test_who_is_restricted_must_not_be_written_to(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match="ghost is restricted") as it:
        person_card(asked(root), name)
    assert it.value.hint.startswith("do not reach out")


@pytest.mark.parametrize("name", ["lovelace", "Ada L", "ADA"])
def test_a_person_is_named_as_people_do(root: Path, name: str) -> None:
    assert person_card(asked(root), name).record.slug == "ada"


def test_the_first_lines_are_what_must_be_known_first(root: Path) -> None:
    near = replace(asked(root, Audience.STEWARDS), as_of=date(2026, 11, 3))
    assert person_card(near, "ada").warnings == [
        "Grace was in touch yesterday: ask before you write"
    ]
    assert person_card(replace(near, as_of=date(2026, 11, 2)), "ada").warnings == [
        "Grace was in touch today: ask before you write"
    ]


class TestFigures:
    """Computed once for a state of the workspace, a day and an audience."""

    @pytest.fixture
    def repo(self, tmp_path: Path) -> Repo:
        made = Repo(tmp_path).begin()
        for path, text in FILES.items():
            made.write(path, text)
        made.commit_all("Fill")
        return made

    def test_they_are_remembered_and_equal(
        self, repo: Repo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = person_card(asked(repo.root), "ada")
        monkeypatch.setattr("crmtool.metrics.engine.Engine", None)
        assert person_card(asked(repo.root), "ada") == first
        assert first.figures is not None
        assert first.figures.companions[0].who == "grace"

    def test_a_process_that_computed_them_ends_quietly(self, repo: Repo) -> None:
        """Names are loaded after DuckDB was; its bindings complain of what nobody frees."""
        path = "sources/core/activities/2026-11.jsonl"
        for who in ("lin", "zed"):
            repo.write(
                f"people/{who}.md", f"---\nname: {who.title()}\nidentities: [github:{who}]\n---\n"
            )
            line = (
                f'{{"actor":"github:{who}","at":"2026-11-09T10:00:00Z","id":"{who}","thread":"u",'
            )
            repo.write(path, repo.read(path) + line + '"type":"review"}\n')
        said = crm_apart("-C", repo.root, "person", "show", "lin", "--as-of", "2026-11-21")
        assert (said.code, said.err) == (0, "")
        assert "works with  Zed (zed)" in said.out

    @pytest.mark.parametrize("change", ["feed", "people", "day", "audience", "settings"])
    def test_whatever_they_depend_on_has_them_computed_again(
        self, repo: Repo, monkeypatch: pytest.MonkeyPatch, change: str
    ) -> None:
        person_card(asked(repo.root), "ada")
        monkeypatch.setattr("crmtool.metrics.engine.Engine", None)
        now = asked(repo.root, Audience.STEWARDS if change == "audience" else Audience.TEAM)
        now = replace(now, as_of=date(2026, 11, 20)) if change == "day" else now
        paths = {
            "feed": "sources/core/activities/2026-11.jsonl",
            "people": "people/grace.md",
            "settings": "crm.yml",
        }
        if path := paths.get(change):
            repo.write(path, repo.read(path) + "\n")
        with pytest.raises(TypeError):
            person_card(now, "ada")
