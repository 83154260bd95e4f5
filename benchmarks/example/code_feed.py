"""A year of changes and issues: what the hub saw, and what git remembers of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.chance import Chance
from benchmarks.example import texts_code as texts
from benchmarks.example.accounts import LOOSE_GIT, Feed, committer, hub
from benchmarks.example.arcs import ARCS
from benchmarks.example.cast import CAST
from benchmarks.example.code_openings import Opening, Openings
from benchmarks.example.rhythm import END, Clock
from benchmarks.example.shapes import digest


@dataclass(slots=True)
class Code:
    """Tells the changes and issues one after another."""

    chance: Chance
    hub: Feed
    git: Feed
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(self.chance)

    def tell(self) -> None:
        """Tell the whole story, in the order in which it happened."""
        for number, opening in enumerate(Openings(self.chance).all(), 1840):
            opening.number = number
            if opening.kind == "pull":
                self.change(opening)
            else:
                self.issue(opening)

    def others(self, what: str, opening: Opening, count: int) -> list[str]:
        """Return some who do this in this month, the author left out."""
        month = f"{opening.at:%Y-%m}"
        levels = {
            slug: level
            for slug, arc in ARCS.items()
            if slug != opening.author and (level := arc.level(what, month)) and CAST[slug].hub
        }
        found: list[str] = []
        while levels and len(found) < count:
            found.append(self.chance.weighted(levels))
            del levels[found[-1]]
        return found

    def say(self, at: datetime, kind: str, name: str, slug: str, **more: object) -> bool:
        """Let somebody act on the hub, if they are there."""
        if slug in ARCS and not ARCS[slug].there(at):
            return False
        handle = CAST[slug].hub if slug in CAST else slug
        return self.hub.add(at, kind, name, hub(handle), **more)

    def change(self, opening: Opening) -> None:
        """Tell a change from its first commit to its merge."""
        chance, name = self.chance, opening.name
        self.say(
            opening.at,
            "pull-request-opened",
            name,
            opening.author,
            title=opening.title,
            **opening.thread,
        )
        if chance.hit(0.55):
            self.say(
                opening.at + timedelta(minutes=chance.between(4, 9)),
                "comment",
                f"{name}/preview",
                "ginnel-bot",
                reply_to=name,
                title=opening.title,
                text="The twelve sheets are rendered; what differs is marked in red.",
                **opening.thread,
            )
        reviewers = (
            [opening.helper]
            if opening.helper
            else self.others("review", opening, chance.pick((1, 1, 2, 2, 3)))
        )
        at = self.reviewed(opening, reviewers)
        for number, slug in enumerate(
            self.others("comment", opening, chance.pick((0, 0, 1, 1, 2)))
        ):
            self.remark(opening, slug, number)
        self.closed(opening, reviewers, at)

    def reviewed(self, opening: Opening, reviewers: list[str]) -> datetime:
        """Tell the reviews and the author's answers; return when the last was written."""
        chance, at = self.chance, opening.at
        for number, slug in enumerate(reviewers, 1):
            at = self.clock.after(at, ARCS[slug], 20, 30 if opening.helper else 2600)
            name = f"{opening.name}/review/{number}"
            words = chance.pick(texts.REVIEWS) if chance.hit(0.7) else ""
            said = self.say(
                at,
                "review",
                name,
                slug,
                reply_to=opening.name,
                title=opening.title,
                text=words,
                **opening.thread,
            )
            if said and chance.hit(0.45):
                at = self.clock.after(at, ARCS[opening.author], 15, 900)
                self.say(
                    at,
                    "comment",
                    f"{name}/answer",
                    opening.author,
                    reply_to=name,
                    title=opening.title,
                    text=chance.pick(texts.REMARKS[:6]),
                    mentions=[hub(CAST[slug].hub)["actor"]],
                    **opening.thread,
                )
        return at

    def remark(self, opening: Opening, slug: str, number: int) -> None:
        """Tell what somebody else added."""
        self.say(
            self.clock.after(opening.at, ARCS[slug], 30, 4000),
            "comment",
            f"{opening.name}/comment/{number + 1}",
            slug,
            reply_to=opening.name,
            title=opening.title,
            text=self.chance.pick(texts.REMARKS),
            **opening.thread,
        )

    def closed(self, opening: Opening, reviewers: list[str], at: datetime) -> None:
        """Tell how a change ended: merged by a maintainer, or closed by its author."""
        merger = (self.others("merge", opening, 1) or ["dov-halpernik"])[0]
        at = self.clock.after(at, ARCS[merger], 20, 400 if opening.helper else 3000)
        if self.chance.hit(0.11) and not opening.helper:
            self.say(
                at,
                "pull-request-closed",
                f"{opening.name}/closed",
                opening.author,
                reply_to=opening.name,
                title=opening.title,
                **opening.thread,
            )
            return
        if at > END or not ARCS[merger].there(at):
            return
        self.say(
            at,
            "pull-request-merged",
            f"{opening.name}/merged",
            merger,
            reply_to=opening.name,
            title=opening.title,
            **opening.thread,
        )
        self.commits(opening, merger, reviewers, at)

    def commits(
        self, opening: Opening, merger: str, reviewers: list[str], merged: datetime
    ) -> None:
        """Tell what git kept of a change: its commits, those they name, and the merge."""
        chance, author = self.chance, CAST[opening.author]
        number = chance.pick((1, 1, 1, 2, 2, 3))
        titles = [opening.title, *chance.mixed(texts.FOLLOWING)][:number]
        at = opening.at - timedelta(minutes=chance.between(20, 200) * number)
        actor, name = committer(chance, author), ""
        if opening.number % 97 == 0 and opening.author == "samir-benhaddouche":
            actor = LOOSE_GIT[1]
        subject = ""
        for title in titles:
            at += timedelta(minutes=chance.between(6, 19), seconds=chance.below(60))
            name = digest(opening.name, title, length=40)
            subject = f"{opening.area}: {title[0].lower()}{title[1:]}"
            self.git.add(at, "commit", name, {"actor": actor}, thread=name, title=subject)
        self.trailers(name, at, subject, opening, reviewers)
        if number > 1 or chance.hit(0.35):
            merge = digest(opening.name, "merge", length=40)
            self.git.add(
                merged,
                "merge",
                merge,
                {"actor": committer(chance, CAST[merger])},
                thread=merge,
                reply_to=name,
                title=f"Merge #{opening.number}: {opening.title}",
            )

    def trailers(
        self, commit: str, at: datetime, title: str, opening: Opening, reviewers: list[str]
    ) -> None:
        """Tell whom a commit names: reviewers, helpers, testers, those who reported it."""
        chance = self.chance
        named = [("review", slug) for slug in reviewers[:2] if chance.hit(0.5)]
        if chance.hit(0.2):
            named.append(("sign-off", opening.author))
        for kind, share in (("co-author", 0.09), ("test", 0.08), ("ack", 0.05)):
            if chance.hit(share):
                named += [(kind, slug) for slug in self.others("review", opening, 1)]
        if chance.hit(0.1):
            named += [("bug-report", slug) for slug in self.others("issues", opening, 1)]
        counted: dict[str, int] = {}
        for kind, slug in named:
            if not CAST[slug].git:
                continue
            counted[kind] = counted.get(kind, 0) + 1
            self.git.add(
                at,
                kind,
                f"{commit}.{kind}.{counted[kind]}",
                {"actor": committer(chance, CAST[slug])},
                thread=commit,
                reply_to=commit,
                title=title,
            )

    def issue(self, opening: Opening) -> None:
        """Tell an issue: the report, what was said, and its end."""
        chance, name = self.chance, opening.name
        self.say(
            opening.at,
            "issue-opened",
            name,
            opening.author,
            title=opening.title,
            text=chance.pick(texts.ISSUE_TEXTS),
            **opening.thread,
        )
        at, last = opening.at, name
        speakers = self.others("comment", opening, chance.pick((1, 1, 2, 3)))
        for number, slug in enumerate(speakers, 1):
            at = self.clock.after(at, ARCS[slug], 15, 3600)
            entry = f"{name}/comment/{number}"
            if self.say(
                at,
                "comment",
                entry,
                slug,
                reply_to=last,
                title=opening.title,
                text=chance.pick(texts.REMARKS),
                **opening.thread,
            ):
                last = entry
        if chance.hit(0.75):
            closer = (self.others("merge", opening, 1) or ["dov-halpernik"])[0]
            at = self.clock.after(at, ARCS[closer], 600, 40_000)
            self.say(
                at,
                "issue-closed",
                f"{name}/closed",
                closer,
                reply_to=name,
                title=opening.title,
                **opening.thread,
            )
