"""`crmtool import` from GitHub, from `init` to the second import, over a connection and without."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from crmtool.app.checking import check
from crmtool.app.importing import FromFile, Imported, World, import_sources
from crmtool.app.opening import Asked, open_community
from crmtool.errors import Denied, SuddenlyEmpty
from crmtool.importers.transport import RequestsTransport
from crmtool.model.protocols import Request
from crmtool.store.tree import WorkTree
from tests.gitrepo import Project
from tests.importers.contract import GONE, at_request
from tests.importers.fake_github import rename, small, user
from tests.importers.fakes import FakeClock, FakeTransport, Said
from tests.importers.serving import serving
from tests.imports import Command, Crm, command

TOKEN = "t0ken-of-the-terns"


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return workspace(tmp_path / "crm")


@pytest.fixture
def crmtool(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return partial(command, capsys, monkeypatch)


def workspace(root: Path, **settings: str) -> Crm:
    """One whose only source is the small GitHub."""
    crm = Crm(root)
    source = {"type": "github", "target": "tern/core", "token_env": "TERN_TOKEN", **settings}
    (root / "sources" / "tern").mkdir(parents=True)
    (root / "sources" / "tern" / "source.yml").write_text(json.dumps(source))
    return crm


def run(crm: Crm, server: Any, **options: Any) -> Imported:
    """Import from a server in memory."""
    transport = server if isinstance(server, FakeTransport) else FakeTransport(server)
    world = World(transport, FakeClock(), {"TERN_TOKEN": TOKEN})
    crm.git("add", "--all")
    crm.git("commit", "--quiet", "--allow-empty", "--message=Configure")
    return import_sources(crm.root, (), world=world, **options)


def test_from_init_to_no_news(
    tmp_path: Path, crmtool: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERN_TOKEN", TOKEN)
    root = tmp_path / "crm"
    with serving(small(TOKEN)) as (base, asked):
        assert crmtool("init", str(root), "--name", "Terns")[0] == 0
        words = ("--type", "github", "--target", "tern/core", "--token-env", "TERN_TOKEN")
        add = ("source", "add", "tern", *words, "--base-url", base, "--commit")
        assert crmtool("-C", str(root), *add)[0] == 0
        code, out, err = crmtool("-C", str(root), "import")
        assert (code, "tern: 36 new activities" in out) == (0, True)
        assert "tern: 100 replies beyond the first 100 to one comment" in err
        first = len(asked)
        assert crmtool("-C", str(root), "check")[0] == 0
        code, out, err = crmtool("-C", str(root), "import")
        assert (code, "no news: nothing was written" in out) == (0, True)
        assert len(asked) < 2 * first
    ada = (root / "people" / "ada-lovelace.md").read_text()
    assert "github:ada" in ada
    assert "location: London" in ada
    listed = crmtool("-C", str(root), "source", "list")[1]
    assert re.search(r"tern +github +36 ", listed)
    crm = known_workspace(root)
    assert TOKEN.encode() not in crm.everything()


def test_cut_off_at_any_page_and_run_again_gives_the_same_bytes(tmp_path: Path) -> None:
    whole = workspace(tmp_path / "whole")
    run(whole, transport := FakeTransport(small(TOKEN)))
    for page in range(2, len(transport.asked), 3):
        crm = workspace(tmp_path / str(page))
        begun = run(crm, at_request(page, GONE, FakeTransport(small(TOKEN))))
        assert [error.exit_code for error in begun.failed] == [5]
        assert crm.cursor("tern")["partial"]
        assert begun.created == 0
        ended = run(crm, small(TOKEN))
        assert not ended.failed
        assert crm.files("sources") == whole.files("sources")
        assert crm.files("people") == whole.files("people")


def test_killed_at_any_page_nothing_is_written(crm: Crm, tmp_path: Path) -> None:
    whole = workspace(tmp_path / "whole")
    run(whole, transport := FakeTransport(small(TOKEN)))
    before = crm.files()
    for page in range(0, len(transport.asked), 5):
        with pytest.raises(KeyboardInterrupt):
            run(crm, dying(page))
        assert crm.files() == before
    run(crm, small(TOKEN))
    assert crm.files("sources") == whole.files("sources")
    assert crm.files("people") == whole.files("people")


def dying(page: int) -> Any:
    """The small GitHub, during whose answer of that number (from 0) the user interrupts."""
    github, asked = small(TOKEN), count()

    def respond(request: Request) -> Said:
        if next(asked) == page:
            raise KeyboardInterrupt
        return github(request)

    return respond


SLOW = {"message": "You have exceeded a secondary rate limit."}
PASSING = {
    "429 with Retry-After": Said.json(SLOW, 429, retry_after="7"),
    "429 without": Said.json(SLOW, 429),
    "abuse": Said.json(SLOW, 403),
    "500": Said.json({}, 500),
    "truncated": Said(body=b'[{"id": 1, "na'),
    "dies in the middle": Said(headers={"content-length": "9999"}, body=b'[{"id": 1, "na'),
    "redirect": Said(307, {"location": "{url}"}),
}
LASTING = {
    "next is itself": Said(200, {"link": '<{url}>; rel="next"'}, b"[]"),
    "next is elsewhere": Said(200, {"link": '<http://192.0.2.1/x>; rel="next"'}, b"[]"),
    "gzip bomb": Said(body=b"[" + b" " * (20 << 20) + b"]").zipped(),
    "leads inside": Said(302, {"location": "http://169.254.169.254/latest/"}),
    "an object": Said.json({"message": "Not Found"}),
}


@contextmanager
def troubled(fault: Said, number: int) -> Iterator[str]:
    """The small GitHub on loopback, which answers one request in another way."""
    github, asked = small(TOKEN), count()

    def respond(request: Request) -> Said:
        if next(asked) != number:
            return github(request)
        headers = {k: v.replace("{url}", request.url) for k, v in fault.headers.items()}
        return Said(fault.status, headers, fault.body)

    with serving(respond) as (base, _):
        yield base


def run_over_a_connection(root: Path, fault: Said, number: int) -> tuple[Crm, Imported]:
    with troubled(fault, number) as base:
        crm = known_workspace(root) if root.exists() else workspace(root)
        source = {"type": "github", "target": "tern/core", "token_env": "TERN_TOKEN"}
        told = json.dumps({**source, "base_url": base})
        (crm.root / "sources" / "tern" / "source.yml").write_text(told)
        world = World(RequestsTransport(), FakeClock(), {"TERN_TOKEN": TOKEN})
        return crm, import_sources(crm.root, (), world=world, commit=False)


def known_workspace(root: Path) -> Crm:
    crm = object.__new__(Crm)
    crm.root = root
    return crm


def feeds(crm: Crm) -> dict[str, bytes]:
    return {k: v for k, v in crm.files("sources").items() if not k.endswith("source.yml")}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_trouble_on_the_line_that_passes_leaves_no_trace(fault: Said, tmp_path: Path) -> None:
    whole, _ = run_over_a_connection(tmp_path / "whole", fault, -1)
    crm, done = run_over_a_connection(tmp_path / "crm", fault, 4)
    assert not done.failed
    assert feeds(crm) == feeds(whole)


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_trouble_that_lasts_keeps_all_until_then(fault: Said, tmp_path: Path) -> None:
    whole = workspace(tmp_path / "whole")
    run(whole, small(TOKEN))
    crm, done = run_over_a_connection(tmp_path / "crm", fault, 4)
    assert [error.exit_code for error in done.failed] == [5]
    assert 0 < len(crm.activities()) < 36
    _, done = run_over_a_connection(tmp_path / "crm", fault, -1)
    assert not done.failed
    assert feeds(crm) == feeds(whole)


def test_what_fails_before_anything_was_read_leaves_no_trace(crm: Crm) -> None:
    run(crm, small(TOKEN))
    before = crm.files()
    with pytest.raises(Denied):
        run(crm, lambda _: Said.json({"message": "Bad credentials"}, 401))
    assert crm.files() == before


def test_an_item_that_is_read_anew_is_written_anew(crm: Crm) -> None:
    github = small(TOKEN)
    run(crm, github)
    github.lists["/issues"][0]["title"] = "Another title"
    github.lists["/issues"][0]["updated_at"] = "2026-11-20T10:00:00Z"
    done = run(crm, github)
    assert dict(done.added) == {"tern": 0}
    titles = {a["id"]: a["title"] for a in crm.activities() if "title" in a}
    assert titles["tern/core#1"] == "Another title"


def test_a_source_that_is_suddenly_empty_stops_and_asks(crm: Crm) -> None:
    run(crm, small(TOKEN))
    before, hollow = crm.files(), small(TOKEN)
    hollow.lists = {name: [] for name in hollow.lists}
    hollow.discussions, hollow.sponsorships = [], []
    with pytest.raises(SuddenlyEmpty, match="36 activities"):
        run(crm, hollow)
    assert crm.files() == before
    assert not run(crm, hollow, allow_mass_change=True).failed
    assert len(crm.activities()) == 36


def test_a_renamed_account_stays_one_person(crm: Crm) -> None:
    github = small(TOKEN)
    run(crm, github)
    new = rename(github, "ada", "countess")
    for item in new.lists["/issues"]:
        item["updated_at"] = "2026-11-20T10:00:00Z"
    run(crm, new)
    people = open_community(WorkTree(crm.root), crm.root).actors
    assert people["github:ada"] == people["github:countess"] == "ada-lovelace"
    assert check(Asked(crm.root)) == []


def test_a_handle_that_another_human_took_is_another_person(crm: Crm) -> None:
    github = small(TOKEN)
    run(crm, github)
    newcomer = {**github.lists["/issues"][0], "number": 90, "user": user("ada", 777)}
    newcomer |= {
        "updated_at": "2026-11-20T10:00:00Z",
        "html_url": "https://github.com/tern/core/issues/90",
    }
    github.lists["/issues"].append(newcomer)
    github.accounts["ada"] = {**user("ada", 777), "name": "Ada Byte"}
    run(crm, github)
    actors = {a["id"]: a["actor"] for a in crm.activities() if a.get("actor")}
    assert actors["tern/core#1"] == "github:ada"
    assert actors["tern/core#90"] == "github:ada#777"
    people = open_community(WorkTree(crm.root), crm.root).actors
    assert people["github:ada"] != people["github:ada#777"]
    assert check(Asked(crm.root)) == []


def test_a_git_author_and_an_account_are_one_by_the_no_reply_address(tmp_path: Path) -> None:
    project = Project(tmp_path / "core")
    project.commit(author="Countess <1+ada@users.noreply.github.com>")
    crm = workspace(tmp_path / "crm")
    (crm.root / "sources" / "core").mkdir()
    (crm.root / "sources" / "core" / "source.yml").write_text(
        f"type: git\ntarget: {project.folder}\n"
    )
    run(crm, small(TOKEN))
    people = open_community(WorkTree(crm.root), crm.root)
    (author,) = (a["actor"] for a in crm.activities("core"))
    assert people.actors[author] == people.actors["github:ada"]
    assert people.people[people.actors[author]].data.name == "Ada Lovelace"


def test_since_passes_over_what_is_older(crm: Crm) -> None:
    from datetime import date

    run(crm, small(TOKEN), since=date(2026, 5, 1))
    assert min(a["at"] for a in crm.activities()) >= "2026-05-01"


def test_figures_are_kept_once_a_month_and_only_where_they_moved(crm: Crm) -> None:
    github = small(TOKEN)
    run(crm, github)
    before = crm.files()["sources/tern/counts.jsonl"]
    github.repository["stargazers_count"] = 6
    run(crm, github)
    assert crm.files()["sources/tern/counts.jsonl"] == before
    clock = FakeClock()
    clock.moment = clock.moment.replace(month=12)
    world = World(FakeTransport(github), clock, {"TERN_TOKEN": TOKEN})
    import_sources(crm.root, (), world=world)
    after = crm.files()["sources/tern/counts.jsonl"]
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [json.loads(line) for line in new] == [
        {"counts": {"forks": 1, "stars": 6}, "month": "2026-12", "of": "tern/core"}
    ]


def test_a_file_goes_into_a_source_that_is_made_for_it(crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "issues.json"
    file.write_text(json.dumps(small().lists["/issues"]))
    done = run(crm, small(TOKEN), file=FromFile(file, "github", "from-files"))
    assert dict(done.added) == {"from-files": 9}
    assert (crm.root / "sources/from-files/source.yml").read_text() == "type: github\n"
    assert not (crm.root / "sources/from-files/cursor.json").exists()
    again = run(crm, small(TOKEN), file=FromFile(file, "github", "from-files"))
    assert not again.plan
    assert check(Asked(crm.root)) == []
    assert not run(crm, small(TOKEN)).failed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--type", "github"), "go with --file"),
        (("--file", "{file}"), "--type"),
        (("--file", "{file}", "--type", "carrier-pigeon"), "no type 'carrier-pigeon'"),
        (("--file", "{file}", "--type", "github", "--source", "../x"), "cannot be a source's name"),
        (("--file", "{file}", "--type", "git"), "reads a repository, no files"),
    ],
)
def test_a_file_that_cannot_be_asked_for_so(
    words: tuple[str, ...], said: str, crm: Crm, tmp_path: Path, crmtool: Command
) -> None:
    (tmp_path / "x.json").write_text("[]")
    told = [word.format(file=tmp_path / "x.json") for word in words]
    code, _, err = crmtool("-C", str(crm.root), "import", *told)
    assert (code, said in err) == (2, True), err


def test_an_unsigned_request_is_refused_and_nothing_is_written(
    crm: Crm, tmp_path: Path, crmtool: Command
) -> None:
    hook = tmp_path / "hook.http"
    hook.write_text('POST / HTTP/1.1\nX-GitHub-Event: ping\n\n{"zen": "x"}')
    before = crm.files()
    words = ("import", "--file", str(hook), "--type", "github", "--dry-run")
    code, _, err = crmtool("-C", str(crm.root), *words)
    assert (code, "signature is missing" in err, crm.files()) == (4, True, before)


def test_the_token_goes_to_no_other_server_and_into_no_message(
    crm: Crm, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    def respond(request: Request) -> Said:
        if "elsewhere" in request.url:
            assert "authorization" not in request.headers
            return Said.json({"message": f"who is {TOKEN}?"}, 500)
        return Said(302, {"location": "https://elsewhere.example.org/?access_token=" + TOKEN})

    with pytest.raises(Exception, match="answers 500") as raised:
        run(crm, respond)
    assert TOKEN not in str(raised.value) + caplog.text
