"""`crmtool explain`: what a code, an activity type or a figure means, from where it is defined.

The catalogues in `docs/` are the same texts as Markdown, so they cannot drift from the code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Final

from crmtool.app.schemas import format_keys, format_keys_page
from crmtool.errors import UsageError
from crmtool.model.finding import Severity
from crmtool.model.vocabulary import ACTIVITY_TYPES
from crmtool.rules.base import Code, all_codes, guess


def explain(topic: str, *, markdown: bool = False) -> str:
    """A page of text on a topic: a rule's code, or `rules`, `activities`, `figures`.

    Raises:
        UsageError: nothing is known of it.

    """
    if topic in _CATALOGUES:
        as_text, as_page = _CATALOGUES[topic]
        return "\n".join(as_page() if markdown else as_text())
    codes = {code.code: code for code in all_codes()}
    if topic in codes:
        return "\n".join(_code_page(codes[topic])) if markdown else _code_text(codes[topic])
    known = [*codes, *_CATALOGUES]
    raise UsageError(
        f"nothing is known of {topic!r}",
        guess(topic, known, "see: crmtool explain rules, activities, figures or formats"),
    )


@dataclass(frozen=True, slots=True)
class Explained:
    """A code as programs are told of it."""

    code: str
    severity: Severity
    title: str
    text: str


def explained() -> list[Explained]:
    """Every code that a finding can have, ordered."""
    pages = ((code, _doc(code)) for code in all_codes())
    return [Explained(c.code, c.severity, d[0], "\n".join(d[2:])) for c, d in pages]


def _doc(code: Code) -> list[str]:
    return cleandoc(code.text).splitlines()


def _code_text(code: Code) -> str:
    return "\n".join([f"{code.code} ({code.severity})", "", *_doc(code)])


def _rules() -> Iterator[str]:
    for code in all_codes():
        yield f"{code.code:24} {_doc(code)[0]}"


def _rules_page() -> Iterator[str]:
    yield from (
        "# Rules",
        "",
        "What `crmtool check` looks for. Made by `crmtool explain rules --format md`.",
    )
    for code in all_codes():
        yield ""
        yield from _code_page(code)


def _code_page(code: Code) -> Iterator[str]:
    """What a code means: its first line, then What, Why, Bad, Good as a list."""
    first, *rest = _doc(code)
    yield f"## {code.code}"
    yield ""
    yield f"*{code.severity}.* {first}"
    yield ""
    for line in filter(None, rest):
        head, colon, text = line.partition(":")
        if colon and head in ("What", "Why", "Bad", "Good"):
            yield f"- **{head}:**{text}"
        else:
            yield f"  {line.strip()}"


def _activities() -> Iterator[str]:
    width = max(map(len, ACTIVITY_TYPES))
    for name, kind in ACTIVITY_TYPES.items():
        yield f"{name:{width}}  {kind.kind:12}  weighs {kind.weight:<4g} {kind.about}"


def _activities_page() -> Iterator[str]:
    yield from (
        "# Activities",
        "",
        "One vocabulary for all sources. A *contribution* leaves something in the project, a",
        "*conversation* is people talking about it. A weight of 0 marks a formality: it is on the",
        "timeline and counts as no conversation. `engagement.weights` in `crm.yml` sets others.",
        "Made by `crmtool explain activities --format md`.",
        "",
        "| type | kind | weight | somebody … |",
        "| --- | --- | --- | --- |",
    )
    for name, kind in ACTIVITY_TYPES.items():
        yield f"| `{name}` | {kind.kind} | {kind.weight:g} | {kind.about} |"


def _figures() -> Iterator[str]:
    from crmtool.metrics.engine import catalogue

    for name, title, unit, about in catalogue():
        yield f"{title} ({name}, {unit})"
        yield f"    {about}"


def _figures_page() -> Iterator[str]:
    from crmtool.metrics.engine import catalogue

    yield from (
        "# Figures",
        "",
        "Every number of a report, one `.sql` file each in `crmtool/metrics/sql/`. Staff, bots",
        "and restricted people stand outside. Made by `crmtool explain figures --format md`.",
        "",
        "| figure | unit | what it counts |",
        "| --- | --- | --- |",
    )
    for name, title, unit, about in catalogue():
        yield f"| {title} (`{name}`) | {unit} | {about} |"


_Lines = Callable[[], Iterator[str]]
_CATALOGUES: Final[dict[str, tuple[_Lines, _Lines]]] = {
    "rules": (_rules, _rules_page),
    "activities": (_activities, _activities_page),
    "figures": (_figures, _figures_page),
    "formats": (format_keys, format_keys_page),
}
