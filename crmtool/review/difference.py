"""Two states of a community, and what happened between them as a person would say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from crmtool.model.changes import FeedChange, PathChange
from crmtool.model.community import Community, Record
from crmtool.model.records import Audience
from crmtool.review.people import people_statements
from crmtool.review.settings import (
    feed_statements,
    file_statements,
    setting_statements,
    source_statements,
    vocabulary_statements,
)
from crmtool.review.statement import Part, Statement, sentence
from crmtool.review.work import note_statements, task_statements

T = TypeVar("T", bound=BaseModel)

_RECORDS = frozenset({"people", "notes", "tasks"})
_SAID_ELSEWHERE = frozenset({"crm.yml", "tags.yml"})
_OF_A_SOURCE = frozenset({"source.yml", "cursor.json", "profiles.jsonl", "counts.jsonl"})
_UNREAD = "cannot be read any more, or yet: `crmtool check` says why"


def difference(
    before: Community,
    after: Community,
    paths: Iterable[PathChange],
    feeds: Iterable[FeedChange] = (),
    wrong: Collection[str] = (),
) -> list[Statement]:
    """What happened, what a reviewer has to see first before the rest.

    `paths` are the files that differ: only their records are compared. Files of record folders
    that are not ordinary ones are guarded things, as is whatever decides what a check lets pass.
    Of those in `wrong` no words are repeated: they may be what is wrong.
    """
    changed = list(paths)
    unread = _unread(changed, after)
    touched = {change.path for change in changed} - unread
    names = _names(before) | _names(after)
    owners = {name: slug for slug, r in before.people.items() for name in r.data.identities}
    people = _among(before.people, touched), _among(after.people, touched)
    found = [
        *setting_statements(before.config, after.config),
        *file_statements(c for c in changed if not _is_read(c)),
        *source_statements(before.sources, after.sources),
        *(Statement(Part.LOSS, path, (sentence(_UNREAD),), path) for path in sorted(unread)),
        *people_statements(*people, owners),
        *note_statements(_among(before.notes, touched), _among(after.notes, touched), names, wrong),
        *task_statements(_among(before.tasks, touched), _among(after.tasks, touched), names, wrong),
        *vocabulary_statements(before.tags, after.tags),
        *feed_statements(feeds, after.actors),
    ]
    return in_order(found)


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """What says something, by part; within a part as it comes."""
    order = list(Part)
    return sorted((s for s in statements if s.sentences), key=lambda s: order.index(s.part))


def _unread(changed: Iterable[PathChange], after: Community) -> set[str]:
    """Records that are there and cannot be understood: what they mean nobody can say."""
    known = {record.path for record in after.records()}
    there = {c.path for c in changed if c.verb != "deleted" and _is_record(c)}
    return there - known


def _among(records: Mapping[str, Record[T]], touched: set[str]) -> dict[str, Record[T]]:
    return {slug: record for slug, record in records.items() if record.path in touched}


def _names(community: Community) -> dict[str, str]:
    """What to call whom. Whom stewards alone may see is called by the file's name."""
    return {
        slug: record.data.name
        for slug, record in community.people.items()
        if record.data.visibility is not Audience.STEWARDS
    }


def _is_read(change: PathChange) -> bool:
    """Whether the file is one whose meaning is said by another part."""
    if change.kind != "file":
        return False
    if change.path in _SAID_ELSEWHERE:
        return True
    top, _, rest = change.path.partition("/")
    name = PurePosixPath(rest).name
    if name == ".gitkeep" or _is_record(change):
        return True
    return top == "sources" and (name in _OF_A_SOURCE or "/activities/" in rest)


def _is_record(change: PathChange) -> bool:
    top = change.path.partition("/")[0]
    return change.kind == "file" and top in _RECORDS and change.path.endswith(".md")
