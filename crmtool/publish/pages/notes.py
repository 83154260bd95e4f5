"""Notes: the newest, all of a kind, and a page each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from crmtool.model.community import Record
from crmtool.model.records import Note
from crmtool.publish.index import note_title
from crmtool.publish.kit import Entry, Kit, NoteLine, Page
from crmtool.publish.markdown import excerpt
from crmtool.publish.paths import kind_path, note_path
from crmtool.publish.words import month_words

_NEWEST: Final = 60


def pages(kit: Kit) -> Iterator[Page]:
    """The list, the lists by kind, the notes."""
    notes = kit.site.notes
    kinds = sorted(Counter(r.data.kind for r in notes).items(), key=lambda k: (-k[1], k[0]))
    yield kit.page(
        "notes/index.html",
        "Notes",
        "notes.html",
        kind=None,
        kinds=kinds,
        total=len(notes),
        months=_by_month(kit.note_lines(notes[:_NEWEST])),
        shown=min(len(notes), _NEWEST),
        search=Entry("Notes", "What the team wants to remember"),
    )
    for kind, count in kinds:
        found = [r for r in notes if r.data.kind == kind]
        yield kit.page(
            kind_path(kind),
            f"Notes: {kind}",
            "notes.html",
            kind=kind,
            kinds=kinds,
            total=len(notes),
            months=_by_month(kit.note_lines(found, 180 if count <= _NEWEST else 0)),
            shown=count,
        )
    for record in notes:
        yield _note(kit, record)


def _by_month(lines: list[NoteLine]) -> list[tuple[str, list[NoteLine]]]:
    grouped = groupby(lines, key=lambda line: f"{line.record.data.date:%Y-%m}")
    return [(month_words(month), list(found)) for month, found in grouped]


def _note(kit: Kit, record: Record[Note]) -> Page:
    site, note = kit.site, record.data
    title = note_title(record)
    return kit.page(
        note_path(record.slug),
        title,
        "note.html",
        record=record,
        note=note,
        body=kit.html(_below_title(record.body, title)),
        author=site.who(note.author),
        about=site.whos(slug for slug in note.about if slug not in note.roles),
        roles=[(site.who(slug), role) for slug, role in note.roles.items()],
        tasks=kit.task_lines(site.tasks_from.get(record.slug, [])),
        search=Entry(
            title,
            excerpt(record.body, lambda slug: site.linked(slug, ""), 300),
            tuple(note.tags),
        ),
    )


def _below_title(body: str, title: str) -> str:
    """A body less the heading at its top that the page's title already says."""
    first, _, rest = body.lstrip().partition("\n")
    return rest if first.lstrip("#").strip(" #\t") == title and first.startswith("#") else body
