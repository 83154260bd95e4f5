"""The community at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from crmtool.model.figures import Glance, Moment, Month, Report, Unit
from crmtool.publish.charts import Chart, Series, month_bars, sparkline
from crmtool.publish.index import Who
from crmtool.publish.kit import Kit, Page
from crmtool.publish.words import (
    Change,
    change,
    day_words,
    is_whole,
    moment_day,
    month_before,
    month_words,
    number,
)

_SHOWN_MONTHS, _SHOWN = 24, 8
_STALE_DAYS = 30


class Big(NamedTuple):
    """One large number, how it came about, and how it changed."""

    title: str
    value: str
    about: str
    spark: Markup
    change: Change | None
    path: str = ""


class Newcomer(NamedTuple):
    """Somebody to welcome: when and with what they came."""

    moment: Moment
    who: Who


def pages(kit: Kit, glance: Glance, recent: Sequence[Report], *, has_intro: bool) -> Iterator[Page]:
    """The home page. `recent` are the reports of the last two months, newest first."""
    site = kit.site
    open_tasks = [r for r in site.tasks if r.data.is_open]
    stale = stale_since(glance)
    # Where the feeds end early, everybody would seem to have gone quiet.
    quiet = () if site.is_public or stale else glance.quiet[:_SHOWN]
    yield kit.page(
        "index.html",
        site.view.config.community.name,
        "home.html",
        has_intro=has_intro,
        glance=glance,
        stale=stale,
        bigs=list(_bigs(kit, glance)),
        charts=_charts(glance),
        doings=kit.doings(glance.recent[: 2 * _SHOWN]),
        newcomers=_newcomers(kit, recent),
        quiet=[(site.who(s), site.people_figures.get(s)) for s in quiet],
        tasks=kit.task_lines(open_tasks[:_SHOWN]),
        open_count=len(open_tasks),
        notes=kit.note_lines(site.notes[:4], 120),
    )


def stale_since(glance: Glance) -> str:
    """The day after which nothing is known, where that is long ago; else empty."""
    last = moment_day(glance.recent[0].at) if glance.recent else ""
    if not last or (glance.as_of - date.fromisoformat(last)).days <= _STALE_DAYS:
        return ""
    return day_words(last)


def _charts(glance: Glance) -> list[Chart]:
    shown = glance.months[-_SHOWN_MONTHS:]
    if not any(m.people for m in shown):
        return []
    names = [m.month for m in shown]
    return [
        month_bars(
            "activity",
            "Contributions and conversations",
            names,
            [
                Series("contributions", [m.contributions for m in shown], "crm-c1"),
                Series("conversations", [m.conversations for m in shown], "crm-c2"),
            ],
        ),
        month_bars(
            "contributors",
            "People and contributors",
            names,
            [
                Series("people", [m.people for m in shown], "crm-c3-soft"),
                Series("contributors", [m.contributors for m in shown], "crm-c3"),
            ],
            stacked=False,
        ),
    ]


def _bigs(kit: Kit, glance: Glance) -> Iterator[Big]:
    """The last whole month's numbers, so that a month's first days do not look like a collapse."""
    whole = [m for m in glance.months if is_whole(m.month, kit.site.as_of)]
    for title, name, about in (
        ("Active people", "people", "did anything at all"),
        ("Contributors", "contributors", "left something in the project"),
        ("Newcomers", "newcomers", "seen for the first time"),
        ("Contributions", "contributions", "code, reviews, answers, talks"),
        ("Conversations", "conversations", "posts, replies, comments"),
    ):
        if whole:
            yield _big(title, name, about, whole)
    yield Big(
        "Absence factor",
        number(glance.absence_factor),
        "so few people made half of the last year's contributions (CHAOSS)",
        Markup(),
        None,
    )


def _big(title: str, name: str, about: str, whole: list[Month]) -> Big:
    last, values = whole[-1], [getattr(m, name) for m in whole[-12:]]
    unit: Unit = "activities" if name in ("contributions", "conversations") else "people"
    before = month_words(month_before(last.month)).partition(" ")[0]
    return Big(
        title,
        number(values[-1]),
        f"{about}, in {month_words(last.month)}",
        sparkline(values),
        change(values[-1], values[-2] if len(values) > 1 else None, unit, before),
        f"reports/{last.month}.html",
    )


def _newcomers(kit: Kit, recent: Sequence[Report]) -> list[Newcomer]:
    """Who came last, newest first, less those who may not be named."""
    found = sorted((m for r in recent for m in r.newcomers), key=lambda m: m.at, reverse=True)
    known = (Newcomer(m, kit.site.who(m.who)) for m in found)
    return [n for n in known if n.who.is_known][:_SHOWN]
