"""Subprojects: the list, and a page each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crmtool.model.figures import Report
from crmtool.publish.index import subproject_title
from crmtool.publish.kit import Entry, Kit, Page
from crmtool.publish.pages.reports import activity_chart, card, made_and_said, newest_whole
from crmtool.publish.paths import subproject_path

Reports = Mapping[str | None, Sequence[Report]]


def pages(kit: Kit, reports: Reports) -> Iterator[Page]:
    """The list, then every subproject. `reports` are oldest first."""
    site = kit.site
    names = list(site.view.config.subprojects)
    yield kit.page(
        "subprojects/index.html",
        "Subprojects",
        "subprojects.html",
        rows=[(name, _last(kit, reports.get(name, ()))) for name in names],
        subprojects=site.view.config.subprojects,
        made_and_said=made_and_said,
        search=Entry("Subprojects", "The parts of the community"),
    )
    for name in names:
        yield _subproject(kit, name, reports.get(name, ()))


def _last(kit: Kit, reports: Sequence[Report]) -> Report | None:
    return newest_whole(reports, kit.site.as_of)


def _subproject(kit: Kit, name: str, reports: Sequence[Report]) -> Page:
    site, spec = kit.site, kit.site.view.config.subprojects[name]
    title, last = subproject_title(site.view, name), _last(kit, reports)
    names = {*spec.sources, *(s for s, x in site.view.sources.items() if x.subproject == name)}
    return kit.page(
        subproject_path(name),
        title,
        "subproject.html",
        name=name,
        spec=spec,
        last=last,
        cards=[card(f, last.month) for f in last.figures] if last else [],
        chart=activity_chart(reports, "Contributions and conversations by month"),
        people=[(site.who(s.name), s) for s in last.people[:12]] if last else [],
        months=[r.month for r in reversed(reports)][:12],
        sources=[(n, site.view.sources.get(n)) for n in sorted(names)],
        notes=kit.note_lines([r for r in site.notes if r.data.subproject == name][:8]),
        tasks=kit.task_lines([r for r in site.tasks if r.data.subproject == name]),
        search=Entry(title, "Subproject", tuple(spec.tags)),
    )
