"""A GitHub with many issues, on loopback, as a process of its own: `python -m benchmarks.githubs N`.

It prints its port, and answers a list of issues in pages of 100 with the links and fields that
GitHub sends; all other lists are empty. Each page is made once, so that serving costs little.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE = 100
AUTHORS = 500
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_API = "https://api.github.com"
_LISTS = ("followers", "following", "gists", "starred", "subscriptions", "orgs", "repos", "events")
_WORDS = "When the worker restarts the queue keeps its lock and every later job waits for it. " * 8


def user(number: int) -> dict[str, Any]:
    """An account as it stands beside what it did, with every address that GitHub adds."""
    login = f"person-{number}"
    return {
        "login": login,
        "id": number,
        "node_id": f"U_kgDO{number:08}",
        "avatar_url": f"https://avatars.githubusercontent.com/u/{number}?v=4",
        "gravatar_id": "",
        "url": f"{_API}/users/{login}",
        "html_url": f"https://github.com/{login}",
        **{f"{name}_url": f"{_API}/users/{login}/{name}" for name in _LISTS},
        "type": "User",
        "user_view_type": "public",
        "site_admin": False,
    }


def issue(number: int) -> dict[str, Any]:
    """One issue, some four kilobytes of it."""
    at = f"{_BEGIN + timedelta(minutes=37 * number):%Y-%m-%dT%H:%M:%SZ}"
    here = f"{_API}/repos/tern/core/issues/{number}"
    return {
        "url": here,
        "repository_url": f"{_API}/repos/tern/core",
        "labels_url": f"{here}/labels{{/name}}",
        "comments_url": f"{here}/comments",
        "events_url": f"{here}/events",
        "html_url": f"https://github.com/tern/core/issues/{number}",
        "id": 1_000_000 + number,
        "node_id": f"I_kwDO{number:08}",
        "number": number,
        "title": f"The queue keeps its lock after restart {number}",
        "user": user(number % AUTHORS),
        "labels": [
            {"id": n, "node_id": f"LA_{n}", "url": f"{_API}/repos/tern/core/labels/{n}", "name": f"area/{n}",
             "color": "ededed", "default": False, "description": "What it is about"}
            for n in range(3)
        ],
        "state": "closed",
        "locked": False,
        "assignee": user(1),
        "assignees": [user(1)],
        "milestone": None,
        "comments": 3,
        "created_at": at,
        "updated_at": at,
        "closed_at": at,
        "author_association": "CONTRIBUTOR",
        "active_lock_reason": None,
        "body": _WORDS,
        "closed_by": user(1),
        "reactions": {"url": f"{here}/reactions", "total_count": 1, "+1": 1, "-1": 0, "laugh": 0, "hooray": 0,
                      "confused": 0, "heart": 0, "rocket": 0, "eyes": 0},
        "timeline_url": f"{here}/timeline",
        "performed_via_github_app": None,
        "state_reason": "completed",
    }  # fmt: skip


def pages(count: int) -> list[bytes]:
    """All pages of that many issues."""
    numbers = range(1, count + 1)
    return [
        json.dumps([issue(n) for n in numbers[at : at + PAGE]]).encode()
        for at in range(0, count, PAGE)
    ]


def serve(count: int) -> None:
    """Answer until killed."""
    made = pages(count)
    account = json.dumps({**user(1), "name": "Someone", "followers": 3}).encode()
    repository = json.dumps({"id": 42, "full_name": "tern/core", "owner": user(99)}).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else headers wait 40 ms for the body

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body, link = b"[]", ""
            if parts.path.endswith("/repos/tern/core"):
                body = repository
            elif "/users/" in parts.path:
                body = account
            elif parts.path.endswith("/core/issues"):
                number = int(parse_qs(parts.query).get("page", ["1"])[0])
                body = made[number - 1]
                if number < len(made):
                    link = (
                        f'<http://{self.headers["host"]}{parts.path}?page={number + 1}>; rel="next"'
                    )
            self.send_response(200)
            self.send_header("content-type", "application/json; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            if link:
                self.send_header("link", link)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing of each request."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
