"""Answers of the API that were saved to files: topics, posts, lists of them, people's pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from crmtool.errors import BadFile
from crmtool.importers.answers import read_json
from crmtool.importers.contract import Outcome
from crmtool.importers.discourse.items import LikeGiven, User, understood

_PRIVATE: Final = "private messages"
_LIKED: Final = (1, 2)
"""Discourse's numbers of a like given, and of one received."""
_OTHERS: Final = frozenset(
    """about action_code badges categories category category_list directory_items errors groups
    notifications post_action_users tags topic user_badges user_summary users""".split()
)


@dataclass
class Dump:
    """What one file holds; posts as they came."""

    posts: list[Any] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    likes: list[LikeGiven] = field(default_factory=list)
    title: str | None = None


def dumps(source: str, path: Path, outcome: Outcome) -> Iterator[Dump]:
    """What a file says, or every .json file of a folder.

    Raises:
        BadFile: it holds no JSON, or none that Discourse answers.

    """
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    for file in files:
        try:
            value = read_json(file.read_bytes())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadFile(source, f"{file.name}:1:1: is not JSON: {error}", _HINT) from None
        found = list(_parts(value, outcome))
        if not found:
            raise BadFile(source, f"{file.name}:1:1: is no answer of Discourse's", _HINT)
        yield from found


def _parts(value: Any, outcome: Outcome) -> Iterator[Dump]:  # noqa: ANN401 (JSON)
    """The answers in a value: one, or a list of them."""
    if isinstance(value, list):
        for item in value:
            yield from _parts(item, outcome)
        return
    if not isinstance(value, dict):
        return
    if isinstance(stream := value.get("post_stream"), dict):
        yield _topic(value, stream, outcome)
    elif isinstance(listed := value.get("latest_posts"), list):
        yield Dump(posts=listed)
    elif isinstance(topics := value.get("topic_list"), dict):
        listed = topics.get("topics")
        if isinstance(listed, list) and listed:
            outcome.skip("topics of a list, which holds no posts", len(listed))
        yield Dump()
    elif user := understood(User, value.get("user")):
        yield Dump(users=[user])
    elif {"id", "topic_id", "cooked"} <= value.keys():
        yield Dump(posts=[value])
    else:
        yield from _lesser(value, outcome)


def _lesser(value: dict[str, Any], outcome: Outcome) -> Iterator[Dump]:
    """What webhooks and searches say, and answers of which nothing is kept."""
    if isinstance(listed := value.get("private_posts"), list):
        outcome.skip(_PRIVATE, len(listed))
        yield Dump()
    elif isinstance(post := value.get("post"), dict):
        yield Dump(posts=[post])
    elif isinstance(listed := value.get("posts"), list):
        yield Dump(posts=listed)
    elif isinstance(listed := value.get("user_actions"), list):
        found = [like for item in listed if (like := understood(LikeGiven, item))]
        likes = [like for like in found if like.action_type in _LIKED and like.post_id]
        if len(likes) < len(listed):
            outcome.skip("actions that are no likes", len(listed) - len(likes))
        yield Dump(likes=likes)
    elif _OTHERS & value.keys():
        outcome.skip("answers that hold neither posts nor people's pages")
        yield Dump()


def _topic(value: dict[str, Any], stream: dict[str, Any], outcome: Outcome) -> Dump:
    posts = stream.get("posts")
    posts = posts if isinstance(posts, list) else []
    if value.get("archetype") == "private_message":
        outcome.skip(_PRIVATE, len(posts))
        return Dump()
    known = [post.get("id") for post in posts if isinstance(post, dict)]
    ids = stream.get("stream")
    missing = _numbers(ids) - _numbers(known)
    if missing:
        outcome.skip("posts that a topic names and the file does not hold", len(missing))
    category = value.get("category_id")
    with_category = [
        {**post, "category_id": category} if isinstance(post, dict) else post for post in posts
    ]
    title = value.get("title")
    return Dump(with_category, title=title if isinstance(title, str) else None)


def _numbers(value: Any) -> set[int]:  # noqa: ANN401 (JSON)
    """The numbers in what should be a list of them."""
    return {i for i in value if isinstance(i, int)} if isinstance(value, list) else set()


_HINT: Final = "save /t/ID.json, /posts.json or /u/NAME.json of your forum, one or many in a folder"
