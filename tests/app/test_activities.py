"""`crmtool activity list`, `person list`, and what those whom one watches did."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import Said, crm
from tests.store.helpers import Repo

LINES: dict[str, list[tuple[str, str | None, str, str, str, str | None]]] = {
    "forum/activities/2026-10.jsonl": [
        ("github:ada", "2026-10-31T23:30:00Z", "1", "reply", "Late", "help"),
    ],
    "forum/activities/2026-11.jsonl": [
        ("github:grace", "2026-11-02T10:00:00Z", "2", "reply", "Of paper", "help"),
        ("github:ghost", "2026-11-03T10:00:00Z", "3", "reply", "Boo", "help"),
        ("github:zoe", "2026-11-04T10:00:00Z", "4", "reply", "Quiet", "help"),
        ("email-hmac:0123456789abcdef0123456789abcdef", "2026-11-05T10:00:00Z", "5", "reply", "x", None),
        ("github:new", "2026-11-06T10:00:00Z", "6", "topic", "=1+1 \x1b[31m", "intro"),
    ],
    "core/activities/2026-11.jsonl": [
        ("github:ada", "2026-11-05T12:00:00Z", "7", "review", "Change", None),
        ("github:ada", "2026-11-30T12:00:00Z", "8", "review", "Not yet", None),
    ],
    "core/activities/undated.jsonl": [("github:ada", None, "9", "commit", "Old", None)],
}  # fmt: skip
FILES = {
    "crm.yml": "community: {name: Terns, timezone: Europe/Berlin}\n"
    "fields: {availability: {type: text, purpose: asking for help, audience: team}}\n",
    "tags.yml": "tags: {code: {}, print: {}, expert/print: {}}\n"
    "keywords: {sheets: {tag: print, words: [PAPER]}}\n",
    "people/ada.md": "---\nname: Ada\nidentities: [github:ada]\nlanguages: [Rust]\n"
    "location: Tromsø\ntimezone: Europe/Oslo\nfields: {availability: Weekends in winter}\n---\n",
    "people/grace.md": "---\nname: Grace\nidentities: [github:grace]\ntags: [expert/print]\n"
    "affiliations: [{organisation: navy}]\nowner: ada\n---\n",
    "people/ghost.md": "---\nname: Ghost\nidentities: [github:ghost]\nrestricted: true\n---\n",
    "people/zoe.md": "---\nname: Zoë\nidentities: [github:zoe]\nvisibility: stewards\n---\n",
    "people/navy.md": "---\nname: Navy\nkind: organisation\n---\n",
    "notes/n.md": "---\ndate: 2026-11-04\nauthor: grace\nabout: [ada]\n---\nMet [[ada]].\n",
    "sources/core/source.yml": "type: git\ntarget: ../core\ntags: [code]\n",
    "sources/forum/source.yml": "type: discourse\ntarget: https://forum.example.org\n",
}


def line(actor: str, at: str | None, name: str, kind: str, title: str, channel: str | None) -> str:
    keys = {"actor": actor, "at": at, "id": name, "type": kind, "title": title, "channel": channel}
    return json.dumps({k: v for k, v in sorted(keys.items()) if v is not None}) + "\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path).begin()
    for path, text in FILES.items():
        made.write(path, text)
    for path, lines in LINES.items():
        made.write(f"sources/{path}", "".join(line(*each) for each in lines) + "{torn\n")
    made.commit_all("Fill")
    made.git("config", "user.name", "G.")
    made.git("config", "user.email", "Grace@users.noreply.github.com")
    return made


def run(repo: Repo, *args: object) -> Said:
    return crm("-C", repo.root, "--as-of", "2026-11-21", *args)


def ids(repo: Repo, *args: object) -> str:
    said = run(repo, "activity", "list", "--format", "json", *args)
    assert said.code == 0, said.err
    return "".join(each["id"] for each in json.loads(said.out)["data"])


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ([], "6754219"),  # the newest first; what is to come and who is restricted are not there
        (["--person", "ada"], "719"),
        (["--person", "ada", "--person", "grace"], "7219"),
        (["--type", "reply"], "5421"),
        (["--type", "reply", "--type", "topic"], "65421"),
        (["--source", "core"], "79"),
        (["--channel", "intro"], "6"),
        (["--tag", "code"], "79"),  # of the source
        (["--tag", "print"], "2"),  # of a keyword
        (["--since", "2026-11-01", "--until", "2026-11-02"], "21"),  # in Berlin it was November
        (["--until", "2026-10-31"], ""),
        (["--limit", "2"], "67"),
    ],
)
def test_filters(repo: Repo, args: list[str], found: str) -> None:
    assert ids(repo, *args) == found


def test_who_may_not_be_named_is_somebody(repo: Repo) -> None:
    lines = run(repo, "activity", "list", "--type", "reply").out.splitlines()[1:]
    assert [x.split("  ")[1] for x in lines] == ["somebody", "somebody", "Grace", "Ada"]
    stewards = run(repo, "activity", "list", "--type", "reply", "--audience", "stewards").out
    assert "Zoë" in stewards
    assert "Ghost" not in stewards


def test_a_table_cannot_steer_a_terminal_nor_a_spreadsheet(repo: Repo) -> None:
    text = run(repo, "activity", "list", "--channel", "intro").out
    assert "\x1b" not in text
    rows = csv.DictReader(
        io.StringIO(run(repo, "activity", "list", "--format", "csv", "--channel", "intro").out)
    )
    assert next(rows)["title"].startswith("'=1+1")


@pytest.mark.parametrize(
    ("args", "words", "remedy"),
    [
        (["activity", "list", "--type", "reviw"], "no activity type 'reviw'", "'review'"),
        (["activity", "list", "--source", "x"], "no source 'x'", "sources: core, forum"),
        (["activity", "list", "--tag", "cod"], "no tag 'cod'", "'code'"),
        (["activity", "list", "--since", "soon"], "'soon' is not a day", "days look like"),
        (["person", "list", "--tag", "x"], "no tag 'x'", "tag list"),
        (["person", "list", "--segment", "x"], "no segment 'x'", "segment list"),
        (["person", "watched"], "Grace watches nobody yet", "person watch PERSON"),
        (["person", "watch", "ghost"], "no person 'ghost'", "person list"),
    ],
)
def test_mistakes(repo: Repo, args: list[str], words: str, remedy: str) -> None:
    said = run(repo, *args)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert remedy in said.err


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ([], ["ada", "grace", "navy"]),
        (["--skill", "rust"], ["ada"]),
        (["--skill", "print"], ["grace"]),
        (["--tag", "expert/print"], ["grace"]),
        (["--place", "tromsø"], ["ada"]),
        (["--place", "europe"], ["ada"]),
        (["--available"], ["ada"]),
        (["--available", "weekends"], ["ada"]),
        (["--available", "mondays"], []),
        (["--owner", "ada"], ["grace"]),
        (["--organisation", "navy"], ["grace"]),
        (["--kind", "organisation"], ["navy"]),
        (["--kind", "person", "--audience", "stewards"], ["ada", "grace", "zoe"]),
    ],
)
def test_people_by_what_they_can_and_where_and_when(
    repo: Repo, args: list[str], found: list[str]
) -> None:
    data = json.loads(run(repo, "person", "list", "--format", "json", *args).out)["data"]
    assert [each["slug"] for each in data] == found


def test_without_the_field_nobody_can_say_when(repo: Repo) -> None:
    repo.write("crm.yml", "community: {name: Terns}\n")
    said = run(repo, "person", "list", "--available")
    assert "crm.yml declares no field availability" in said.err


def test_watching_is_a_line_in_a_record_and_a_list_of_what_happened(repo: Repo) -> None:
    assert run(repo, "person", "watch", "ada", "--commit").out == "changed people/ada.md\n"
    assert "watchers:\n  - grace\n" in repo.read("people/ada.md")
    assert "it is so already" in run(repo, "person", "watch", "ada").out
    lines = run(repo, "person", "watched", "--since", "2026-11-01").out.splitlines()
    assert [" ".join(x.split()) for x in lines[1:]] == [
        "2026-11-05 13:00 Ada review Change",
        "2026-11-04 Ada note: conversation Met Ada.",
        "2026-11-01 00:30 Ada reply Late",
    ]
    assert "nothing new" in run(repo, "person", "watched").err
    assert run(repo, "person", "unwatch", "ada", "--by", "grace", "--commit").code == 0
    assert repo.read("people/ada.md") == FILES["people/ada.md"]


def test_nobody_can_tell_who_me_is(repo: Repo) -> None:
    repo.git("config", "user.email", "who@example.net")
    said = run(repo, "person", "watched")
    assert said.code == 2
    assert "who `me` is" in said.err
    assert "name yourself by slug" in said.err
