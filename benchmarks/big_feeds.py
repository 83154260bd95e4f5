"""The feeds of a big synthetic workspace, one month of one source at a time."""

from __future__ import annotations

from array import array
from calendar import monthrange
from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256

from benchmarks.big_names import full_name
from benchmarks.chance import Chance, Skew
from benchmarks.records import Activity, in_order, lines

KINDS = ("git", "github", "discourse", "csv")
_TARGETS = {
    "git": "https://git.example.org/{name}.git",
    "github": "big-example/{name}",
    "discourse": "https://{name}.example.org",
    "csv": "{name}.csv",
}
# What opens a thread, what follows in one, and how often a new one is opened.
_OPENS = {
    "git": ("commit",),
    "github": ("issue-opened", "pull-request-opened", "pull-request-opened", "star"),
    "discourse": ("question", "topic"),
    "csv": ("event-organised",),
}
_FOLLOWS = {
    "git": ("review", "review", "sign-off", "co-author", "test", "merge"),
    "github": ("comment", "comment", "comment", "review", "review", "pull-request-merged"),
    "discourse": ("reply", "reply", "reply", "reply", "answer", "like", "like", "like"),
    "csv": ("event-attended", "event-attended", "event-attended", "talk"),
}
_NEW = {"git": 0.65, "github": 0.3, "discourse": 0.15, "csv": 0.1}
_LIVELY = 200  # threads that people still write in
_TITLES = (
    "Keep names on the water",
    "Join paths on bridges",
    "Which paper survives rain?",
    "Shade the northern slopes",
    "Fold it so that it opens at once",
    "Stairs with the number of steps",
    "The index sorts å before b",
    "Print without a margin",
)
_TEXT = "It happens on paper and not on screen; the smallest extract that shows it is attached."


@dataclass(slots=True)
class Thread:
    """A thread that is still going, and its last entry."""

    name: str
    title: str
    last: str
    size: int = 0


@dataclass(slots=True)
class Source:
    """One source: who is known to it, and what they do."""

    number: int
    of: int
    people: list[str]
    seed: int
    kind: str = field(init=False)
    name: str = field(init=False)
    chance: Chance = field(init=False)
    members: array[int] = field(init=False)
    skew: Skew = field(init=False)
    threads: deque[Thread] = field(default_factory=lambda: deque(maxlen=_LIVELY))
    made: int = 0
    head: str = "0" * 40

    def __post_init__(self) -> None:
        """Choose the members: everybody is known to at least one source."""
        self.kind = KINDS[self.number % len(KINDS)]
        self.name = f"{self.kind}-{self.number + 1}"
        self.chance = Chance(f"big {self.seed} {self.name}")
        known = (one for one in range(len(self.people)) if self.knows(one))
        self.members = array("l", known)
        self.skew = Skew(len(self.members))

    @property
    def folder(self) -> str:
        """Where it is kept."""
        return f"sources/{self.name}"

    @property
    def settings(self) -> str:
        """Its `source.yml`."""
        target = _TARGETS[self.kind].format(name=self.name)
        return f"type: {self.kind}\ntarget: {target}\nsubproject: part-{self.name}\n"

    @property
    def cursor(self) -> dict[str, str]:
        """Its `cursor.json`."""
        if self.kind == "git":
            return {"head": self.head}
        return {"since": "2026-11-30T23:59:59Z"}

    def knows(self, person: int) -> bool:
        """Whether somebody has an account here: the team everywhere, the others in a few."""
        home = person % self.of == self.number
        return home or person < 50 or (person * 7 + self.number * 5) % 11 < 4

    def actor(self, person: int) -> str:
        """Return the identity that somebody acts under."""
        slug = self.people[person]
        if self.kind == "git":
            return "git:" + sha256(f"{self.name} {slug}".encode()).hexdigest()[:16]
        return self.listed(person)

    def listed(self, person: int) -> str:
        """Return the identity that the record lists for this source."""
        slug = self.people[person]
        if self.kind == "git":
            return "email-hmac:" + sha256(slug.encode()).hexdigest()[:32]
        return f"github:{slug}" if self.kind == "github" else f"{self.name}.example.org:{slug}"

    def month(self, month: str, count: int) -> str:
        """Return the lines of one month."""
        year, number = int(month[:4]), int(month[5:])
        span = monthrange(year, number)[1] * 86_400
        below = self.chance.below
        moments = sorted(below(span) for _ in range(count))
        return lines(in_order([self.entry(month, moment) for moment in moments]))

    def entry(self, month: str, moment: int) -> Activity:
        """Return one activity: the first of a thread, or one that follows."""
        chance = self.chance
        day, second = divmod(moment, 86_400)
        at = f"{month}-{day + 1:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
        entry: Activity = {"at": at, "actor": self.actor(self.members[self.skew.rank(chance)])}
        self.made += 1
        if not self.threads or chance.random() < _NEW[self.kind]:
            return self.opened(entry)
        return self.followed(entry, chance.pick(self.threads))

    def opened(self, entry: Activity) -> Activity:
        """Open a thread."""
        kind, title = self.chance.pick(_OPENS[self.kind]), self.chance.pick(_TITLES)
        name = self.chance.digits(40) if self.kind == "git" else f"{kind}-{self.made}"
        entry |= {"type": kind, "id": name}
        if kind == "star":
            return entry
        self.threads.append(Thread(name, title, name))
        entry |= {"thread": name, "title": title}
        if self.kind == "git":
            self.head = name
        elif self.kind != "csv":
            entry |= {"text": _TEXT, "url": f"https://{self.name}.example.org/{name}"}
        return entry

    def followed(self, entry: Activity, thread: Thread) -> Activity:
        """Follow up on a thread; in git the entry hangs on a commit, or merges it."""
        kind = self.chance.pick(_FOLLOWS[self.kind])
        thread.size += 1
        name = f"{kind}-{self.made}"
        entry |= {"thread": thread.name, "reply_to": thread.last, "title": thread.title}
        if kind == "merge":
            name = self.head = self.chance.digits(40)
            entry["thread"] = name
        elif self.kind == "git":
            name = f"{thread.name}.{kind}.{thread.size}"
        elif kind not in {"like", "star"}:
            thread.last = name
        return entry | {"type": kind, "id": name}

    def profiles(self) -> str:
        """Return a line for everybody who is known here."""
        found = [self.profile(person) for person in self.members]
        return lines(sorted(found, key=lambda one: str(one["identity"])))

    def profile(self, person: int) -> dict[str, object]:
        """Return what the source says of one person."""
        profile: dict[str, object] = {"identity": self.actor(person), "name": full_name(person)}
        if self.kind == "git":
            profile["emails"] = [self.listed(person)]
        return profile
