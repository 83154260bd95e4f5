"""`crmtool identity export`: every raw author and account, in formats that other tools read."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from crmtool.app.identities import Form, export_identities
from crmtool.app.opening import Asked
from crmtool.errors import UsageError
from crmtool.model.records import Audience
from crmtool.store.git import ForeignRepository
from tests.cli.running import crm
from tests.gitrepo import Project
from tests.imports import KEYED, Crm

PAIRS = [
    ("Ada Lovelace", "ada@example.org"),
    ("ada", "ada@example.org"),
    ("Ada Lovelace", "Ada@Example.org"),
    ("countess", "7+countess@users.noreply.github.com"),
    ("Grace Hopper", "root@localhost"),
    ("Zoë Ørsted", "root@localhost"),
    ("Zoë Ørsted", "zoe@example.org"),
    ("k@example.net", "k@example.net"),
]
MINE = KEYED.git_actor(*PAIRS[5])
ZOE = f"---\nname: Zoë Ørsted\nidentities: [email:zoe@example.org, {MINE}]\n---\n"
ADA = "---\nname: Ada Lovelace\nidentities: [email:ada@example.org, github:countess]\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "core")
    for name, address in PAIRS:
        found.commit(author=f"{name} <{address}>")
    return found


@pytest.fixture
def plain(project: Project, tmp_path: Path) -> Crm:
    """Imported with addresses in clear, Ada's and Zoë's joined by hand beforehand."""
    crm = Crm(tmp_path / "crm", project, emails="plain")
    (crm.root / "people/ada.md").write_text(ADA)
    (crm.root / "people/zoe.md").write_text(ZOE)
    crm.run()
    return crm


def lines(root: Path, *more: str) -> list[dict[str, str | None]]:
    said = crm("-C", root, "identity", "export", *more)
    assert (said.code, said.err) == (0, "")
    return [json.loads(line) for line in said.out.splitlines()]


def test_every_raw_pair_has_one_line_with_its_address_as_written(plain: Crm) -> None:
    found = lines(plain.root)
    assert sorted((line["name"], line["email"]) for line in found) == sorted(PAIRS)
    assert [f"git:{line['handle']}" for line in found] == sorted(
        KEYED.git_actor(*pair) for pair in PAIRS
    )
    people = {(line["name"], line["email"]): line["person"] for line in found}
    assert [people[pair] for pair in PAIRS[:4]] == ["ada"] * 4
    assert people[PAIRS[4]] != people[PAIRS[5]]


def test_hashed_addresses_stay_hashed(project: Project, tmp_path: Path) -> None:
    crm = Crm(tmp_path / "crm", project)
    crm.run()
    found = lines(crm.root)
    kept = KEYED.email("ada@example.org", "hmac")
    assert [line["email"] for line in found if line["name"] == "ada"] == [kept]
    assert "@" not in json.dumps(found)


def test_who_is_restricted_has_no_line(plain: Crm) -> None:
    (plain.root / "people/ada.md").write_text(ADA.replace("---\n", "---\nrestricted: true\n", 1))
    assert {line["person"] for line in lines(plain.root)}.isdisjoint({"ada"})
    assert len(lines(plain.root)) == len(PAIRS) - 4
    assert len(lines(plain.root, "--rev", "HEAD")) == len(PAIRS)


def test_git_maps_the_authors_of_a_person_and_no_others_to_one(
    plain: Crm, project: Project
) -> None:
    text = crm("-C", plain.root, "identity", "export", "--format", "mailmap").out
    head = project.commit(files={".mailmap": text})
    repository = ForeignRepository("core", project.folder)
    mapped = repository.check_mailmap(PAIRS, repository.mailmap(head))
    people = {(line["name"], line["email"]): line["person"] for line in lines(plain.root)}
    found = defaultdict(set)
    for raw, proper in mapped.items():
        found[people[raw]].add(proper)
    assert found["ada"] == {("Ada Lovelace", "ada@example.org")}
    assert all(len(proper) == 1 for proper in found.values())
    assert len({pair for proper in found.values() for pair in proper}) == len(found)


def test_gitdm_reads_an_address_and_the_first_of_whom_it_alone_is(plain: Crm) -> None:
    text = crm("-C", plain.root, "identity", "export", "--format", "gitdm").out
    assert text.splitlines() == ["7+countess@users.noreply.github.com ada@example.org"]


def test_sortinghat_gets_one_unique_identity_a_person(plain: Crm) -> None:
    (plain.root / "people/engines.md").write_text("---\nname: Engines\nkind: organisation\n---\n")
    (plain.root / "people/ada.md").write_text(
        ADA.replace("---\n", "---\naffiliations: [{organisation: engines, from: 1842-07}]\n", 1)
    )
    found = json.loads(crm("-C", plain.root, "identity", "export", "--format", "sortinghat").out)
    ada = next(u for u in found["uidentities"].values() if u["profile"]["name"] == "Ada Lovelace")
    # SortingHat folds case and accents, so that three of the four are three to it
    assert len({i["id"] for i in ada["identities"]}) == len(ada["identities"]) == 3
    assert ada["uuid"] in {i["id"] for i in ada["identities"]}
    assert ada["enrollments"] == [
        {
            "organization": "Engines",
            "start": "1842-07-01T00:00:00",
            "end": "2100-01-01T00:00:00",
            "uuid": ada["uuid"],
        }
    ]
    assert found["organizations"] == {"Engines": []}


def test_the_identifier_is_the_one_that_sortinghat_makes(plain: Crm) -> None:
    """SHA-1 of `source:email:name:username` in lower case, the name without accents."""
    found = json.loads(crm("-C", plain.root, "identity", "export", "--format", "sortinghat").out)
    ids = {i["email"]: i["id"] for u in found["uidentities"].values() for i in u["identities"]}
    assert ids["k@example.net"] == "43f1b9fe037cfb4c993d56eebb234c5c111a239c"


@pytest.mark.parametrize(
    ("form", "audience", "why"),
    [
        ("mailmap", Audience.TEAM, "made of e-mail addresses"),
        ("gitdm", Audience.TEAM, "made of e-mail addresses"),
        ("jsonl", Audience.PUBLIC, "not for the public"),
    ],
)
def test_what_cannot_be_said_is_refused(
    form: Form, audience: Audience, why: str, project: Project, tmp_path: Path
) -> None:
    crm = Crm(tmp_path / "crm", project)
    with pytest.raises(UsageError, match=why):
        export_identities(Asked(crm.root, audience=audience), form)
