"""Organisations: the list, and a page each with who is and was with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crmtool.model.community import Record
from crmtool.model.records import Person
from crmtool.publish.charts import Chart, Series, last_months, month_bars
from crmtool.publish.index import Member, Site
from crmtool.publish.kit import Entry, Kit, Page
from crmtool.publish.pages.people import custom_fields, held, search_entry
from crmtool.publish.paths import person_path
from crmtool.publish.words import months_until

_MONTHS = 24


def pages(kit: Kit) -> Iterator[Page]:
    """The list, those with most members first, then every organisation."""
    site = kit.site
    found = sorted(site.organisations, key=lambda r: -_present(site, r))
    yield kit.page(
        "organisations/index.html",
        "Organisations",
        "organisations.html",
        rows=[(r, _present(site, r), len(site.members.get(r.slug, []))) for r in found],
        path_of=person_path,
        search=Entry("Organisations", "Whom people work for"),
    )
    for record in site.organisations:
        yield _organisation(kit, record)


def _present(site: Site, record: Record[Person]) -> int:
    return sum(m.is_current for m in site.members.get(record.slug, []))


def _organisation(kit: Kit, record: Record[Person]) -> Page:
    site, person, slug = kit.site, record.data, record.slug
    members = site.members.get(slug, [])
    return kit.page(
        person_path(record),
        person.name,
        "organisation.html",
        record=record,
        person=person,
        body=kit.html(record.body) if record.body.strip() else "",
        members=[(m, site.people_figures.get(m.record.slug)) for m in members],
        chart=_chart(site, members),
        affiliations=held(site, person),
        notes=kit.note_lines(site.notes_about.get(slug, [])),
        tasks=kit.task_lines(site.tasks_about.get(slug, [])),
        path_of=person_path,
        owner=site.who(person.owner) if person.owner else None,
        watchers=site.whos(person.watchers),
        custom=custom_fields(site, person),
        search=search_entry(site, record),
    )


def _chart(site: Site, members: list[Member]) -> Chart | None:
    """What members did while they were with it."""
    made: dict[str, float] = {}
    said: dict[str, float] = {}
    for member in members:
        _add(made, said, site, member)
    if not made and not said:
        return None
    last = f"{site.as_of:%Y-%m}"
    return month_bars(
        "activity",
        "What its members did by month, while they were with it",
        months_until(last, _MONTHS),
        [
            Series("contributions", _line(made, last), "crm-c1"),
            Series("conversations", _line(said, last), "crm-c2"),
        ],
    )


def _line(counts: Mapping[str, float], last: str) -> list[float]:
    return last_months(counts, last, _MONTHS)


def _add(made: dict[str, float], said: dict[str, float], site: Site, member: Member) -> None:
    figures = site.people_figures.get(member.record.slug)
    first, end = member.affiliation.from_ or "", member.affiliation.to or "9999"
    for month, contributions, conversations in figures.months if figures else ():
        if first[:7] <= month <= end[:7]:
            made[month] = made.get(month, 0) + contributions
            said[month] = said.get(month, 0) + conversations
