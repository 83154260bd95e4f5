"""What is loaded of a part of a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from crmtool.model.mentions import mentions, own_names, theirs
from crmtool.model.protocols import Entry

if TYPE_CHECKING:
    from crmtool.model.part import Part
    from crmtool.store.load import Loading


def take_part(loading: Loading, part: Part) -> None:
    """Take in the folders of a part, and everybody who is asked for or named in them."""
    entries = loading.tree.entries(part.folders)
    if part.only_theirs and all(map(loading.person, part.people)):
        _take_theirs(loading, part.people, entries)
    else:
        for entry in entries:
            loading.entry(entry)
    for path in part.paths:
        loading.entry(Entry(path))
    for slug in part.people:
        loading.person(slug)
    if part.around:
        _take_named(loading, part.people)


def _take_theirs(loading: Loading, slugs: tuple[str, ...], entries: Iterable[Entry]) -> None:
    """Take in the notes and tasks that concern these people, and what they link to.

    Where none of their names stands, nor a backslash that YAML could spell one with, nothing can
    concern them: most files are read and no more.
    """
    records = loading.records
    names = [name.encode() for slug in slugs for name in own_names(records["people"][slug])]
    signs = (*names, b"\\")
    rest = dict[str, Entry]()
    for entry in entries:
        data = loading.content(entry.path) or b"" if entry.kind == "file" else b""
        if any(sign in data for sign in signs):
            loading.entry(entry)
        else:
            rest[entry.path.rpartition("/")[2].removesuffix(".md")] = entry
    kept = theirs(slugs, *records.values())
    for stem in sorted(kept & rest.keys()):
        loading.entry(rest[stem])
    for room in ("notes", "tasks"):
        records[room] = {stem: r for stem, r in records[room].items() if stem in kept}


def _take_named(loading: Loading, slugs: tuple[str, ...]) -> None:
    """Take in whoever is named."""
    records = [r for room in loading.records.values() for r in room.values()]
    named = {*slugs, *chain.from_iterable(map(mentions, records))} - {""}
    if not all(name in loading.records["notes"] or loading.person(name) for name in named):
        # An earlier slug, an account, or nobody: only all of them can tell.
        loading.records["people"].clear()
        for entry in loading.tree.entries(("people",)):
            if entry.path.startswith("people/"):
                loading.entry(entry)
