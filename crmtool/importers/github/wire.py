"""What the API and webhooks send, as far as it is read. Whatever else they send is passed over.

Names are those of the REST API; the queries of `graphql` give their answers the same ones.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import msgspec


class User(msgspec.Struct, frozen=True):
    """An account as it stands beside what it did. `id` is for good, `login` may change hands.

    Some recordings have an empty object where the account was deleted.
    """

    login: str = ""
    id: int | None = None
    type: str = "User"


class SocialAccount(msgspec.Struct, frozen=True):
    """An account elsewhere that a profile names."""

    url: str
    provider: str = ""


class Account(msgspec.Struct, frozen=True):
    """What an account says of itself."""

    login: str
    id: int | None = None
    type: str = "User"
    name: str | None = None
    bio: str | None = None
    company: str | None = None
    location: str | None = None
    blog: str | None = None
    email: str | None = None
    twitter_username: str | None = None
    followers: int | None = None
    languages: list[str] = []
    social: list[SocialAccount] = []


class Repository(msgspec.Struct, frozen=True):
    """A repository."""

    full_name: str
    id: int | None = None
    owner: User | None = None
    fork: bool = False
    private: bool = False
    created_at: str | int | None = None
    html_url: str | None = None
    stargazers_count: int | None = None
    forks_count: int | None = None
    subscribers_count: int | None = None
    has_discussions: bool = True


class PullRef(msgspec.Struct, frozen=True):
    """What an issue says of the pull request that it is."""

    merged_at: str | None = None


class Issue(msgspec.Struct, frozen=True):
    """An issue, or a pull request where the API lists both."""

    number: int
    title: str = ""
    user: User | None = None
    body: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    closed_at: str | None = None
    closed_by: User | None = None
    pull_request: PullRef | None = None
    html_url: str | None = None
    url: str | None = None
    reactions: dict[str, Any] | None = None


class Pull(msgspec.Struct, frozen=True):
    """A pull request."""

    number: int
    title: str = ""
    user: User | None = None
    body: str | None = None
    created_at: str | None = None
    closed_at: str | None = None
    merged_at: str | None = None
    merged_by: User | None = None
    html_url: str | None = None
    url: str | None = None


class Comment(msgspec.Struct, frozen=True):
    """A comment on an issue, a pull request, a line of one, a commit, or in a discussion."""

    id: int
    user: User | None = None
    body: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    html_url: str | None = None
    url: str | None = None
    commit_id: str | None = None
    in_reply_to_id: int | None = None
    parent_id: int | None = None
    reactions: dict[str, Any] | None = None


class Review(msgspec.Struct, frozen=True):
    """A review of a pull request."""

    id: int
    state: str = ""
    user: User | None = None
    body: str | None = None
    submitted_at: str | None = None
    html_url: str | None = None
    pull_request_url: str | None = None


class Event(msgspec.Struct, frozen=True):
    """Something that happened to an issue or a pull request."""

    event: str
    id: int | None = None
    actor: User | None = None
    created_at: str | None = None
    issue: Issue | None = None
    url: str | None = None


class Release(msgspec.Struct, frozen=True):
    """A release."""

    id: int
    author: User | None = None
    name: str | None = None
    tag_name: str | None = None
    body: str | None = None
    draft: bool = False
    published_at: str | None = None
    html_url: str | None = None
    url: str | None = None
    reactions: dict[str, Any] | None = None


class Star(msgspec.Struct, frozen=True):
    """A star that somebody gave."""

    starred_at: str
    user: User | None = None


class Category(msgspec.Struct, frozen=True):
    """Where a discussion stands."""

    name: str = ""


class Discussion(msgspec.Struct, frozen=True):
    """A discussion."""

    number: int
    title: str = ""
    user: User | None = None
    body: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    html_url: str | None = None
    category: Category | None = None
    reactions: dict[str, Any] | None = None


class Sponsorship(msgspec.Struct, frozen=True):
    """Somebody who pays for the project's work."""

    node_id: str
    sponsor: User | None = None
    created_at: str | None = None
    privacy_level: str = "public"


KINDS: Final[dict[str, type[msgspec.Struct]]] = {
    "account": Account,
    "answer": Comment,
    "comment": Comment,
    "commit-comment": Comment,
    "discussion": Discussion,
    "discussion-comment": Comment,
    "event": Event,
    "fork": Repository,
    "issue": Issue,
    "pull": Pull,
    "release": Release,
    "repository": Repository,
    "review": Review,
    "review-comment": Comment,
    "sponsorship": Sponsorship,
    "star": Star,
}
Data: TypeAlias = "dict[str, Any] | msgspec.Raw"


class Item(msgspec.Struct, frozen=True):
    """One thing that GitHub said, not yet understood.

    `kind` is a key of KINDS, `channel` the repository (`owner/name`) where that is known, `thread`
    the number of the issue, pull request or discussion where the data does not say it.
    """

    kind: str
    data: Data
    channel: str = ""
    thread: int | None = None


_DECODERS: Final = {kind: msgspec.json.Decoder(what).decode for kind, what in KINDS.items()}


def understood(item: Item) -> Any:  # noqa: ANN401 (the type that the item's kind stands for)
    """An item's data.

    Raises:
        msgspec.ValidationError: it is not what its kind says.

    """
    if isinstance(item.data, msgspec.Raw):
        return _DECODERS[item.kind](item.data)
    return msgspec.convert(item.data, KINDS[item.kind])
