"""A View, looked up from every side: who is mentioned where, and what each is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple, Protocol

from crmtool.model.community import Record
from crmtool.model.figures import Glance, Moment, PersonFigures, Report
from crmtool.model.records import Affiliation, Audience, Note, Person, Task
from crmtool.model.view import View
from crmtool.model.vocabulary import ACTIVITY_TYPES, CONTRIBUTIONS
from crmtool.publish.identities import Accounts
from crmtool.publish.markdown import Linked, heading, is_web
from crmtool.publish.paths import note_path, person_path
from crmtool.publish.words import cut, moment_day, short_day


class Figures(Protocol):
    """Where numbers come from: `crmtool.metrics.engine.Engine` on the same View."""

    def months(self) -> Sequence[str]:
        """Every month that a report can be made of."""

    def report(self, month: str, subproject: str | None = None) -> Report:
        """One month."""

    def reports(self, months: Sequence[str], subproject: str | None = None) -> Iterable[Report]:
        """Several months, in their order."""

    def people(self) -> Mapping[str, PersonFigures]:
        """Everybody's figures by slug."""

    def glance(self) -> Glance:
        """Where the community stands today."""


class Who(NamedTuple):
    """Somebody, as a page names them.

    `path` is that of their page, `url` the account of somebody who has none.
    """

    name: str
    path: str | None = None
    slug: str = ""
    is_known: bool = True
    url: str | None = None


class Doing(NamedTuple):
    """One activity, as a page tells it. What would give away an unnamed person is left out."""

    day: str
    """`2026-11-21`, empty where it has no date."""
    short_day: str
    who: Who
    about: str
    kind: str
    title: str | None
    url: str | None
    source: str
    channel: str | None


class Member(NamedTuple):
    """Somebody's time with an organisation."""

    record: Record[Person]
    affiliation: Affiliation
    is_current: bool


@dataclass
class Tagged:
    """What carries a tag."""

    people: list[Record[Person]] = field(default_factory=list)
    notes: list[Record[Note]] = field(default_factory=list)
    tasks: list[Record[Task]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many records carry it."""
        return len(self.people) + len(self.notes) + len(self.tasks)


_TITLE, _CHANNEL = 200, 60
SOMEBODY = Who("Somebody", is_known=False)


@dataclass(frozen=True)
class Site:
    """What every page needs: the View, the figures, and one look-up for each question."""

    view: View
    people_figures: Mapping[str, PersonFigures]
    as_of: date
    revision: str = ""

    @property
    def is_public(self) -> bool:
        """Whether it is for everybody."""
        return self.view.audience is Audience.PUBLIC

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.view.sources.values())

    @cached_property
    def humans(self) -> list[Record[Person]]:
        """People, by name."""
        return self._of_kind("person")

    @cached_property
    def bots(self) -> list[Record[Person]]:
        return self._of_kind("bot")

    @cached_property
    def organisations(self) -> list[Record[Person]]:
        return self._of_kind("organisation")

    def _of_kind(self, kind: str) -> list[Record[Person]]:
        found = (r for r in self.view.people.values() if r.data.kind == kind)
        return sorted(found, key=lambda r: (r.data.name.casefold(), r.slug))

    @cached_property
    def notes(self) -> list[Record[Note]]:
        """Notes, newest first."""
        return sorted(self.view.notes.values(), key=lambda r: (r.data.date, r.slug), reverse=True)

    @cached_property
    def tasks(self) -> list[Record[Task]]:
        """Tasks, what is due first first."""
        far = date.max
        return sorted(self.view.tasks.values(), key=lambda r: (r.data.due or far, r.slug))

    @cached_property
    def notes_about(self) -> Mapping[str, list[Record[Note]]]:
        found: dict[str, list[Record[Note]]] = defaultdict(list)
        for record in self.notes:
            for slug in dict.fromkeys((*record.data.about, *record.data.roles)):
                found[slug].append(record)
        return found

    @cached_property
    def tasks_about(self) -> Mapping[str, list[Record[Task]]]:
        """Tasks about somebody: first what is still to be done."""
        found: dict[str, list[Record[Task]]] = defaultdict(list)
        for record in sorted(self.tasks, key=lambda r: not r.data.is_open):
            for slug in record.data.about:
                found[slug].append(record)
        return found

    @cached_property
    def tasks_of(self) -> Mapping[str, list[Record[Task]]]:
        """What somebody still has to do."""
        found: dict[str, list[Record[Task]]] = defaultdict(list)
        for record in self.tasks:
            if record.data.assignee and record.data.is_open:
                found[record.data.assignee].append(record)
        return found

    @cached_property
    def tasks_from(self) -> Mapping[str, list[Record[Task]]]:
        """Tasks that came out of a note."""
        found: dict[str, list[Record[Task]]] = defaultdict(list)
        for record in self.tasks:
            if record.data.from_note:
                found[record.data.from_note].append(record)
        return found

    @cached_property
    def members(self) -> Mapping[str, list[Member]]:
        """Who is or was with an organisation: first those who are."""
        found: dict[str, list[Member]] = defaultdict(list)
        for record in self.humans:
            for affiliation in record.data.affiliations:
                current = is_current(affiliation, self.as_of)
                found[affiliation.organisation].append(Member(record, affiliation, current))
        for members in found.values():
            members.sort(key=lambda m: not m.is_current)
        return found

    @cached_property
    def kept_by(self) -> Mapping[str, list[Record[Person]]]:
        """Whose relationships somebody keeps."""
        found: dict[str, list[Record[Person]]] = defaultdict(list)
        for record in (*self.humans, *self.organisations):
            if record.data.owner:
                found[record.data.owner].append(record)
        return found

    @cached_property
    def tagged(self) -> Mapping[str, Tagged]:
        """Every tag that is declared or used."""
        found = {tag: Tagged() for tag in self.view.tags.tags}
        for person in (*self.humans, *self.organisations, *self.bots):
            for tag in person.data.tags:
                found.setdefault(tag, Tagged()).people.append(person)
        for note in self.notes:
            for tag in note.data.tags:
                found.setdefault(tag, Tagged()).notes.append(note)
        for task in self.tasks:
            for tag in task.data.tags:
                found.setdefault(tag, Tagged()).tasks.append(task)
        return dict(sorted(found.items()))

    @cached_property
    def _named(self) -> dict[str, Who]:
        return {s: Who(r.data.name, person_path(r), s) for s, r in self.view.people.items()}

    def who(self, name: str) -> Who:
        """Somebody by slug, pseudonym or account."""
        if found := self._named.get(name):
            return found
        if name.startswith("~") or self.is_public or ":" not in name:
            return SOMEBODY
        account = self.accounts(name)
        if account.network in ("email", "email-hmac", "git"):
            return Who("An author without a record", is_known=False)
        return Who(f"{account.handle} ({account.network})", url=account.url)

    def whos(self, names: Iterable[str]) -> list[Who]:
        """Several people."""
        return [self.who(name) for name in names]

    def doing(self, moment: Moment) -> Doing:
        """One activity. Titles and links are public, and lead to whoever may not be named."""
        who, day = self.who(moment.who), moment_day(moment.at)
        shown = who.is_known
        return Doing(
            day,
            short_day(day) if day else "",
            who,
            activity_words(moment.type),
            "contribution" if moment.type in CONTRIBUTIONS else "conversation",
            cut(moment.title, _TITLE) if shown and moment.title else None,
            moment.url if shown and moment.url and is_web(moment.url) else None,
            moment.source,
            cut(moment.channel, _CHANNEL) if shown and moment.channel else None,
        )

    def may_list(self, who: Who) -> bool:
        """Whether a list names them: one for everybody holds no rows of nobody in particular."""
        return who.is_known or not self.is_public

    def linked(self, slug: str, base: str) -> Linked | None:
        """Where `[[slug]]` leads from a page at that depth."""
        if note := self.view.notes.get(slug):
            return Linked(cut(note_title(note), _TITLE), base + note_path(slug))
        who = self._named.get(slug)
        return Linked(who.name, f"{base}{who.path}") if who else None


def is_current(affiliation: Affiliation, today: date) -> bool:
    """Whether somebody is with an organisation on a day."""
    day = today.isoformat()
    began = affiliation.from_ is None or affiliation.from_ <= day
    return began and (affiliation.to is None or affiliation.to >= day[: len(affiliation.to)])


@cache
def activity_words(name: str) -> str:
    """What somebody did, to be said after their name."""
    known = ACTIVITY_TYPES.get(name)
    return known.about.partition(" (")[0] if known else name.replace("-", " ")


def note_title(record: Record[Note]) -> str:
    """What a note is called: its first heading, else the words of its file's name."""
    if found := heading(record.body):
        return found
    words = [w for w in record.slug.split("-") if not w.isdigit()]
    return " ".join(words).capitalize() or record.data.kind.capitalize()


def subproject_title(view: View, name: str) -> str:
    """What a subproject is called."""
    found = view.config.subprojects.get(name)
    return (found.title if found else None) or name
