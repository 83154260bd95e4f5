"""`crmtool note list` and `show`: what the team wanted to remember, found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crmtool.app.naming import open_around, person_named, record_named
from crmtool.app.opening import Asked, Scene
from crmtool.model.community import Record
from crmtool.model.links import replace_links
from crmtool.model.records import Note


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are asked for."""

    kind: str | None = None
    about: str | None = None
    author: str | None = None
    tag: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes as an audience may see them, newest first, and what everybody on them is called."""

    records: tuple[Record[Note], ...]
    names: Mapping[str, str]
    kind: str | None = None

    def named(self, slug: str) -> str:
        """What somebody is called."""
        return self.names.get(slug, slug)


def list_notes(asked: Asked, wanted: NoteFilter) -> Notes:
    """The notes that fit, the newest first.

    Raises:
        UsageError: a name is nobody's or several people's.

    """
    typed = [name for name in (wanted.about, wanted.author) if name]
    scene = open_around(asked, ("notes",), typed)
    about = person_named(scene, wanted.about) if wanted.about else None
    author = person_named(scene, wanted.author) if wanted.author else None
    found = [
        record
        for record in scene.view.notes.values()
        if _fits(record.data, wanted)
        and (author is None or record.data.author == author)
        and (about is None or about in record.data.about or about in record.data.roles)
    ]
    found.sort(key=lambda r: (r.data.date, r.slug), reverse=True)
    return Notes(tuple(found), names_of(scene), wanted.kind)


def _fits(note: Note, wanted: NoteFilter) -> bool:
    day = note.starts or note.date if wanted.kind == "event" else note.date
    return (
        (wanted.kind is None or note.kind == wanted.kind)
        and (wanted.tag is None or wanted.tag in note.tags)
        and (wanted.since is None or day >= wanted.since)
        and (wanted.until is None or day <= wanted.until)
    )


def names_of(scene: Scene) -> dict[str, str]:
    """What everybody in a scene's view is called."""
    return {slug: record.data.name for slug, record in scene.view.people.items()}


def show_note(asked: Asked, typed: str) -> Notes:
    """The one note that is meant.

    Raises:
        UsageError: the audience may see none of that name, or several.

    """
    scene = open_around(asked, ("notes",))
    return Notes((record_named(scene.view.notes, typed, "note"),), names_of(scene))


def excerpt(names: Mapping[str, str], record: Record[Note], most: int = 100) -> str:
    """The beginning of a note's first paragraph on one line, links in it as names."""
    paragraph = next(filter(None, map(str.strip, record.body.split("\n\n"))), "")
    text = replace_links(paragraph.lstrip("# "), lambda slug: names.get(slug, slug))
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rpartition(" ")[0].rstrip(",;:") + " …"


def note_lines(notes: Notes) -> Iterator[str]:
    """One note for a terminal."""
    for record in notes.records:
        note = record.data
        shown = note.model_dump(exclude_none=True, exclude_defaults=True)
        yield f"{note.date}  {note.kind} by {notes.named(note.author)}"
        yield f"  {record.path}"
        for key, value in shown.items():
            if key not in ("date", "author", "kind"):
                yield f"  {key:<12}{_value(value, notes)}"
        if record.body.strip():
            yield ""
            yield from (f"  {line}" for line in record.body.strip().splitlines())


def _value(value: object, notes: Notes) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{notes.named(k)}: {v}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(f"{notes.names[v]} ({v})" if v in notes.names else str(v) for v in value)
    return str(value)
