"""`crmtool activity`: what was done, across all sources, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from crmtool.app.naming import person_named
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.app.tables import Table, cells
from crmtool.errors import UsageError
from crmtool.model.feeds import Activity
from crmtool.model.guessing import guess
from crmtool.model.scalars import zone
from crmtool.model.vocabulary import ACTIVITY_TYPES
from crmtool.privacy.redact import is_private
from crmtool.store.activities import Done, newest

SOMEBODY: Final = "somebody"
"""Who may be counted and not named, or left nothing but a hash."""
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities are asked for; several of one kind mean any of them."""

    people: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    channel: str | None = None
    tag: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One activity as an audience may see it."""

    at: str
    who: str
    """A slug, an account without a record, or `somebody`."""
    name: str
    source: str
    activity: Activity

    @property
    def words(self) -> str:
        """What it was about: its title, else the beginning of its text."""
        text = " ".join((self.activity.title or self.activity.text or "").split())
        return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def list_activities(asked: Asked, wanted: ActivityFilter) -> list[Deed]:
    """The activities that fit, the newest first.

    Raises:
        UsageError: a name, a source or a type is none.

    """
    scene = open_scene(asked)
    _require_known(scene, wanted)
    people = frozenset(person_named(scene, name) for name in wanted.people)
    return list(islice(deeds(scene, wanted, people), wanted.limit))


def deeds(scene: Scene, wanted: ActivityFilter, people: frozenset[str]) -> Iterator[Deed]:
    """The activities of these people, or with none of everybody, the newest first."""
    view = scene.view
    here = zone(view.config.community.timezone)
    sources = frozenset(wanted.sources) or frozenset(feed.source for feed in view.feeds)
    feeds = [feed for feed in view.feeds if feed.source in sources]
    fits_tag = _tagged(scene, wanted.tag) if wanted.tag else None
    until = min(wanted.until or scene.day, scene.day)
    for done in newest(feeds, wanted.since, until if wanted.until else None):
        activity = done.activity
        actor = activity.actor
        if actor is None or actor in view.outside:
            continue
        who = view.actors.get(actor) or view.actors.get(actor.casefold()) or actor
        if (
            (people and who not in people)
            or (wanted.types and activity.type not in wanted.types)
            or (wanted.channel and activity.channel != wanted.channel)
            or (fits_tag and not fits_tag(done))
        ):
            continue
        at = _moment(activity.at, here)
        if at and (at.date() > until or (wanted.since and at.date() < wanted.since)):
            continue
        yield _deed(scene, done, who, at)


def _moment(at: str | None, here: Any) -> datetime | None:  # noqa: ANN401 (a zone)
    try:
        return datetime.fromisoformat(at).astimezone(here) if at else None
    except (ValueError, OverflowError):
        return None


def _deed(scene: Scene, done: Done, who: str, at: datetime | None) -> Deed:
    people = scene.view.people
    if who.startswith("~") or (who not in people and is_private(who)):
        who = SOMEBODY
    name = people[who].data.name if who in people else who
    return Deed(f"{at:%Y-%m-%d %H:%M}" if at else "", who, name, done.source, done.activity)


def _tagged(scene: Scene, tag: str) -> Any:  # noqa: ANN401 (a function of one activity)
    """Whether an activity has a tag: by its source, or by a keyword in its words."""
    sources = {name for name, source in scene.view.sources.items() if tag in source.tags}
    keywords = (k for k in scene.view.tags.keywords.values() if k.tag == tag)
    words = tuple(word.casefold() for keyword in keywords for word in keyword.words)

    def fits(done: Done) -> bool:
        if done.source in sources:
            return True
        text = f"{done.activity.title or ''} {done.activity.text or ''}".casefold()
        return any(word in text for word in words)

    return fits


def _require_known(scene: Scene, wanted: ActivityFilter) -> None:
    view = scene.view
    known: tuple[tuple[str, tuple[str, ...], Mapping[str, Any], str], ...] = (
        ("source", wanted.sources, view.sources, f"sources: {', '.join(view.sources)}"),
        ("activity type", wanted.types, ACTIVITY_TYPES, "see crmtool explain activities"),
        ("tag", (wanted.tag,) if wanted.tag else (), view.tags.tags, "see crmtool tag list"),
    )
    for what, names, there, otherwise in known:
        for name in names:
            if name not in there:
                hint = guess(name, there, otherwise)
                raise UsageError(f"there is no {what} {name[:64]!r}", hint)


def activity_table(found: list[Deed]) -> Table:
    """Activities as rows for people."""
    rows = (cells((d.at or "undated", d.name, d.activity.type, _where(d), d.words)) for d in found)
    return Table(("when", "who", "did", "where", "what"), tuple(rows), "no activities that fit")


def _where(deed: Deed) -> str:
    return f"{deed.source}/{deed.activity.channel}" if deed.activity.channel else deed.source


CSV_COLUMNS: Final = ("at", "who", "type", "source", "channel", "title", "url", "text")


def activity_data(deed: Deed) -> dict[str, Any]:
    """An activity for programs; of the actor, what the audience may know."""
    activity = deed.activity
    return {
        "id": activity.id,
        "at": activity.at,
        "who": None if deed.who == SOMEBODY else deed.who,
        "type": activity.type,
        "source": deed.source,
        "channel": activity.channel,
        "title": activity.title,
        "url": activity.url,
        "text": activity.text,
    }


def activity_rows(found: list[Deed]) -> Table:
    """Activities as rows for a spreadsheet."""
    rows = (cells(activity_data(deed)[c] for c in CSV_COLUMNS) for deed in found)
    return Table(CSV_COLUMNS, tuple(rows))
