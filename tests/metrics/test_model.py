"""The figures against a second way to count: plain Python, one pass a question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.metrics.engine import Engine
from crmtool.model.figures import Report
from crmtool.model.vocabulary import ACTIVITY_TYPES
from tests.metrics.communities import TODAY, Line, community, did, figure

PEOPLE = ["ada", "bo", "cy", "dee", "sam", None]  # sam is staff
KINDS = ["commit", "merge", "review", "message", "topic", "like", "sign-off"]

days = st.dates(TODAY.replace(month=6), TODAY).map(lambda day: day.isoformat())
lines = st.lists(
    st.builds(
        did,
        st.sampled_from(PEOPLE),
        st.sampled_from(KINDS),
        st.one_of(st.none(), days),
        st.sampled_from(["git", "forum"]),
        id=st.integers(0, 30).map(str),  # some twice
        thread=st.sampled_from([None, "1", "2"]),
    ),
    max_size=60,
)
slowly = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def reports(feed: list[Line]) -> list[Report]:
    with TemporaryDirectory() as folder:
        found = community(Path(folder), *feed, people={"sam": {"staff": True}})
        with Engine(found, TODAY) as engine:
            return list(engine.reports(engine.months()))


def counted(feed: list[Line]) -> Iterable[tuple[str, str | None, str]]:
    """(month, who, kind) of each line once, without staff, formalities and what has no date."""
    seen = set()
    for line in feed:
        key = line["source"], line["id"]
        kind = ACTIVITY_TYPES[line["type"]]
        if key in seen:
            continue
        seen.add(key)
        if line["at"] and line["actor"] != "github:sam" and kind.weight:
            yield line["at"][:7], line["actor"], kind.kind


def half_of(made: Counter[str]) -> int:
    """How many of the busiest it takes for half of all."""
    missing, needed = sum(made.values()) / 2, 0
    for _, count in made.most_common():
        if missing <= 0:
            break
        missing, needed = missing - count, needed + 1
    return needed


@slowly
@given(lines)
def test_figures_are_what_plain_counting_says(feed: list[Line]) -> None:
    contributors: dict[str, Counter[str]] = defaultdict(Counter)
    active: dict[str, set[str]] = defaultdict(set)
    contributions: Counter[str] = Counter()
    for month, who, kind in counted(feed):
        contributions[month] += kind == "contribution"
        if who:
            active[month].add(who)
            contributors[month].update([who] if kind == "contribution" else [])
    have_contributed: set[str] = set()
    have_come: set[str] = set()
    for report in reports(feed):
        made, here = contributors[report.month], active[report.month]
        assert {name: figure(report, name) for name in EXPECTED} == {
            "contributions": contributions[report.month],
            "contributors": len(made),
            "new_contributors": len(made.keys() - have_contributed),
            "people": len(here),
            "newcomers": len(here - have_come),
            "occasional": sum(count == 1 for count in made.values()),
            "absence_factor": half_of(made),
        }
        have_contributed |= made.keys()
        have_come |= here


EXPECTED = (
    "contributions",
    "contributors",
    "new_contributors",
    "people",
    "newcomers",
    "occasional",
    "absence_factor",
)


@slowly
@given(lines)
def test_reports_in_bulk_are_those_one_by_one(feed: list[Line]) -> None:
    with TemporaryDirectory() as folder, Engine(community(Path(folder), *feed), TODAY) as engine:
        months = engine.months()
        assert list(engine.reports(months)) == [engine.report(month) for month in months]


@slowly
@given(lines)
def test_the_lists_add_up_to_the_figures(feed: list[Line]) -> None:
    for report in reports(feed):
        formal = sum(s.conversations for s in report.types if s.name == "sign-off")
        for name, extra in (("contributions", 0), ("conversations", formal)):
            total = figure(report, name)
            assert sum(getattr(share, name) for share in report.sources) == total
            assert sum(getattr(share, name) for share in report.types) - extra == total
        assert len(report.people) == figure(report, "people")
        assert len(report.newcomers) == figure(report, "newcomers")


@slowly
@given(lines)
def test_a_person_s_parts_add_up_to_their_totals(feed: list[Line]) -> None:
    with TemporaryDirectory() as folder, Engine(community(Path(folder), *feed), TODAY) as engine:
        people = engine.people()
    for person in people.values():
        formal = dict(person.types).get("sign-off", 0)
        total = person.contributions + person.conversations
        assert sum(times for _, times in person.types) - formal == total
        assert sum(times for _, times in person.sources) == total
        assert sum(made + said for _, made, said in person.months) <= total
        assert [m.at for m in person.recent] == sorted((m.at for m in person.recent), reverse=True)
        for companion in person.companions:
            back = {c.who: c.threads for c in people[companion.who].companions}
            assert back[person.slug] == companion.threads
