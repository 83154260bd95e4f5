"""A year on the Bench: questions, maps shown, words brought, walks planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.chance import Chance, Deck
from benchmarks.example import texts_forum as texts
from benchmarks.example.accounts import LOOSE, Feed, bench
from benchmarks.example.arcs import ARCS
from benchmarks.example.cast import CAST
from benchmarks.example.forum_topics import Topic, Topics
from benchmarks.example.rhythm import END, Arc, Clock

SITE = "https://forum.example.org/t"
_PASSER = Arc(0)
_LATE = END - timedelta(days=3)  # whoever asked after this may still be waiting


@dataclass(slots=True)
class Forum:
    """Tells the topics one after another."""

    chance: Chance
    feed: Feed
    clock: Clock = field(init=False)
    posts: int = 31_400
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = Clock(self.chance)

    def tell(self) -> None:
        """Tell every topic, in the order in which they were begun."""
        for number, topic in enumerate(Topics(self.chance).all(), 4210):
            self.topic(f"topic-{number}", topic)
        self.loose()

    def who(self, author: str) -> dict[str, str | None]:
        """Return the keys of an author: one of us, somebody passing, or nobody any more."""
        if not author:
            return {"actor": None}
        return dict(bench(CAST[author].bench if author in CAST else author))

    def post(self, at: datetime, kind: str, author: str, **more: object) -> str:
        """Write a post and let others like it; return its id."""
        self.posts += 1
        name = f"post-{self.posts}"
        if self.feed.add(at, kind, name, self.who(author), **more):
            self.likes(at, name, author, more)
        return name

    def likes(self, at: datetime, name: str, author: str, post: dict[str, object]) -> None:
        """Let those who like things like this one."""
        month = f"{at:%Y-%m}"
        share = 0.10 if author == "bench-keeper" else 0.5 if "reply_to" in post else 1.3
        for _ in range(self.chance.count(share * self.chance.random() * 2)):
            slug = self.speaker("like", month, {author})
            if slug:
                later = self.clock.after(at, ARCS[slug], 2, 2800)
                like = f"like-{name.removeprefix('post-')}-{CAST[slug].bench}"
                if ARCS[slug].there(later) and like not in self.seen:
                    self.seen[like] = 1
                    self.feed.add(
                        later,
                        "like",
                        like,
                        self.who(slug),
                        thread=post["thread"],
                        reply_to=name,
                        channel=post["channel"],
                    )

    def speaker(self, what: str, month: str, without: set[str]) -> str:
        """Return somebody who does this in this month; nobody if there is nobody."""
        levels = {
            slug: level
            for slug, arc in ARCS.items()
            if slug not in without and (level := arc.level(what, month)) and CAST[slug].bench
        }
        return self.chance.weighted(levels) if levels else ""

    def topic(self, thread: str, topic: Topic) -> None:
        """Tell a topic and what people wrote below it."""
        common = {
            "thread": thread,
            "channel": topic.channel,
            "title": topic.title,
            "url": f"{SITE}/{thread.removeprefix('topic-')}",
        }
        first = self.post(topic.at, topic.kind, topic.author, text=topic.text, **common)
        if topic.kind == "question":
            self.answered(topic, first, common)
            return
        if topic.channel == "walks":
            self.called(topic, first, common)
            return
        words, low, high = {
            "show-and-tell": (texts.PRAISE, 1, 4),
            "words": (texts.WELCOMES, 2, 5),
            "news": (texts.NEWS, 0, 0 if topic.author == "bench-keeper" else 3),
        }[topic.channel]
        cards, at = Deck(self.chance, words), topic.at
        speakers = {topic.author}
        for _ in range(self.chance.between(low, high)):
            slug = self.speaker("like", f"{at:%Y-%m}", speakers)
            speakers.add(slug)
            at = self.replied(at, slug, cards.draw(), first, common)

    def called(self, topic: Topic, first: str, common: dict[str, str]) -> None:
        """Tell who means to come to a walk, and who is too far away."""
        near, far, at = Deck(self.chance, texts.COMING), Deck(self.chance, texts.AWAY), topic.at
        for slug in self.chance.mixed(topic.guests)[:3]:
            at = self.replied(at, slug, near.draw(), first, common)
        for _ in range(self.chance.between(0, 2)):
            slug = self.speaker("like", f"{at:%Y-%m}", {topic.author, *topic.guests})
            at = self.replied(at, slug, far.draw(), first, common)

    def replied(
        self, at: datetime, slug: str, words: str, first: str, common: dict[str, str]
    ) -> datetime:
        """Let somebody reply after a while, if they are there; return when."""
        later = self.clock.after(at, ARCS[slug], 8, 1500)
        if not ARCS[slug].there(later):
            return at
        self.post(later, "reply", slug, reply_to=first, text=words, **common)
        return later

    def answered(self, topic: Topic, first: str, common: dict[str, str]) -> None:
        """Tell how a question was answered; a few are not, and the last ones not yet."""
        at, last, before = topic.at, first, {topic.author}
        if topic.helper is None:
            return
        if topic.helper:
            at = self.clock.after(at, ARCS[topic.helper], 20, 50)
            text = topic.answer
            last = self.post(at, "answer", topic.helper, reply_to=first, text=text, **common)
            self.thanked(topic, at, last, common)
            return
        if self.chance.hit(0.55 if topic.at > _LATE else 0.03):
            return
        solved = self.chance.between(1, 3)
        for number in range(1, self.chance.between(solved, 4) + 1):
            slug = self.speaker("help", f"{at:%Y-%m}", before)
            if not slug:
                return
            before.add(slug)
            at = self.clock.after(at, ARCS[slug], 7, 1100)
            if not ARCS[slug].there(at):
                continue
            good = number == solved and self.chance.hit(0.85)
            words = topic.answer if good else self.chance.pick(texts.HELPFUL)
            asker = self.who(topic.author)["actor"]
            mentions = [asker] if asker and self.chance.hit(0.25) else []
            last = self.post(
                at,
                "answer" if good else "reply",
                slug,
                reply_to=last,
                text=words,
                mentions=mentions,
                **common,
            )
            if good and self.chance.hit(0.7):
                self.thanked(topic, at, last, common)

    def thanked(self, topic: Topic, at: datetime, last: str, common: dict[str, str]) -> None:
        """Let whoever asked say thank you."""
        arc = ARCS.get(topic.author, _PASSER)
        at = self.clock.after(at, arc, 10, 2000)
        if topic.author and arc.there(at):
            words = self.chance.pick(texts.THANKS)
            self.post(at, "reply", topic.author, reply_to=last, text=words, **common)

    def loose(self) -> None:
        """Tell the few replies of accounts that no record lists yet."""
        for number, handle in enumerate(LOOSE):
            thread = next(
                one for one in self.feed.activities[number * 400 :] if one["type"] == "topic"
            )
            for days in (1, 3):
                at = datetime.fromisoformat(str(thread["at"])) + timedelta(days=days, hours=3)
                common = {key: str(thread[key]) for key in ("thread", "channel", "title", "url")}
                text = self.chance.pick(texts.PRAISE)
                self.post(at, "reply", handle, reply_to=thread["id"], text=text, **common)
