"""A month's report for a terminal, and as Markdown to paste into a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from crmtool.model.figures import Figure, Report, Share

Names = Mapping[str, str]
_MOST: Final = 20


def as_text(report: Report, names: Names) -> str:
    """For a terminal: aligned columns, no colour needed to read it."""
    lines = [title(report), ""]
    rows = [(f.title, shown(f), *compared(f)) for f in report.figures]
    lines += _columns([("", "", "month before", "year before"), *rows])
    for heading, shares in sections(report):
        lines += ["", heading, *_columns(_share_rows(shares, names))]
    return "\n".join(line.rstrip() for line in [*lines, *_thanks(report, names, "  ")])


def as_markdown(report: Report, names: Names) -> str:
    """For a page or a message: tables, every name escaped."""
    lines = [f"# {escaped(title(report))}", ""]
    rows = [(f.title, shown(f), *compared(f)) for f in report.figures]
    lines += _table(("figure", "value", "month before", "year before"), rows)
    for heading, shares in sections(report):
        lines += ["", f"## {heading}", ""]
        header, *body = _share_rows(shares, names)
        lines += _table(header, body)
    return "\n".join([*lines, *_thanks(report, names, "- ", escaped)])


def title(report: Report) -> str:
    """What the report is of, and whether the month is over."""
    part = f", {report.subproject}" if report.subproject else ""
    return f"{report.month}{part}" + ("" if report.complete else " (so far)")


def sections(report: Report) -> Iterator[tuple[str, Sequence[Share]]]:
    """The lists of a report that have something in them."""
    contributors = tuple(share for share in report.people if share.contributions)
    for heading, shares in (
        ("Who contributed", contributors),
        ("By type", report.types),
        ("By source", report.sources),
        ("By subproject", report.subprojects),
        ("By organisation", report.organisations),
    ):
        if shares:
            yield heading, shares


def shown(figure: Figure) -> str:
    """A figure's value with its unit where the title does not say it."""
    return number(figure.value, figure.unit)


def number(value: float | None, unit: str) -> str:
    """A value as people write it; a dash where there is none."""
    if value is None:
        return "\N{EN DASH}"
    if unit == "share":
        return f"{value:.0%}"
    if unit in ("hours", "days"):
        return f"{value:,.1f} {unit}"
    return f"{value:,.0f}"


def compared(figure: Figure) -> tuple[str, str]:
    """The change against the month and the year before, in words that need no colour."""
    return change(figure, figure.month_before), change(figure, figure.year_before)


def change(figure: Figure, before: float | None) -> str:
    """Old value and difference, such as `12 (+3)`; empty where there is nothing to compare."""
    if before is None or figure.value is None:
        return ""
    difference = figure.value - before
    sign = "+" if difference > 0 else "\N{MINUS SIGN}" if difference < 0 else "±"
    size = abs(difference) * 100 if figure.unit == "share" else abs(difference)
    digits = 1 if figure.unit in ("hours", "days") else 0
    points = " points" if figure.unit == "share" else ""
    return f"{number(before, figure.unit)} ({sign}{size:,.{digits}f}{points})"


def _share_rows(shares: Sequence[Share], names: Names) -> list[tuple[str, ...]]:
    """The longest rows first, at most 20, and how many there are besides."""
    rows: list[tuple[str, ...]] = [("", "contributions", "conversations", "people")]
    for share in shares[:_MOST]:
        name = "somebody" if share.name.startswith("~") else names.get(share.name, share.name)
        rows.append((name, *map(str, (share.contributions, share.conversations, share.people))))
    if shares[_MOST:]:
        rows.append((f"and {len(shares) - _MOST} more", "", "", ""))
    return rows


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the others to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for first, *rest in rows:
        cells = [f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  " + "  ".join([f"{first:<{widths[0]}}", *cells])


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join(map(escaped, row)) + " |"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    out = "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|<>~" else c for c in text)
    return out.replace("\n", " ").replace("&", "&amp;")


def _thanks(
    report: Report, names: Names, bullet: str, quote: Callable[[str], str] = str
) -> Iterator[str]:
    """Who was new, so that somebody thanks them."""
    named = [m for m in report.newcomers if m.who in names]
    if named:
        heading = "## New this month" if quote is escaped else "New this month"
        yield from ("", heading, *([""] if quote is escaped else []))
    for moment in named:
        did = f": {quote(moment.title)}" if moment.title else ""
        yield f"{bullet}{quote(names[moment.who])}, {moment.type}{did}"
