"""Puts the example together: every file of it, as text."""

from __future__ import annotations

from benchmarks.chance import Chance
from benchmarks.example import meetup_feed, settings
from benchmarks.example.accounts import Feed, everybody
from benchmarks.example.cast import CAST
from benchmarks.example.code_feed import Code
from benchmarks.example.forum_feed import Forum
from benchmarks.example.hub_feed import Rest, counts
from benchmarks.example.notes import NOTES
from benchmarks.example.rhythm import END, text
from benchmarks.example.shapes import Member, Note, Task
from benchmarks.example.tasks import TASKS
from benchmarks.records import Activity, in_order, line, lines


def files() -> dict[str, str]:
    """Return the whole workspace, text by path."""
    records: list[Member | Note | Task] = [*CAST.values(), *NOTES, *TASKS]
    written = dict(one.file() for one in records)
    written |= {
        "crm.yml": settings.CRM,
        "tags.yml": settings.TAGS,
        "mkdocs.yml": settings.MKDOCS,
        "site/docs/index.md": settings.INDEX,
        "site/docs/how-we-work.md": settings.HOW_WE_WORK,
    }
    for name, feed in feeds().items():
        written |= _source(name, feed)
    written["sources/hub/counts.jsonl"] = lines(counts())
    return dict(sorted(written.items()))


def feeds() -> dict[str, Feed]:
    """Return what every source has brought."""
    found = {name: Feed() for name in settings.SOURCES}
    Code(Chance("ginnel code"), found["hub"], found["core-git"]).tell()
    Rest(Chance("ginnel hub"), found["hub"]).tell()
    Forum(Chance("ginnel bench"), found["forum"]).tell()
    meetup_feed.tell(Chance("ginnel walks"), found["meetups"])
    for name, profiles in everybody().items():
        feed = found[name]
        seen = {str(one["actor"]) for one in feed.activities}
        feed.profiles |= {key: profiles[key] for key in profiles if key in seen}
    return found


def _source(name: str, feed: Feed) -> dict[str, str]:
    months: dict[str, list[Activity]] = {}
    for one in in_order(feed.activities):
        months.setdefault(str(one["at"])[:7], []).append(one)
    folder = f"sources/{name}"
    files = {f"{folder}/activities/{month}.jsonl": lines(months[month]) for month in months}
    files[f"{folder}/source.yml"] = settings.SOURCES[name]
    files[f"{folder}/cursor.json"] = line(_cursor(name, feed)) + "\n"
    files[f"{folder}/profiles.jsonl"] = lines(feed.profiles[key] for key in sorted(feed.profiles))
    return files


def _cursor(name: str, feed: Feed) -> dict[str, str]:
    if name != "core-git":
        return {"since": text(END)}
    merges = [one for one in in_order(feed.activities) if one["type"] == "merge"]
    return {"head": str(merges[-1]["id"])}
