"""What a change means for notes and tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from crmtool.model.community import Record
from crmtool.model.records import Audience, Note, Task
from crmtool.review.people import plain
from crmtool.review.statement import Part, Sentence, Statement, sentence

_FIRST_WORDS: Final = 80
_NOTE_KEYS: Final = ("kind", "date", "author", "channel", "subproject", "stage", "item", "sent",
                     "received", "starts", "ends", "place", "expires")  # fmt: skip
_STATUS: Final = {
    "open": "open again",
    "doing": "being done",
    "waiting": "waiting",
    "done": "done",
    "dropped": "dropped",
}

Names = Mapping[str, str]


def note_statements(
    before: Mapping[str, Record[Note]],
    after: Mapping[str, Record[Note]],
    names: Names,
    wrong: Collection[str] = (),
) -> Iterator[Statement]:
    """New notes in a sentence each, what changed on the others, and which are gone.

    Of those whose paths are in `wrong` no words are repeated: they may be what is wrong.
    """
    for slug in sorted(before.keys() - after.keys()):
        gone = before[slug]
        words = sentence(f"{gone.data.kind} note of {gone.data.date} deleted")
        yield Statement(Part.LOSS, slug, (words,), gone.path)
    for slug in sorted(after):
        record, was = after[slug], before.get(slug)
        if was is None:
            said = _new_note(record, names, silent=record.path in wrong)
            yield Statement(Part.NOTES, slug, (said,), record.path)
        else:
            changed = tuple(_changed_note(was, record, names))
            yield Statement(Part.NOTES, slug, changed, record.path)
        seen = tuple(_wider(was.data.audience if was else None, record.data.audience))
        yield Statement(Part.PRIVACY, slug, seen, record.path)


def _new_note(record: Record[Note], names: Names, *, silent: bool) -> Sentence:
    note = record.data
    about = _named(note.about, names) or ["nobody in particular"]
    places = ", ".join("{}" for _ in about)
    words = f"new {note.kind} note by {{}} about {places}"
    author = names.get(note.author, note.author)
    first = next(iter(record.body.strip().splitlines()), "")
    if silent or note.audience is Audience.STEWARDS or not first:
        return sentence(words, author, *about)
    shown = first if len(first) <= _FIRST_WORDS else first[: _FIRST_WORDS - 1] + "…"
    return sentence(f"{words}: {{}}", author, *about, shown)


def _changed_note(was: Record[Note], record: Record[Note], names: Names) -> Iterator[Sentence]:
    old, new = was.data, record.data
    for key in _NOTE_KEYS:
        yield from plain(key, getattr(old, key), getattr(new, key))
    yield from _members("about", old.about, new.about, names)
    yield from _members("tag", old.tags, new.tags, {})
    for key in ("roles", "metrics", "url", "programme", "environment", "plan"):
        if getattr(old, key) != getattr(new, key):
            yield sentence(f"{key} changed")
    if was.body != record.body:
        yield sentence("text changed")


def _members(word: str, old: list[str], new: list[str], names: Names) -> Iterator[Sentence]:
    for slug in new:
        if slug not in old:
            yield sentence(
                f"new {word} {{}}" if word == "tag" else "now {} {}", *_words(word, slug, names)
            )
    for slug in old:
        if slug not in new:
            yield sentence(
                f"{word} {{}} removed" if word == "tag" else "no longer {} {}",
                *_words(word, slug, names),
            )


def _words(word: str, slug: str, names: Names) -> tuple[str, ...]:
    return (slug,) if word == "tag" else (word, names.get(slug, slug))


def _named(slugs: list[str], names: Names) -> list[str]:
    return [names.get(slug, slug) for slug in slugs]


def _wider(old: Audience | None, new: Audience) -> Iterator[Sentence]:
    if old is not None and not new.may_see(old):
        yield sentence("wider visible: {} may see it, only {} could before", new, old)
    if old is None and new is Audience.PUBLIC:
        yield sentence("visible to the public")


def task_statements(
    before: Mapping[str, Record[Task]],
    after: Mapping[str, Record[Task]],
    names: Names,
    wrong: Collection[str] = (),
) -> Iterator[Statement]:
    """New tasks with their day and who does them, what changed, and which are gone."""
    for slug in sorted(before.keys() - after.keys()):
        gone = before[slug]
        words = sentence("task deleted" + (" while still open" if gone.data.is_open else ""))
        yield Statement(Part.LOSS, _title(gone), (words,), gone.path)
    for slug in sorted(after):
        record, was = after[slug], before.get(slug)
        said = _new_task(record, names) if was is None else _changed_task(was, record, names)
        title = record.slug if record.path in wrong else _title(record)
        yield Statement(Part.TASKS, title, tuple(said), record.path)
        seen = tuple(_wider(was.data.visibility if was else None, record.data.visibility))
        yield Statement(Part.PRIVACY, title, seen, record.path)


def _title(record: Record[Task]) -> str:
    hidden = record.data.visibility is Audience.STEWARDS
    return record.slug if hidden else record.data.title


def _new_task(record: Record[Task], names: Names) -> Iterator[Sentence]:
    task = record.data
    words, given = "new task", []
    if task.due:
        words += f" due {day(task.due)}"
    if task.assignee:
        words += " for {}"
        given.append(names.get(task.assignee, task.assignee))
    if task.about:
        words += " about " + ", ".join("{}" for _ in task.about)
        given += _named(task.about, names)
    yield sentence(words, *given)


def _changed_task(was: Record[Task], record: Record[Task], names: Names) -> Iterator[Sentence]:
    old, new = was.data, record.data
    if old.title != new.title:
        yield sentence("title was {}", old.title)
    if old.status != new.status:
        yield sentence(_STATUS[new.status])
    if old.due != new.due:
        due = f"due {day(new.due)}" if new.due else "without a day"
        yield sentence(due + (f", was {day(old.due)}" if old.due else ""))
    if old.assignee != new.assignee:
        by = [names.get(slug, slug) for slug in (new.assignee, old.assignee) if slug]
        yield sentence(_handed(old.assignee, new.assignee), *by)
    yield from _members("about", old.about, new.about, names)
    yield from _members("tag", old.tags, new.tags, {})
    for key in ("subproject", "repeat", "created", "from_note"):
        yield from plain(key, getattr(old, key), getattr(new, key))
    if was.body != record.body:
        yield sentence("text changed")


def _handed(old: str | None, new: str | None) -> str:
    if old and new:
        return "now for {}, was for {}"
    return "now for {}" if new else "no longer for {}"


def day(date_: date) -> str:
    """A day as people say it: 3 Dec 2026."""
    return f"{date_.day} {date_:%b %Y}"
