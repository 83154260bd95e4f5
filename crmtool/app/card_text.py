"""A person's card for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from crmtool.app.notes import excerpt
from crmtool.app.people import LAST, Card, ago
from crmtool.model.community import Record
from crmtool.model.figures import PersonFigures
from crmtool.model.records import Affiliation, Note, Task


def card_text(card: Card) -> str:
    """A card for a terminal."""
    person = card.record.data
    kind = "" if person.kind == "person" else f" · {person.kind}"
    pronouns = f" ({person.pronouns})" if person.pronouns else ""
    lines = [f"{person.name}{pronouns} · {card.record.slug}{kind}"]
    lines += [f"  ! {warning}" for warning in card.warnings]
    lines += [f"  {line}" for line in card.record.body.strip().splitlines()]
    if first := _aligned(_before(card)):
        lines += ["", "Before you reach out", *first]
    if facts := _aligned(_facts(card)):
        lines += ["", *facts]
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
    return [f"  {label:{width}}  {value}" for label, value in found]


def _before(card: Card) -> Iterator[tuple[str, str]]:
    person = card.record.data
    yield "kept by", _named(card, person.owner)
    yield "watched by", ", ".join(_named(card, slug) for slug in person.watchers)
    if last := card.contact:
        day, by = last.data.date, card.named(last.data.author)
        yield "last contact", f"{day} by {by}, {last.data.kind} ({ago((card.day - day).days)})"
    yield "contact", _said(person.contact)
    yield "consent", _said(person.consent)
    late = sum(task.slug in card.overdue for task in card.promises)
    promised = f"{len(card.promises)} open" + (f", {late} overdue" if late else "")
    yield "promises", promised if card.promises else ""


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    person = card.record.data
    yield "accounts", ", ".join(person.identities)
    yield "with", "; ".join(_affiliation(card, a) for a in person.affiliations)
    yield "place", ", ".join(filter(None, (person.location, person.timezone)))
    yield "languages", ", ".join(person.languages)
    yield "links", " ".join(person.links)
    yield "tags", ", ".join(person.tags)
    yield "staff", "yes" if person.staff else ""
    yield from person.fields.items()
    if figures := card.figures:
        yield "seen", f"{figures.first_seen[:10]} to {figures.last_seen[:10]}"
        done = f"{figures.contributions} contributions, {figures.conversations} conversations"
        yield "did", done
        yield "works with", ", ".join(_named(card, c.who) for c in figures.companions[:LAST])


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
    note = record.data
    return f"{note.date}  {note.kind} by {card.named(note.author)}: {excerpt(card.names, record)}"


def _task(card: Card, record: Record[Task]) -> str:
    task = record.data
    late = " (overdue)" if record.slug in card.overdue else ""
    due = f"due {task.due}{late}" if task.due else "no date"
    whom = f", {card.names.get(task.assignee, task.assignee)}" if task.assignee else ""
    return f"{task.title}: {due}{whom}"
