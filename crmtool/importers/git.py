"""git histories: who wrote, co-wrote, reviewed, tested, reported and signed off each commit.

One `git log` says everything, its fields separated by NUL, which no commit can hold. File contents
are never read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from crmtool.importers.bots import agent_of, is_bot
from crmtool.importers.contract import Cursor, Importer, Pair
from crmtool.importers.words import NAME, name_of, title_of
from crmtool.model.address import account_of
from crmtool.model.feeds import Activity, Mailmap, Profile

TRAILERS: Final = {
    "co-authored-by": "co-author",
    "co-developed-by": "co-author",
    "reviewed-by": "review",
    "tested-by": "test",
    "reported-by": "bug-report",
    "signed-off-by": "sign-off",
    "acked-by": "ack",
}
_NAMED: Final = ",".join(f"key={key}" for key in TRAILERS)
FIELDS: Final = "%x00".join(["%H", "%P", "%an", "%ae", "%at", "%s", f"%(trailers:unfold,{_NAMED})"])
# To be raised when commits come to be read otherwise: every history is then read anew.
_READING: Final = "3"
_ADDRESS: Final = 254
_LAST: Final = 253402300799  # the end of year 9999, where a calendar's four digits end
_COMMIT: Final = re.compile(r"[0-9a-f]{40,64}\Z")


class Commit(NamedTuple):
    """What one `git log` record says, as text; bytes that are not UTF-8 as surrogates."""

    hash: str
    parents: str
    name: str
    address: str
    seconds: str
    subject: str
    trailers: str


class GitImporter(Importer[Commit]):
    """Commits of one branch, merges told apart, with the people that trailers name."""

    type: ClassVar[str] = "git"

    def fetch(self, cursor: Cursor) -> Iterator[Commit]:
        """Commits that the cursor's head does not reach, in git's order.

        Everything is read again where history was rewritten, and where something changed that
        decides what a commit becomes: `.mailmap`, the settings, how deep a shallow clone is.
        """
        self._repository = repository = self.context.repository()
        head = repository.head(self.context.source.branch)
        self._mailmap = repository.mailmap(head)
        view = self._view()
        since = self._since(cursor, head, view)
        self.outcome.cursor = {"head": head, "view": view}
        self.outcome.replaces = since is None and not repository.is_shallow
        self._pairs: dict[Pair, str] = {}
        self._roles: dict[str, tuple[str, str] | None] = {}
        if repository.is_shallow:
            self.outcome.notes.append("the clone is shallow: its older commits are not here")
        if since != head:
            yield from self._log(head, since)

    def _view(self) -> str:
        """A hash of all but the head that decides what is read, and what of it is kept."""
        context = self.context
        parts = [
            *(_READING, self._mailmap, context.config.privacy.emails, context.keyed.fingerprint),
            *(str(context.config.identity.signs), *context.source.paths),
            *("", *context.config.bots),
        ]
        words = "\0".join(parts).encode() + self._repository.alterations()
        return hashlib.sha256(words).hexdigest()[:16]

    def _since(self, cursor: Cursor, head: str, view: str) -> str | None:
        """The commit up to which history is known already, None to read all of it."""
        known = str(cursor.get("head", ""))
        if not _COMMIT.match(known) or cursor.get("view") != view:
            return None
        if known != head and not self._repository.is_ancestor(known, head):
            self.outcome.notes.append("its history was rewritten, and read from the start")
            return None
        return known

    def _log(self, head: str, since: str | None) -> Iterator[Commit]:
        paths, done, total = self.context.source.paths, 0, None
        if self.context.watched and not paths:
            total = self._repository.count(head, since)
        with self._repository.log(FIELDS, head, since, paths) as chunks:
            for batch in commits(chunks):
                yield from batch
                done += len(batch)
                self.context.progress(done, total)
        if paths and not (done or since):
            self.outcome.notes.append(f"no commit touches {', '.join(paths)}")

    def normalise(self, raw: Commit) -> list[Activity]:
        """A commit's author, then those whom its trailers name, one activity each."""
        at = moment(raw.seconds)
        if at is None:
            self.outcome.skip("commits without a readable date")
        title = title_of(raw.subject, self.context.config.privacy)
        actor = self.actor((raw.name, raw.address))
        _, _, merged = raw.parents.partition(" ")
        author = Activity(
            id=raw.hash,
            type="merge" if merged else "commit",
            actor=actor,
            at=at,
            title=title,
            reply_to=merged.partition(" ")[0] or None,
        )
        return [author, *self.named(raw, at, title, actor)] if raw.trailers else [author]

    def named(
        self, raw: Commit, at: str | None, title: str | None, author: str
    ) -> Iterator[Activity]:
        """Those whom a commit's trailers name, each once for each role; its author not again."""
        counted: dict[str, int] = {}
        seen: set[tuple[str, str] | None] = {None, ("co-author", author)}
        for line in raw.trailers.split("\n"):
            try:
                role = self._roles[line]  # the same few lines stand under most commits
            except KeyError:
                role = self._roles[line] = self.role(line)
            if role is None or role in seen:
                continue
            seen.add(role)
            kind, actor = role
            counted[kind] = number = counted.get(kind, 0) + 1
            yield Activity(
                id=f"{raw.hash}.{kind}.{number}",
                type=kind,
                actor=actor,
                at=at,
                reply_to=raw.hash,
                title=title,
            )

    def role(self, line: str) -> tuple[str, str] | None:
        """(activity type, actor) of a trailer; None for one of another kind, or of nobody."""
        key, _, value = line.partition(":")
        kind = TRAILERS.get(key.strip().lower())
        pair = person_of(value)
        if kind and not pair:
            self.outcome.skip("trailers that name nobody")
        return (kind, self.actor(pair)) if kind and pair else None

    def actor(self, pair: Pair) -> str:
        """The identity of a raw (name, address) pair."""
        known = self._pairs.get(pair)
        if known is None:
            known = self._pairs[pair] = self.context.keyed.git_actor(*pair)
        return known

    def close(self) -> Iterator[Profile]:
        """A profile for each pair that was seen."""
        mapped = self._repository.check_mailmap(self._pairs, self._mailmap)
        for pair, identity in self._pairs.items():
            yield self.profile(pair, identity, mapped[pair])

    def profile(self, pair: Pair, identity: str, mapped: Pair) -> Profile:
        """What is kept of one pair: the raw name, the address by policy, what `.mailmap` says."""
        name, address = pair
        account, email = identity_of(address), self._email(address)
        login = account.partition(":")[2] if account else ""
        named = account_of(address)
        bot = is_bot([name, mapped[0], address, login], self.context.config.bots)
        return Profile(
            identity=identity,
            kind="bot" if bot or agent_of(address) else None,
            name=self._name(name) or None,
            emails=[email] if email else [],
            same_as=[account] if account else [],
            mailmap=self._link(mapped) if mapped != pair else None,
            signs=self.context.signs(address),
            uids={named.identity: named.uid} if named and named.uid else {},
        )

    def _link(self, mapped: Pair) -> Mailmap:
        """The pair that `.mailmap` gives, its address by the same policy."""
        name, address = mapped
        return Mailmap(
            identity=self.context.keyed.git_actor(name, address),
            name=self._name(name),
            email=identity_of(address) or self._email(address),
        )

    def _name(self, text: str) -> str:
        return name_of(text, self.context.config.privacy)

    def _email(self, address: str) -> str | None:
        """The identity of an address by policy; of a no-reply one its account says all but this."""
        policy = self.context.config.privacy.emails
        if policy != "plain" and identity_of(address):
            return None
        return self.context.keyed.email(address, policy)


def commits(chunks: Iterable[bytes]) -> Iterator[list[Commit]]:
    """Records out of a stream of fields that each end with NUL, a batch for each chunk."""
    rest, width = b"", len(Commit._fields)
    carried: list[str] = []
    for chunk in chunks:
        ended, nul, rest = (rest + chunk).rpartition(b"\0")
        if nul:
            fields = carried + ended.decode("utf-8", "surrogateescape").split("\0")
            whole = len(fields) // width * width
            carried = fields[whole:]
            yield [Commit._make(fields[at : at + width]) for at in range(0, whole, width)]


def moment(seconds: str) -> str | None:
    """A commit's author date in UTC, None where git could not read it."""
    try:
        value = int(seconds)
    except ValueError:
        return None
    if not 0 < value <= _LAST:
        return None
    days, rest = divmod(value, 86400)
    return f"{_day(days)}{_MINUTE[rest // 60]}{rest % 60:02}Z"


@lru_cache(maxsize=16384)
def _day(number: int) -> str:
    """The day that many days after 1970-01-01."""
    return date.fromordinal(719163 + number).isoformat()


# Looked up once a commit: half the time of formatting them.
_MINUTE: Final = tuple(f"T{minute // 60:02}:{minute % 60:02}:" for minute in range(1440))


def identity_of(address: str) -> str | None:
    """The account that an address names by itself: a no-reply address, or a known program's."""
    account = account_of(address)
    return account.identity if account else agent_of(address)


def person_of(value: str) -> Pair | None:
    """The (name, address) of a trailer such as `Ada Lovelace <ada@example.org>`."""
    name, _, rest = value.partition("<")
    address, closed, _ = rest.partition(">")
    address = address.strip()
    if not closed or "@" not in address or len(address) > _ADDRESS or len(name) > NAME:
        return None
    return name.strip().strip('"').strip(), address
