"""What was begun on the Bench: questions, maps shown, words brought, news, calls for walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.chance import Chance, Deck
from benchmarks.example import texts_forum as texts
from benchmarks.example.accounts import PASSERS
from benchmarks.example.arcs import ARCS
from benchmarks.example.cast import CAST
from benchmarks.example.hub_feed import RELEASES
from benchmarks.example.meetup_feed import EVENTS
from benchmarks.example.rhythm import MONTHS, Arc, Clock
from benchmarks.example.texts_bench import MORE_QUESTIONS, MORE_SHOWN

_PASSER = Arc(0)
_HYACINTH = "hyacinth-bellwether"
# Questions that the notes tell of: when, who asked, which one, who answered. The last two wait.
STAGED: tuple[tuple[str, str, str, str | None], ...] = (
    ("2025-11-09T19:20:00", "callum-drumbeg", "How do I print without a white margin?", _HYACINTH),
    ("2026-01-09T20:41:00", "gethin-prysddu", "Green lane or farm track?", "kwabena-asare-fio"),
    ("2026-03-06T11:05:00", "wirasunu", "Names too small for my aunt", "hana-mochizawa"),
    ("2026-08-11T14:27:00", "soledad-curaqueo", "Footbridge gone at a smaller scale", _HYACINTH),
    ("2026-11-10T09:16:00", "maribel-txakarte", "Stairs with the number of steps", _HYACINTH),
    ("2026-11-17T20:14:00", PASSERS[26], "Old path still printed", None),
    ("2026-11-19T17:52:00", "maribel-txakarte", "Names in two scripts", None),
)


@dataclass(slots=True)
class Topic:
    """A topic before it is told. An empty author is an account that was deleted since."""

    at: datetime
    author: str
    channel: str
    title: str = ""
    text: str = ""
    kind: str = "topic"
    answer: str = ""
    helper: str | None = ""  # who answers within the hour, where the story says so; None: nobody
    guests: tuple[str, ...] = ()  # those who mean to come


class Topics:
    """Finds the moments, then deals out titles: the newest first, and the story's own before."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.clock = Clock(chance)
        self.questions = Deck(chance, texts.QUESTIONS + MORE_QUESTIONS)
        self.maps = Deck(chance, texts.SHOWN + MORE_SHOWN)
        self.dealt: dict[str, int] = {title: 0 for _, _, title, _ in STAGED}

    def all(self) -> list[Topic]:
        """Return every topic, oldest first."""
        found = [*self.staged(), *self.moments(), *self.words(), *self.news(), *self.walks()]
        found.sort(key=lambda one: one.at, reverse=True)
        for topic in found:
            if not topic.title and topic.kind == "question":
                self.question(topic)
            elif not topic.title:
                self.shown(topic)
        return found[::-1]

    def moments(self) -> Iterator[Topic]:
        """Yield when somebody asked or showed something."""
        for month in MONTHS:
            for slug, arc in ARCS.items():
                if not CAST[slug].bench:
                    continue
                for _ in range(self.chance.count(arc.level("ask", month))):
                    if at := self.clock.in_month(month, arc):
                        yield Topic(at, slug, "help", kind="question")
                for _ in range(self.chance.count(arc.level("show", month))):
                    if at := self.clock.in_month(month, arc):
                        yield Topic(at, slug, "show-and-tell")
        for number, passer in enumerate(PASSERS[10:26]):
            if at := self.clock.in_month(self.chance.pick(MONTHS), _PASSER):
                yield Topic(at, passer if number % 7 else "", "help", kind="question")

    def again(self, title: str) -> int:
        """Count how often a title was dealt out before."""
        times = self.dealt[title] = self.dealt.get(title, -1) + 1
        return times

    def question(self, topic: Topic) -> None:
        """Give a question its words; the same one had been asked about another place."""
        title, topic.text, topic.answer = self.questions.draw()
        topic.title = title
        if times := self.again(title):
            place = texts.PLACES[(times + len(title)) % len(texts.PLACES)]
            topic.title = f"{place}: {title[0].lower()}{title[1:]}"

    def shown(self, topic: Topic) -> None:
        """Give a map that was shown its words; before the good print there was another."""
        title, topic.text = self.maps.draw()
        topic.title = title + ("", ", first print", ", a sketch")[self.again(title) % 3]

    def staged(self) -> Iterator[Topic]:
        """Yield the questions that the story needs."""
        asked = {title: (text, answer) for title, text, answer in texts.QUESTIONS}
        for moment, author, title, helper in STAGED:
            at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
            text, answer = asked[title]
            yield Topic(at, author, "help", title, text, "question", answer, helper)

    def words(self) -> list[Topic]:
        """Return the hellos of those who arrived in this time, each with a word."""
        found = []
        for slug, arc in ARCS.items():
            fields = CAST[slug].front.get("fields", {})
            word = fields.get("word") if isinstance(fields, dict) else None
            if len(arc.since) > 7 and word and CAST[slug].bench:
                first = datetime.fromisoformat(arc.since).replace(tzinfo=UTC)
                place = CAST[slug].front["location"]
                text = f"Hello from {place}. Here it is {word}, and there is one behind our house."
                at = self.clock.awake(first, arc)
                found.append(Topic(at, slug, "words", f"My word for it: {word}", text))
        return found

    def news(self) -> list[Topic]:
        """Return what was announced: releases, articles, the figures of each month."""
        found = []
        for day, _, version, title in RELEASES:
            at = datetime.fromisoformat(day).replace(hour=12, minute=20, tzinfo=UTC)
            text = "What is new, what may surprise you, and the names of everyone who made it."
            title = f"Ginnel {version} is out: {title}"  # noqa: PLW2901 (the headline)
            found.append(Topic(at, "ottoline-brackwater", "news", title, text))
        for day, slug, title in texts.ARTICLES:
            at = self.clock.awake(datetime.fromisoformat(day).replace(tzinfo=UTC), ARCS[slug])
            found.append(Topic(at, slug, "news", title, "A longer read for a wet evening.", "post"))
        for month in MONTHS[1:]:
            at = datetime.fromisoformat(f"{month}-01").replace(hour=7, tzinfo=UTC)
            text = "Questions, answers, and how long the first one took."
            title = f"The Bench in figures, {at - timedelta(days=2):%B %Y}"
            found.append(Topic(at, "bench-keeper", "news", title, text))
        return found

    def walks(self) -> list[Topic]:
        """Return the calls for the next walk, nine days ahead."""
        found = []
        for event in EVENTS:
            at = self.clock.awake(event.at - timedelta(days=9), ARCS[event.host])
            if event.group != "online" and f"{at:%Y-%m}" >= MONTHS[0]:
                title = f"{event.title}, {event.at.day} {event.at:%B}: who is coming?"
                text = "Meeting point and route are on the page. Bring a pen; corrections welcome."
                guests = tuple(slug for slug in event.came if CAST[slug].bench)
                found.append(Topic(at, event.host, "walks", title, text, guests=guests))
        return found
