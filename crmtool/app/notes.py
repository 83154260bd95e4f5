"""`crmtool note`: what the team wants to remember, written and found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from crmtool.app.authors import Author, Introduction, find_author, likely_author
from crmtool.app.naming import open_around, person_named, persons_named, record_named
from crmtool.app.opening import Asked, Scene
from crmtool.app.stems import free_stem, stem_words
from crmtool.app.tasks import NewTask, task_change
from crmtool.app.values import read_pairs, read_values
from crmtool.app.writing import How, Written, write
from crmtool.errors import Unfit, UsageError
from crmtool.model.community import Record
from crmtool.model.guessing import guess
from crmtool.model.links import replace_links
from crmtool.model.mentions import links
from crmtool.model.notekinds import is_for_stewards
from crmtool.model.plan import Change, Plan
from crmtool.model.records import Note
from crmtool.text.render import record as render_record

ORDER: Final = tuple(Note.model_fields)
_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note as it is asked for: names and days still in people's words."""

    about: tuple[str, ...] = ()
    kind: str = "conversation"
    message: str = ""
    tags: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Further keys, each with its value in people's words."""
    said: Introduction = field(default_factory=Introduction)
    task: NewTask | None = None
    """A follow-up."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a new note is written on: the scene, its author, and its first keys."""

    scene: Scene
    author: Author
    values: dict[str, Any]
    kind: str


def begin_note(asked: Asked, new: NewNote) -> Sheet:
    """Everybody's name understood, nothing written.

    Raises:
        UsageError: a name is nobody's or several people's, a tag or a value is none.

    """
    task_names = new.task.names if new.task else ()
    roles = (name for name, _ in read_pairs("roles", new.values.get("roles", "")))
    written = (*links(new.message), *roles)
    names = (*new.about, *likely_author(asked, new.said.author), *written, *task_names)
    scene = open_around(asked, (), names)
    about = persons_named(scene, new.about)
    author = find_author(scene, new.said)
    values: dict[str, Any] = {"date": scene.day, "author": author.name}
    if about:
        values["about"] = about
    values["kind"] = new.kind
    if new.tags:
        values["tags"] = known_tags(scene, new.tags)
    values |= read_values(Note, new.values, scene.day, lambda name: person_named(scene, name))
    return Sheet(scene, author, values, new.kind)


def known_tags(scene: Scene, tags: Iterable[str]) -> list[str]:
    """The tags, each once.

    Raises:
        UsageError: one is not in the vocabulary.

    """
    known = scene.community.tags.tags
    for tag in tags:
        if tag not in known:
            hint = guess(tag, known, f"see crmtool tag list, or add it: crmtool tag add {tag}")
            raise UsageError(f"there is no tag {tag[:64]!r}", hint)
    return list(dict.fromkeys(tags))


def add_note(new: NewNote, sheet: Sheet, text: str, how: How) -> Written:
    """Write a note whose file is to hold this text, with its author's record and a follow-up.

    Raises:
        Unfit: the text is no note, or a rule finds an error in it; nothing was written.

    """
    scene = sheet.scene
    path = note_path(scene, text)
    changes = [Change(path, None, text.encode(), "a new note")]
    if sheet.author.record:
        changes.append(sheet.author.record)
    if new.task:
        stem = path.rpartition("/")[2].removesuffix(".md")
        changes.append(task_change(scene, new.task, from_note=stem, me=lambda: sheet.author.name))
    about = ", ".join(sheet.values.get("about", ())) or sheet.kind
    try:
        return write(scene, Plan(tuple(changes), f"Add a note: {about}"), how)
    except Unfit as error:
        if new.message:
            raise
        from crmtool.store.drafts import keep_draft

        kept = keep_draft(scene.root, text)
        error.hint = f"{error.hint}; your text is kept: add --file {kept}".removeprefix("; ")
        raise


def note_text(sheet: Sheet, body: str) -> str:
    """The file of a note with the values of a sheet; a text that has its own keeps them."""
    from crmtool.text.frontmatter import cut

    if cut(body):
        return body
    return render_record({k: sheet.values[k] for k in ORDER if k in sheet.values}, body)


def note_path(scene: Scene, text: str) -> str:
    """Where a new note goes: its day, and its first words unless they are not for everybody."""
    from crmtool.app.showing import without_secrets
    from crmtool.text.frontmatter import cut
    from crmtool.text.parse import parse_record

    record, _ = parse_record(Note, "notes/new.md", text.encode())
    day = record.data.date if record else scene.day
    parts = cut(text)
    body = parts.tail.partition("\n")[2] if parts else ""
    words = stem_words(without_secrets(body), _WORDS) or (record.data.kind if record else "note")
    if record and is_for_stewards(record.data.kind):
        words = record.data.kind
    stem = free_stem(scene, "notes", f"{day}-{words}")
    return f"notes/{day:%Y}/{stem}.md"


def suggested_tags(scene: Scene, text: str, given: Iterable[str]) -> list[str]:
    """Tags whose keywords a text holds, by `keywords` in tags.yml."""
    low = text.casefold()
    tags = scene.community.tags
    found = (k.tag for k in tags.keywords.values() if any(w.casefold() in low for w in k.words))
    fitting = (tag for tag in found if _is_for_notes(tags.tags.get(tag)))
    return [tag for tag in dict.fromkeys(fitting) if tag not in set(given)]


def _is_for_notes(spec: Any) -> bool:  # noqa: ANN401 (a TagSpec or nothing)
    return spec is not None and (not spec.applies_to or "note" in spec.applies_to)


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
