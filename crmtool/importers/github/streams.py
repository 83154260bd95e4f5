"""A repository's lists, each read from where it was left: its state is in the cursor.

Three ways, by what order a list can be had in: by the moment of the last change, the oldest first;
the newest first; and the oldest first without a moment to begin at. After every page the state is
true, so that a run that breaks off there loses nothing. What it had read to the end is marked until
a run is whole: one after the other, short runs come through lists that are longer than any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import msgspec

from crmtool.errors import BadAnswer
from crmtool.importers.contract import Watermark
from crmtool.importers.github.api import PAGE, Api, is_absent
from crmtool.importers.github.wire import Data, Item
from crmtool.model.moments import utc

OVERLAP: Final = timedelta(minutes=10)
_STARS: Final = {"accept": "application/vnd.github.star+json"}
_BATCH: Final = 50
DONE: Final = "done"
_PAGES: Final = 1_000_000
State = dict[str, Any]
Headers = Mapping[str, str] | None
Params = Mapping[str, str | int]
_NONE: Final[Params] = {}


class _Dated(msgspec.Struct):
    """What a list is ordered by, and whether an issue is a pull request."""

    updated_at: str | None = None
    created_at: str | None = None
    number: int | None = None
    pull_request: Any = None


_dated = msgspec.json.Decoder(_Dated).decode


@dataclass
class Streams:
    """All lists of one repository. `channel` is what the feed calls it, `path` where it is now."""

    api: Api
    channel: str
    path: str
    states: State
    reviewed: Callable[[Sequence[int]], Mapping[int, list[dict[str, Any]]]] | None = None
    """Asks for the reviews of several pull requests at a time."""
    told: int = 0

    def all(self) -> Iterator[Item]:
        """Every list, one after the other; one that the server does not have is told."""
        lists: tuple[tuple[str, Callable[[], Iterator[Item]]], ...] = (
            ("issues", self.issues),
            ("comments", lambda: self.changed("comments", "issues/comments", "comment")),
            ("review_comments", self.review_comments),
            ("events", lambda: self.latest("events", "issues/events", "event")),
            ("reviews", self.reviews),
            ("releases", self.releases),
            ("stars", lambda: self.appended("stars", "stargazers", "star", {}, _STARS)),
            ("forks", lambda: self.appended("forks", "forks", "fork", {"sort": "oldest"})),
        )
        for name, read in lists:
            yield from self.once(name, read)

    def once(self, name: str, read: Callable[[], Iterator[Item]]) -> Iterator[Item]:
        """A list, unless an earlier run that broke off later has read it to its end."""
        if self.state(name).get(DONE):
            return
        try:
            yield from read()
        except BadAnswer as error:
            if not is_absent(error) or error.status < 400:  # noqa: PLR2004 (a refusal)
                raise
            what = name.replace("_", " ")
            self.api.outcome.note(f"its {what} cannot be read: {error.message}")
        self.state(name)[DONE] = True

    def state(self, name: str) -> State:
        found = self.states.get(name)
        if not isinstance(found, dict):
            found = self.states[name] = {}
        return found

    def pages(
        self, rest: str, params: Params, headers: Headers = None
    ) -> Iterator[list[msgspec.Raw]]:
        """Pages of a list."""
        url = f"/repos/{self.path}/{rest}"
        asked = {"per_page": PAGE, **params}
        before, show = self.told, self.api.context.progress
        for answer in self.api.client.pages(url, list[msgspec.Raw], params=asked, headers=headers):
            yield answer.data or []
            self.told += len(answer.data or [])
            show(self.told, before + answer.last * PAGE if answer.last else None)

    def issues(self) -> Iterator[Item]:
        """Issues and pull requests; the latter's reviews are to be read later."""
        queue = self._queue()
        for item in self.changed("issues", "issues", "issue", {"state": "all"}):
            found = _about(item.data)
            if found.pull_request is not None and found.number and found.number not in queue:
                queue.append(found.number)
            yield item

    def review_comments(self) -> Iterator[Item]:
        return self.changed("review_comments", "pulls/comments", "review-comment")

    def changed(self, name: str, rest: str, kind: str, more: Params = _NONE) -> Iterator[Item]:
        """A list by the last change, from a little before the newest one that is known."""
        state, now = self.state(name), self.api.context.clock.now()
        mark = Watermark(state.get("until"), now)
        since = mark.since(OVERLAP) or self._start()
        asked = {"sort": "updated", "direction": "asc", **({"since": since} if since else {})}
        for page in self.pages(rest, {**more, **asked}):
            yield from (Item(kind, raw, self.channel) for raw in page)
            for raw in page:
                mark.see(utc(_about(raw).updated_at or ""))
            if mark.mark:
                state["until"] = mark.mark

    def latest(self, name: str, rest: str, kind: str) -> Iterator[Item]:
        """A list with the newest first, down to a little before what is known."""
        state, now = self.state(name), self.api.context.clock.now()
        mark = Watermark(state.get("top") or state.get("until"), now)
        known = Watermark(state.get("until"), now)
        stop = known.since(OVERLAP) or self._start() or ""
        number = _number(state.get("page"))
        for page in self.pages(rest, {"page": number}):
            yield from (Item(kind, raw, self.channel) for raw in page)
            moments = [at for raw in page if (at := utc(_about(raw).created_at or ""))]
            for at in moments:
                mark.see(at)
            state.update({"page": number, "top": mark.mark})
            number += 1
            if moments and min(moments) < stop:
                break
        state.clear()
        if mark.mark:
            state["until"] = mark.mark

    def appended(
        self, name: str, rest: str, kind: str, more: Params, headers: Headers = None
    ) -> Iterator[Item]:
        """A list with the oldest first, from the page before the last one that is known.

        It may have shrunk since; where those pages are empty now it is read from its beginning.
        """
        state = self.state(name)
        first = number = max(_number(state.get("page")) - 1, 1)
        for page in self.pages(rest, {**more, "page": number}, headers):
            yield from (Item(kind, raw, self.channel) for raw in page)
            if page:
                state["page"] = number
            elif number == first > 1:
                state.clear()
                yield from self.appended(name, rest, kind, more, headers)
                return
            number += 1

    def reviews(self) -> Iterator[Item]:
        """Reviews of the pull requests that changed: many at a time where that is possible."""
        queue = self._queue()
        while queue:
            batch = queue[:_BATCH]
            found = self._reviewed(batch)
            for number in batch:
                known: Iterable[Data] | None = found.get(number)
                reviews = self._reviews_of(number) if known is None else known
                yield from (Item("review", data, self.channel, number) for data in reviews)
                queue.pop(0)

    def _reviewed(self, numbers: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
        """What one query says of many; nothing where the server takes none."""
        if self.reviewed is None:
            return {}
        try:
            return self.reviewed(numbers)
        except BadAnswer as error:
            if not is_absent(error):
                raise
        self.reviewed = None
        return {}

    def _reviews_of(self, number: int) -> Iterator[Data]:
        try:
            for page in self.pages(f"pulls/{number}/reviews", _NONE):
                yield from page
        except BadAnswer as error:
            if not is_absent(error):
                raise
            self.api.outcome.skip("pull requests whose reviews cannot be read")

    def _queue(self) -> list[int]:
        state = self.state("reviews")
        known = state.get("queue")
        queue = [n for n in known if isinstance(n, int)] if isinstance(known, list) else []
        state["queue"] = queue
        return queue

    def releases(self) -> Iterator[Item]:
        """All releases, unless the server says that nothing about them changed."""
        state, url = self.state("releases"), f"/repos/{self.path}/releases"
        tag = state.get("etag")
        headers = {"if-none-match": tag} if isinstance(tag, str) and tag.isprintable() else {}
        params, told = {"per_page": PAGE}, ""
        for answer in self.api.client.pages(url, list[msgspec.Raw], params=params, headers=headers):
            if answer.data is None:
                return
            yield from (Item("release", raw, self.channel) for raw in answer.data)
            told = told or answer.headers.get("etag", "")
        if told:
            state["etag"] = told

    def _start(self) -> str | None:
        since = self.api.context.since
        return f"{since.isoformat()}T00:00:00Z" if since else None


def _about(data: Any) -> _Dated:  # noqa: ANN401 (a raw item)
    try:
        return _dated(data)
    except msgspec.DecodeError:
        return _Dated()


def _number(value: object) -> int:
    """The number of a page."""
    return value if isinstance(value, int) and 0 < value < _PAGES else 1
