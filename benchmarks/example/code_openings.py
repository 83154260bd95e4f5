# ruff: noqa: RUF001 (words keep the letters of their language)
"""What was opened in the example: who, when, in which area, under which title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from benchmarks.chance import Chance, Deck
from benchmarks.example import texts_code as texts
from benchmarks.example.accounts import PASSERS
from benchmarks.example.arcs import ARCS
from benchmarks.example.rhythm import MONTHS, Arc, Clock
from benchmarks.example.texts_changes import MORE_CHANGES

SITE = "https://hub.example.org/ginnel-example/ginnel"
# What came before a change of the same title: the newest one has it plain.
BEFORE = ("", ", first step", ", groundwork", ", an attempt")
_PASSER = Arc(0)


@dataclass(slots=True)
class Opening:
    """An issue or a change, from its first line on."""

    at: datetime
    author: str
    kind: str
    area: str = ""
    title: str = ""
    helper: str = ""  # who reviews it at once, where the story says so
    number: int = 0

    @property
    def name(self) -> str:
        """The id of the thread, which is also the tail of its address."""
        return f"{self.kind}/{self.number}"

    @property
    def thread(self) -> dict[str, str]:
        """What every entry of this thread has in common."""
        return {
            "thread": self.name,
            "channel": texts.CHANNELS.get(self.area, "engine"),
            "url": f"{SITE}/{self.name}",
        }


def _staged(at: str, author: str, kind: str, area: str, title: str, *, helper: str = "") -> Opening:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Opening(moment, author, kind, area, title, helper)


# What the notes tell of, so that it can be found.
STAGED = (
    _staged(
        "2025-11-03T19:12:40", "emeka-obiladu", "issues", "paths", "Crash on a long thin island"
    ),
    _staged(
        "2025-11-08T18:31:05",
        "emeka-obiladu",
        "pull",
        "paths",
        "Do not close long thin islands twice",
        helper="dov-halpernik",
    ),
    _staged(
        "2026-02-18T17:03:22",
        "dawit-gebrelul",
        "pull",
        "paths",
        "Keep stairs on the right side of the wall",
        helper="kwabena-asare-fio",
    ),
    _staged(
        "2026-05-05T18:20:11",
        "yusuf-karabalgin",
        "issues",
        "text",
        "Capital of dotless ı gets a dot",
    ),
    _staged(
        "2026-05-12T19:44:50",
        "yusuf-karabalgin",
        "pull",
        "text",
        "Keep the dot where the language has one",
        helper="gu-mianzhou",
    ),
    _staged(
        "2026-06-04T16:48:09",
        "tuuli-rantakivi",
        "pull",
        "styles",
        "Add a symbol for duckboards",
        helper="dov-halpernik",
    ),
    _staged(
        "2026-10-15T21:33:27",
        "iga-wrzosnik",
        "pull",
        "tests",
        "Replace the font that nobody has",
        helper="dov-halpernik",
    ),
)


class Openings:
    """Finds the moments, then deals out titles: the newest first, and the story's own before."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.clock = Clock(chance)
        self.changes = {
            area: Deck(chance, cards + MORE_CHANGES[area]) for area, cards in texts.CHANGES.items()
        }
        self.issues = Deck(chance, texts.ISSUES)
        self.drawn = {one.title: 0 for one in STAGED}

    def all(self) -> list[Opening]:
        """Return everything that was opened, oldest first, still without numbers."""
        found = [*(replace(one) for one in STAGED), *self.moments()]
        found.sort(key=lambda one: one.at, reverse=True)
        for opening in found:
            if not opening.title and opening.kind == "pull":
                self.change(opening)
            elif not opening.title:
                self.report(opening)
        return found[::-1]

    def moments(self) -> Iterator[Opening]:
        """Yield when somebody opened something."""
        for month in MONTHS:
            for slug, arc in ARCS.items():
                for what, kind in (("prs", "pull"), ("issues", "issues")):
                    for _ in range(self.chance.count(arc.level(what, month))):
                        if at := self.clock.in_month(month, arc):
                            yield Opening(at, slug, kind)
        for passer in PASSERS[:10]:
            if at := self.clock.in_month(self.chance.pick(MONTHS), _PASSER):
                yield Opening(at, passer, "issues")

    def again(self, title: str) -> int:
        """Count how often a title was dealt out before."""
        times = self.drawn[title] = self.drawn.get(title, -1) + 1
        return times

    def change(self, opening: Opening) -> None:
        """Give a change an area that is its author's, and a title."""
        opening.area = self.chance.pick(ARCS[opening.author].areas)
        title = self.changes[opening.area].draw()
        opening.title = title + BEFORE[self.again(title) % len(BEFORE)]

    def report(self, opening: Opening) -> None:
        """Give an issue a title; what is reported twice was seen on another sheet before."""
        title, opening.area = self.issues.draw()
        opening.title = title
        if times := self.again(title):
            place = texts.SHEETS[(times + len(title)) % len(texts.SHEETS)]
            opening.title = f"{place} sheet: {title[0].lower()}{title[1:]}"
