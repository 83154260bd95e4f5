from __future__ import annotations

from datetime import date

import pytest

from crmtool.model.community import Record
from crmtool.model.config import Source
from crmtool.model.figures import Moment
from crmtool.model.records import Audience, Note, Person
from crmtool.publish.identities import Accounts
from crmtool.publish.index import Site, is_current, note_title
from crmtool.publish.paths import note_path, person_path, report_path, tag_path
from tests.publish.world import make_view

ACCOUNTS = Accounts(
    [
        Source.model_validate({"type": "discourse", "target": "https://forum.example.org/c"}),
        Source.model_validate({"type": "gitlab", "target": "https://lab.example.org/a/b"}),
        Source.model_validate({"type": "git", "target": "/srv/git/x"}),
    ]
)


@pytest.mark.parametrize(
    ("identity", "url"),
    [
        ("github:ada", "https://github.com/ada"),
        ("forum.example.org:ada", "https://forum.example.org/u/ada"),
        ("lab.example.org:ada", "https://lab.example.org/ada"),
        ("stackoverflow:22656", "https://stackoverflow.com/users/22656"),
        ("elsewhere.example:ada", None),
        ("github:../../x", None),
        ("github:a?b#c", None),
        ("git:0123456789abcdef", None),
        ("email:ada@example.org", None),
    ],
)
def test_where_an_account_can_be_looked_at(identity: str, url: str | None) -> None:
    assert ACCOUNTS(identity).url == url


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (note_path("index"), "notes/index_.html"),
        (note_path("2026-11-01-x"), "notes/2026-11-01-x.html"),
        (tag_path("expert/compilers"), "tags/expert.compilers.html"),
        (tag_path("index"), "tags/index_.html"),
        (report_path("2026-11"), "reports/2026-11.html"),
        (report_path("2026-11", "server"), "reports/server.2026-11.html"),
    ],
)
def test_paths(path: str, expected: str) -> None:
    assert path == expected


def test_organisations_have_a_section_of_their_own() -> None:
    for kind, path in (("person", "people/x.html"), ("organisation", "organisations/x.html")):
        record = Record("people/x.md", Person.model_validate({"name": "X", "kind": kind}), "")
        assert person_path(record) == path


def site(audience: Audience = Audience.TEAM) -> Site:
    return Site(make_view(audience), {}, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("who", "audience", "name"),
    [
        ("grace", Audience.TEAM, "Grace Hopper"),
        ("~1", Audience.STEWARDS, "Somebody"),
        ("~", Audience.STEWARDS, "Somebody"),
        ("github:stranger", Audience.TEAM, "stranger (github)"),
        ("github:stranger", Audience.PUBLIC, "Somebody"),
        ("git:0123456789abcdef", Audience.TEAM, "An author without a record"),
        ("email:a@example.org", Audience.TEAM, "An author without a record"),
        ("gone", Audience.TEAM, "Somebody"),
    ],
)
def test_what_somebody_is_called(who: str, audience: Audience, name: str) -> None:
    assert site(audience).who(who).name == name


def test_what_an_unnamed_person_did_leads_nowhere() -> None:
    moment = Moment(
        "2026-11-01T00:00:00Z", "git", "commit", "~1", "title", "https://x.example", "c"
    )
    doing = site().doing(moment)
    assert (doing.title, doing.url, doing.channel) == (None, None, None)
    assert doing.about == "wrote a commit"


def affiliated(**data: str) -> bool:
    found = {"name": "X", "affiliations": [{"organisation": "o", **data}]}
    return is_current(Person.model_validate(found).affiliations[0], date(2026, 11, 22))


def test_who_is_with_an_organisation_today() -> None:
    assert affiliated()
    assert affiliated(**{"from": "2026-11"})
    assert affiliated(to="2026-11")
    assert affiliated(to="2026-11-22")
    assert not affiliated(to="2026-11-21")
    assert not affiliated(to="2026-10")
    assert not affiliated(**{"from": "2026-12"})


@pytest.mark.parametrize(
    ("slug", "body", "title"),
    [
        ("2026-11-01-fosdem-talk", "", "Fosdem talk"),
        ("2026-11-01-fosdem-talk", "text\n\n## The talk\n", "The talk"),
        ("2026-11-01", "", "Conversation"),
    ],
)
def test_what_a_note_is_called(slug: str, body: str, title: str) -> None:
    note = Note.model_validate({"date": "2026-11-01", "author": "ada"})
    assert note_title(Record(f"notes/{slug}.md", note, body)) == title
