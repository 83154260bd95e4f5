"""The API of GitHub or of an Enterprise server: where it is, how it is asked, what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from crmtool.errors import BadAnswer, LimitReached, SourceError
from crmtool.importers.answers import is_limit
from crmtool.importers.client import Client
from crmtool.importers.contract import Context, Outcome
from crmtool.importers.github.wire import Repository
from crmtool.model.config import Source
from crmtool.model.urls import origin

T = TypeVar("T")

PUBLIC: Final = "https://api.github.com"
PAGE: Final = 100
_TARGET: Final = re.compile(
    r"(?:https?://[^/]+/)?(?:orgs/)?(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]*)"
    r"(?:/(?P<name>[\w.-]+?)(?:\.git)?)?/?\Z"
)
_HEADERS: Final = {
    "accept": "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
}
_HERE: Final = re.compile(r"localhost|127(?:\.\d+){3}|::1")
_HIDDEN: Final = 404
_TROUBLE: Final = 500


def base_of(source: Source) -> str:
    """The server that a source is on: `base_url`, else the one that its target names."""
    if source.base_url:
        return source.base_url.rstrip("/")
    parts = urlsplit(source.target) if "://" in source.target else None
    if parts is None or parts.hostname in ("github.com", "www.github.com", "api.github.com"):
        return PUBLIC
    return f"{parts.scheme}://{parts.netloc}"


def network_of(source: Source) -> str:
    """What comes before its handles: `github`, or the host of an Enterprise server.

    A proxy on one's own machine has no accounts of its own: it speaks for github.com.
    """
    found = origin(base_of(source))
    host = found.host if found else ""
    if host in ("api.github.com", "github.com", "www.github.com") or _HERE.match(host):
        return "github"
    return host.removeprefix("api.") if host.endswith(".ghe.com") else host


@dataclass
class Api:
    """Asks the server of one source."""

    context: Context
    outcome: Outcome

    @cached_property
    def token(self) -> str | None:
        return self.context.secret()

    @cached_property
    def client(self) -> Client:
        secrets = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return self.context.client(base_of(self.context.source), headers=_HEADERS, secrets=secrets)

    def repositories(self) -> Iterator[Repository]:
        """The repository that is the target, or the public ones of its owner, by name.

        Raises:
            SourceError: the target names neither, or there is none, or no answer.

        """
        found = _TARGET.match(self.context.source.target)
        if not found:
            raise SourceError(
                self.context.name,
                f"{self.context.source.target!r} names no repository",
                "write `target: owner/name`, or `target: owner` for all of its public ones",
            )
        owner, name = found["owner"], found["name"]
        if name:
            yield self._rooted(lambda: self._repository(owner, name))
        else:
            self._rooted(lambda: self.client.get(f"/users/{owner}", msgspec.Raw))
            yield from self._repositories_of(owner)

    def _rooted(self, ask: Callable[[], T]) -> T:
        """Ask for the first time: an Enterprise server has its API below `/api/v3`, others not."""
        client, base = self.client, self.client.base
        parts = urlsplit(base)
        if parts.path or (parts.hostname or "").startswith("api."):
            return ask()
        if parts.hostname in ("github.com", "www.github.com"):
            client.base = PUBLIC
            return ask()
        client.base = f"{base}/api/v3"
        try:
            return ask()
        except BadAnswer as error:
            if not is_absent(error):
                raise
        client.base = base
        return ask()

    def _repository(self, owner: str, name: str) -> Repository:
        try:
            found: Repository = self.client.get(f"/repos/{owner}/{name}", Repository).data
        except BadAnswer as error:
            if error.status == _HIDDEN:
                error.hint = "check its name; a private one needs a token that may read it"
            raise
        if found.full_name.lower() != f"{owner}/{name}".lower():
            note = f"{owner}/{name} is called {found.full_name} now: write that as its target"
            self.outcome.note(note)
        return found

    def _repositories_of(self, owner: str) -> Iterator[Repository]:
        params: dict[str, str | int] = {"type": "owner", "sort": "full_name", "per_page": PAGE}
        count = 0
        for page in self.client.pages(f"/users/{owner}/repos", list[Repository], params=params):
            for repository in page.data:
                if repository.private:
                    self.outcome.skip("private repositories (name one as a target to read it)")
                elif repository.fork:
                    self.outcome.skip("repositories that are forks of others")
                else:
                    count += 1
                    yield repository
        if not count:
            self.outcome.note(f"{owner} has no public repository of its own")

    def graphql(self, query: str, **variables: str | int | None) -> dict[str, Any]:
        """What a query answers; parts that are not there are null.

        Raises:
            BadAnswer: the server has no such API, or refuses the whole query.
            SourceError: as of any request.

        """
        body = {"query": query, "variables": variables}
        answer: _GraphAnswer = self.client.post(self._graphql, body, _GraphAnswer).data
        if any(e.type == "RATE_LIMITED" or is_limit({}, e.message) for e in answer.errors):
            message = "the GraphQL API wants to be left alone for now"
            raise LimitReached(self.context.name, message, "import again in an hour")
        if not answer.data or not any(value is not None for value in answer.data.values()):
            said = answer.errors[0].message if answer.errors else "nothing"
            raise BadAnswer(self.context.name, f"the GraphQL API answers: {said[:200]}")
        return dict(answer.data)

    @property
    def _graphql(self) -> str:
        base = self.client.base
        return f"{base[:-3]}/graphql" if base.endswith("/api/v3") else f"{base}/graphql"


class _GraphError(msgspec.Struct):
    message: str = ""
    type: str = ""


class _GraphAnswer(msgspec.Struct):
    data: dict[str, Any] | None = None
    errors: list[_GraphError] = []


def is_absent(error: BadAnswer) -> bool:
    """Whether what was asked for is not there, rather than not to be had at the moment."""
    return error.status < _TROUBLE
