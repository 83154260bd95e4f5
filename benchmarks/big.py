"""Big synthetic workspaces: plain, seeded, written as they are made.

Activity is skewed as communities are: a few do most of it (Zipf), replies come in
threads, and it grows over three years. Memory is bounded by one month of one source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from benchmarks.big_feeds import Source
from benchmarks.big_names import full_name, slugs
from benchmarks.chance import Chance
from benchmarks.records import NOTE, PERSON, TASK, Value, line, record

MONTHS = tuple(f"{year}-{month:02}" for year in range(2023, 2027) for month in range(1, 13))[11:47]
TEAM = 5
LETTERS_FROM = 1000
_CITIES = ("Leeds", "Porto", "Brno", "Pune", "Kumasi", "Oulu", "Lyon", "Quito", "Bergen", "Graz")
_TAGS = ("speaker", "mentor", "docs", "production-user", "newcomer")
_NOTES = ("conversation", "feedback", "gift", "usage", "personal", "decision")
_STATUS = ("open", "open", "doing", "waiting", "done", "done", "dropped")

Progress = Callable[[int, int], None]
File = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything, and the seed."""

    people: int
    activities: int
    notes: int
    tasks: int
    sources: int
    seed: int


def write_big(size: Size, progress: Progress) -> Iterator[File]:
    """Yield every file of the workspace, path and text."""
    chance = Chance(f"big {size.seed}")
    people = list(slugs(size.people))
    sources = [Source(one, size.sources, people, size.seed) for one in range(size.sources)]
    yield from _settings(size, people, sources)
    yield from _people(chance, people, sources)
    yield from _notes(chance, size.notes, people)
    yield from _tasks(chance, size.tasks, people)
    yield from _feeds(size, sources, progress)


def _settings(size: Size, people: list[str], sources: list[Source]) -> Iterator[File]:
    team = ", ".join(people[:TEAM])
    layout = "letter" if size.people > LETTERS_FROM else "flat"
    yield (
        "crm.yml",
        "community: {name: Big synthetic community, timezone: UTC, example: true}\n"
        f"team: [{team}]\n"
        "subprojects:\n"
        + "".join(f"  part-{one.name}: {{sources: [{one.name}]}}\n" for one in sources)
        + f"layout: {{people: {layout}}}\n",
    )
    tags = "".join(f"  {tag}: {{applies_to: [person]}}\n" for tag in _TAGS)
    yield "tags.yml", f"tags:\n{tags}"
    yield (
        "mkdocs.yml",
        (
            "site_name: Big synthetic community\nsite_dir: build/site\ndocs_dir: site/docs\n"
            "theme:\n  name: material\n  font: false\n"
        ),
    )
    yield "site/docs/index.md", "# Big synthetic community\n"


def _path(people: int, slug: str) -> str:
    return f"people/{slug[0]}/{slug}.md" if people > LETTERS_FROM else f"people/{slug}.md"


def _people(chance: Chance, people: list[str], sources: list[Source]) -> Iterator[File]:
    firms = min(50, len(people) // 100)
    for number in range(firms):
        front: dict[str, Value] = {"name": f"Firm {number + 1}", "kind": "organisation"}
        slug = f"firm-{number + 1}"
        yield _path(len(people), slug), record(front, "Invented.", PERSON)
    for number, slug in enumerate(people):
        front = {"name": full_name(number), "kind": "person"}
        front["identities"] = sorted({one.listed(number) for one in sources if one.knows(number)})
        if firms and chance.hit(0.4):
            front["affiliations"] = [{"organisation": f"firm-{chance.between(1, firms)}"}]
        if chance.hit(0.5):
            front["location"] = chance.pick(_CITIES)
        if chance.hit(0.2):
            front["tags"] = [chance.pick(_TAGS)]
        if chance.hit(0.1):
            front["owner"] = people[chance.below(min(TEAM, len(people)))]
        yield _path(len(people), slug), record(front, "An invented member.", PERSON)


def _day(chance: Chance) -> str:
    return f"{chance.pick(MONTHS)}-{chance.between(1, 28):02}"


def _notes(chance: Chance, count: int, people: list[str]) -> Iterator[File]:
    for number in range(1, count + 1):
        about, day = chance.pick(people), _day(chance)
        front: dict[str, Value] = {
            "date": day,
            "author": people[chance.below(min(TEAM, len(people)))],
            "about": [about],
            "kind": chance.pick(_NOTES),
        }
        body = f"Talked about the next walk. See [[{chance.pick(people)}]]."
        yield f"notes/{day[:4]}/{day}-note-{number}.md", record(front, body, NOTE)


def _tasks(chance: Chance, count: int, people: list[str]) -> Iterator[File]:
    for number in range(1, count + 1):
        day = _day(chance)
        due = date.fromordinal(date.fromisoformat(day).toordinal() + chance.between(3, 90))
        front: dict[str, Value] = {
            "title": f"Follow up {number}",
            "status": chance.pick(_STATUS),
            "assignee": people[chance.below(min(TEAM, len(people)))],
            "due": due.isoformat(),
            "about": [chance.pick(people)],
            "created": day,
        }
        yield f"tasks/{day[:4]}/{day}-task-{number}.md", record(front, "- [ ] write", TASK)


def _feeds(size: Size, sources: list[Source], progress: Progress) -> Iterator[File]:
    """Share the activities out over months and sources; later months have more."""
    weights = [
        (growth + 12) * (1 + (source.number + 1) % 3)
        for growth in range(len(MONTHS))
        for source in sources
    ]
    total, before, taken, bucket = sum(weights), 0, 0, 0
    for month in MONTHS:
        for source in sources:
            before += weights[bucket]
            bucket += 1
            count = size.activities * before // total - taken
            taken += count
            if count:
                yield f"{source.folder}/activities/{month}.jsonl", source.month(month, count)
                progress(taken, size.activities)
    for source in sources:
        yield f"{source.folder}/source.yml", source.settings
        yield f"{source.folder}/cursor.json", line(source.cursor) + "\n"
        yield f"{source.folder}/profiles.jsonl", source.profiles()
