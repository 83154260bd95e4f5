"""From what GitHub says to activities and figures: one small function a kind. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from crmtool.importers.contract import Line, Outcome
from crmtool.importers.github import wire
from crmtool.importers.github.accounts import Accounts
from crmtool.importers.words import text_of, title_of
from crmtool.model.config import Privacy
from crmtool.model.feeds import Activity, Figures
from crmtool.model.moments import utc
from crmtool.model.urls import origin, without_secrets

_PLACE: Final = re.compile(
    r"https?://[^/]+(?:/api/v3)?(?:/repos)?/([\w.-]+/[\w.-]+)/"
    r"(?:(?:issues|pulls?|discussions)/(\d+))?"
)
_MENTION: Final = re.compile(r"(?<![\w/`@.])@([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})(?![\w/-]|\.\w)")
_MENTIONS: Final = 20
_LONG: Final = 20_000
"""How much of a text is searched for mentions."""


@lru_cache(maxsize=4096)
def place_of(url: str) -> tuple[str, int | None]:
    """The repository, and the number of the issue or the like, that an address is about.

    >>> place_of("https://api.github.com/repos/ada/core/issues/7")
    ('ada/core', 7)
    """
    found = _PLACE.match(url)
    return (found[1], int(found[2][:18]) if found[2] else None) if found else ("", None)


@dataclass(frozen=True)
class Items:
    """Turns items into lines. What is left out is counted in `outcome`."""

    accounts: Accounts
    privacy: Privacy
    month: str
    outcome: Outcome

    def lines(self, item: wire.Item) -> Iterator[Line]:
        """What one item says.

        Raises:
            msgspec.ValidationError: the item is not what its kind says.

        """
        yield from _MAKERS[item.kind](self, wire.understood(item), item)

    def activity(  # noqa: PLR0913 (an activity has as many parts)
        self,
        key: str,
        kind: str,
        user: wire.User | None,
        at: str | int | None,
        channel: str,
        *,
        url: str | None = None,
        title: str | None = None,
        body: str | None = None,
        thread: str | None = None,
        reply_to: str | None = None,
    ) -> Activity:
        moment = utc(at) if isinstance(at, str) else None
        if moment is None:
            self.outcome.skip("activities without a readable date")
        actor, uid = self.accounts.actor(user)
        return Activity(
            id=key,
            type=kind,
            actor=actor,
            actor_uid=uid,
            at=moment,
            channel=channel or None,
            thread=thread if thread != reply_to else None,
            reply_to=reply_to,
            mentions=self._mentions(body),
            title=title_of(title, self.privacy) if title else None,
            text=text_of(body, self.privacy) if body else None,
            url=_link(url),
        )

    def _mentions(self, body: str | None) -> list[str]:
        """Whom a text names with an @."""
        if not body or "@" not in body:
            return []
        found = dict.fromkeys(m[1] for m in _MENTION.finditer(body[:_LONG]))
        return [self.accounts.identity(login) for login in found][:_MENTIONS]

    def reactions(self, key: str, reactions: dict[str, Any] | None) -> Iterator[Figures]:
        """How many reacted in what way."""
        counts = {
            name: count
            for name, count in sorted((reactions or {}).items())
            if isinstance(count, int) and count > 0 and name != "total_count"
        }
        if counts:
            yield Figures(of=key, month=self.month, counts=counts)

    def issue(self, issue: wire.Issue, item: wire.Item) -> Iterator[Line]:
        channel = item.channel or place_of(issue.url or issue.html_url or "")[0]
        thread, is_pull = f"{channel}#{issue.number}", issue.pull_request is not None
        yield self.activity(
            thread,
            "pull-request-opened" if is_pull else "issue-opened",
            issue.user,
            issue.created_at,
            channel,
            url=issue.html_url,
            title=issue.title,
            body=issue.body,
        )
        yield from self.reactions(thread, issue.reactions)
        merged = issue.pull_request is not None and issue.pull_request.merged_at is not None
        if issue.closed_at and issue.closed_by and not merged:
            kind = "pull-request-closed" if is_pull else "issue-closed"
            yield self._closed(thread, kind, issue.closed_by, issue.closed_at, issue)

    def _closed(
        self,
        thread: str,
        kind: str,
        user: wire.User | None,
        at: str,
        what: wire.Issue | wire.Pull,
    ) -> Activity:
        """The end of an issue or a pull request. It may come again, hence the moment in the id."""
        merged = kind == "pull-request-merged"
        key = f"{thread}.merged" if merged else f"{thread}.closed.{utc(at) or at[:40]}"
        channel, title = thread.rpartition("#")[0], what.title
        return self.activity(
            key, kind, user, at, channel, url=what.html_url, title=title, reply_to=thread
        )

    def pull(self, pull: wire.Pull, item: wire.Item) -> Iterator[Line]:
        channel = item.channel or place_of(pull.url or pull.html_url or "")[0]
        thread = f"{channel}#{pull.number}"
        yield self.activity(
            thread,
            "pull-request-opened",
            pull.user,
            pull.created_at,
            channel,
            url=pull.html_url,
            title=pull.title,
            body=pull.body,
        )
        if pull.merged_at and pull.merged_by:
            kind = "pull-request-merged"
            yield self._closed(thread, kind, pull.merged_by, pull.merged_at, pull)
        elif pull.closed_at or pull.merged_at:
            self.outcome.skip("closings that do not say who closed")

    def event(self, event: wire.Event, item: wire.Item) -> Iterator[Line]:
        """A closing or a merge; a merge comes with a closing that says nothing more."""
        issue = event.issue
        if event.event not in ("closed", "merged") or issue is None or not event.created_at:
            self.outcome.skip("events that are no activities (labels, assignments and the like)")
            return
        channel = item.channel or place_of(issue.url or issue.html_url or "")[0]
        thread, pull = f"{channel}#{issue.number}", issue.pull_request
        if event.event == "merged":
            kind = "pull-request-merged"
        elif pull is not None and pull.merged_at:
            return
        else:
            kind = "pull-request-closed" if pull else "issue-closed"
        yield self._closed(thread, kind, event.actor, event.created_at, issue)

    def comment(self, comment: wire.Comment, item: wire.Item) -> Iterator[Line]:
        """A comment of any kind; each kind has a series of ids of its own."""
        channel, number = place_of(comment.html_url or comment.url or "")
        channel, number = item.channel or channel, item.thread or number
        thread = f"{channel}#{number}" if number else comment.commit_id
        before = comment.in_reply_to_id or comment.parent_id
        key = f"{item.kind}-{comment.id}"
        yield self.activity(
            key,
            "comment",
            comment.user,
            comment.created_at,
            channel,
            url=comment.html_url,
            body=comment.body,
            thread=thread,
            reply_to=f"{item.kind}-{before}" if before else thread,
        )
        yield from self.reactions(key, comment.reactions)

    def answer(self, comment: wire.Comment, item: wire.Item) -> Iterator[Line]:
        """A comment that was accepted as the answer; given when it was written."""
        channel, number = place_of(comment.html_url or comment.url or "")
        channel, number = item.channel or channel, item.thread or number
        yield self.activity(
            f"answer-{comment.id}",
            "answer",
            comment.user,
            comment.created_at,
            channel,
            url=comment.html_url,
            reply_to=f"{channel}#{number}" if number else None,
        )

    def review(self, review: wire.Review, item: wire.Item) -> Iterator[Line]:
        if review.state.upper() == "PENDING":
            self.outcome.skip("reviews not submitted yet")
            return
        channel, number = place_of(review.pull_request_url or review.html_url or "")
        channel, number = item.channel or channel, item.thread or number
        yield self.activity(
            f"review-{review.id}",
            "review",
            review.user,
            review.submitted_at,
            channel,
            url=review.html_url,
            title=review.state.lower().replace("_", " ") or None,
            body=review.body,
            reply_to=f"{channel}#{number}" if number else None,
        )

    def release(self, release: wire.Release, item: wire.Item) -> Iterator[Line]:
        if release.draft or not release.published_at:
            self.outcome.skip("releases not published yet")
            return
        channel = item.channel or place_of(release.url or release.html_url or "")[0]
        key = f"release-{release.id}"
        yield self.activity(
            key,
            "release",
            release.author,
            release.published_at,
            channel,
            url=release.html_url,
            title=release.name or release.tag_name,
            body=release.body,
        )
        yield from self.reactions(key, release.reactions)

    def star(self, star: wire.Star, item: wire.Item) -> Iterator[Line]:
        """A star. Who takes it back and gives it again gave it twice."""
        if star.user is None:
            self.outcome.skip("stars of deleted accounts")
            return
        who = star.user.id or star.user.login
        key = f"star-{item.channel}-{who}-{utc(star.starred_at) or ''}"
        yield self.activity(key, "star", star.user, star.starred_at, item.channel)

    def fork(self, fork: wire.Repository, item: wire.Item) -> Iterator[Line]:
        key, url = f"fork-{fork.id or fork.full_name}", fork.html_url
        yield self.activity(key, "fork", fork.owner, fork.created_at, item.channel, url=url)

    def discussion(self, discussion: wire.Discussion, item: wire.Item) -> Iterator[Line]:
        channel = item.channel or place_of(discussion.html_url or "")[0]
        key = f"{channel}#{discussion.number}"
        yield self.activity(
            key,
            "discussion",
            discussion.user,
            discussion.created_at,
            channel,
            url=discussion.html_url,
            title=discussion.title,
            body=discussion.body,
        )
        yield from self.reactions(key, discussion.reactions)

    def sponsorship(self, sponsorship: wire.Sponsorship, item: wire.Item) -> Iterator[Line]:
        if sponsorship.privacy_level.lower() != "public":
            self.outcome.skip("sponsorships that are private")
            return
        key = f"sponsorship-{sponsorship.node_id[:200]}"
        at = sponsorship.created_at
        yield self.activity(key, "sponsorship", sponsorship.sponsor, at, item.channel)

    def repository(self, repository: wire.Repository, item: wire.Item) -> Iterator[Line]:
        """Its moving figures; a repository is a channel, nobody's doing."""
        named = {
            "forks": repository.forks_count,
            "stars": repository.stargazers_count,
            "watchers": repository.subscribers_count,
        }
        counts = {name: count for name, count in named.items() if count}
        if counts:
            channel = item.channel or repository.full_name
            yield Figures(of=channel, month=self.month, counts=counts)

    def account(self, account: wire.Account, item: wire.Item) -> Iterator[Line]:  # noqa: ARG002
        """What an account says of itself: kept with the others until the end."""
        self.accounts.describe(account)
        if account.followers:
            counts = {"followers": account.followers}
            of = self.accounts.identity(account.login, account.id)
            yield Figures(of=of, month=self.month, counts=counts)


Maker = Callable[[Items, Any, wire.Item], Iterator[Line]]
_MAKERS: Final[dict[str, Maker]] = {
    "account": Items.account,
    "answer": Items.answer,
    "comment": Items.comment,
    "commit-comment": Items.comment,
    "discussion": Items.discussion,
    "discussion-comment": Items.comment,
    "event": Items.event,
    "fork": Items.fork,
    "issue": Items.issue,
    "pull": Items.pull,
    "release": Items.release,
    "repository": Items.repository,
    "review": Items.review,
    "review-comment": Items.comment,
    "sponsorship": Items.sponsorship,
    "star": Items.star,
}


def _link(url: str | None) -> str | None:
    """An address as it may be kept; nothing that is no http address."""
    if not url or len(url) > 2000 or origin(url) is None:  # noqa: PLR2004 (as check_url)
        return None
    return without_secrets(url) if url.isprintable() and " " not in url else None
