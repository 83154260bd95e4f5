"""A small GitHub: REST with its paging, sorting and headers, and the GraphQL queries that we ask.

What it holds is plain data in the shapes of the API; tests change it as they need.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from crmtool.model.protocols import Request
from tests.importers.fakes import Said

Thing = dict[str, Any]
HOSTILE = "<script>alert(1)</script> \x1b[31mRed\x07 \u202eevil bo@example.org @ada @x/y"
SERVED = re.compile(r"(?:/api/v3)?/repos/tern/core(/.*)?\Z")


def user(login: str, number: int, kind: str = "User") -> Thing:
    return {"login": login, "id": number, "type": kind, "node_id": f"U_{number}"}


ADA, BO, CY = user("ada", 1), user("bo", 2), user("cy", 3)
GHOST = user("ghost", 10137)
APP = user("dependabot[bot]", 4, "Bot")
EVIL = [user("../../x", 8), user("-rf", 9), user("con", 10)]


def issue(number: int, who: Thing | None, at: str, **more: Any) -> Thing:
    return {
        "id": 1000 + number,
        "number": number,
        "title": f"Title {number}",
        "body": f"Body {number}",
        "user": who,
        "state": "open",
        "created_at": at,
        "updated_at": at,
        "closed_at": None,
        "html_url": f"https://github.com/tern/core/issues/{number}",
        "url": f"https://api.github.com/repos/tern/core/issues/{number}",
        "reactions": {"url": "x", "total_count": 3, "+1": 2, "heart": 1, "-1": 0},
        **more,
    }


def comment(number: int, on: int, who: Thing | None, at: str, mark: str = "issuecomment-") -> Thing:
    return {
        "id": number,
        "body": f"Comment {number} {HOSTILE}",
        "user": who,
        "created_at": at,
        "updated_at": at,
        "html_url": f"https://github.com/tern/core/issues/{on}#{mark}{number}",
        "issue_url": f"https://api.github.com/repos/tern/core/issues/{on}",
    }


def pull(merged_at: str | None = None) -> Thing:
    return {"merged_at": merged_at, "url": "https://api.github.com/repos/tern/core/pulls/3"}


def closing(number: int, what: str, who: Thing, at: str, about: Thing) -> Thing:
    return {"id": number, "event": what, "actor": who, "created_at": at, "issue": about}


@dataclass
class FakeGitHub:
    """Answers as GitHub does. `most` is how many items fit on a page, whatever is asked for."""

    most: int = 2
    token: str | None = None
    lists: dict[str, list[Thing]] = field(default_factory=dict)
    repository: Thing = field(default_factory=dict)
    accounts: dict[str, Thing] = field(default_factory=dict)
    discussions: list[Thing] = field(default_factory=list)
    sponsorships: list[Thing] = field(default_factory=list)
    left: int = 5000
    base: str = "https://api.github.com"

    def __call__(self, request: Request) -> Said:
        parts = urlsplit(request.url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if self.left <= 0:
            limit = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795222800"}
            return Said(403, limit, b'{"message": "API rate limit exceeded"}')
        self.left -= 1
        if parts.path.endswith("/graphql"):
            return self.graphql(request)
        if found := SERVED.match(parts.path):
            return self.repo(request, found[1] or "", asked)
        if parts.path.startswith("/users/"):
            account = self.accounts.get(parts.path.removeprefix("/users/"))
            return Said.json(account) if account else Said.json({"message": "Not Found"}, 404)
        return Said.json({"message": "Not Found"}, 404)

    def repo(self, request: Request, rest: str, asked: dict[str, str]) -> Said:
        if not rest:
            return Said.json(self.repository)
        if rest not in self.lists:
            return Said.json({"message": "Not Found"}, 404)
        if rest == "/releases" and request.headers.get("if-none-match") == 'W/"r1"':
            return Said(304, {}, b"")
        return self.page(request.url, rest, self.ordered(self.lists[rest], asked), asked)

    @staticmethod
    def ordered(items: list[Thing], asked: dict[str, str]) -> list[Thing]:
        if asked.get("sort") == "updated":
            items = [i for i in items if i["updated_at"] >= asked.get("since", "")]
            items = sorted(items, key=lambda i: i["updated_at"])
        return items

    def page(self, url: str, rest: str, items: list[Thing], asked: dict[str, str]) -> Said:
        number, size = int(asked.get("page", 1)), min(int(asked.get("per_page", 30)), self.most)
        start = (number - 1) * size
        # As on a busy day: the last item of a page comes again on the next one.
        shown = items[max(start - 1, 0) : start + size]
        headers = {"etag": 'W/"r1"'} if rest == "/releases" else {}
        if start + size < len(items):
            after = urlencode({**asked, "page": number + 1})
            first = urlencode({**asked, "page": 1})
            bare = url.partition("?")[0]
            headers["link"] = f'<{bare}?{after}>; rel="next", <{bare}?{first}>; rel="first"'
        return Said(200, headers, json.dumps(shown).encode())

    def graphql(self, request: Request) -> Said:
        if self.token is None or request.headers.get("authorization") != f"Bearer {self.token}":
            return Said.json({"message": "This endpoint requires you to be authenticated."}, 401)
        asked = json.loads(request.body or b"{}")
        query, given = asked["query"], asked["variables"]
        if "discussions(" in query:
            page = self.connection(self.discussions, given.get("after"))
            return Said.json({"data": {"repository": {"discussions": page}}})
        if "sponsorshipsAsMaintainer" in query:
            page = self.connection(self.sponsorships, given.get("after"))
            return Said.json({"data": {"repositoryOwner": {"sponsorshipsAsMaintainer": page}}})
        if "pullRequest(" in query:
            pulls = {f"p{n}": self.reviews(n) for n in re.findall(r"number: (\d+)", query)}
            return Said.json({"data": {"repository": pulls}})
        found = {f"a{n[1:]}": self.owner(self.accounts.get(login)) for n, login in given.items()}
        errors = [
            {"type": "NOT_FOUND", "message": "x"} for value in found.values() if value is None
        ]
        return Said.json({"data": found, **({"errors": errors} if errors else {})})

    def reviews(self, number: str) -> Thing | None:
        """The full numbers come as text."""
        found = self.lists.get(f"/pulls/{number}/reviews")
        if found is None:
            return None
        nodes = [{**review, "id": str(review["id"])} for review in found[:100]]
        return {"reviews": {"pageInfo": {"hasNextPage": len(found) > 100}, "nodes": nodes}}

    @staticmethod
    def owner(account: Thing | None) -> Thing | None:
        if account is None:
            return None
        social = account.get("social", [])
        return {
            **{k: v for k, v in account.items() if k != "social"},
            "followers": {"totalCount": account.get("followers", 0)},
            "socialAccounts": {"nodes": social},
            "repositories": {
                "nodes": [{"primaryLanguage": {"name": "Python"}}, {"primaryLanguage": None}]
            },
        }

    def connection(self, nodes: list[Thing], after: str | None) -> Thing:
        start = int(after or 0)
        end = start + self.most
        info = {"hasNextPage": end < len(nodes), "endCursor": str(end)}
        return {"pageInfo": info, "nodes": nodes[start:end]}


def small(token: str | None = None, most: int = 2) -> FakeGitHub:
    """A repository with something of everything, hostile names and a deleted account among it."""
    issues = [
        issue(1, ADA, "2026-01-01T10:00:00Z", title=HOSTILE, body=HOSTILE),
        issue(
            2,
            GHOST,
            "2026-01-02T10:00:00Z",
            closed_at="2026-02-01T10:00:00Z",
            updated_at="2026-02-01T10:00:00Z",
        ),
        issue(
            3,
            BO,
            "2026-01-03T10:00:00Z",
            pull_request=pull("2026-02-02T10:00:00Z"),
            closed_at="2026-02-02T10:00:00Z",
        ),
        issue(
            4, None, "2026-01-04T10:00:00Z", pull_request=pull(), closed_at="2026-02-03T10:00:00Z"
        ),
        issue(5, APP, "2026-01-05T10:00:00Z", pull_request=pull()),
        *(issue(6 + n, who, f"2026-03-0{n + 1}T10:00:00Z") for n, who in enumerate(EVIL)),
        issue(9, ADA, "2099-01-01T00:00:00Z"),
    ]
    by = {i["number"]: i for i in issues}
    star = [
        {"starred_at": f"2026-04-0{n}T00:00:00Z", "user": user(f"fan{n}", 20 + n)}
        for n in range(1, 6)
    ]
    lists = {
        "/issues": issues,
        "/issues/comments": [comment(10 + n, 1, CY, f"2026-01-1{n}T10:00:00Z") for n in range(5)],
        "/pulls/comments": [
            {**comment(30, 3, ADA, "2026-01-20T10:00:00Z", "discussion_r"), "path": "a.py", "diff_hunk": "@@"},
            {**comment(31, 3, BO, "2026-01-21T10:00:00Z", "discussion_r"), "in_reply_to_id": 30},
        ],
        "/issues/events": [
            closing(5, "labeled", ADA, "2026-03-01T10:00:00Z", by[1]),
            closing(4, "closed", BO, "2026-02-03T10:00:00Z", by[4]),
            closing(3, "closed", ADA, "2026-02-02T10:00:00Z", by[3]),
            closing(2, "merged", ADA, "2026-02-02T10:00:00Z", by[3]),
            closing(1, "closed", GHOST, "2026-02-01T10:00:00Z", by[2]),
        ],
        "/pulls/3/reviews": [
            {"id": 40 + n, "user": ADA, "state": "APPROVED", "body": "", "submitted_at": f"2026-01-2{n}T10:00:00Z",
             "html_url": "https://github.com/tern/core/pull/3#pullrequestreview-40"}
            for n in range(3)
        ],
        "/pulls/4/reviews": [{"id": 50, "user": BO, "state": "PENDING", "body": ""}],
        "/pulls/5/reviews": [],
        "/releases": [
            {"id": 60, "author": ADA, "name": "Tern 1", "tag_name": "v1", "published_at": "2026-05-01T10:00:00Z", "html_url": "https://github.com/tern/core/releases/tag/v1", "draft": False},
            {"id": 61, "author": ADA, "name": None, "tag_name": "v2", "published_at": None, "draft": True},
        ],
        "/stargazers": star,
        "/forks": [{"id": 70, "full_name": "cy/core", "owner": CY, "fork": True, "created_at": "2026-05-02T10:00:00Z", "html_url": "https://github.com/cy/core"}],
    }  # fmt: skip
    accounts = {
        "ada": {**ADA, "name": "Ada Lovelace", "bio": "Engines", "company": "@tern", "location": "London",
                "blog": "ada.example.org", "email": "ada@example.org", "twitter_username": "AdaEngine", "followers": 7,
                "social": [{"provider": "MASTODON", "url": "https://hachyderm.io/@Ada"}, {"provider": "GENERIC", "url": "https://ada.example.net/"}]},
        "bo": {**BO, "name": HOSTILE, "followers": 0},
    }  # fmt: skip
    return FakeGitHub(
        most, token, lists, {"id": 42, "full_name": "tern/core", "owner": user("tern", 99, "Organization"), "stargazers_count": 5, "forks_count": 1},
        accounts, _discussions(), _sponsorships(),
    )  # fmt: skip


def _discussions() -> list[Thing]:
    replies = {
        "totalCount": 101,
        "nodes": [{"id": 82, "body": "Thanks", "user": ADA, "created_at": "2026-06-03T10:00:00Z"}],
    }
    answer = {"id": 81, "body": "So", "user": BO, "created_at": "2026-06-02T10:00:00Z", "isAnswer": True, "replies": replies,
              "html_url": "https://github.com/tern/core/discussions/20#discussioncomment-81"}  # fmt: skip
    asked = {"node": "D_20", "number": 20, "title": "How?", "body": "?", "user": ADA, "created_at": "2026-06-01T10:00:00Z",
             "updated_at": "2026-06-03T10:00:00Z", "html_url": "https://github.com/tern/core/discussions/20",
             "category": {"name": "Q&A"}, "reactionGroups": [{"content": "THUMBS_UP", "reactors": {"totalCount": 2}}],
             "comments": {"pageInfo": {"hasNextPage": False}, "nodes": [answer]}}  # fmt: skip
    older = {
        **deepcopy(asked),
        "node": "D_19",
        "number": 19,
        "updated_at": "2026-05-03T10:00:00Z",
        "comments": {"nodes": []},
    }
    oldest = {**deepcopy(older), "node": "D_18", "number": 18, "updated_at": "2026-05-02T10:00:00Z"}
    return [asked, older, oldest]


def _sponsorships() -> list[Thing]:
    return [
        {
            "node_id": "S_1",
            "created_at": "2026-07-01T10:00:00Z",
            "privacy_level": "PUBLIC",
            "sponsor": CY,
        },
        {
            "node_id": "S_2",
            "created_at": "2026-07-02T10:00:00Z",
            "privacy_level": "PRIVATE",
            "sponsor": ADA,
        },
    ]


def rename(server: FakeGitHub, old: str, new: str) -> FakeGitHub:
    """The same server after an account took another handle."""
    text = json.dumps([server.lists, server.accounts, server.discussions, server.sponsorships])
    text = text.replace(f'"login": "{old}"', f'"login": "{new}"').replace(
        f'{{"{old}": ', f'{{"{new}": '
    )
    lists, accounts, discussions, sponsorships = json.loads(text)
    return FakeGitHub(
        server.most, server.token, lists, server.repository, accounts, discussions, sponsorships
    )
