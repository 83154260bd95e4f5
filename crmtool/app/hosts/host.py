"""What crmtool asks of a host, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from crmtool.errors import SourceError
from crmtool.importers.client import Client
from crmtool.model.forge import Forge, Kind
from crmtool.model.protocols import Clock, Transport

_TOKENS: Final[dict[Kind, tuple[str, ...]]] = {
    "github": ("GH_TOKEN", "GITHUB_TOKEN"),
    "gitlab": ("GITLAB_TOKEN",),
    "plain": (),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A pull request to be: from a branch of one project to a branch of another or the same."""

    head: Forge
    branch: str
    target: Forge
    base: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Where a request can be seen; or, where it still has to be opened, the link that does it."""

    url: str
    how: Literal["opened", "updated", "link"]


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A pull or merge request that waits. `ref` is what its last commit can be fetched by."""

    number: int
    commit: str
    ref: str
    base: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What somebody wrote into a form. All of it but the number is theirs."""

    number: int
    title: str
    body: str
    author: str
    labels: tuple[str, ...]
    is_open: bool = True


Place = Literal["request", "issue"]


class Host(Protocol):
    """A project's host, asked by its API. Every method raises `SourceError` where it says no."""

    def existing(self, asked: Request) -> str | None:
        """The address of the request that is open for this branch."""

    def create(self, asked: Request) -> str:
        """Open a request; its address."""

    def open_requests(self) -> list[OpenRequest]:
        """Every request that waits."""

    def comment(self, place: Place, number: int, mark: str, body: str) -> None:
        """Write our comment, which begins with `mark`, or bring it up to date."""

    def status(self, commit: str, *, good: bool, words: str) -> None:
        """Say of a commit whether it may be merged."""

    def issue(self, number: int) -> Issue:
        """One issue."""

    def issues(self, label: str) -> list[Issue]:
        """Every open issue with a label."""


STATUS: Final = "crm/trusted"


def token_of(kind: Kind, env: Mapping[str, str]) -> str:
    """The token for a host in the environment, empty where there is none."""
    return next((env[name] for name in _TOKENS[kind] if env.get(name)), "")


def connect(forge: Forge, token: str, transport: Transport, clock: Clock) -> Host:
    """The host of a project."""
    from crmtool.app.hosts.github import GitHub
    from crmtool.app.hosts.gitlab import GitLab

    github = forge.kind == "github"
    secret = {"authorization": f"Bearer {token}"} if github else {"private-token": token}
    client = Client("", forge.api, transport, clock, secrets=secret)
    return GitHub(client, forge) if github else GitLab(client, forge)


def text_of(found: Any, *keys: str) -> str:  # noqa: ANN401 (what a server answered)
    """A text in an answer.

    Raises:
        SourceError: there is none.

    """
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, str):
        raise SourceError(
            "", f"the host's answer lacks {'.'.join(keys)}", "is its address an API's? see docs"
        )
    return found
