"""A workspace in memory: records as text, profiles as the sources last said them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from crmtool.model.community import Community, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.feeds import Profile, decode_profile, encode
from crmtool.model.finding import Finding
from crmtool.model.records import Person
from crmtool.sync.people import Observed, Outcome, sync_people
from crmtool.text.parse import parse_record

TYPES = {"hub": "github", "forum": "discourse", "core": "git", "docs": "git"}


@dataclass
class Workspace:
    """What `crmtool import` works on, without files and git."""

    files: dict[str, bytes] = field(default_factory=dict)
    profiles: dict[str, dict[str, Profile]] = field(default_factory=dict)
    deeds: Counter[str] = field(default_factory=Counter)
    settings: dict[str, Any] = field(default_factory=dict)
    identity: dict[str, Any] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=lambda: dict(TYPES))
    layout: str = "flat"

    def write(self, slug: str, frontmatter: str, body: str = "") -> None:
        """A record as a person writes it."""
        self.files[f"people/{slug}.md"] = f"---\n{frontmatter.strip()}\n---\n{body}".encode()

    def text(self, slug: str) -> str:
        return self.files[f"people/{slug}.md"].decode()

    def edit(self, slug: str, old: str, new: str) -> None:
        """What an editor does to a file."""
        assert old in self.text(slug)
        self.files[f"people/{slug}.md"] = self.text(slug).replace(old, new).encode()

    def hear(self, source: str, identity: str, deeds: int = 0, **said: Any) -> None:
        """The newest word of a source on an identity; what was applied stays noted."""
        known = self.profiles.setdefault(source, {})
        applied = known[identity].applied if identity in known else {}
        new = msgspec.convert({"identity": identity, **said}, Profile)
        known[identity] = msgspec.structs.replace(new, applied=applied)
        self.deeds[identity] += deeds

    def applied(self, source: str, identity: str) -> dict[str, Any]:
        return self.profiles[source][identity].applied

    def community(self) -> Community:
        people: dict[str, Record[Person]] = {}
        findings: list[Finding] = []
        for path, data in self.files.items():
            record, wrong = parse_record(Person, path, data)
            findings += wrong
            if record is not None:
                people[record.slug] = record
        return Community(
            config=Config.model_validate(
                {
                    "community": {"name": "x"},
                    "sync": self.settings,
                    "identity": self.identity,
                    "layout": {"people": self.layout},
                }
            ),
            tags=Tags(),
            people=people,
            notes={},
            tasks={},
            sources={
                name: Source.model_validate({"type": kind, "target": "../x"})
                for name, kind in self.types.items()
            },
            findings=tuple(findings),
        )

    def person(self, slug: str) -> Person:
        record, _ = parse_record(Person, f"people/{slug}.md", self.files[f"people/{slug}.md"])
        assert record
        return record.data

    def decide(self) -> Outcome:
        """What an import would do."""
        return sync_people(self.community(), Observed(self.profiles, self.deeds), self.files)

    def sync(self) -> Outcome:
        """An import: decide, then carry out. A second one has nothing left to do."""
        outcome = self.carry_out(self.decide())
        again = self.decide()
        assert not again.changes
        assert not again.applied
        return outcome

    def carry_out(self, outcome: Outcome) -> Outcome:
        for change in outcome.changes:
            assert isinstance(change.new, bytes)
            assert (change.old is None) == (change.path not in self.files)
            self.files[change.path] = change.new
            _, findings = parse_record(Person, change.path, change.new)
            assert not findings, "what an import writes passes check"
        for source, identity, values in outcome.applied:
            known = self.profiles[source]
            noted = msgspec.structs.replace(known[identity], applied=values)
            known[identity] = decode_profile(encode(noted))
        return outcome

    def shuffled(self, backwards: bool) -> Workspace:
        """The same, everything in another order."""
        if not backwards:
            return self
        return Workspace(
            dict(reversed(self.files.items())),
            {n: dict(reversed(p.items())) for n, p in reversed(self.profiles.items())},
            Counter(dict(reversed(self.deeds.items()))),
            self.settings,
            self.identity,
            self.types,
            self.layout,
        )


ADA = "email-hmac:" + "a" * 32
BOB = "email-hmac:" + "b" * 32
CAT = "email-hmac:" + "c" * 32


def git(number: int) -> str:
    """A raw git author."""
    return f"git:{number:016x}"
