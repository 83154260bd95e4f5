"""What the example is told in: members and how they are met, notes, tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from benchmarks.records import NOTE, PERSON, TASK, Value, record

How = Literal["mail", "noreply", "listed"]


def digest(*words: str, length: int) -> str:
    """Return invented hexadecimal digits that are the same on every run."""
    return sha256("\0".join(("ginnel-example", *words)).encode()).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class GitName:
    """One pair of name and address that commits are signed with.

    ``how`` says what joins it to the record: its e-mail identity, a GitHub
    noreply address, or the record itself, which lists it.
    """

    raw: str
    how: How = "mail"


@dataclass(frozen=True, slots=True)
class Member:
    """A file below people/, and the accounts that the sources know."""

    slug: str
    name: str
    body: str
    kind: str = "person"
    hub: str = ""
    bench: str = ""
    meetups: str = ""
    git: tuple[GitName, ...] = ()
    front: Mapping[str, Value] = field(default_factory=dict)

    @property
    def mail(self) -> str:
        """The e-mail identity, as a keyed hash."""
        return "email-hmac:" + digest(self.slug, "mail", length=32)

    def git_actor(self, pair: GitName) -> str:
        """Return the identity of one of the pairs that commits carry."""
        return "git:" + digest(self.slug, pair.raw, pair.how, length=16)

    @property
    def identities(self) -> list[str]:
        """What the record lists: accounts first, hashes last."""
        found = [f"github:{self.hub}"] if self.hub else []
        if self.bench:
            found.append(f"forum.example.org:{self.bench}")
        if self.meetups:
            found.append(f"meetups.example.org:{self.meetups}")
        if any(pair.how == "mail" for pair in self.git):
            found.append(self.mail)
        return found + [self.git_actor(pair) for pair in self.git if pair.how == "listed"]

    def file(self) -> tuple[str, str]:
        """Return the path and the text of the record."""
        front: dict[str, Value] = {"name": self.name, "kind": self.kind, **self.front}
        if self.identities:
            front["identities"] = self.identities
        return f"people/{self.slug}.md", record(front, self.body, PERSON)


def person(slug: str, name: str, body: str, **more: Value) -> Member:
    """Make a member; ``hub bench meetups`` are accounts, ``git`` raw names, ``noreply`` one more.

    ``team`` stands for owner; every other word is a key of the record.
    """
    accounts = {key: str(more.pop(key, "")) for key in ("hub", "bench", "meetups")}
    pairs = tuple(
        GitName(raw, how)
        for how in ("mail", "noreply", "listed")
        for raw in str(more.pop(how, "")).split("|")
        if raw
    )
    kind = str(more.pop("kind", "person"))
    return Member(slug, name, body, kind=kind, git=pairs, front=more, **accounts)


@dataclass(frozen=True, slots=True)
class Note:
    """A file below notes/, named by its date and a few words."""

    stem: str
    front: Mapping[str, Value]
    body: str

    def file(self) -> tuple[str, str]:
        """Return the path and the text of the record."""
        return f"notes/{self.stem[:4]}/{self.stem}.md", record(self.front, self.body, NOTE)


def note(stem: str, author: str, about: str, kind: str, body: str, **more: Value) -> Note:
    """Make a note; ``about`` holds slugs between spaces, the stem begins with the date."""
    front: dict[str, Value] = {"date": stem[:10], "author": author, "kind": kind, **more}
    if about:
        front["about"] = about.split()
    return Note(stem, front, body)


@dataclass(frozen=True, slots=True)
class Task:
    """A file below tasks/, named by the day it was made and a few words."""

    stem: str
    front: Mapping[str, Value]
    body: str

    def file(self) -> tuple[str, str]:
        """Return the path and the text of the record."""
        return f"tasks/{self.stem[:4]}/{self.stem}.md", record(self.front, self.body, TASK)


def task(stem: str, title: str, status: str, assignee: str, body: str, **more: Value) -> Task:
    """Make a task; the stem begins with the day it was made."""
    front: dict[str, Value] = {"title": title, "status": status, "assignee": assignee}
    front |= {"created": stem[:10], **more}
    return Task(stem, front, body)
