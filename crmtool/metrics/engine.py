"""The engine: every number that the project knows about a community.

What counts is said once, in `sql/load/schema.sql`:

- Bots, organisations and `outside` actors are nowhere. Staff are in no figure but `staff_share`
  (and are an answer to whoever asked), in no list of a report and not in `quiet`; they have
  figures of their own, and appear in timelines and as companions.
- A formality (a conversation of weight 0) is in no figure; it appears in the report's list of
  types, and in a person's types and timeline. It also keeps somebody from being `quiet`.
- A pseudonym (`~n`) is counted and never listed: not in shares, companions or timelines.
- What an account that is gone did (no actor) is a contribution or a conversation of nobody.
- What has no readable date is in a person's totals and in no month. After `as_of` is nothing.
- A subproject's report is about the subproject alone: its newcomers are new to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Self

from crmtool.errors import UsageError
from crmtool.metrics.calendar import days_of, month_name, month_number, month_of
from crmtool.metrics.catalogue import Metric, catalogue
from crmtool.metrics.database import Database
from crmtool.metrics.moments import moment
from crmtool.metrics.persons import persons
from crmtool.metrics.reports import Lists, Values, figures, series, values
from crmtool.model.figures import Glance, PersonFigures, Report, Share
from crmtool.model.view import Measurable

__all__ = ["Engine", "Metric", "catalogue"]


class Engine:
    """Figures of a community as of one day. A context manager, since it holds memory."""

    def __init__(self, data: Measurable, as_of: date) -> None:
        """Read the feeds into memory.

        `as_of` is what day it is in the community's zone; that whole day counts.

        Raises:
            WorkspaceError: a feed's file is gone or cannot be read.

        """
        self.as_of = as_of
        self._subprojects = tuple(data.config.subprojects)
        self._span = days_of(data.config.engagement.window)
        self._database = Database(data, as_of)
        self._first: int | None = self._database.rows("glance/span")[0][0]
        self._values: dict[str, Values] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        self._database.close()

    def months(self) -> list[str]:
        """Every calendar month from the first with anything in it to that of `as_of`, `YYYY-MM`."""
        return [month_name(number) for number in self._months()]

    def report(self, month: str, subproject: str | None = None) -> Report:
        """One month of the community, or of one subproject.

        Raises:
            UsageError: the month or the subproject is not one of this community's.

        """
        return next(self.reports([month], subproject))

    def reports(self, months: Sequence[str], subproject: str | None = None) -> Iterator[Report]:
        """Several months, in the order asked for, with as many queries as one takes.

        A Share's month and year before are activities: contributions and conversations together.
        A report is complete when `as_of` lies after its month: on the last day it is not.

        Raises:
            UsageError: a month or the subproject is not one of this community's. Raised by the
                call, before the first report.

        """
        scope = self._scope(subproject)
        return self._reports([self._number(month) for month in months], scope)

    def _reports(self, numbers: Sequence[int], scope: str) -> Iterator[Report]:
        found = self._found(scope)
        lists = Lists(self._database, scope, numbers)
        for position, number in enumerate(numbers):
            shown = figures(found, number, self._first or 0)
            complete = number < month_of(self.as_of)
            yield lists.report(position, number, shown, complete=complete)

    def people(self) -> dict[str, PersonFigures]:
        """Everyone with a record who has done anything, by slug; staff too.

        `types` counts formalities, `sources` does not. Somebody with nothing dated has an empty
        first_seen and last_seen.
        """
        return persons(self._database)

    def levels(self) -> dict[str, int]:
        """The orbit level of everyone with a record, by slug: 1 leading to 4 exploring.

        As the Orbit model (version 2) determines it, over `engagement.window`. Who has done
        nothing in that time is not in it, and explores at most: 4.
        """
        return dict(self._database.rows("people/levels", span=self._span))

    def glance(self) -> Glance:
        """Where the community stands on `as_of`.

        `people` and `contributors` ever, `active` in the last 90 days, `newcomers` of the last
        30, the absence factor (CHAOSS) of the last 365. `subprojects` has every one declared,
        with its last 30 days, the 30 before, and the same 30 of the year before.
        """
        people, contributors, active, newcomers = self._database.rows("glance/totals")[0]
        return Glance(
            as_of=self.as_of,
            people=people,
            contributors=contributors,
            active=active,
            newcomers=newcomers,
            absence_factor=self._database.rows("glance/absence_factor")[0][0],
            months=series(self._found(""), self._months()[-24:]),
            recent=tuple(moment(row) for row in self._database.rows("glance/recent")),
            subprojects=self._shares(),
            quiet=tuple(slug for (slug,) in self._database.rows("glance/quiet")),
        )

    def _shares(self) -> tuple[Share, ...]:
        found = {row[0]: Share(*row) for row in self._database.rows("glance/subprojects")}
        return tuple(found.get(slug, Share(slug, 0, 0, 0)) for slug in self._subprojects)

    def _months(self) -> range:
        return range(0) if self._first is None else range(self._first, month_of(self.as_of) + 1)

    def _found(self, scope: str) -> Values:
        if scope not in self._values:
            self._values[scope] = values(self._database, scope)
        return self._values[scope]

    def _number(self, month: str) -> int:
        number = month_number(month)
        if number is not None and number in self._months():
            return number
        if number is None:
            message = f"{month[:20]!r} is not a month: YYYY-MM expected"
        else:
            message = f"there is nothing to report on {month}"
        raise UsageError(message, self._hint())

    def _hint(self) -> str:
        months = self._months()
        if not months:
            return "nothing here has a date yet; crmtool import brings activities in"
        return f"the first month is {month_name(months[0])}, the last {month_name(months[-1])}"

    def _scope(self, subproject: str | None) -> str:
        if subproject is None:
            return ""
        if subproject in self._subprojects:
            return subproject
        known = ", ".join(self._subprojects)
        raise UsageError(
            f"there is no subproject {subproject[:64]!r}",
            f"subprojects in crm.yml: {known}" if known else "crm.yml names no subprojects",
        )
