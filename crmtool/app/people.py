"""`crmtool person`: what one needs to know of somebody before reaching out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from pydantic import BaseModel

from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import UsageError
from crmtool.metrics.engine import Engine
from crmtool.model.community import Record
from crmtool.model.figures import PersonFigures
from crmtool.model.guessing import guess
from crmtool.model.records import Affiliation, Note, Person, Task
from crmtool.model.view import View

_LAST: Final = 5
_FIRST_LINE: Final = 100


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


def person_card(asked: Asked, name: str) -> Card:
    """Everything that the audience may see of a person named by slug, alias or identity.

    Raises:
        UsageError: the audience sees nobody of that name.

    """
    scene = open_scene(asked)
    view = scene.view
    slug = _find(scene, name)
    with Engine(view, scene.day) as engine:
        figures = engine.people().get(slug)
    tasks = tuple(_tasks(view, slug))
    return Card(
        view.people[slug],
        replace(figures, recent=figures.recent[:_LAST]) if figures else None,
        tuple(_notes(view, slug)),
        tasks,
        frozenset(task.slug for task in tasks if task.data.is_overdue(scene.day)),
        {s: record.data.name for s, record in view.people.items()},
    )


def _find(scene: Scene, name: str) -> str:
    view = scene.view
    if name in view.people:
        return name
    aliases = {a: s for s, r in scene.community.people.items() for a in r.data.aliases}
    slug = aliases.get(name) or view.actors.get(name, "")
    if slug in view.people:
        return slug
    hint = guess(name, view.people, "a person is named by the file in people/, without .md")
    raise UsageError(f"there is no person {name[:64]!r} whom the {view.audience} may see", hint)


def _notes(view: View, slug: str) -> list[Record[Note]]:
    about = [r for r in view.notes.values() if slug in r.data.about or slug in r.data.roles]
    return sorted(about, key=lambda r: (r.data.date, r.slug), reverse=True)[:_LAST]


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
        "figures": asdict(card.figures) if card.figures else None,
        "notes": [_as_data(r) for r in card.notes],
        "open_tasks": [{**_as_data(r), "overdue": r.slug in card.overdue} for r in card.tasks],
    }


def _as_data(record: Record[Any]) -> dict[str, Any]:
    said = record.data.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"slug": record.slug, **said, "text": record.body}


def card_text(card: Card) -> str:
    """A card for a terminal."""
    person = card.record.data
    kind = "" if person.kind == "person" else f" · {person.kind}"
    pronouns = f" ({person.pronouns})" if person.pronouns else ""
    lines = [f"{person.name}{pronouns} · {card.record.slug}{kind}"]
    lines += [f"  {line}" for line in card.record.body.strip().splitlines()]
    lines += _aligned(_facts(card))
    for title, below in (
        ("Last activities", _activities(card.figures)),
        ("Notes", [_note(card, record) for record in card.notes]),
        ("Open tasks", [_task(card, record) for record in card.tasks]),
    ):
        if below:
            lines += ["", title, *(f"  {line}" for line in below)]
    return "\n".join(lines)


def _aligned(facts: Iterable[tuple[str, str]]) -> list[str]:
    found = [(label, value) for label, value in facts if value]
    width = max((len(label) for label, _ in found), default=0)
    return ["", *(f"  {label:{width}}  {value}" for label, value in found)] if found else []


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    person = card.record.data
    yield "accounts", ", ".join(person.identities)
    yield "with", "; ".join(_affiliation(card, a) for a in person.affiliations)
    yield "place", ", ".join(filter(None, (person.location, person.timezone)))
    yield "languages", ", ".join(person.languages)
    yield "links", " ".join(person.links)
    yield "tags", ", ".join(person.tags)
    yield "staff", "yes" if person.staff else ""
    yield "kept by", _named(card, person.owner)
    yield "watched by", ", ".join(_named(card, slug) for slug in person.watchers)
    yield "contact", _said(person.contact)
    yield "consent", _said(person.consent)
    yield from person.fields.items()
    if figures := card.figures:
        yield "seen", f"{figures.first_seen[:10]} to {figures.last_seen[:10]}"
        done = f"{figures.contributions} contributions, {figures.conversations} conversations"
        yield "did", done
        yield "works with", ", ".join(_named(card, c.who) for c in figures.companions[:_LAST])


def _said(value: BaseModel | None) -> str:
    """What a mapping says, in words."""
    found = value.model_dump(exclude_none=True) if value else {}
    return ", ".join(f"{key} {said}" for key, said in found.items())


def _named(card: Card, slug: str | None) -> str:
    slug = slug or ""
    return f"{card.names[slug]} ({slug})" if slug in card.names else slug


def _affiliation(card: Card, found: Affiliation) -> str:
    name = card.names.get(found.organisation, found.organisation)
    role = f", {found.role}" if found.role else ""
    span = f"{found.from_ or ''} to {found.to}".strip() if found.to else f"since {found.from_}"
    return f"{name}{role}" + (f" ({span})" if found.from_ or found.to else "")


def _activities(figures: PersonFigures | None) -> list[str]:
    return [
        "  ".join(filter(None, (m.at[:10], m.type, m.source, m.title, m.url)))
        for m in (figures.recent if figures else ())
    ]


def _note(card: Card, record: Record[Note]) -> str:
    note, first = record.data, next(iter(record.body.strip().splitlines()), "")
    author = card.names.get(note.author, note.author)
    return f"{note.date}  {note.kind} by {author}: {first[:_FIRST_LINE]}"


def _task(card: Card, record: Record[Task]) -> str:
    task = record.data
    late = " (overdue)" if record.slug in card.overdue else ""
    due = f"due {task.due}{late}" if task.due else "no date"
    whom = f", {card.names.get(task.assignee, task.assignee)}" if task.assignee else ""
    return f"{task.title}: {due}{whom}"
