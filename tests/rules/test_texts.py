"""Where personal data is looked for: in every value, in names of fields, in comments, in bodies."""

from __future__ import annotations

import weakref
from dataclasses import replace

import pytest

from crmtool.model.community import Comment, Community, Record, Unread
from crmtool.model.config import Config, Source, Tags
from crmtool.model.finding import Finding
from crmtool.model.records import Note, Person
from crmtool.rules.base import run_rules

CONFIG = Config.model_validate({"community": {"name": "Test"}})
NOBODY = Community(CONFIG, Tags(), {}, {}, {}, {})


def person(body: str = "", **given: object) -> Record[Person]:
    return Record("people/ada.md", Person.model_validate({"name": "Ada", **given}), body)


def codes(community: Community) -> set[str]:
    return {finding.code for finding in run_rules(community)}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"phone": "0171 3920012"}, "phone-outside-contact"),
        ({"date_of_birth": "12 May 1987"}, "date-of-birth"),
        ({"home_address": "12 Example Road, Leeds"}, "postal-address"),
        ({"wifi_password": "kaffee-2026"}, "secret"),
        ({"note": "she is pregnant"}, "special-category"),
        ({"tshirt": "M"}, None),
    ],
)
def test_a_field_s_name_is_part_of_what_it_says(fields: dict[str, str], code: str | None) -> None:
    assert codes(replace(NOBODY, people={"ada": person(fields=fields)})) - {"undeclared-field"} == (
        {code} - {None}
    )


def test_a_comment_is_looked_at_as_well_and_found_at_its_line() -> None:
    comments = (
        Comment("people/ada.md", 3, 9, "call +44 20 7946 0958"),
        Comment("crm.yml", 7, 3, "password: hunter2"),
    )
    found = {
        (f.code, f.path, f.line, f.column) for f in run_rules(replace(NOBODY, comments=comments))
    }
    assert found == {
        ("phone-outside-contact", "people/ada.md", 3, 14),
        ("secret", "crm.yml", 7, 13),
    }


def test_what_no_record_could_be_made_of_is_looked_at_all_the_same() -> None:
    text = (
        "---\ncontact: [{email: ada@example.org # password: hunter2\n---\nRing +44 20 7946 0958.\n"
    )
    files = (Unread("people/ada.md", text, text.index("---\nRing")),)
    comments = (Comment("people/ada.md", 2, 38, "password: hunter2"),)
    found = [
        (f.code, f.line, f.column)
        for f in run_rules(replace(NOBODY, unread=files, comments=comments))
    ]
    assert found == [("phone-outside-contact", 4, 6), ("secret", 2, 47)]


def test_nothing_of_a_community_is_kept_once_it_was_looked_through() -> None:
    community = replace(NOBODY, people={"ada": person(fields={"phone": "0171 3920012"})})
    assert codes(community)
    kept = weakref.ref(community)
    del community
    assert kept() is None


def test_handles_that_look_like_addresses_are_none() -> None:
    handles = ["mastodon:ada@social.example", "git:4111111111111111", "email-hmac:" + "de89" * 8]
    assert codes(replace(NOBODY, people={"ada": person(identities=handles)})) == set()
    assert codes(replace(NOBODY, people={"ada": person(identities=["chat:ada@example.org"])})) == {
        "email-outside-contact"
    }


def test_a_bot_s_name_and_a_source_s_login_may_look_like_addresses() -> None:
    config = Config.model_validate({"community": {"name": "Test"}, "bots": ["ci@build.example"]})
    source = Source.model_validate({"type": "git", "target": "ada@git.example.org:engine.git"})
    assert codes(replace(NOBODY, config=config, sources={"core": source})) == set()


def test_what_is_found_in_the_last_of_many_records_is_found_there() -> None:
    notes = {
        f"n{n}": Record(
            f"notes/n{n}.md",
            Note.model_validate({"date": "2026-05-01", "author": "github:ada"}),
            "Ask ada@example.org.\n" if n in (0, 499, 500, 1203) else "Said hello, İ and ß.\n",
        )
        for n in range(1204)
    }
    found = [f.path for f in run_rules(replace(NOBODY, notes=notes))]
    assert found == [f"notes/n{n}.md" for n in (0, 499, 500, 1203)]


def test_a_message_of_loading_does_not_repeat_a_secret() -> None:
    token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
    wrong = Finding("unknown-key", "error", "people/ada.md", f"unknown key '{token}'")
    [said] = run_rules(replace(NOBODY, findings=(wrong,)))
    assert said.message == "unknown key '…'"
