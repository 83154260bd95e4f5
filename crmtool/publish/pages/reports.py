"""Monthly reports: the list, and every month of the community and of each subproject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from crmtool.model.figures import Figure, Report, Share
from crmtool.publish.charts import Chart, Series, month_bars
from crmtool.publish.index import Site, Who, activity_words, subproject_title
from crmtool.publish.kit import Entry, Kit, Page
from crmtool.publish.paths import report_path, subproject_path
from crmtool.publish.words import (
    Change,
    change,
    changes,
    is_whole,
    measured,
    month_before,
    month_words,
)

Reports = Mapping[str | None, Sequence[Report]]
_CHARTED, _TOP, _SHOWN, _THANKED = 24, 10, 50, 25
_HANDLES: Final = ("github", "gitlab", "gitlab.com", "codeberg.org")


class Card(NamedTuple):
    """A figure with its comparisons, in words."""

    title: str
    value: str
    about: str
    changes: list[Change]


class Row(NamedTuple):
    """One part's share of a month."""

    who: Who
    share: Share
    total: int
    change: Change | None


class Table(NamedTuple):
    """The shares of one kind of part."""

    title: str
    head: str
    rows: list[Row]
    rest: list[Row]
    unshown: int
    top: int


def pages(kit: Kit, reports: Reports) -> Iterator[Page]:
    """The list, then every report. `reports` are oldest first."""
    whole = reports.get(None, ())
    years = groupby(reversed(whole), key=lambda r: r.month[:4])
    yield kit.page(
        "reports/index.html",
        "Reports",
        "reports.html",
        years=[(year, list(found)) for year, found in years],
        chart=activity_chart(whole, "Contributions and conversations by month"),
        subprojects=[name for name in reports if name],
        made_and_said=made_and_said,
        latest=newest_whole(whole, kit.site.as_of),
        search=Entry("Reports", "Every month in figures"),
    )
    for name, found in reports.items():
        for index in range(len(found)):
            yield _report(kit, name, found, index)


def newest_whole(reports: Sequence[Report], as_of: date) -> Report | None:
    """The last report of a month that is over, else the last one."""
    last = list(reports[-2:])
    over = [r for r in last if is_whole(r.month, as_of)]
    return next(reversed(over or last), None)


def made_and_said(report: Report) -> tuple[int, int]:
    """Contributions and conversations of a month."""
    return (
        sum(s.contributions for s in report.types),
        sum(s.conversations for s in report.types),
    )


def activity_chart(reports: Sequence[Report], title: str) -> Chart | None:
    """The last 24 of these reports' months as bars."""
    shown = reports[-_CHARTED:]
    counts = [made_and_said(r) for r in shown]
    if not any(map(any, counts)):
        return None
    return month_bars(
        "activity",
        title,
        [r.month for r in shown],
        [
            Series("contributions", [made for made, _ in counts], "crm-c1"),
            Series("conversations", [said for _, said in counts], "crm-c2"),
        ],
    )


def card(figure: Figure, month: str) -> Card:
    """A figure as a page shows it."""
    value = "" if figure.value is None else measured(figure.value, figure.unit)
    return Card(figure.title, value, figure.about, changes(figure, month))


def _report(kit: Kit, name: str | None, reports: Sequence[Report], index: int) -> Page:
    report, site = reports[index], kit.site
    what = subproject_title(site.view, name) if name else None
    title = f"{month_words(report.month)}{f' · {what}' if what else ''}"
    return kit.page(
        report_path(report.month, name),
        title,
        "report.html",
        report=report,
        what=what,
        name=name,
        back=_near(reports, index - 1),
        forth=_near(reports, index + 1),
        cards=[card(f, report.month) for f in report.figures],
        chart=activity_chart(
            reports[max(0, index + 1 - _CHARTED) : index + 1],
            f"The months up to {month_words(report.month)}",
        ),
        tables=[t for t in _tables(site, report) if t.rows],
        newcomers=kit.doings(report.newcomers),
        thanks="" if site.is_public else _thanks(site, report),
        search=Entry(title, "Monthly report") if report.month else None,
    )


def _near(reports: Sequence[Report], index: int) -> Report | None:
    return reports[index] if 0 <= index < len(reports) else None


def _tables(site: Site, report: Report) -> Iterator[Table]:
    before = month_words(month_before(report.month))
    named = (
        ("What was done", "Activity", report.types, _type),
        ("Where", "Source", report.sources, Who),
        ("Subprojects", "Subproject", report.subprojects, lambda n: _subproject(site, n)),
        ("Organisations", "Organisation", report.organisations, site.who),
        ("People", "Name", report.people, site.who),
    )
    for title, head, shares, who in named:
        found = (_row(who(s.name), s, before) for s in shares[:_SHOWN])
        rows = [row for row in found if site.may_list(row.who)]
        unshown, top = max(0, len(shares) - _SHOWN), max((row.total for row in rows), default=0)
        yield Table(title, head, rows[:_TOP], rows[_TOP:], unshown, top)


def _row(who: Who, share: Share, before: str) -> Row:
    total = share.contributions + share.conversations
    return Row(who, share, total, change(total, share.month_before, "activities", before))


def _type(name: str) -> Who:
    return Who(activity_words(name).capitalize())


def _subproject(site: Site, name: str) -> Who:
    path = subproject_path(name) if name in site.view.config.subprojects else None
    return Who(subproject_title(site.view, name), path)


def _thanks(site: Site, report: Report) -> str:
    """A message to paste where the community talks: who contributed, those new here first."""
    new = [m.who for m in report.newcomers]
    others = [s.name for s in report.people if s.contributions and s.name not in new]
    first = [h for h in (_handle(site, n) for n in new) if h]
    rest = [h for h in (_handle(site, n) for n in others[:_THANKED]) if h]
    month, community = month_words(report.month), site.view.config.community.name
    texts = []
    if first:
        texts.append(f"Welcome to {community}, {_listed(first)}!")
    if rest:
        texts.append(f"Thank you for your contributions in {month}, {_listed(rest)}!")
    return "\n\n".join(texts)


def _handle(site: Site, name: str) -> str | None:
    """`@handle` where somebody has an account that such a mention reaches, else their name."""
    who = site.who(name)
    if not who.is_known:
        return None
    record = site.view.people.get(who.slug)
    identities = record.data.identities if record else [name]
    accounts = [identity.partition(":") for identity in identities]
    mention = next((f"@{handle}" for n, _, handle in accounts if n in _HANDLES), None)
    return mention or (who.name if record else accounts[0][2])


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
