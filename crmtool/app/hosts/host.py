"""What crmtool asks of a host, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from crmtool.errors import BadAnswer, Denied, LimitReached, SourceError, Unreachable
from crmtool.importers.client import Answer, Client
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
    day: str
    """When it was written, as YYYY-MM-DD."""
    is_open: bool


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


class HostClient(Client):
    """A client whose troubles say what to do about a host, not about a source to import."""

    def get(self, url: str, type: Any = Any, **how: Any) -> Answer[Any]:  # noqa: A002, ANN401
        with _as_host():
            return super().get(url, type, **how)

    def write(self, method: Literal["POST", "PUT"], url: str, body: object) -> Answer[Any]:
        with _as_host():
            return super().write(method, url, body)


@contextmanager
def _as_host() -> Iterator[None]:
    try:
        yield
    except Denied as error:
        error.hint = "is the token right, and may it do this? see docs/hosting.md"
        raise
    except BadAnswer as error:
        error.hint = "is there such a project, and may the token see it? see docs/hosting.md"
        raise
    except (LimitReached, Unreachable) as error:
        error.hint = "run it again later"
        raise


def token_of(forge: Forge, env: Mapping[str, str]) -> str:
    """The token for a host in the environment; empty where there is none that is meant for it."""
    names = _TOKENS[forge.kind] if forge.is_meant else ()
    return next((env[name] for name in names if env.get(name)), "")


def connect(forge: Forge, token: str, transport: Transport, clock: Clock) -> Host:
    """The host of a project."""
    from crmtool.app.hosts.github import GitHub
    from crmtool.app.hosts.gitlab import GitLab

    github = forge.kind == "github"
    secret = {"authorization": f"Bearer {token}"} if github else {"private-token": token}
    client = HostClient("", forge.api, transport, clock, secrets=secret)
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
