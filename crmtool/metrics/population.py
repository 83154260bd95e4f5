"""Who stands behind each actor of the feeds, and how figures treat them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from crmtool.metrics.calendar import first_day, last_day
from crmtool.model.records import Person
from crmtool.model.scalars import IDENTITY
from crmtool.model.view import Measurable


class Somebody(NamedTuple):
    """One row of `people`.

    `known`: has a record, so a page of their own. `listed`: may be shown; a pseudonym stands for
    somebody who may be counted and not named, and a list with a link in it would name them.
    """

    person: int
    who: str
    known: bool
    listed: bool
    staff: bool


class Membership(NamedTuple):
    """One row of `affiliation`: a stretch of days, both included."""

    person: int
    organisation: str
    since: date
    until: date


def population(
    data: Measurable, actors: Iterable[str]
) -> tuple[list[Somebody], list[tuple[str, int]]]:
    """The people behind the actors, and each actor's person.

    An actor that is outside, stands for a bot or an organisation, or is no identity at all has
    no person. The last also keeps a feed from passing an actor off as somebody's slug.
    People are numbered in the order of their names, so that a tie falls the same way every time.
    """
    behind = {actor: who for actor in actors if (who := _who(data, actor)) is not None}
    numbers = {who: number for number, who in enumerate(sorted(set(behind.values())))}
    people = [_somebody(data, number, who) for who, number in numbers.items()]
    return people, [(actor, numbers[who]) for actor, who in behind.items()]


def _who(data: Measurable, actor: str) -> str | None:
    spellings = (actor, actor.casefold())  # identities that differ in case alone are one
    if not data.outside.isdisjoint(spellings):
        return None
    who = next((data.actors[s] for s in spellings if s in data.actors), None)
    if who is None:
        return actor if IDENTITY.match(actor) else None
    record = data.people.get(who)
    return who if record is None or record.data.kind == "person" else None


def _somebody(data: Measurable, number: int, who: str) -> Somebody:
    record = data.people.get(who)
    staff = record is not None and record.data.staff
    return Somebody(number, who, record is not None, not who.startswith("~"), staff)


def memberships(data: Measurable, people: Iterable[Somebody]) -> Iterator[Membership]:
    """When each person was with which organisation that has a record.

    Stretches with one organisation that overlap (two roles) are one, so that nobody counts twice.
    """
    for somebody in people:
        record = data.people.get(somebody.who)
        if record is None:
            continue
        for organisation, days in _stretches(record.data).items():
            if organisation in data.people:
                for since, until in _joined(days):
                    yield Membership(somebody.person, organisation, since, until)


def _stretches(person: Person) -> Mapping[str, list[tuple[date, date]]]:
    found: dict[str, list[tuple[date, date]]] = {}
    for affiliation in person.affiliations:
        since = first_day(affiliation.from_) if affiliation.from_ else date.min
        until = last_day(affiliation.to) if affiliation.to else date.max
        found.setdefault(affiliation.organisation, []).append((since, until))
    return found


def _joined(days: list[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    since, until = None, date.min
    for begin, end in sorted(days):
        if since is None:
            since, until = begin, end
        elif begin <= until:
            until = max(until, end)
        else:
            yield since, until
            since, until = begin, end
    if since is not None:
        yield since, until
