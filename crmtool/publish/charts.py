"""Charts as inline SVG: pure functions, no script, colours from the stylesheet's variables.

Each says in `title` and `desc` what it shows, and its `table` says the same in numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from crmtool.publish.words import month_before, month_words, number

WIDTH: Final = 720
_LEFT, _RIGHT, _TOP, _INNER, _BOTTOM = 44, 4, 10, 176, 34
_MONTHS: Final = "JFMAMJJASOND"
_CELL, _GAP, _YEAR = 22, 3, 40
_LEVELS: Final = 4
_MAX_YEARS: Final = 12
_LIVELY: Final = 9  # below so many in their busiest month, nobody's cells are the darkest


class Series(NamedTuple):
    """One row of values. `name` is the plural of what is counted; `colour` a class of ours."""

    name: str
    values: Sequence[float]
    colour: str


@dataclass(frozen=True)
class Chart:
    """A picture, what it says, and its numbers."""

    svg: Markup
    title: str
    legend: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def nice_ceiling(value: float) -> tuple[int, int]:
    """The top of an axis and the step between its lines: whole, round, three to five lines."""
    if value <= 4:  # noqa: PLR2004 (fewer have no whole step)
        return max(1, math.ceil(value)), 1
    scale = 10 ** math.floor(math.log10(value / 4))
    step = next(m * scale for m in (1, 2, 2.5, 5, 10) if m * scale * 4.5 >= value)
    whole = max(1, math.ceil(step))
    return math.ceil(value / whole) * whole, whole


@dataclass(frozen=True)
class _Plot:
    """Where things lie in a bar chart."""

    months: Sequence[str]
    series: Sequence[Series]
    stacked: bool

    @property
    def columns(self) -> list[tuple[float, ...]]:
        return list(zip(*(s.values for s in self.series), strict=True))

    @property
    def peak(self) -> float:
        return max((sum(c) if self.stacked else max(c) for c in self.columns), default=0)

    @property
    def slot(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / max(len(self.months), 1)


def month_bars(
    name: str, title: str, months: Sequence[str], series: Sequence[Series], *, stacked: bool = True
) -> Chart:
    """Bars by month: one on top of the other, or (not stacked) the smaller inside the larger."""
    plot = _Plot(months, series, stacked)
    top, step = nice_ceiling(plot.peak)
    parts = [_axis(top, step)]
    for index, (month, column) in enumerate(zip(months, plot.columns, strict=True)):
        x = _LEFT + index * plot.slot
        parts.append(_column(plot, month, x, column, _INNER / top))
        parts.append(_month_label(month, x + plot.slot / 2, first=index == 0))
    said = _say(name, title, _describe(months, series))
    return Chart(
        _svg("crm-chart__bars", WIDTH, _TOP + _INNER + _BOTTOM, said + "".join(parts), name),
        title,
        tuple((s.name, s.colour) for s in series),
        ("Month", *(s.name.capitalize() for s in series)),
        tuple(
            (month_words(m), *(number(v) for v in c))
            for m, c in zip(reversed(months), reversed(plot.columns), strict=True)
        ),
    )


def _say(name: str, title: str, desc: str) -> str:
    """What a drawing is called and shows, for who does not see it."""
    return f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(desc)}</desc>'


def _svg(style: str, width: float, height: float, inside: str, name: str) -> Markup:
    return Markup(  # noqa: S704 (numbers, and text that was escaped)
        f'<svg class="{style}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{name}-t {name}-d">{inside}</svg>'
    )


def _axis(top: int, step: int) -> str:
    parts = []
    for value in range(0, top + 1, step):
        y = _TOP + _INNER * (1 - value / top)
        parts.append(
            f'<line class="crm-grid{"" if value else " crm-grid--zero"}" x1="{_LEFT}" '
            f'x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="crm-tick" x="{_LEFT - 8}" y="{y + 4:.1f}" '
            f'text-anchor="end">{_short(value)}</text>'
        )
    return "".join(parts)


def _short(value: float) -> str:
    if value >= 10_000:  # noqa: PLR2004 (five digits do not fit beside the axis)
        return f"{value / 1000:g}k"
    return number(value)


def _column(plot: _Plot, month: str, x: float, values: Sequence[float], unit: float) -> str:
    said = ", ".join(f"{number(v)} {s.name}" for v, s in zip(values, plot.series, strict=True))
    slot = plot.slot
    parts = [
        f'<g class="crm-bar"><title>{month_words(month)}: {escape(said)}</title>',
        f'<rect class="crm-bar__hit" x="{x:.1f}" y="{_TOP}" width="{slot:.1f}" height="{_INNER}"/>',
    ]
    pad, base = min(slot * 0.18, 5), _TOP + float(_INNER)
    for index, (value, row) in enumerate(zip(values, plot.series, strict=True)):
        height = value * unit
        inset = pad if plot.stacked else pad + index * min(slot * 0.14, 4)
        parts.append(
            f'<rect class="{row.colour}" x="{x + inset:.1f}" y="{base - height:.1f}" '
            f'width="{max(slot - 2 * inset, 1):.1f}" height="{height:.1f}" rx="1.5"/>'
        )
        if plot.stacked:
            base -= height
    return "".join(parts) + "</g>"


def _month_label(month: str, x: float, *, first: bool) -> str:
    """A quarter's first month by name, and the year below January (or at the chart's start)."""
    y, number_ = _TOP + _INNER + 15, month[5:7]
    parts = []
    if number_ in ("01", "04", "07", "10"):
        short = month_words(month)[:3]
        parts.append(
            f'<text class="crm-tick" x="{x:.1f}" y="{y:g}" text-anchor="middle">{short}</text>'
        )
    if number_ == "01" or (first and number_ not in ("11", "12")):
        parts.append(
            f'<text class="crm-tick crm-tick--year" x="{x:.1f}" y="{y + 14:g}" '
            f'text-anchor="middle">{month[:4]}</text>'
        )
    return "".join(parts)


def _describe(months: Sequence[str], series: Sequence[Series]) -> str:
    if not months:
        return "No month to show."
    said = [f"From {month_words(months[0])} to {month_words(months[-1])}."]
    for row in series:
        peak = max(range(len(months)), key=lambda i, v=row.values: v[i])  # type: ignore[misc]
        said.append(
            f"{row.name.capitalize()}: {number(row.values[-1])} in the last month, at most "
            f"{number(row.values[peak])} in {month_words(months[peak])}."
        )
    return " ".join(said)


def sparkline(values: Sequence[float]) -> Markup:
    """A line without an axis, beside a number that says the same: hidden from screen readers."""
    if len(values) < 2:  # noqa: PLR2004 (a line needs two points)
        return Markup()
    top, width, height = max(*values, 1), 120, 32
    step = width / (len(values) - 1)
    points = [
        f"{i * step:.1f},{height - 2 - (height - 4) * v / top:.1f}" for i, v in enumerate(values)
    ]
    line = " ".join(points)
    return Markup(  # noqa: S704 (numbers, and text that was escaped)
        f'<svg class="crm-spark" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        f'aria-hidden="true"><polygon class="crm-spark__area" points="0,{height} {line} '
        f'{width},{height}"/><polyline class="crm-spark__line" points="{line}"/></svg>'
    )


def heat(name: str, title: str, counts: Mapping[str, int], last: str) -> Chart:
    """One row a year, one cell a month: the darker, the more happened in it."""
    first = min(counts, default=last)
    years = list(range(int(first[:4]), int(last[:4]) + 1))[-_MAX_YEARS:]
    top = max(counts.values(), default=0)
    scale = max(top, _LIVELY)
    parts = [
        f'<text class="crm-tick" x="{_YEAR + i * (_CELL + _GAP) + _CELL / 2:g}" y="10" '
        f'text-anchor="middle">{letter}</text>'
        for i, letter in enumerate(_MONTHS)
    ]
    for row, year in enumerate(years):
        y = 18 + row * (_CELL + _GAP)
        parts.append(f'<text class="crm-tick" x="0" y="{y + 15}">{year}</text>')
        for index in range(12):
            month = f"{year}-{index + 1:02}"
            if first <= month <= last:
                parts.append(_cell(month, index, y, counts.get(month, 0), scale))
    shown = sorted((m for m in counts if int(m[:4]) in years), reverse=True)
    said = f"From {month_words(first)} to {month_words(last)}, most in one month: {number(top)}."
    width, height = _YEAR + 12 * (_CELL + _GAP), 18 + len(years) * (_CELL + _GAP)
    return Chart(
        _svg("crm-heat", width, height, _say(name, title, said) + "".join(parts), name),
        title,
        (),
        ("Month", "Activities"),
        tuple((month_words(m), number(counts[m])) for m in shown),
    )


def _cell(month: str, index: int, y: int, count: int, top: int) -> str:
    # Square roots, so that one busy month does not make all others look empty.
    level = math.ceil(math.sqrt(count / top) * _LEVELS) if count else 0
    rect = (
        f'<rect class="crm-heat__{level}" x="{_YEAR + index * (_CELL + _GAP)}" y="{y}" '
        f'width="{_CELL}" height="{_CELL}" rx="4"'
    )
    if not count:
        return rect + "/>"
    what = f"{number(count)} {'activity' if count == 1 else 'activities'}"
    return f"{rect}><title>{month_words(month)}: {what}</title></rect>"


def meter(value: float, top: float, colour: str = "crm-c1") -> Markup:
    """A bar in a table's row, beside its number."""
    width = 100 * value / top if top else 0
    return Markup(  # noqa: S704 (numbers, and text that was escaped)
        f'<svg class="crm-meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="crm-meter__rest" width="100" height="8" rx="2"/>'
        f'<rect class="{colour}" width="{width:.1f}" height="8" rx="2"/></svg>'
    )


def last_months(known: Mapping[str, float], last: str, count: int) -> list[float]:
    """So many months in a row up to one, 0 where nothing is known of one."""
    return [known.get(month_before(last, back), 0) for back in range(count - 1, -1, -1)]
