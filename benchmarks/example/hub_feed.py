"""What else the hub saw: releases, discussions, translations, stars, thanks in money."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from benchmarks.chance import Chance, Deck
from benchmarks.example import texts_code as texts
from benchmarks.example.accounts import PASSERS, Feed, hub
from benchmarks.example.arcs import ARCS
from benchmarks.example.cast import CAST
from benchmarks.example.code_openings import SITE
from benchmarks.example.rhythm import MONTHS, Arc, Clock

RELEASES = (
    ("2025-10-16", "jorunn-aaskvik", "3.4", "Twitten"),
    ("2025-11-13", "jorunn-aaskvik", "3.4.1", "Twitten, with a dot"),
    ("2026-01-22", "jorunn-aaskvik", "3.5", "Vennel"),
    ("2026-03-05", "jorunn-aaskvik", "3.5.1", "Vennel, swept"),
    ("2026-05-21", "emeka-obiladu", "4.0", "Xiangzi"),
    ("2026-06-04", "emeka-obiladu", "4.0.1", "Xiangzi, all four corners"),
    ("2026-09-24", "emeka-obiladu", "4.1", "Sund"),
    ("2026-10-20", "emeka-obiladu", "4.1.1", "Sund, thawed"),
)
_TONGUES = {
    "nour-al-qantari": "Arabic",
    "thaleia-petromani": "Greek",
    "leocadia-fontsagra": "Catalan",
    "ana-ribaltella": "Spanish",
    "xiomara-velandres": "Spanish",
}
_PARTS = ("the manual", "the messages", "the symbols", "the announcements", "the settings page")
# Followers in the first month, and how many more each month.
_FOLLOWERS = {
    "ottoline-brackwater": (310, 9),
    "dov-halpernik": (540, 14),
    "sunneva-hallmundardottir": (820, 22),
    "tobiah-renlisle": (265, 1),
    "hana-mochizawa": (1450, 61),
    "gu-mianzhou": (390, 8),
    "priyamvada-kelkarni": (210, 6),
    "thandeka-mqonga": (175, 11),
    "wirasunu": (24, 7),
    "emeka-obiladu": (88, 5),
    "kestrel-mapworks": (640, 4),
}


def _day(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=UTC)


class Rest:
    """Tells what happens on the hub beside the code."""

    def __init__(self, chance: Chance, feed: Feed) -> None:
        self.chance = chance
        self.feed = feed
        self.clock = Clock(chance)

    def tell(self) -> None:
        """Tell all of it."""
        self.releases()
        self.sponsors()
        self.discussions()
        self.steady("translate", "translation", "translations")
        self.steady("wiki", "wiki-edit", "wiki")
        self.passers()

    def say(self, at: datetime, kind: str, name: str, slug: str, **more: object) -> None:
        """Let one of us act."""
        self.feed.add(at, kind, name, hub(CAST[slug].hub), **more)

    def releases(self) -> None:
        """Tell each release; people say thank you below it."""
        for day, slug, version, title in RELEASES:
            name = f"releases/{version}"
            self.say(
                _day(day, 11, 4),
                "release",
                name,
                slug,
                title=f"Ginnel {version}: {title}",
                thread=name,
                url=f"{SITE}/{name}",
                channel="engine",
            )

    def sponsors(self) -> None:
        """Tell what came in, once a month or a quarter."""
        for number, month in enumerate(MONTHS):
            if month >= "2026-04":
                self.sponsor(month, "kestrel-mapworks", "Two days of engineering and the walks")
            if month >= "2025-10" and number % 3 == 1:
                self.sponsor(month, "papier-et-pas", "Paper and press time for one run")

    def sponsor(self, month: str, slug: str, title: str) -> None:
        """Tell one gift."""
        self.say(
            _day(f"{month}-01", 9),
            "sponsorship",
            f"sponsors/{month}/{CAST[slug].hub}",
            slug,
            title=title,
        )

    def discussions(self) -> None:
        """Tell one long conversation a month."""
        hosts = ("dov-halpernik", "kwabena-asare-fio", "hana-mochizawa", "ottoline-brackwater")
        for number, (month, title) in enumerate(zip(MONTHS, texts.DISCUSSIONS, strict=True), 1):
            host = hosts[number % len(hosts)]
            at = self.clock.in_month(month, ARCS[host])
            if at:
                self.discussion(f"discussions/{number}", at, host, title)

    def discussion(self, name: str, at: datetime, host: str, title: str) -> None:
        """Tell one conversation; everybody answers whoever spoke last."""
        common = {"thread": name, "title": title, "url": f"{SITE}/{name}", "channel": "engine"}
        self.say(at, "discussion", name, host, **common)
        last = name
        for number in range(1, self.chance.between(4, 9)):
            month = f"{at:%Y-%m}"
            speakers = {
                slug: arc.level("comment", month)
                for slug, arc in ARCS.items()
                if CAST[slug].hub and arc.level("comment", month) and arc.there(at)
            }
            if not speakers:
                return
            slug = self.chance.weighted(speakers)
            at = self.clock.after(at, ARCS[slug], 20, 2400)
            entry = f"{name}/comment/{number}"
            if ARCS[slug].there(at):
                text = self.chance.pick(texts.REMARKS)
                self.say(at, "comment", entry, slug, reply_to=last, text=text, **common)
                last = entry

    def steady(self, what: str, kind: str, folder: str) -> None:
        """Tell work that trickles: translations, pages of the wiki."""
        pages = Deck(self.chance, texts.WIKI)
        number = 0
        for month in MONTHS:
            for slug, arc in ARCS.items():
                for _ in range(self.chance.count(arc.level(what, month))):
                    at = self.clock.in_month(month, arc)
                    number += 1
                    title = self.piece(slug) if what == "translate" else pages.draw()
                    if at:
                        self.say(at, kind, f"{folder}/{number}", slug, title=title, channel="docs")

    def piece(self, slug: str) -> str:
        """Return what somebody translated."""
        lines, part = self.chance.between(4, 90), self.chance.pick(_PARTS)
        return f"{_TONGUES[slug]}: {lines} lines of {part}"

    def passers(self) -> None:
        """Tell the stars and forks of people who walk by, more of them when there is news."""
        weights = {"2025-10": 2, "2026-02": 6, "2026-05": 9, "2026-09": 4}
        months = {month: weights.get(month, 1) for month in MONTHS}
        for number, passer in enumerate(PASSERS):
            at = self.clock.in_month(self.chance.weighted(months), Arc(self.chance.between(-6, 9)))
            if at:
                self.feed.add(at, "star", f"stars/{passer}", hub(passer))
                if number % 5 == 0:
                    later = at + timedelta(minutes=self.chance.between(2, 50))
                    self.feed.add(later, "fork", f"forks/{passer}", hub(passer))


def counts() -> list[dict[str, object]]:
    """Return the moving figures of the hub, a line a month and account."""
    found: list[dict[str, object]] = []
    for number, month in enumerate(MONTHS):
        for slug, (first, more) in _FOLLOWERS.items():
            followers = first + more * number + len(slug) * number % 5
            identity = f"github:{CAST[slug].hub}"
            found.append({"counts": {"followers": followers}, "month": month, "of": identity})
    return sorted(found, key=lambda one: (str(one["month"]), str(one["of"])))
