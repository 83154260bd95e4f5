"""The importer that CONTRIBUTING.md shows is whole: it keeps the contract."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crmtool.importers.contract import Context, Importer
from crmtool.model.config import Config, Source
from crmtool.model.feeds import Profile
from crmtool.model.keyed import Keyed
from crmtool.model.protocols import Request
from tests.importers.contract import Ask, ServerContract
from tests.importers.fakes import FakeClock, FakeTransport, Said

SHOWN = re.findall(
    r"```python\n(.*?)```", (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(), re.DOTALL
)
ADA: dict[str, Any] = {"id": 7, "handle": "ada", "name": "Ada \x1b[1mLovelace"}


def post(number: int, author: dict[str, Any] | None, at: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "author": author,
        "created": at,
        "changed": at,
        "text": f"Post {number} <script>",
        "url": f"https://lobby.example.org/{number}?token=x",
        "replies_to": None,
        **more,
    }


POSTS = [
    post(1, ADA, "2026-01-01T10:00:00Z"),
    post(2, {"id": 8, "handle": "bo", "name": "\u202eBo"}, "2026-01-02T10:00:00Z", replies_to=1),
    post(3, None, "2026-01-03T10:00:00Z", replies_to=1),
    post(4, ADA, "2099-01-01T10:00:00Z"),
]


def lobby(posts: list[dict[str, Any]]) -> FakeTransport:
    """Two posts a page, the last one of a page again on the next."""

    def respond(request: Request) -> Said:
        asked = {name: v[-1] for name, v in parse_qs(urlsplit(request.url).query).items()}
        found = [p for p in posts if p["changed"] >= asked.get("changed_since", "")]
        start = int(asked.get("start", 0))
        headers = {}
        if start + 2 < len(found):
            since = asked.get("changed_since", "")
            headers["link"] = f'</posts?changed_since={since}&start={start + 2}>; rel="next"'
        body = json.dumps(found[max(start - 1, 0) : start + 2]).encode()
        return Said(200, headers, body)

    return FakeTransport(respond)


def ask_lobby(
    transport: FakeTransport, *, known: Mapping[str, Profile] | None = None
) -> Importer[Any]:
    code: dict[str, Any] = {}
    exec(SHOWN[0], code)  # noqa: S102 (our own documentation)
    made: Importer[Any] = code["LobbyImporter"](
        Context(
            "lobby",
            Source(type="discourse", target="https://lobby.example.org"),
            Config.model_validate({"community": {"name": "Terns"}}),
            Keyed(bytes(32)),
            FakeClock(),
            transport,
            known=known or {},
        )
    )
    return made


class TestShown(ServerContract):
    @pytest.fixture
    def ask(self) -> Ask:
        return ask_lobby

    @pytest.fixture
    def server(self) -> FakeTransport:
        return lobby(POSTS)

    @pytest.fixture
    def empty(self) -> FakeTransport:
        return lobby([])

    @pytest.fixture
    def renamed(self) -> FakeTransport:
        posts = deepcopy(POSTS)
        for written in posts:
            if written["author"] and written["author"]["id"] == 7:
                written["author"]["handle"] = "countess"
        return lobby(posts)


def test_it_is_one_and_short() -> None:
    (code,) = SHOWN
    assert len(code.splitlines()) < 60
