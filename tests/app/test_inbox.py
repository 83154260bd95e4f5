"""The inbox: what automation puts there is taken in once, and refused with a reason otherwise."""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from crmtool.app.importing import Imported
from crmtool.errors import GitFailed
from tests.cli.running import crm
from tests.gitrepo import ADA, Project
from tests.imports import KEYED, Crm

GOOD = {
    "version": 1,
    "id": "zap-1",
    "type": "event-attended",
    "at": "2026-05-01T20:00:00+02:00",
    "actor": "email:ada@example.org",
    "name": "Ada Lovelace",
    "title": "Terns in Brno, ask me@example.org",
    "url": "https://events.example.org/1?token=abc",
}
SECRET = "test-secret"


@pytest.fixture
def ws(tmp_path: Path) -> Crm:
    project = Project(tmp_path / "core")
    project.commit(ADA)
    made = Crm(tmp_path / "crm", project)
    folder = made.root / "sources" / "zap"
    (folder / "inbox").mkdir(parents=True)
    (folder / "source.yml").write_text("type: inbox\n")
    made.run()
    return made


def put(ws: Crm, stem: str = "1.json", **changes: Any) -> Path:
    file = ws.root / "sources" / "zap" / "inbox" / stem
    values = {key: value for key, value in (GOOD | changes).items() if value is not None}
    file.write_text(json.dumps(values))
    return file


def seal(ws: Crm, secret: str, *, digest: str = "sha256") -> Path:
    payload = json.dumps(GOOD)
    hashed = hmac.new(secret.encode(), payload.encode(), digest).hexdigest()
    signature = f"{digest}={hashed}"
    file = ws.root / "sources" / "zap" / "inbox" / "sealed.json"
    file.write_text(json.dumps({"version": 1, "payload": payload, "signature": signature}))
    return file


def sign(ws: Crm) -> None:
    with (ws.root / "sources" / "zap" / "source.yml").open("a") as file:
        file.write("token_env: ZAP_SECRET\n")
    ws.git("add", "--all")
    ws.git("commit", "--quiet", "-m", "Ask for signatures")


def taken(ws: Crm, **env: Any) -> Imported:
    """Import what lies there, unknown to git as automation leaves it."""
    from crmtool.app.importing import import_sources

    return import_sources(ws.root, ("zap",), **env)


def test_an_envelope_becomes_an_activity_and_goes_in_the_same_commit(ws: Crm) -> None:
    file = put(ws)
    done = taken(ws)
    assert done.commit
    assert not file.exists()
    (line,) = ws.activities("zap")
    assert line == {
        "actor": KEYED.email("ada@example.org", "hmac"),
        "at": "2026-05-01T18:00:00Z",
        "id": "zap-1",
        "title": "Terns in Brno, ask me@…",
        "type": "event-attended",
        "url": "https://events.example.org/1",
    }
    assert ws.profiles("zap")[line["actor"]]["name"] == "Ada Lovelace"
    assert ws.git("status", "--porcelain") == ""
    assert "ada@example.org" not in ws.git("log", "-p", "-1")


def test_an_envelope_that_was_pushed_by_the_automation_is_removed_too(ws: Crm) -> None:
    put(ws)
    ws.run("zap")
    changed = ws.git("show", "--name-status", "--format=", "HEAD").split()
    assert "sources/zap/inbox/1.json" in changed
    assert ws.git("status", "--porcelain") == ""


def test_the_same_id_twice_is_one_activity(ws: Crm) -> None:
    put(ws)
    taken(ws)
    put(ws, "again.json")
    done = taken(ws)
    assert done.added["zap"] == 0
    assert len(ws.activities("zap")) == 1
    assert not list((ws.root / "sources" / "zap" / "inbox").iterdir())


def test_ids_give_no_address_away_and_still_refer_to_each_other(ws: Crm) -> None:
    put(ws, "1.json", id="first@example.org", actor="github:ada", uid="ada@example.org")
    put(
        ws, "2.json", reply_to="first@example.org", thread="bo@example.org", channel="c@example.org"
    )
    taken(ws)
    first, second = sorted(ws.activities("zap"), key=lambda line: "reply_to" in line)
    assert second["reply_to"] == first["id"]
    assert ws.profiles("zap")["github:ada"]["uid"] == first["actor_uid"]
    assert "@example.org" not in ws.git(
        "show", "--", "sources/zap/activities", "sources/zap/*.jsonl"
    )


@pytest.mark.parametrize(("before", "text"), [("\ufeff", "x"), ("", "half: \\ud83d"), ("", "x")])
def test_what_other_programs_write_is_read(ws: Crm, before: str, text: str) -> None:
    said = json.dumps(GOOD | {"title": "payload", "text": "TEXT"}).replace("TEXT", text)
    file = ws.root / "sources" / "zap" / "inbox" / "1.json"
    file.write_text(before + said, encoding="utf-8")
    assert not taken(ws).failed
    assert ws.activities("zap")[0]["title"] == "payload"


def test_an_empty_inbox_is_no_news(ws: Crm) -> None:
    assert not taken(ws).plan
    put(ws)
    taken(ws)
    assert not taken(ws).plan


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 2}, "is no envelope"),
        ({"version": None}, "is no envelope"),
        ({"id": " "}, "id is empty"),
        ({"type": "shouted"}, "type is not in the vocabulary"),
        ({"at": "yesterday"}, "at is no moment with a zone"),
        ({"at": "2026-05-01T18:00:00"}, "at is no moment with a zone"),
        ({"actor": "ada"}, "is not an identity"),
        ({"actor": "email:n/a"}, "is not an e-mail address"),
        ({"actor": "email:info@example.org"}, "names no account that can be kept"),
        ({"actor": "zap:ada@example.org"}, "is an e-mail address: write email: before it"),
        ({"url": "javascript:alert(1)"}, "is not a link that a page may carry"),
        ({"ip": "192.0.2.1"}, "is no envelope"),
        ({"title": "x" * 2_000_000}, "is larger than 1 MB"),
    ],
)
def test_what_is_no_good_envelope_stays_and_is_named(
    ws: Crm, changes: dict[str, Any], words: str
) -> None:
    put(ws, "good.json", id="zap-2")
    bad = put(ws, "bad.json", **changes)
    done = taken(ws)
    assert [a["id"] for a in ws.activities("zap")] == ["zap-2"]
    assert bad.exists()
    assert done.skipped["zap"] == {"envelopes that were refused": 1}
    (fault,) = done.failed
    assert fault.message.startswith("source zap: inbox/bad.json:1:1: ")
    assert words in fault.message


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, "\0", '{"version": 1}'])
def test_what_is_no_json_stays_too(ws: Crm, text: str) -> None:
    file = ws.root / "sources" / "zap" / "inbox" / "x.json"
    file.write_text(text)
    said = crm("-C", ws.root, "import", "zap")
    assert said.code == 5
    assert "inbox/x.json:1:1: is no envelope" in said.err
    assert file.exists()
    assert crm("-C", ws.root, "check").code == 0


def test_a_signature_is_asked_for_where_a_secret_is_named(
    ws: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZAP_SECRET", SECRET)
    sign(ws)
    file = seal(ws, SECRET)
    assert taken(ws).failed == ()
    assert not file.exists()
    assert len(ws.activities("zap")) == 1


@pytest.mark.parametrize(
    ("secret", "digest", "words"),
    [("other", "sha256", "has a signature that is not"), (SECRET, "sha1", "has a signature that")],
)
def test_a_wrong_signature_is_refused(
    ws: Crm, monkeypatch: pytest.MonkeyPatch, secret: str, digest: str, words: str
) -> None:
    monkeypatch.setenv("ZAP_SECRET", SECRET)
    sign(ws)
    seal(ws, secret, digest=digest)
    put(ws, "unsigned.json")
    first, second = taken(ws).failed
    assert words in first.message
    assert "is not signed" in second.message
    assert SECRET not in first.message + first.hint
    assert ws.activities("zap") == []


def test_a_signature_without_a_secret_to_check_it_is_refused(ws: Crm) -> None:
    seal(ws, SECRET)
    (fault,) = taken(ws).failed
    assert "token_env of its source names no secret" in fault.message


def test_a_link_in_the_inbox_is_not_followed(ws: Crm, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(GOOD))
    (ws.root / "sources" / "zap" / "inbox" / "x.json").symlink_to(tmp_path / "x.json")
    assert not taken(ws).plan


def test_a_commit_that_fails_leaves_the_envelope(ws: Crm) -> None:
    file = put(ws)
    before = file.read_bytes()
    hook = ws.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(GitFailed):
        taken(ws)
    assert file.read_bytes() == before
    assert ws.activities("zap") == []


def test_what_an_earlier_envelope_said_of_somebody_stays(ws: Crm) -> None:
    put(ws)
    taken(ws)
    put(ws, id="zap-9", name=None)
    taken(ws)
    assert [p["name"] for p in ws.profiles("zap").values()] == ["Ada Lovelace"]
