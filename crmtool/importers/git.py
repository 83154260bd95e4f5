"""git histories: who wrote, co-wrote, reviewed, tested, reported and signed off each commit.

One `git log` says everything, its fields separated by NUL, which no commit can hold. File contents
are never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from crmtool.importers.bots import is_bot
from crmtool.importers.contract import Cursor, Importer
from crmtool.model.address import account_of
from crmtool.model.feeds import Activity, Mailmap, Profile

FIELDS: Final = "%x00".join(
    ["%H", "%P", "%an", "%ae", "%aN", "%aE", "%at", "%s", "%(trailers:only,unfold)", ""]
)
_WIDTH: Final = 9
TRAILERS: Final = {
    "co-authored-by": "co-author",
    "co-developed-by": "co-author",
    "reviewed-by": "review",
    "tested-by": "test",
    "reported-by": "bug-report",
    "signed-off-by": "sign-off",
    "acked-by": "ack",
}
_TITLE: Final = 200
_LAST: Final = 253402300799  # the end of year 9999, where a calendar's four digits end
Pair = tuple[str, str]


class Commit(NamedTuple):
    """What one `git log` record says, as text."""

    hash: str
    parents: str
    name: str
    address: str
    mapped_name: str
    mapped_address: str
    seconds: str
    subject: str
    trailers: str


class GitImporter(Importer[Commit]):
    """Commits of one branch, merges told apart, with the people that trailers name."""

    type: ClassVar[str] = "git"

    def fetch(self, cursor: Cursor) -> Iterator[Commit]:
        """Commits that the cursor's head does not reach, newest first, as git names them.

        A history that was rewritten, and a `.mailmap` that changed, are read from the start.
        """
        repository = self.context.repository()
        source = self.context.source
        head = repository.head(source.branch)
        mailmap = repository.mailmap(head)
        since = cursor.get("head")
        if since and (
            cursor.get("mailmap", "") != mailmap or not repository.is_ancestor(since, head)
        ):
            since = None
        self.outcome.cursor = {"head": head} | ({"mailmap": mailmap} if mailmap else {})
        self.outcome.replaces = since is None
        self._mailmap, self._repository = mailmap, repository
        self._pairs: dict[Pair, str] = {}
        self._mapped: dict[Pair, Pair] = {}
        self._trailers: dict[str, tuple[str, str] | None] = {}
        if since == head:
            return
        total = repository.count(head, since) if self.context.watched else None
        with repository.log(FIELDS, head, since, source.paths, mailmap) as chunks:
            for done, commit in enumerate(commits(chunks), 1):
                if not done % 1000:
                    self.context.progress(done, total)
                yield commit

    def normalise(self, raw: Commit) -> Iterator[Activity]:
        """A commit's author, then those whom its trailers name, one activity each."""
        pair = (raw.name, raw.address)
        self._mapped[pair] = (raw.mapped_name, raw.mapped_address)
        parents = raw.parents.split(" ")
        at = moment(raw.seconds)
        if at is None:
            self.outcome.skip("without a readable date")
        title = excerpt(raw.subject)
        merge = len(parents) > 1
        yield Activity(
            id=raw.hash, type="merge" if merge else "commit", actor=self.actor(pair), at=at,
            title=title, reply_to=parents[1] if merge else None,
        )
        if raw.trailers:
            yield from self.named(raw, at, title)

    def named(self, raw: Commit, at: str | None, title: str | None) -> Iterator[Activity]:
        """Those whom a commit's trailers name, each once for each role."""
        counted: dict[str, int] = {}
        seen: set[tuple[str, str]] = set()
        for line in raw.trailers.split("\n"):
            try:
                role = self._trailers[line]  # the same few lines stand under most commits
            except KeyError:
                role = self._trailers[line] = self.role(line)
            if role is None or role in seen:
                continue
            seen.add(role)
            kind, actor = role
            counted[kind] = number = counted.get(kind, 0) + 1
            yield Activity(
                id=f"{raw.hash}.{kind}.{number}", type=kind, actor=actor, at=at,
                reply_to=raw.hash, title=title,
            )

    def role(self, line: str) -> tuple[str, str] | None:
        """(activity type, actor) of one trailer; None for a trailer of another kind, or of nobody."""
        key, _, value = line.partition(":")
        kind = TRAILERS.get(key.strip().lower())
        if kind is None:
            return None
        pair = person_of(value)
        if pair is None:
            self.outcome.skip("trailers that name nobody")
            return None
        return kind, self.actor(pair)

    def actor(self, pair: Pair) -> str:
        """The identity of a raw (name, address) pair."""
        known = self._pairs.get(pair)
        if known is None:
            known = self._pairs[pair] = self.context.keyed.git_actor(*pair)
        return known

    def close(self) -> Iterator[Profile]:
        """A profile for each pair that was seen."""
        unmapped = [pair for pair in self._pairs if pair not in self._mapped]
        self._mapped |= self._repository.check_mailmap(unmapped, self._mailmap)
        for pair, identity in self._pairs.items():
            yield self.profile(pair, identity, self._mapped[pair])

    def profile(self, pair: Pair, identity: str, mapped: Pair) -> Profile:
        """What is kept of one pair: the raw name, the address by policy, what `.mailmap` says."""
        keyed, policy = self.context.keyed, self.context.config.privacy.emails
        name, address = pair
        account = account_of(address)
        email = None if account else keyed.email(address, policy)
        logins = [account.identity.partition(":")[2]] if account else []
        bot = is_bot([name, *logins], self.context.config.bots)
        return Profile(
            identity=identity,
            kind="bot" if bot else None,
            name=clean(name) or None,
            emails=[email] if email else [],
            same_as=[account.identity] if account and "[" not in account.identity else [],
            mailmap=self.link(mapped) if mapped != pair else None,
        )

    def link(self, mapped: Pair) -> Mailmap:
        """The pair that `.mailmap` gives, its address by the same policy."""
        name, address = mapped
        account = account_of(address)
        keyed, policy = self.context.keyed, self.context.config.privacy.emails
        email = account.identity if account else keyed.email(address, policy)
        return Mailmap(identity=keyed.git_actor(name, address), name=clean(name), email=email)


def commits(chunks: Iterable[bytes]) -> Iterator[Commit]:
    """Records out of a stream of NUL-separated fields; bytes that are not UTF-8 read as U+FFFD."""
    rest = b""
    for chunk in chunks:
        head, nul, tail = chunk.rpartition(b"\0")
        if not nul:
            rest += chunk
            continue
        fields = (rest + head).decode("utf-8", "replace").split("\0")
        whole = len(fields) - len(fields) % _WIDTH
        for start in range(0, whole, _WIDTH):
            yield Commit(fields[start].lstrip("\n"), *fields[start + 1 : start + _WIDTH])
        left = "\0".join(fields[whole:]).encode()
        rest = left + b"\0" + tail if left else tail


def moment(seconds: str) -> str | None:
    """A commit's author date in UTC, None where git could not read it."""
    try:
        value = int(seconds)
    except ValueError:
        return None
    if not 0 < value <= _LAST:
        return None
    days, rest = divmod(value, 86400)
    minutes, seconds_left = divmod(rest, 60)
    return f"{_day(days)}T{minutes // 60:02}:{minutes % 60:02}:{seconds_left:02}Z"


@lru_cache(maxsize=16384)
def _day(number: int) -> str:
    """The day that many days after 1970-01-01."""
    return date.fromordinal(719163 + number).isoformat()


def person_of(value: str) -> Pair | None:
    """The (name, address) of a trailer such as `Ada Lovelace <ada@example.org>`."""
    name, bracket, rest = value.partition("<")
    address, closed, _ = rest.partition(">")
    address = address.strip()
    if not bracket or not closed or "@" not in address or len(address) > 254 or len(name) > 200:  # noqa: PLR2004
        return None
    return name.strip().strip('"').strip(), address


def clean(text: str) -> str:
    """Text without characters that cannot be seen; a name keeps its spelling."""
    if text.isprintable():
        return text.strip()
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in text).strip()


def excerpt(subject: str) -> str | None:
    """A commit's subject as a title: visible characters, at most 200 of them."""
    text = clean(subject)
    if len(text) > _TITLE:
        text = text[: _TITLE - 1].rstrip() + "…"
    return text or None
