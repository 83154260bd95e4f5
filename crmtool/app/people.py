"""`crmtool person show`: what one needs to know of somebody before reaching out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from crmtool.app.naming import open_around, person_named
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import UsageError
from crmtool.identity.resolve import fold
from crmtool.model.community import Record
from crmtool.model.figures import PersonFigures
from crmtool.model.part import Part
from crmtool.model.records import Note, Person, Task
from crmtool.model.view import View
from crmtool.store.figures import recall, remember
from crmtool.store.snapshot import work_tree_digest

LAST: Final = 5
_CONTACT: Final = frozenset({"conversation", "feedback", "opportunity", "personal"})
"""The kinds of notes that say that somebody of ours spoke with them."""
_LATELY: Final = 14


@dataclass(frozen=True)
class Card:
    """One person as an audience may see them, with what lies around them."""

    record: Record[Person]
    figures: PersonFigures | None
    notes: tuple[Record[Note], ...]
    tasks: tuple[Record[Task], ...]
    overdue: frozenset[str]
    names: Mapping[str, str]
    """What each slug on the card is called."""
    day: date
    contact: Record[Note] | None
    """The last time that somebody of ours spoke with them, as far as it was written down."""

    def named(self, slug: str) -> str:
        """What somebody is called."""
        return self.names.get(slug, slug)

    @property
    def promises(self) -> list[Record[Task]]:
        """What is still to be done for them."""
        return [task for task in self.tasks if self.record.slug in task.data.about]

    @property
    def warnings(self) -> list[str]:
        """What must be known before anything else."""
        return list(_warnings(self))


def person_card(asked: Asked, name: str) -> Card:
    """Everything that the audience may see of a person, named as people do.

    Raises:
        UsageError: the audience sees nobody of that name, or several; or who is meant is
            restricted, so that nothing may be shown.

    """
    scene = open_around(asked, ("notes", "tasks"), (name,), only_theirs=True)
    _refuse_restricted(scene, name)
    slug = person_named(scene, name)
    figures = _figures(scene, slug)
    view = scene.view
    tasks = tuple(_tasks(view, slug))
    notes = _notes(view, slug)
    return Card(
        view.people[slug],
        replace(figures, recent=figures.recent[:LAST]) if figures else None,
        tuple(notes[:LAST]),
        tasks,
        frozenset(task.slug for task in tasks if task.data.is_overdue(scene.day)),
        _names(scene, figures),
        scene.day,
        next((r for r in notes if r.data.kind in _CONTACT and r.data.author != slug), None),
    )


def _figures(scene: Scene, slug: str) -> PersonFigures | None:
    """What somebody did: remembered of this state, else everybody's figures are computed now."""
    state = _state(scene)
    if state and (known := recall(scene.root, state, slug)):
        return known.get(slug)
    from crmtool.metrics.engine import Engine

    whole = open_scene(scene.asked)
    with Engine(whole.view, whole.day) as engine:
        people = engine.people()
    if state:
        remember(scene.root, state, people)
    return people.get(slug)


def _state(scene: Scene) -> bytes | None:
    """What figures depend on; None where they have to be computed."""
    if scene.asked.rev is not None or scene.asked.staged:
        return None
    digest = work_tree_digest(scene.root, ("people", "sources"))
    return digest and digest + f"{scene.day} {scene.audience}".encode()


def _names(scene: Scene, figures: PersonFigures | None) -> dict[str, str]:
    """What everybody on the card is called, with those somebody works with."""
    near = tuple(c.who for c in figures.companions[:LAST]) if figures else ()
    people = dict(scene.view.people)
    if missing := tuple(who for who in near if who not in people):
        people |= open_scene(scene.asked, Part(people=missing)).view.people
    return {slug: record.data.name for slug, record in people.items()}


def _refuse_restricted(scene: Scene, name: str) -> None:
    """Nothing is shown of who is restricted, and that must be known before anybody writes."""
    account = fold(name)
    for slug, record in scene.community.people.items():
        person = record.data
        names = (slug, *person.aliases, *map(fold, person.identities))
        if (
            person.restricted
            and scene.audience.may_see(person.visibility)
            and (name in names or account in names)
        ):
            raise UsageError(
                f"{slug} is restricted: their data may not be used, so nothing is shown",
                f"do not reach out; why, {record.path} or a steward may say",
            )


def _warnings(card: Card) -> Iterator[str]:
    person, late = card.record.data, [t for t in card.promises if t.slug in card.overdue]
    if person.consent and person.consent.contact is False:
        yield "does not want to be contacted"
    if person.retain_until and person.retain_until < card.day:
        yield f"was to be kept until {person.retain_until}: crmtool check says what to do"
    if late:
        yield f"promised and overdue: {', '.join(task.data.title for task in late)}"
    if card.contact and (days := (card.day - card.contact.data.date).days) <= _LATELY:
        who = card.named(card.contact.data.author)
        yield f"{who} was in touch {ago(days)}: ask before you write"


def ago(days: int) -> str:
    """So many days before today, in words."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _notes(view: View, slug: str) -> list[Record[Note]]:
    about = [r for r in view.notes.values() if slug in r.data.about or slug in r.data.roles]
    return sorted(about, key=lambda r: (r.data.date, r.slug), reverse=True)


def _tasks(view: View, slug: str) -> list[Record[Task]]:
    found = [
        r
        for r in view.tasks.values()
        if r.data.is_open and (slug in r.data.about or slug == r.data.assignee)
    ]
    return sorted(found, key=lambda r: (r.data.due is None, r.data.due, r.slug))


def card_data(card: Card) -> dict[str, Any]:
    """A card for programs."""
    return {
        "slug": card.record.slug,
        **card.record.data.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "text": card.record.body,
        "warnings": card.warnings,
        "last_contact": _as_data(card.contact) if card.contact else None,
        "figures": asdict(card.figures) if card.figures else None,
        "notes": [_as_data(r) for r in card.notes],
        "open_tasks": [{**_as_data(r), "overdue": r.slug in card.overdue} for r in card.tasks],
    }


def _as_data(record: Record[Any]) -> dict[str, Any]:
    said = record.data.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"slug": record.slug, **said, "text": record.body}
