"""People: the table of all, and a page each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from crmtool.model.community import Record
from crmtool.model.config import FieldSpec
from crmtool.model.figures import PersonFigures
from crmtool.model.records import Affiliation, Person
from crmtool.publish.charts import Chart, heat
from crmtool.publish.index import Doing, Site, Who, is_current
from crmtool.publish.kit import Entry, Kit, Page
from crmtool.publish.paths import person_path, tag_path
from crmtool.publish.words import clean, month_words

_TIMELINE: Final = 20
_EARLIER: Final = 60
_JSON_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


class Custom(NamedTuple):
    """A custom field and what it is kept for."""

    name: str
    value: str
    spec: FieldSpec | None


class Held(NamedTuple):
    """An affiliation with the organisation's name."""

    organisation: Who
    affiliation: Affiliation
    is_current: bool


def pages(kit: Kit) -> Iterator[Page]:
    """The list, then everybody. Organisations have a section of their own."""
    yield _table(kit)
    for record in (*kit.site.humans, *kit.site.bots):
        yield _person(kit, record)


# --- The table ------------------------------------------------------------------------------------


def safe_json(value: Any) -> Markup:  # noqa: ANN401 (whatever JSON holds)
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_JSON_ESCAPES))  # noqa: S704 (no markup is left in it)


def _table(kit: Kit) -> Page:
    site = kit.site
    rows = [_row(site, record) for record in (*site.humans, *site.bots)]
    return kit.page(
        "people/index.html",
        "People",
        "people.html",
        rows=safe_json(rows),
        humans=site.humans,
        bots=site.bots,
        path_of=person_path,
        search=Entry("People", "Everybody in the community"),
    )


def _row(site: Site, record: Record[Person]) -> list[Any]:
    """One row; people.js names the columns in the same order."""
    person, figures = record.data, site.people_figures.get(record.slug)
    return [
        person_path(record).removeprefix("people/"),
        clean(person.name),
        person.kind,
        [i.partition(":")[2] for i in person.identities],
        [[tag, tag_path(tag)] for tag in person.tags],
        [
            clean(site.who(a.organisation).name)
            for a in person.affiliations
            if is_current(a, site.as_of)
        ],
        clean(person.location or ""),
        clean(site.who(person.owner).name) if person.owner else "",
        figures.contributions if figures else 0,
        figures.conversations if figures else 0,
        figures.first_seen[:10] if figures else "",
        figures.last_seen[:10] if figures else "",
    ]


# --- A page each ----------------------------------------------------------------------------------


def _person(kit: Kit, record: Record[Person]) -> Page:
    site, person, slug = kit.site, record.data, record.slug
    figures = site.people_figures.get(slug)
    doings = kit.doings(figures.recent) if figures else []
    return kit.page(
        person_path(record),
        person.name,
        "person.html",
        record=record,
        person=person,
        body=kit.html(record.body) if record.body.strip() else "",
        figures=figures,
        heat=_heat(site, figures),
        timeline=_by_month(doings[:_TIMELINE]),
        earlier=_by_month(doings[_TIMELINE:_EARLIER]),
        companions=[(site.who(c.who), c.threads) for c in figures.companions] if figures else [],
        affiliations=held(site, person),
        notes=kit.note_lines(site.notes_about.get(slug, [])),
        tasks=kit.task_lines(site.tasks_about.get(slug, [])),
        assigned=kit.task_lines(site.tasks_of.get(slug, [])),
        kept=site.kept_by.get(slug, []),
        path_of=person_path,
        owner=site.who(person.owner) if person.owner else None,
        watchers=site.whos(person.watchers),
        custom=custom_fields(site, person),
        search=search_entry(site, record),
    )


def _heat(site: Site, figures: PersonFigures | None) -> Chart | None:
    if figures is None or not figures.months:
        return None
    counts = {month: made + said for month, made, said in figures.months}
    return heat("heat", "Activity by month", counts, f"{site.as_of:%Y-%m}")


def _by_month(doings: Iterable[Doing]) -> list[tuple[str, list[Doing]]]:
    grouped = groupby(doings, key=lambda d: d.day[:7])
    return [(month_words(m) if m else "Without a date", list(found)) for m, found in grouped]


def held(site: Site, person: Person) -> list[Held]:
    """Affiliations, those that still hold first."""
    found = [
        Held(site.who(a.organisation), a, is_current(a, site.as_of)) for a in person.affiliations
    ]
    return sorted(found, key=lambda h: not h.is_current)


def custom_fields(site: Site, person: Person) -> list[Custom]:
    """Custom fields with what `crm.yml` says of each."""
    specs = site.view.config.fields
    return [Custom(name, value, specs.get(name)) for name, value in person.fields.items()]


def search_entry(site: Site, record: Record[Person]) -> Entry:
    """Name, handles, tags, organisations and place."""
    person = record.data
    texts = [
        *(i.partition(":")[2] for i in person.identities),
        *(site.who(a.organisation).name for a in person.affiliations),
        person.location or "",
    ]
    return Entry(person.name, " · ".join(t for t in texts if t), tuple(person.tags))
