"""The importer of Discourse: posts in the order of their numbers, who wrote and who liked them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple
from urllib.parse import quote

from crmtool.errors import BadAnswer, Denied, UsageError
from crmtool.importers.client import Client
from crmtool.importers.contract import Context, Cursor, Importer, Line, Watermark
from crmtool.importers.discourse.dumps import Dump, dumps
from crmtool.importers.discourse.items import (
    LIKE,
    REGULAR,
    Category,
    LikeGiven,
    Post,
    User,
    Words,
    understood,
)
from crmtool.model.feeds import Profile
from crmtool.model.moments import utc
from crmtool.model.urls import origin

_WINDOW: Final = 49
"""Numbers of posts asked for at a time. A page holds 50, and what is asked for is the upper end,
which by the documentation is left out and by the server is not: 49 are right either way."""
_OVERLAP: Final = 100
"""Numbers that are read again: what was edited, liked or accepted meanwhile."""
_LIKES: Final = 30
_SECRET: Final = (401, 403, 404, 410)
"""What a server answers of a profile that is hidden, or a post that is gone."""
_FILE_HOST: Final = "discourse"


class Item(NamedTuple):
    """One post or like with the channel that it stands in."""

    value: Post | LikeGiven
    channel: str | None
    parent: int | None = None


class DiscourseImporter(Importer[Item]):
    """Topics, replies, accepted answers, likes, and the people behind them."""

    type: ClassVar[str] = "discourse"
    resumable: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        base = context.source.base_url or context.source.target
        own = origin(base)
        self._words = Words(own.host if own else _FILE_HOST, base, context.config.privacy)
        self._month = context.clock.now().strftime("%Y-%m")
        self._profiles: dict[str, Profile] = {}
        self._levels: set[str] = set()
        self._channels: dict[int, str] = {}
        self._private: set[int] = set()
        self._known: dict[tuple[int | None, int], int | None] = {}
        self._liking: dict[str, None] = {}

    def fetch(self, cursor: Cursor) -> Iterator[Item]:
        """Posts since the cursor and a little before it, then likes; writers' profiles before."""
        self._client = client = self._open()
        self._read_categories(client)
        known = cursor.get("post")
        done = known if isinstance(known, int) and not isinstance(known, bool) else 0
        liking = cursor.get("liking")
        self._liking = dict.fromkeys(map(str, liking if isinstance(liking, list) else ()))
        mark = Watermark(cursor.get("liked"), self.context.clock.now())
        self._move(done, mark.mark)
        newest = max((post.id for post in self._page(None)), default=0)
        for low in range(max(done - _OVERLAP, 0), newest, _WINDOW):
            high = min(low + _WINDOW, newest)
            for post in self._page(high + 1):
                if low < post.id <= high and self._is_wanted(post):
                    yield self._item(post, is_new=post.id > done)
                    self._move(max(post.id, done), mark.mark)
            self._move(max(high, done), mark.mark)
            self.context.progress(high, newest)
        yield from self._all_likes(max(newest, done), mark)

    def _move(self, post: int, liked: str | None) -> None:
        """Say what is read, and whose likes are still to be."""
        said = {"liked": liked, "liking": list(self._liking), "post": post}
        self.outcome.cursor = {key: value for key, value in said.items() if value or key == "post"}

    def _all_likes(self, newest: int, mark: Watermark) -> Iterator[Item]:
        """The likes of all whose posts were liked, one person after the other."""
        before, since = mark.mark, mark.since()
        while self._liking:
            username = next(iter(self._liking))
            for like in self._likes(username, since):
                mark.see(utc(like.created_at))
                yield Item(like, self._channel(like.category_id))
            del self._liking[username]
            # Sooner, likes of those who are still to be asked about would be passed over.
            self._move(newest, before if self._liking else mark.mark)

    def _open(self) -> Client:
        target = self.context.source.base_url or self.context.source.target
        if origin(target) is None:
            raise UsageError(
                f"source {self.context.name}: target is no address: {target or 'it is missing'}",
                "write target: https://forum.example.org",
            )
        secrets = {}
        if token := self.context.secret():
            user, _, key = token.rpartition(":")
            secrets = {"api-key": key, "api-username": user or "system"}
        return self.context.client(target, secrets=secrets)

    def _read_categories(self, client: Client) -> None:
        """Names of the public ones; numbers of the others."""
        said = client.get("/site.json").data
        listed = said.get("categories") if isinstance(said, dict) else None
        found = understood(list[Category], listed)
        if not found:
            said = client.get("/categories.json", params={"include_subcategories": "true"}).data
            inner = said.get("category_list") if isinstance(said, dict) else None
            listed = inner.get("categories") if isinstance(inner, dict) else None
            found = understood(list[Category], listed) or []
        pending = list(found)
        while pending:
            category = pending.pop()
            pending += category.subcategory_list or []
            if category.read_restricted:
                self._private.add(category.id)
            else:
                self._channels[category.id] = category.slug or category.name

    def _page(self, before: int | None) -> list[Post]:
        """Public posts up to a number, the lowest first; without it the latest."""
        params = {"before": before} if before else None
        said = self._client.get("/posts.json", params=params).data
        listed = said.get("latest_posts") if isinstance(said, dict) else None
        if not isinstance(listed, list):
            raise BadAnswer(self.context.name, "/posts.json answers without a list of posts")
        return sorted(self._understood(listed), key=lambda post: post.id)

    def _understood(self, listed: list[Any]) -> Iterator[Post]:
        for value in listed:
            post = understood(Post, value)
            if post is None:
                self.outcome.skip("posts that cannot be understood")
            else:
                yield post

    def _item(self, post: Post, *, is_new: bool) -> Item:
        """A post, once its writer is known."""
        self._meet(
            post.user_id, None if post.user_deleted else post.username, post.name, again=is_new
        )
        if post.likes and post.username:
            self._liking[post.username] = None
        return Item(post, self._channel(post.category_id), self._parent(post))

    def _is_wanted(self, post: Post) -> bool:
        return self._is_public(post) and not self._is_early(post.created_at)

    def _is_public(self, post: Post) -> bool:
        """Whether everybody may read it; what is left out is counted."""
        if self._is_private(post.category_id):
            self.outcome.skip("posts of private categories")
        elif post.post_type != REGULAR:
            self.outcome.skip("notices, small actions and whispers")
        elif post.hidden or post.deleted_at:
            self.outcome.skip("posts that were hidden or deleted")
        else:
            return True
        return False

    def _is_private(self, category: int | None) -> bool:
        """Whether a category is named as restricted, or not named at all."""
        if category is None or not (self._channels or self._private):
            return False
        return category not in self._channels

    def _is_early(self, moment: str | None) -> bool:
        since = self.context.since
        return since is not None and (utc(moment or "") or "9") < since.isoformat()

    def _channel(self, category: int | None) -> str | None:
        return self._channels.get(category) if category is not None else None

    def _parent(self, post: Post) -> int | None:
        """The number of the post that this one answers."""
        self._known[post.topic_id, post.post_number or 0] = post.id
        if not post.reply_to_post_number or not post.topic_id:
            return None
        place = (post.topic_id, post.reply_to_post_number)
        if place not in self._known:
            said = self._ask(f"/posts/by_number/{place[0]}/{place[1]}.json")
            parent = understood(Post, said)
            self._known[place] = parent.id if parent else None
        return self._known[place]

    def _likes(self, username: str, since: str | None) -> Iterator[LikeGiven]:
        """The likes that somebody received, the latest first."""
        for page in count():
            offset = page * _LIKES
            said = self._ask("/user_actions.json", username=username, filter=LIKE, offset=offset)
            listed = said.get("user_actions") if isinstance(said, dict) else None
            found = understood(list[LikeGiven], listed) or []
            for like in found:
                if like.post_id and not self._is_private(like.category_id):
                    self._meet(like.acting_user_id, like.acting_username, like.acting_name)
                    yield like
            known = since and found and (utc(found[-1].created_at) or "") < since
            if len(found) < _LIKES or known:
                return

    def _meet(
        self, uid: int | None, username: str | None, name: str | None, *, again: bool = False
    ) -> None:
        """Have the profile of an account, once a run; one that is known is asked for only again."""
        identity = self._words.identity(username)
        if identity is None or username is None or identity in self._profiles:
            return
        if not again and identity in self.context.known:
            self._profiles[identity] = self.context.known[identity]
            return
        said = self._ask(f"/u/{quote(username, safe='')}.json")
        user = understood(User, said.get("user")) if isinstance(said, dict) else None
        if user and user.username.casefold() == username.casefold():
            self._profiles[identity] = self._words.user(user)
        else:
            self.outcome.skip("profiles that are not public")
            plain = self._words.profile(uid, username, name)
            self._profiles[identity] = self.context.known.get(identity, plain)

    def _ask(self, path: str, **params: str | int) -> Any:  # noqa: ANN401 (JSON)
        """An answer about one account or post; None where it is hidden or gone."""
        try:
            return self._client.get(path, params=params or None).data
        except Denied:
            return None
        except BadAnswer as error:
            if error.status in _SECRET:
                return None
            raise

    def read(self, file: Path) -> Iterator[Item]:
        """Posts out of answers of the API that were saved."""
        for dump in dumps(self.context.name, file, self.outcome):
            yield from self._of_dump(dump)

    def _of_dump(self, dump: Dump) -> Iterator[Item]:
        for value in dump.users:
            profile = self._words.user(value)
            self._profiles[profile.identity] = profile
        posts = sorted(self._understood(dump.posts), key=lambda post: post.id)
        for post in posts:
            self._known[post.topic_id, post.post_number or 0] = post.id
        for post in posts:
            if self._is_wanted(post):
                post.topic_title = post.topic_title or dump.title
                username = None if post.user_deleted else post.username
                self._meet_in_file(post.user_id, username, post.name)
                place = (post.topic_id, post.reply_to_post_number or 0)
                channel = self._channel(post.category_id)
                yield Item(post, channel, self._known.get(place))
        for like in dump.likes:
            self._meet_in_file(like.acting_user_id, like.acting_username, like.acting_name)
            yield Item(like, self._channel(like.category_id))

    def _meet_in_file(self, uid: int | None, username: str | None, name: str | None) -> None:
        """Have a profile of an account, if only its name."""
        identity = self._words.identity(username)
        if identity and username:
            self._profiles.setdefault(identity, self._words.profile(uid, username, name))

    def normalise(self, raw: Item) -> list[Line]:
        """A post or a like in the words of the vocabulary."""
        if isinstance(raw.value, LikeGiven):
            return [self._words.like(raw.value, raw.channel)]
        post = raw.value
        lines: list[Line] = [*self._words.post(post, raw.channel, raw.parent)]
        lines += self._words.figures(f"post-{post.id}", self._month, likes=post.likes)
        identity = self._words.identity(None if post.user_deleted else post.username)
        if identity and identity not in self._levels:
            self._levels.add(identity)
            lines += self._words.figures(identity, self._month, trust_level=post.trust_level)
        return lines

    def close(self) -> list[Profile]:
        """Everybody who was met."""
        return list(self._profiles.values())
