"""Discourse: a small forum on a fake server, and answers of real ones as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crmtool.errors import BadFile, Denied, UsageError
from crmtool.importers.contract import Context
from crmtool.importers.discourse.importer import DiscourseImporter
from crmtool.model.config import Config, Source
from crmtool.model.feeds import Profile
from crmtool.model.keyed import Keyed
from crmtool.model.moments import written
from crmtool.model.protocols import Request
from tests.importers.contract import Ask, Brought, ServerContract, bring
from tests.importers.fakes import NOW, FakeClock, FakeTransport, Said

RECORDED = Path(__file__).parents[3] / "shared" / "fixtures" / "discourse" / "perceval"
HOST = "forum.example.org"
USERS: dict[str, dict[str, Any]] = {
    "ada": {
        "id": 7, "username": "ada", "name": "Ada Lovelace", "location": "London", "trust_level": 3,
        "website": "https://ada.example.org/?token=abc", "bio_raw": "Mail me: ada@example.org",
        "email": "ada@example.org", "ip_address": "192.0.2.7",
        "associated_accounts": [
            {"name": "github", "description": "ada-l"},
            {"name": "facebook", "description": "ada@example.org"},
        ],
    },
    "evil": {"id": 8, "username": "evil", "name": "<script>\x1b[31m\u202e", "website": "javascript:x"},
    "grace": {"id": 9, "username": "grace", "name": "grace@example.org"},
}  # fmt: skip
CROWD = {
    name: {"id": n, "username": name}
    for n, name in enumerate(["bo", "cy", "di", "ed", "fay", "gus"], 20)
}
USERS |= CROWD
CATEGORIES = [
    {"id": 1, "name": "Help", "slug": "help"},
    {"id": 2, "name": "Staff", "slug": "staff", "read_restricted": True},
]


def post(number: int, who: str | None, **more: Any) -> dict[str, Any]:
    user = USERS.get(who or "", {})
    return {
        "id": number, "topic_id": 4, "post_number": number, "post_type": 1, "category_id": 1,
        "username": who, "user_id": user.get("id"), "name": user.get("name"), "trust_level": 1,
        "created_at": f"2026-05-01T10:00:{number % 60:02}.123Z", "topic_title": "How to band terns?",
        "cooked": "<p>words</p>", "actions_summary": [], **more,
    }  # fmt: skip


LIKED = {"actions_summary": [{"id": 2, "count": 2}, {"id": 6, "count": 9}]}
POSTS = [
    post(
        1,
        "ada",
        cooked='<p>Ask <a class="mention" href="/u/grace">@grace</a> &amp; x@example.org</p>',
    ),
    post(2, "grace", reply_to_post_number=1, **LIKED),
    post(3, None, username=None, user_deleted=True),
    post(51, "evil", cooked="<aside class='quote'><p>words</p></aside><p>\x1b[2J\u202e</p>"),
    post(60, "ada", category_id=2, cooked="secret"),
    post(61, "ada", post_type=4, cooked="secret"),
    post(62, "ada", hidden=True, cooked="secret"),
    post(63, "ada", category_id=99, cooked="secret"),
    *(post(number, name) for number, name in enumerate(CROWD, 70)),
    post(118, "grace", accepted_answer=True, reply_to_post_number=51),
    post(119, "ada", created_at=written(NOW + timedelta(days=400)), reply_to_post_number=77),
]
LIKES = [
    {"created_at": "2026-05-02T08:00:00.000Z", "post_id": 2, "topic_id": 4, "category_id": 1,
     "title": "How to band terns?", "acting_username": "ada", "acting_user_id": 7},
    {"created_at": written(NOW + timedelta(days=30)), "post_id": 2, "topic_id": 4,
     "category_id": 1, "acting_username": "evil", "acting_user_id": 8},
]  # fmt: skip


@dataclass
class Forum:
    """A Discourse server with a few dozen lines of its behaviour."""

    posts: list[dict[str, Any]] = field(default_factory=lambda: POSTS)
    users: Mapping[str, dict[str, Any]] = field(default_factory=lambda: USERS)
    strict: bool = False
    """Whether `before` leaves that number out, as the documentation has it."""

    def transport(self) -> FakeTransport:
        return FakeTransport(self.respond)

    def respond(self, request: Request) -> Said:
        parts = urlsplit(request.url)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        match parts.path.strip("/").split("/"):
            case ["site.json"]:
                return Said.json({"categories": CATEGORIES})
            case ["posts.json"]:
                return Said.json({"latest_posts": self.page(int(asked.get("before", 10**9)))})
            case ["posts", "by_number", topic, number]:
                return self.by_number(int(topic), int(number.removesuffix(".json")))
            case ["user_actions.json"] if asked["filter"] == "2":
                likes = LIKES if asked["username"] == "grace" and asked["offset"] == "0" else []
                return Said.json({"user_actions": [self.renamed(like) for like in likes]})
            case ["u", name] if user := self.users.get(name.removesuffix(".json")):
                return Said.json({"user": user})
        return Said.json({"errors": ["gone"]}, 404)

    def page(self, before: int) -> list[dict[str, Any]]:
        upper = before - 1 if self.strict else before
        return [p for p in reversed(self.posts) if upper - 50 < p["id"] <= upper][:50] or (
            [p for p in reversed(self.posts) if p["id"] <= upper][:50] if before == 10**9 else []
        )

    def by_number(self, topic: int, number: int) -> Said:
        found = [p for p in self.posts if (p["topic_id"], p["post_number"]) == (topic, number)]
        return Said.json(found[0]) if found else Said.json({}, 404)

    def renamed(self, like: dict[str, Any]) -> dict[str, Any]:
        names = {user["id"]: name for name, user in self.users.items()}
        uid = like["acting_user_id"]
        return {**like, "acting_username": names.get(uid, like["acting_username"])}


def ask_(
    transport: FakeTransport,
    emails: str = "hmac",
    known: Mapping[str, Profile] | None = None,
    **settings: Any,
) -> DiscourseImporter:
    values = {"type": "discourse", "target": f"https://{HOST}", **settings}
    source = {key: value for key, value in values.items() if value}
    config = {"community": {"name": "Terns"}, "privacy": {"emails": emails}}
    return DiscourseImporter(
        Context(
            "forum",
            Source.model_validate(source),
            Config.model_validate(config),
            Keyed(bytes(32)),
            FakeClock(),
            transport,
            {"FORUM_KEY": "reader:s3cret"},
            known=known or {},
        )
    )


class TestContract(ServerContract):
    @pytest.fixture
    def server(self) -> FakeTransport:
        return Forum().transport()

    @pytest.fixture
    def empty(self) -> FakeTransport:
        return Forum(posts=[]).transport()

    @pytest.fixture
    def renamed(self) -> FakeTransport:
        users = {"countess": {**USERS["ada"], "username": "countess"}, **USERS}
        del users["ada"]
        posts = [{**p, "username": "countess"} if p["username"] == "ada" else p for p in POSTS]
        return Forum(posts, users).transport()

    @pytest.fixture
    def ask(self) -> Ask:
        return ask_


@pytest.fixture
def brought() -> Brought:
    return bring(ask_(Forum().transport()))


def test_topics_replies_answers_and_likes(brought: Brought) -> None:
    said = {a.id: (a.type, a.actor, a.reply_to) for a in brought.activities}
    ada, grace, evil = (f"{HOST}:{name}" for name in ("ada", "grace", "evil"))
    crowd = {f"post-{n}": ("reply", f"{HOST}:{name}", None) for n, name in enumerate(CROWD, 70)}
    assert said == crowd | {
        "post-1": ("topic", ada, None),
        "post-2": ("reply", grace, "post-1"),
        "like-2-7": ("like", ada, "post-2"),
        "like-2-8": ("like", evil, "post-2"),
        "post-3": ("reply", None, None),
        "post-51": ("reply", evil, None),
        "post-118": ("reply", grace, "post-51"),
        "answer-118": ("answer", grace, "post-118"),
        "post-119": ("reply", ada, None),
    }


def test_an_activity_says_where_it_stands(brought: Brought) -> None:
    first = brought.activities[0]
    assert (first.at, first.channel, first.thread) == ("2026-05-01T10:00:01Z", "help", "topic-4")
    assert first.url == f"https://{HOST}/t/4/1"
    assert first.title == "How to band terns?"
    assert first.text == "Ask @grace & x@…"
    assert first.mentions == [f"{HOST}:grace"]


def test_what_is_not_for_everybody_is_left_out_and_counted(brought: Brought) -> None:
    assert brought.outcome.skipped == {
        "posts of private categories": 2,
        "notices, small actions and whispers": 1,
        "posts that were hidden or deleted": 1,
    }
    assert b"secret" not in b"".join(brought.lines())


def test_a_profile_links_accounts_and_holds_no_address(brought: Brought) -> None:
    ada = brought.profiles[f"{HOST}:ada"]
    assert (ada.uid, ada.location, ada.same_as) == ("7", "London", ["github:ada-l"])
    assert ada.links == ["https://ada.example.org/"]
    kept = b"".join(brought.lines())
    assert b"192.0.2.7" not in kept
    assert b"ada@example" not in kept
    assert brought.profiles[f"{HOST}:evil"].links == []
    assert brought.profiles[f"{HOST}:grace"].name == "grace"


def test_figures_that_move_are_kept_apart(brought: Brought) -> None:
    said = {(f.of, f.month): f.counts for f in brought.figures}
    assert said["post-2", "2026-11"] == {"likes": 2}
    assert said[f"{HOST}:ada", "2026-11"] == {"trust_level": 1}


def test_both_readings_of_before_bring_every_post() -> None:
    posts = [post(number, "ada") for number in range(1, 240)]
    for strict in (True, False):
        found = bring(ask_(Forum(posts, strict=strict).transport()))
        assert [a.id for a in found.activities] == [f"post-{n}" for n in range(1, 240)]


def test_a_later_run_reads_from_a_little_before_the_last_post() -> None:
    posts = [post(number, "ada") for number in range(1, 400)]
    cursor = bring(ask_(Forum(posts).transport())).outcome.cursor
    more = [*posts, post(400, "grace")]
    again = bring(ask_(Forum(more).transport()), cursor)
    assert [a.id for a in again.activities] == [f"post-{n}" for n in range(300, 401)]
    assert again.outcome.cursor["post"] == 400


def test_a_profile_that_is_hidden_is_named_by_its_posts() -> None:
    users = {name: user for name, user in USERS.items() if name != "grace"}
    found = bring(ask_(Forum(users={**users}).transport(), "plain"))
    assert found.profiles[f"{HOST}:grace"].name == "grace@example.org"
    assert found.outcome.skipped["profiles that are not public"] == 1


def test_what_a_hidden_profile_said_before_is_kept() -> None:
    users = {name: user for name, user in USERS.items() if name != "ada"}
    known = bring(ask_(Forum().transport())).profiles
    found = bring(ask_(Forum(users=users).transport(), known=known))
    assert found.profiles[f"{HOST}:ada"] == known[f"{HOST}:ada"]


def test_a_key_goes_into_headers_and_nowhere_else() -> None:
    transport = Forum().transport()
    found = bring(ask_(transport, token_env="FORUM_KEY"))
    assert {r.headers["api-key"] for r in transport.asked} == {"s3cret"}
    assert {r.headers["api-username"] for r in transport.asked} == {"reader"}
    assert "s3cret" not in repr(found)
    assert not [url for url in transport.urls if "s3cret" in url]


def test_a_forum_that_wants_a_login_says_so() -> None:
    closed = FakeTransport(lambda _: Said.json({"errors": ["log in"]}, 403))
    importer = ask_(closed)
    with pytest.raises(Denied):
        list(importer.fetch({}))


def test_a_target_is_an_address() -> None:
    with pytest.raises(UsageError, match="target is no address"):
        list(ask_(Forum().transport(), target="").fetch({}))


def from_files(path: Path) -> Brought:
    importer = ask_(FakeTransport(lambda _: Said.json({}, 500)))
    found = Brought(importer.outcome)
    for raw in importer.read(path):
        found.add(importer.normalise(raw))
    found.add(importer.close())
    return found


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"latest_posts": POSTS[:2]}, ["post-1", "post-2"]),
        (POSTS[0], ["post-1"]),
        ([POSTS[0], {"user": USERS["ada"]}], ["post-1"]),
        (
            {"title": "T", "post_stream": {"posts": POSTS[:2], "stream": [1, 2, 9]}},
            ["post-1", "post-2"],
        ),
        ({"archetype": "private_message", "post_stream": {"posts": POSTS}}, []),
        ({"topic_list": {"topics": [{"id": 4}]}}, []),
        ({"latest_posts": [{"id": "x"}, 7, POSTS[0]]}, ["post-1"]),
        ({"private_posts": POSTS}, []),
        ({"post": POSTS[0]}, ["post-1"]),
        ({"posts": [{"id": 5, "topic_id": 4, "username": "ada", "blurb": "x"}]}, ["post-5"]),
        ({"user_actions": [*LIKES, {**LIKES[0], "action_type": 5}]}, ["like-2-7", "like-2-8"]),
        (
            {"user_actions": [{**LIKES[0], "acting_user_id": None}, LIKES[0]]},
            [f"like-2-{LIKES[0]['acting_username']}", "like-2-7"],
        ),
        ({"post_stream": {"posts": [{**POSTS[0], "id": {}}], "stream": [[1], {}]}}, []),
        ({**POSTS[0], "raw": "half an emoji: \ud83d"}, ["post-1"]),
        ({"users": [], "categories": CATEGORIES}, []),
        ({"errors": ["no"], "error_type": "invalid_access"}, []),
    ],
)
def test_saved_answers(tmp_path: Path, value: Any, ids: list[str]) -> None:
    (tmp_path / "x.json").write_text(json.dumps(value))
    found = from_files(tmp_path / "x.json")
    assert [a.id for a in found.activities] == ids
    assert {a.actor for a in found.activities} <= found.profiles.keys()


@pytest.mark.parametrize("text", ["", "[1, 2", '{"other": 1}', "[" * 100_000])
def test_a_file_that_is_no_answer_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(BadFile, match=r"x\.json:1:1"):
        from_files(tmp_path / "x.json")


@pytest.mark.skipif(not RECORDED.is_dir(), reason="shared/fixtures does not lie beside the project")
def test_recorded_answers_of_real_forums() -> None:
    found = from_files(RECORDED)
    assert {a.type for a in found.activities} == {"topic", "reply"}
    assert len({a.id for a in found.activities}) == 25
    assert all(a.title for a in found.activities if a.id != "post-2500")
    assert found.outcome.skipped["posts that a topic names and the file does not hold"] == 26
    assert found.outcome.skipped["topics of a list, which holds no posts"]
