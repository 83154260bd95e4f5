"""The GitHub importer against a small GitHub, and against payloads that others recorded."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.errors import BadAnswer, CrmError, Denied, LimitReached, SourceError
from crmtool.importers.contract import Context
from crmtool.importers.github.accounts import identity_of
from crmtool.importers.github.api import base_of, network_of
from crmtool.importers.github.importer import GitHubImporter
from crmtool.importers.github.items import place_of
from crmtool.importers.github.wire import KINDS
from crmtool.model.config import Config, Source
from crmtool.model.feeds import Activity, Profile, decode_activity, encode
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import Request, Transport
from crmtool.model.scalars import IDENTITY
from tests.importers.contract import Ask, Brought, ServerContract, bring
from tests.importers.fake_github import ADA, FakeGitHub, issue, rename, small
from tests.importers.fakes import FakeClock, FakeTransport, NoNetwork, Said

SHARED = Path(__file__).parents[3] / "shared"
TOKEN = "t0ken"
KEYED = Keyed(bytes(32))


def importer(
    transport: Transport,
    *,
    token: bool = True,
    known: Mapping[str, Profile] | None = None,
    environment: Mapping[str, str] | None = None,
    **settings: Any,
) -> GitHubImporter:
    source = {"type": "github", "target": "tern/core", **settings}
    if token:
        source["token_env"] = "TERN_TOKEN"
    config = {"community": {"name": "Terns"}}
    return GitHubImporter(
        Context(
            "tern",
            Source.model_validate(source),
            Config.model_validate(config),
            KEYED,
            FakeClock(),
            transport,
            {"TERN_TOKEN": TOKEN, **(environment or {})},
            known=known or {},
        )
    )


@pytest.fixture
def github() -> FakeGitHub:
    return small(TOKEN)


@pytest.fixture
def server(github: FakeGitHub) -> FakeTransport:
    return FakeTransport(github)


class TestContract(ServerContract):
    budget: ClassVar[int] = 4

    @pytest.fixture
    def ask(self) -> Ask:
        return importer

    @pytest.fixture
    def renamed(self, github: FakeGitHub) -> FakeTransport:
        return FakeTransport(rename(github, "ada", "countess"))

    @pytest.fixture
    def empty(self) -> FakeTransport:
        hollow = small(TOKEN)
        hollow.lists = {name: [] for name in hollow.lists}
        hollow.discussions, hollow.sponsorships = [], []
        return FakeTransport(hollow)


class TestContractWithoutAToken(TestContract):
    @pytest.fixture
    def ask(self) -> Ask:
        return partial(importer, token=False)


def kinds(brought: Brought) -> Counter[str]:
    return Counter({a.id: a.type for a in brought.activities}.values())


def test_everything_of_a_repository(server: FakeTransport) -> None:
    brought = bring(importer(server))
    assert kinds(brought) == {
        "issue-opened": 6,
        "pull-request-opened": 3,
        "issue-closed": 1,
        "pull-request-closed": 1,
        "pull-request-merged": 1,
        "comment": 9,
        "review": 3,
        "release": 1,
        "star": 5,
        "fork": 1,
        "discussion": 3,
        "answer": 1,
        "sponsorship": 1,
    }
    assert brought.outcome.skipped == {
        "events that are no activities (labels, assignments and the like)": 1,
        "reviews not submitted yet": 1,
        "releases not published yet": 1,
        "replies beyond the first 100 to one comment": 100,
        "sponsorships that are private": 1,
    }


def test_without_a_token_it_says_what_is_missing(server: FakeTransport) -> None:
    brought = bring(importer(server, token=False))
    assert "discussion" not in kinds(brought)
    assert ["60 requests an hour" in note for note in brought.outcome.notes] == [True]
    assert not [r for r in server.asked if "authorization" in r.headers]


def test_sixty_requests_are_kept_and_the_next_hour_goes_on(github: FakeGitHub) -> None:
    github.most = 100
    github.left = 7
    first = bring(importer(FakeTransport(github), token=False))
    assert "rate limit" in str(first.error)
    github.left = 60
    again = importer(FakeTransport(github), token=False, known=first.profiles)
    second = bring(again, first.outcome.cursor)
    assert second.error is None
    whole = bring(importer(FakeTransport(small()), token=False))
    assert second.after(first).lines() == whole.lines()


def test_an_activity_says_who_what_where_and_when(server: FakeTransport) -> None:
    found = {a.id: a for a in bring(importer(server)).activities}
    opened = found["tern/core#1"]
    assert (opened.actor, opened.actor_uid, opened.at) == (
        "github:ada",
        "1",
        "2026-01-01T10:00:00Z",
    )
    assert (opened.channel, opened.type) == ("tern/core", "issue-opened")
    assert opened.text == "<script>alert(1)</script> [31mRed evil bo@… @ada @x/y"
    assert opened.mentions == ["github:ada"]
    assert found["review-comment-31"].reply_to == "review-comment-30"
    assert found["review-comment-31"].thread == "tern/core#3"
    assert found["comment-10"].reply_to == "tern/core#1"
    assert found["discussion-comment-82"].reply_to == "discussion-comment-81"
    assert found["answer-81"].actor == "github:bo"
    assert found["tern/core#3.merged"].actor == "github:ada"
    assert found["tern/core#2"].actor is None
    assert found["tern/core#2.closed.2026-02-01T10:00:00Z"].actor is None


def test_reactions_stars_and_followers_are_figures(server: FakeTransport) -> None:
    found = {f.of: (f.month, f.counts) for f in bring(importer(server)).figures}
    assert found["tern/core#1"] == ("2026-11", {"+1": 2, "heart": 1})
    assert found["tern/core#20"] == ("2026-11", {"+1": 2})
    assert found["tern/core"] == ("2026-11", {"forks": 1, "stars": 5})
    assert found["github:ada"] == ("2026-11", {"followers": 7})


@pytest.mark.parametrize("token", [True, False])
def test_a_profile(token: bool, server: FakeTransport) -> None:
    ada = bring(importer(server, token=token)).profiles["github:ada"]
    assert (ada.uid, ada.name, ada.location, ada.company) == (
        "1",
        "Ada Lovelace",
        "London",
        "@tern",
    )
    assert (ada.bio, ada.asked, ada.handles) == ("Engines", "2026-11", {"ada": "2026-11-21"})
    assert ada.emails == [KEYED.email("ada@example.org", "hmac")]
    assert "twitter:adaengine" in ada.same_as
    assert "https://ada.example.org" in ada.links
    if token:
        assert ada.same_as == ["twitter:adaengine", "mastodon:ada@hachyderm.io"]
        assert ada.languages == ["Python"]


def test_a_profile_is_asked_for_once_a_month(server: FakeTransport) -> None:
    first = bring(importer(server, token=False))
    asked = len([url for url in server.urls if "/users/" in url])
    bring(importer(server, token=False, known=first.profiles))
    assert len([url for url in server.urls if "/users/" in url]) == asked


def test_kinds_of_accounts(server: FakeTransport) -> None:
    profiles = bring(importer(server)).profiles
    assert profiles["github:dependabot[bot]"].kind == "bot"
    assert "github:ghost" not in profiles


def test_unnecessary_pages_are_not_read_again(server: FakeTransport) -> None:
    first = bring(importer(server))
    before = len(server.asked)
    bring(importer(server, known=first.profiles), first.outcome.cursor)
    assert len(server.asked) - before < before / 2


def test_a_renamed_repository_is_told_and_keeps_its_ids(github: FakeGitHub) -> None:
    before = bring(importer(FakeTransport(github)))
    new = {**github.repository, "full_name": "tern/engine"}

    def respond(request: Any) -> Said:
        if "/repos/tern/core" in request.url:
            return Said(301, {"location": request.url.replace("tern/core", "tern/engine")})
        request = type(request)(
            request.method,
            request.url.replace("tern/engine", "tern/core"),
            request.headers,
            request.body,
        )
        github.repository = new
        return github(request)

    after = bring(importer(FakeTransport(respond)), before.outcome.cursor)
    assert after.outcome.notes == ["tern/core is called tern/engine now: write that as its target"]
    assert {a.id for a in after.activities} <= {a.id for a in before.activities}


def test_lists_that_are_switched_off_are_told(github: FakeGitHub) -> None:
    del github.lists["/stargazers"]
    brought = bring(importer(FakeTransport(github)))
    assert brought.error is None
    assert [n for n in brought.outcome.notes if "its stars cannot be read" in n]
    assert kinds(brought)["fork"] == 1


def test_a_token_that_is_not_there_stops_before_the_first_request() -> None:
    with pytest.raises(Denied, match="ELSEWHERE is not set"):
        list(importer(NoNetwork(), token=False, token_env="ELSEWHERE").fetch({}))


@pytest.mark.parametrize("target", ["a/b/c", "https://github.com/", "a b/c", "../x"])
def test_a_target_that_names_no_repository(target: str) -> None:
    wrong = importer(NoNetwork())
    object.__setattr__(
        wrong.context, "source", wrong.context.source.model_copy(update={"target": target})
    )
    with pytest.raises(SourceError, match="names no repository"):
        list(wrong.fetch({}))


def test_the_repositories_of_an_organisation(github: FakeGitHub) -> None:
    listed = [
        {**github.repository},
        {"full_name": "tern/secret", "private": True},
        {"full_name": "tern/linux", "fork": True},
    ]

    def respond(request: Any) -> Said:
        return Said.json(listed) if "/users/tern/repos" in request.url else github(request)

    github.accounts["tern"] = {"login": "tern", "id": 99, "type": "Organization"}
    brought = bring(importer(FakeTransport(respond), target="tern"))
    assert kinds(brought)["issue-opened"] == 6
    assert brought.outcome.skipped["repositories that are forks of others"] == 1


@pytest.mark.parametrize(
    ("settings", "base", "network"),
    [
        ({"target": "tern/core"}, "https://api.github.com", "github"),
        ({"target": "https://github.com/tern/core.git"}, "https://api.github.com", "github"),
        ({"base_url": "https://git.example.org"}, "https://git.example.org", "git.example.org"),
        ({"target": "https://git.example.org/tern/core"}, "https://git.example.org", "git.example.org"),
        ({"base_url": "https://api.terns.ghe.com"}, "https://api.terns.ghe.com", "terns.ghe.com"),
    ],
)  # fmt: skip
def test_where_the_api_is(settings: dict[str, str], base: str, network: str) -> None:
    source = Source.model_validate({"type": "github", "target": "tern/core", **settings})
    assert (base_of(source), network_of(source)) == (base, network)


def test_an_enterprise_server_has_its_api_below_a_path(server: FakeTransport) -> None:
    brought = bring(importer(server, base_url="https://git.example.org"))
    assert {urls.split("/")[3] for urls in server.urls} == {"api"}
    assert "git.example.org:ada" in brought.profiles
    assert "https://git.example.org/api/graphql" in server.urls


@pytest.mark.parametrize(
    ("url", "provider", "identity"),
    [
        ("https://twitter.com/Ada", "TWITTER", "twitter:ada"),
        ("https://x.com/ada/", "", "twitter:ada"),
        ("https://hachyderm.io/@Ada", "MASTODON", "mastodon:ada@hachyderm.io"),
        ("https://example.org/users/ada", "mastodon", "mastodon:ada@example.org"),
        ("https://medium.com/@ada", "GENERIC", None),
        ("https://twitter.com/a/b/c", "", None),
        ("https://[", "", None),
        ("", "", None),
    ],
)
def test_accounts_elsewhere(url: str, provider: str, identity: str | None) -> None:
    assert identity_of(url, provider) == identity


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://api.github.com/repos/a/b/issues/1", ("a/b", 1)),
        ("https://git.example.org/api/v3/repos/a/b/pulls/2", ("a/b", 2)),
        ("https://github.com/a/b/discussions/3#x", ("a/b", 3)),
        ("https://github.com/a/b/releases/tag/v1", ("a/b", None)),
        ("nothing", ("", None)),
    ],
)
def test_what_an_address_is_about(url: str, place: tuple[str, int | None]) -> None:
    assert place_of(url) == place


def dumped(file: Path, **settings: Any) -> Brought:
    reader = importer(NoNetwork(), token=False, **settings)
    brought = Brought(reader.outcome)
    for raw in reader.read(file):
        brought.add(reader.normalise(raw))
    brought.add(reader.close())
    return brought


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_dump_in_the_encodings_that_windows_writes(tmp_path: Path, encoding: str) -> None:
    answer = {
        "number": 7,
        "title": "Élan",
        "user": None,
        "html_url": "https://github.com/a/b/issues/7",
    }
    (tmp_path / "dump.json").write_text(json.dumps([answer], ensure_ascii=False), encoding)
    assert [a.title for a in dumped(tmp_path / "dump.json").activities] == ["Élan"]


def test_an_empty_dump_is_told(tmp_path: Path) -> None:
    (tmp_path / "dump.json").write_text("\n")
    assert dumped(tmp_path / "dump.json").outcome.notes == ["dump.json is empty"]


def written(folder: Path, *documents: Any) -> Path:
    file = folder / "dump.json"
    file.write_text("\n".join(map(json.dumps, documents)))
    return file


def test_dumps_in_any_packing_say_what_the_api_says(github: FakeGitHub, tmp_path: Path) -> None:
    comments = github.lists["/issues/comments"]
    whole = dumped(written(tmp_path, comments)).lines()
    assert len(whole) == 6
    assert dumped(written(tmp_path, comments[:2], comments[2:])).lines() == whole  # --paginate
    assert dumped(written(tmp_path, [comments[:2], comments[2:]])).lines() == whole  # --slurp
    assert dumped(written(tmp_path, *comments)).lines() == whole  # --jq '.[]'
    assert dumped(tmp_path).lines() == whole
    asked = {a.id: a for a in bring(importer(FakeTransport(github))).activities}
    assert {
        encoded.id for encoded in dumped(written(tmp_path, comments)).activities
    } <= asked.keys()


def payload(event: str, action: str, **more: Any) -> dict[str, Any]:
    place = {"full_name": "tern/core", "id": 42}
    return {
        "event": event,
        "payload": {"action": action, "repository": place, "sender": ADA, **more},
    }


def test_webhooks_say_what_the_api_says(github: FakeGitHub, tmp_path: Path) -> None:
    issues = {i["number"]: i for i in github.lists["/issues"]}
    merged = {
        "merged_at": "2026-02-02T10:00:00Z",
        "merged_by": ADA,
        "closed_at": "2026-02-02T10:00:00Z",
    }
    closed = {**issues[2], "user": None}
    found = dumped(
        written(
            tmp_path,
            payload("issues", "opened", issue=issues[1]),
            payload("issues", "closed", issue=closed),
            payload("pull_request", "closed", pull_request={**issues[3], "pull_request": None, **merged}),
            payload("issue_comment", "created", issue=issues[1], comment=github.lists["/issues/comments"][0]),
            payload("pull_request_review", "submitted", pull_request=issues[3], review=github.lists["/pulls/3/reviews"][0]),
            payload("release", "published", release=github.lists["/releases"][0]),
            payload("star", "created", starred_at="2026-04-01T00:00:00Z"),
            payload("fork", "", forkee=github.lists["/forks"][0]),
            payload("issue_comment", "deleted", issue=issues[1], comment=github.lists["/issues/comments"][1]),
            payload("push", ""),
        )
    )  # fmt: skip
    asked = {a.id: a for a in bring(importer(FakeTransport(github))).activities}
    for activity in found.activities:
        if activity.type not in ("issue-closed", "star"):
            assert activity == asked[activity.id]
    assert kinds(found) == {
        "issue-opened": 2, "issue-closed": 1, "pull-request-opened": 1, "pull-request-merged": 1,
        "comment": 1, "review": 1, "release": 1, "star": 1, "fork": 1,
    }  # fmt: skip
    assert found.outcome.skipped == {
        "webhooks left out: issue_comment deleted": 1,
        "webhooks left out: push": 1,
    }


def test_a_public_event_has_its_moment_beside_it(tmp_path: Path) -> None:
    event = {
        "type": "WatchEvent",
        "actor": ADA,
        "repo": {"name": "tern/core"},
        "payload": {"action": "started"},
        "created_at": "2026-04-01T00:00:00Z",
    }
    (star,) = dumped(written(tmp_path, [event])).activities
    assert (star.type, star.actor, star.at) == ("star", "github:ada", "2026-04-01T00:00:00Z")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1, 2", b'["\xe9"]', b"[" * 100_000, b'{"a": NaN}', b"POST /x\n\n{}"],
    ids=["empty", "open", "cut", "latin-1", "deep", "nan", "request"],
)
def test_a_file_that_is_none_of_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(content)
    if content:
        with pytest.raises(SourceError):
            dumped(tmp_path / "x.json")
    else:
        assert dumped(tmp_path / "x.json").activities == []


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "x", "issue_url": "y"}, {"number": "1", "title": "x", "user": 3}, {"starred_at": 1},
        {"tag_name": 1, "id": []}, {"event": 1, "actor": []}, {"login": 1, "followers": 1},
        {"payload": 1, "event": 2}, {"action": 1, "sender": {}}, {"name": "x", "examples": [1, []]},
        {"request": {}, "event": "x"}, {"type": "XEvent", "payload": {}}, {"items": [], "total_count": 0},
        {"action": "opened", "issue": [], "sender": {}}, 1, None, "x", [[[[[[[[1]]]]]]]],
        {"pull_request_url": 1, "state": 2, "user": None}, {"full_name": 1, "owner": 2}, {},
    ],
)  # fmt: skip
def test_odd_shapes_are_counted_and_never_a_crash(odd: Any, tmp_path: Path) -> None:
    brought = dumped(written(tmp_path, [odd, odd]))
    assert brought.activities == []
    assert sum(brought.outcome.skipped.values()) in (0, 2, 4)


KEYS = [
    *sorted({f for kind in KINDS.values() for f in kind.__struct_fields__}),
    "action", "comment", "discussion", "forkee", "issue", "issue_url", "payload", "repository",
    "review", "sender", "sponsorship", "examples", "items", "diff_hunk", "head", "base", "answer",
]  # fmt: skip
WORD = st.sampled_from(
    ["", "created", "closed", "https://github.com/tern/core/issues/1#issuecomment-2", "ghost", "\ud800",
     "https://api.github.com/repos/tern/core/pulls/99999999999999999999", "2026-01-01T10:00:00Z", "0000-00-00"]
)  # fmt: skip
PART = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORD
JSON = st.recursive(
    PART,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=9)
    ),
    max_leaves=40,
)


@given(JSON)
def test_whatever_a_file_says_is_read_or_counted(
    tmp_path_factory: pytest.TempPathFactory, value: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        brought = dumped(written(folder, [value]))
    except SourceError:
        return
    for activity in brought.activities:
        assert activity.actor is None or IDENTITY.match(activity.actor)
        assert decode_activity(encode(activity)) == activity


@pytest.mark.parametrize("name", ["w03-unsigned", "w04-wrong-sig", "w06-sha1-only"])
def test_requests_that_nobody_vouches_for(name: str) -> None:
    file = SHARED / "badinput" / "webhooks" / f"{name}.http"
    if not file.exists():
        pytest.skip("shared/badinput does not lie beside the project")
    with pytest.raises(Denied, match="signature"):
        dumped(file, environment={"CRMTOOL_WEBHOOK_SECRET": "test-secret"})


def test_a_signed_request(tmp_path: Path) -> None:
    body = json.dumps(payload("star", "created", starred_at="2026-04-01T00:00:00Z")["payload"])
    body = f"\r\n{body}\r\n\r\n"
    signature = hmac.new(b"test-secret", body.encode(), hashlib.sha256).hexdigest()
    file = tmp_path / "hook.http"
    head = f"POST /hook HTTP/1.1\r\nX-GitHub-Event: star\r\nX-Hub-Signature-256: sha256={signature}"
    file.write_bytes(f"{head}\r\n\r\n{body}".encode())
    good = {"HOOK": "test-secret"}
    assert kinds(dumped(file, secret_env="HOOK", environment=good)) == {"star": 1}
    for wrong in ({}, {"HOOK": "guess"}):
        with pytest.raises(Denied):
            dumped(file, secret_env="HOOK", environment=wrong)


RECORDED = sorted(p for p in (SHARED / "fixtures" / "github").rglob("*") if p.is_file())


@pytest.mark.skipif(not RECORDED, reason="shared/fixtures does not lie beside the project")
@pytest.mark.parametrize("file", RECORDED, ids=lambda p: p.name)
def test_what_others_recorded(file: Path) -> None:
    brought = dumped(file)
    assert (
        brought.activities
        or brought.figures
        or brought.outcome.skipped
        or file.read_text().strip() == "[]"
    )
    assert not [name for name in brought.outcome.skipped if "malformed" in name]
    for activity in brought.activities:
        assert isinstance(activity, Activity)
        assert activity.actor is None or activity.actor in brought.profiles


BAD = SHARED / "badinput" / "github"


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("g01-ok-control", {"comment-1"}),
        ("g19-page-overlap", {"comment-1", "comment-2"}),
        ("g26-evil-login", {"comment-1", "comment-2", "comment-3"}),
        ("g28-big-id", {"comment-9223372036854775809"}),
        ("g33-empty-list", set()),
    ],
)
def test_bodies_of_the_bad_input(name: str, ids: set[str]) -> None:
    brought = dumped(BAD / f"{name}.http")
    assert {a.id for a in brought.activities} == ids
    if name == "g28-big-id":
        assert brought.activities[0].actor_uid == "1180591620717411303424"


def test_what_github_refuses_is_an_error_of_its_class() -> None:
    gone = FakeTransport(lambda _: Said.json({"message": "Not Found"}, 404))
    with pytest.raises(BadAnswer) as raised:
        list(importer(gone).fetch({}))
    assert "private one needs a token" in raised.value.hint
    assert isinstance(raised.value, CrmError)


def test_a_list_that_moved_is_followed_and_told(github: FakeGitHub) -> None:
    def respond(request: Request) -> Said:
        if "/repos/tern/core/issues/comments" in request.url:
            moved = request.url.replace("/repos/tern/core/", "/repositories/42/")
            return Said(301, {"location": moved})
        moved = request.url.replace("/repositories/42/", "/repos/tern/core/")
        return github(Request(request.method, moved, request.headers, request.body))

    brought = bring(importer(FakeTransport(respond)))
    assert kinds(brought)["comment"] == 9
    assert brought.outcome.notes == ["tern/core has moved: write its new name as the target"]


def graph(github: FakeGitHub, refuse: str, errors: list[dict[str, str]]) -> FakeTransport:
    """The same server, whose GraphQL API refuses queries with that word in them."""

    def respond(request: Request) -> Said:
        if refuse.encode() in (request.body or b""):
            return Said.json({"data": None, "errors": errors})
        return github(request)

    return FakeTransport(respond)


def test_a_token_that_may_read_little_still_reads_profiles(github: FakeGitHub) -> None:
    scopes = [{"type": "INSUFFICIENT_SCOPES", "message": "The 'email' field requires …"}]
    brought = bring(importer(graph(github, " email", scopes)))
    assert brought.profiles["github:ada"].languages == ["Python"]
    assert brought.error is None
    one_by_one = bring(importer(graph(github, "repositoryOwner", scopes)))
    assert one_by_one.profiles["github:ada"].location == "London"
    assert [n for n in one_by_one.outcome.notes if "sponsorships cannot be read" in n]


def test_a_limit_of_graphql_ends_the_run(github: FakeGitHub) -> None:
    limit = [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user"}]
    brought = bring(importer(graph(github, "discussions(", limit)))
    assert isinstance(brought.error, LimitReached)


def test_what_a_profile_says_holds_no_address(github: FakeGitHub) -> None:
    github.accounts["ada"]["bio"] = "Write to ada@example.org"
    assert bring(importer(FakeTransport(github))).profiles["github:ada"].bio == "Write to ada@…"


def test_a_timeline_has_comments_and_reviews(github: FakeGitHub, tmp_path: Path) -> None:
    timeline = [
        {**github.lists["/issues/comments"][0], "event": "commented", "actor": ADA},
        {**github.lists["/pulls/3/reviews"][0], "event": "reviewed"},
        {"event": "labeled", "actor": ADA, "created_at": "2026-01-01T10:00:00Z"},
    ]
    assert kinds(dumped(written(tmp_path, timeline))) == {"comment": 1, "review": 1}


def test_progress_tells_how_much_there_is() -> None:
    pages = linked_pages(3)
    shown: list[tuple[int, int | None]] = []
    made = importer(FakeTransport(pages), token=False)
    object.__setattr__(made.context, "progress", lambda done, total: shown.append((done, total)))
    bring(made)
    assert shown[:3] == [(1, 300), (2, 300), (3, None)]


def linked_pages(last: int) -> Any:
    """A list of issues with one a page."""
    base = "https://api.github.com/repos/tern/core"

    def respond(request: Request) -> Said:
        if request.url == base:
            return Said.json({"id": 42, "full_name": "tern/core"})
        if not request.url.startswith(f"{base}/issues?"):
            return Said.json([])
        number = int(parse_qs(urlsplit(request.url).query).get("page", ["1"])[0])
        rels = f'<{base}/issues?page={number + 1}>; rel="next", <{base}/issues?page={last}>; rel="last"'
        body = json.dumps([issue(number, None, f"2026-01-0{number}T10:00:00Z")]).encode()
        return Said(200, {"link": rels} if number < last else {}, body)

    return respond


def test_reviews_are_asked_for_many_at_a_time(github: FakeGitHub) -> None:
    one = github.lists["/pulls/3/reviews"][0]
    github.most = 100
    github.lists["/pulls/5/reviews"] = [{**one, "id": 2**31 + n} for n in range(101)]
    server = FakeTransport(github)
    brought = bring(importer(server))
    assert kinds(brought)["review"] == 104
    asked = [url for url in server.urls if "/reviews" in url]
    assert {url.split("/pulls/")[1][:9] for url in asked} == {"5/reviews"}
    del github.lists["/pulls/5/reviews"]
    without = bring(importer(graph(github, "pullRequest(", [{"message": "no such field"}])))
    assert kinds(without)["review"] == 3
    assert without.outcome.skipped["pull requests whose reviews cannot be read"] == 1


def test_half_characters_do_no_harm(tmp_path: Path) -> None:
    """JSON may hold the half of a character, which no text in UTF-8 can."""
    odd = {**ADA, "login": "a\ud800da", "name": "\udfff"}
    said = {
        "id": 1,
        "user": odd,
        "body": "x\ud800",
        "created_at": "2026-01-01T10:00:00Z",
        "html_url": "https://github.com/a/b/issues/1#issuecomment-1",
    }
    (activity,) = dumped(written(tmp_path, said)).activities
    assert encode(activity)
    assert activity.text == "x\ufffd"


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("g02-truncated", "is no JSON"),
        ("g03-html-200", "is no JSON"),
        ("g04-502", "says 502"),
        ("g05-429-retry-after", "says 429"),
        ("g10-403-sso", "says 403"),
        ("g13-301-renamed", "says 301"),
        ("g30-gzip-bomb", "far too much"),
    ],
)
def test_answers_that_are_no_success(name: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        dumped(BAD / f"{name}.http")


@pytest.mark.parametrize(
    "odd",
    [
        {"issues": 5, "reviews": {"queue": "x"}, "stars": {"page": -1}, "releases": {"etag": 7}},
        {"name": 7},
        {"name": "tern/core", "events": {"page": "2", "top": 3}, "discussions": {"after": []}},
        3,
        [],
    ],
)
def test_a_damaged_cursor_reads_everything(odd: Any, server: FakeTransport) -> None:
    brought = bring(importer(server), {"repositories": {"7": odd, "42": odd}})
    assert brought.error is None
    assert brought.lines() == bring(importer(server)).lines()
