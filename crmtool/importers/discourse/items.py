"""What a Discourse server answers, as far as it is looked at, and what that means.

Addresses, IP numbers and message contents that need a special right are in no type here, so that
they cannot be kept by mistake.
"""

from __future__ import annotations

import html
import re
from typing import Any, Final

import msgspec

from crmtool.importers.words import clean, excerpt, name_of, text_of, title_of
from crmtool.model.config import Privacy
from crmtool.model.feeds import Activity, Figures, Profile
from crmtool.model.moments import utc
from crmtool.model.scalars import IDENTITY, check_url
from crmtool.model.urls import without_secrets

LIKE: Final = 2
"""Discourse's number of the action of liking; as a filter, of likes received."""
REGULAR: Final = 1
"""Its number of ordinary posts: others are notices, small actions and whispers of the staff."""
_ASIDE: Final = re.compile(r"<(aside|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_MENTION: Final = re.compile(r'<a class="mention" href="[^"]*/u(?:sers)?/([^"/?#]{1,100})"')
_LOGIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\Z")


class Action(msgspec.Struct):
    """How often something was done to a post."""

    id: int
    count: int | None = 0


class Post(msgspec.Struct):
    """One post, from a list of the latest, a topic, or by itself."""

    id: int
    topic_id: int | None = None
    post_number: int | None = 0
    post_type: int | None = REGULAR
    username: str | None = None
    name: str | None = None
    user_id: int | None = None
    created_at: str | None = None
    cooked: str | None = None
    raw: str | None = None
    reply_to_post_number: int | None = None
    actions_summary: list[Action] | None = None
    accepted_answer: bool | None = False
    trust_level: int | None = None
    hidden: bool | None = False
    deleted_at: str | None = None
    user_deleted: bool | None = False
    topic_title: str | None = None
    topic_slug: str | None = None
    category_id: int | None = None

    @property
    def likes(self) -> int:
        """How many liked it."""
        return sum(a.count or 0 for a in self.actions_summary or () if a.id == LIKE)


class LikeGiven(msgspec.Struct):
    """One like, from the list of those that somebody received."""

    created_at: str
    action_type: int | None = LIKE
    post_id: int | None = None
    topic_id: int | None = None
    title: str | None = None
    acting_username: str | None = None
    acting_user_id: int | None = None
    acting_name: str | None = None
    category_id: int | None = None


class Linked(msgspec.Struct):
    """An account elsewhere that somebody signs in with."""

    name: str | None = None
    description: str | None = None


class User(msgspec.Struct):
    """What a profile's page says."""

    id: int
    username: str
    name: str | None = None
    bio_raw: str | None = None
    bio_excerpt: str | None = None
    location: str | None = None
    website: str | None = None
    trust_level: int | None = None
    associated_accounts: list[Linked] | None = None


class Category(msgspec.Struct):
    """Part of a forum; `read_restricted` where not everybody may read it."""

    id: int
    name: str
    slug: str | None = None
    read_restricted: bool | None = False
    subcategory_list: list[Category] | None = None


class Words:
    """Turns what a server says into lines of a feed."""

    def __init__(self, host: str, base: str, privacy: Privacy) -> None:
        self.host, self.base, self.privacy = host, base.rstrip("/"), privacy

    def identity(self, username: str | None) -> str | None:
        """The account of a name on this forum; None for a deleted one."""
        identity = f"{self.host}:{username}"
        return identity if username and IDENTITY.match(identity) else None

    def profile(self, uid: int | None, username: str, name: str | None) -> Profile:
        """What is known of an account whose page may not be read."""
        return Profile(
            identity=f"{self.host}:{username}",
            kind="bot" if uid is not None and uid < 0 else None,  # system, discobot
            name=name_of(name or "", self.privacy) or None,
            uid=None if uid is None else str(uid),
        )

    def user(self, user: User) -> Profile:
        """What its page says of an account."""
        plain = self.profile(user.id, user.username, user.name)
        github = [
            f"github:{linked.description}"
            for linked in user.associated_accounts or ()
            if linked.name == "github" and _LOGIN.match(linked.description or "")
        ]
        return msgspec.structs.replace(
            plain,
            bio=text_of(text_in(user.bio_raw or user.bio_excerpt or ""), self.privacy),
            links=_links(user.website),
            location=excerpt(user.location or ""),
            same_as=github,
        )

    def post(self, post: Post, channel: str | None, parent: int | None) -> list[Activity]:
        """A topic's first post, a reply, and the answer that it was accepted as."""
        actor = None if post.user_deleted else self.identity(post.username)
        said = Activity(
            actor=actor,
            actor_uid=str(post.user_id) if actor and post.user_id is not None else None,
            at=utc(post.created_at or ""),
            channel=channel,
            id=f"post-{post.id}",
            mentions=self._mentions(post.cooked or ""),
            reply_to=f"post-{parent}" if parent else None,
            text=text_of(clean(post.raw) if post.raw else text_in(post.cooked or ""), self.privacy),
            thread=f"topic-{post.topic_id}" if post.topic_id else None,
            title=title_of(post.topic_title or "", self.privacy),
            type="topic" if post.post_number == 1 else "reply",
            url=self._url(post),
        )
        if not post.accepted_answer:
            return [said]
        accepted = msgspec.structs.replace(
            said, id=f"answer-{post.id}", type="answer", mentions=[], reply_to=said.id, text=None
        )
        return [said, accepted]

    def like(self, like: LikeGiven, channel: str | None) -> Activity:
        """A like, by who gave it."""
        actor = self.identity(like.acting_username)
        who = like.acting_username if like.acting_user_id is None else like.acting_user_id
        return Activity(
            actor=actor,
            actor_uid=str(like.acting_user_id) if actor and like.acting_user_id else None,
            at=utc(like.created_at),
            channel=channel,
            id=f"like-{like.post_id}-{who}",
            reply_to=f"post-{like.post_id}",
            thread=f"topic-{like.topic_id}" if like.topic_id else None,
            title=title_of(like.title or "", self.privacy),
            type="like",
        )

    def figures(self, of: str, month: str, **counts: int | None) -> list[Figures]:
        """Figures that move, where there are any."""
        kept = {name: value for name, value in counts.items() if value}
        return [Figures(counts=kept, month=month, of=of)] if kept else []

    def _mentions(self, cooked: str) -> list[str]:
        found = map(self.identity, dict.fromkeys(_MENTION.findall(cooked)))
        return [identity for identity in found if identity]

    def _url(self, post: Post) -> str | None:
        if not post.topic_id:
            return None
        return f"{self.base}/t/{post.topic_id}/{post.post_number}"


def text_in(cooked: str) -> str:
    """The words of a post's HTML, without what it quotes.

    >>> text_in("<aside><p>no</p></aside><p>Fish &amp; chips</p>")
    'Fish & chips'
    """
    plain = html.unescape(_TAG.sub(" ", _ASIDE.sub(" ", cooked[:100_000])))
    return " ".join(plain.split())


def _links(website: str | None) -> list[str]:
    try:
        return [without_secrets(check_url(website.strip()))] if website else []
    except ValueError:
        return []


def understood(kind: Any, value: object) -> Any:  # noqa: ANN401 (a struct of that type)
    """A value as one of the types above; None where it is none."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError):
        return None
