"""`crmtool note add`: what the team wants to remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crmtool.app.authors import Author, Introduction, find_author, likely_author
from crmtool.app.naming import open_around, person_named, persons_named
from crmtool.app.opening import Asked, Scene
from crmtool.app.stems import free_stem, stem_words
from crmtool.app.task_edits import NewTask, task_change
from crmtool.app.values import read_pairs, read_values
from crmtool.app.writing import How, Written, write
from crmtool.errors import Unfit, UsageError
from crmtool.model.guessing import guess
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
