"""`crmtool tag`: one word for one thing, over all records at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, Literal

from crmtool.app.naming import person_named
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.app.tables import Cell, Table, cells
from crmtool.app.writing import How, Written, write
from crmtool.errors import Unfit, UsageError
from crmtool.model.finding import KeyPath
from crmtool.model.guessing import guess
from crmtool.model.plan import Change, Plan, digest
from crmtool.model.records import Person
from crmtool.model.scalars import check_tag
from crmtool.model.segment import read_condition
from crmtool.store.paths import CONFIG, TAGS
from crmtool.text import splice
from crmtool.text.frontmatter import mapping

_KEY: Final = ("tags",)
_ORDER: Final = tuple(Person.model_fields)


@dataclass(frozen=True, slots=True)
class NewTag:
    """A tag to put into the vocabulary, and on people."""

    tag: str
    about: str | None = None
    applies_to: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file names a tag: as an item of a list, a value, a key, or in a condition."""

    path: str
    key: KeyPath
    what: Literal["item", "value", "key", "condition"] = "item"

    @property
    def yml(self) -> bool:
        return not self.path.endswith(".md")


def list_tags(asked: Asked) -> Table:
    """The vocabulary, with how often each tag is used."""
    view = open_scene(asked).view
    used = {
        room: Counter(tag for record in records for tag in record.data.tags)
        for room, records in (
            ("people", view.people.values()),
            ("notes", view.notes.values()),
            ("tasks", view.tasks.values()),
        )
    }
    known = dict.fromkeys([*view.tags.tags, *(t for found in used.values() for t in found)])
    rows = (
        cells((_tag(view.tags.tags, tag), *(found[tag] or "" for found in used.values()),
               spec.about if (spec := view.tags.tags.get(tag)) else "not in tags.yml"))
        for tag in known
    )  # fmt: skip
    return Table(("tag", *used, "about"), tuple(rows), "no tags; add one: crmtool tag add TAG")


def _tag(known: Mapping[str, Any], tag: str) -> Cell:
    return Cell(tag, "" if tag in known else "bad")


def add_tag(asked: Asked, new: NewTag, how: How) -> Written:
    """Put a tag into the vocabulary where it is new, and on people.

    Raises:
        UsageError: it can be no tag, a person is nobody, or it is there and nobody was named.

    """
    _require_tag(new.tag)
    scene = open_scene(asked)
    people = list(dict.fromkeys(person_named(scene, name) for name in new.people))
    changes = []
    if new.tag not in scene.community.tags.tags:
        changes.append(_change(scene, TAGS, lambda text: _declared(text, new), "a new tag"))
    elif not people:
        hint = f"name people to put it on: crmtool tag add {new.tag} PERSON"
        raise UsageError(f"the tag {new.tag} is in {TAGS} already", hint)
    records = (scene.community.people[slug] for slug in people)
    changes += [
        _change(scene, record.path, lambda text: _tagged(text, new.tag), new.tag)
        for record in records
        if new.tag not in record.data.tags
    ]
    whom = f" to {', '.join(people)}" if people else ""
    return write(scene, Plan(tuple(changes), f"Add the tag {new.tag}{whom}"), how)


def _declared(text: str, new: NewTag) -> str:
    spec: dict[str, Any] = {}
    if new.about:
        spec["about"] = new.about
    if new.applies_to:
        spec["applies_to"] = list(new.applies_to)
    return splice.set_value(text, (*_KEY, new.tag), spec, yml=True)


def _tagged(text: str, tag: str) -> str:
    return splice.append(text, _KEY, tag, order=_ORDER)


def rename_tag(asked: Asked, old: str, new: str, how: How, *, merge: bool = False) -> Written:
    """Call a tag otherwise wherever it stands: records, vocabulary, keywords, segments, sources.

    Raises:
        UsageError: the old one is nowhere, or the new one is there and they are not to be merged.

    """
    _require_tag(new)
    scene = open_scene(asked)
    places = _places(scene, old)
    if new in scene.community.tags.tags and not merge:
        raise UsageError(
            f"there is a tag {new} already",
            f"to make one of the two: crmtool tag rename {old} {new} --merge",
        )
    message = f"Rename the tag {old} to {new}"
    return _everywhere(scene, places, lambda text, p: _renamed(text, p, old, new), message, how)


def _renamed(text: str, place: _Place, old: str, new: str) -> str:
    key, yml = place.key, place.yml
    match place.what:
        case "item":
            return splice.rename(text, key, old, new, yml=yml)
        case "value":
            return splice.set_value(text, key, new, yml=yml)
        case "condition":
            where = _at(text, key).replace(f"'{old}'", f"'{new}'")
            return splice.set_value(text, key, where, yml=yml)
        case "key":
            try:
                return splice.rename_key(text, key, new, yml=yml)
            except splice.SpliceError:  # merged into one that is there
                return splice.unset(text, key, yml=yml)


def remove_tag(asked: Asked, tag: str, people: Iterable[str], how: How) -> Written:
    """Take a tag off people, or from everywhere it stands and out of the vocabulary.

    Raises:
        UsageError: it is nowhere, a keyword or segment would be left without it, or a person is
            nobody.

    """
    scene = open_scene(asked)
    named = {scene.community.people[person_named(scene, name)].path for name in people}
    places = [p for p in _places(scene, tag) if not named or p.path in named]
    for place in places:
        if place.what in ("value", "condition"):
            raise UsageError(
                f"{place.key[0]} {place.key[1]!r} in {TAGS} needs the tag {tag}",
                "change or remove that first, or rename the tag",
            )
    message = f"Remove the tag {tag}" + (f" from {len(places)} people" if named else "")
    return _everywhere(scene, places, lambda text, p: _removed(text, p, tag), message, how)


def _removed(text: str, place: _Place, tag: str) -> str:
    if place.what == "key":
        return splice.unset(text, place.key, yml=True)
    return splice.remove(text, place.key, tag, yml=place.yml)


def _require_tag(tag: str) -> None:
    try:
        check_tag(tag)
    except ValueError as error:
        raise UsageError(f"{tag[:64]!r} {error}", "such as: speaker, or expert/compilers") from None


def _places(scene: Scene, tag: str) -> list[_Place]:
    """Everywhere a tag stands.

    Raises:
        UsageError: nowhere.

    """
    found = [*_on_records(scene, tag), *_in_vocabulary(scene, tag)]
    if not found:
        hint = guess(tag, scene.community.tags.tags, "list them: crmtool tag list")
        raise UsageError(f"there is no tag {tag[:64]!r}", hint)
    return found


def _on_records(scene: Scene, tag: str) -> Iterator[_Place]:
    """On people, notes, tasks, sources and subprojects."""
    community = scene.community
    for record in community.records():
        if tag in record.data.tags:
            yield _Place(record.path, _KEY)
    for name, source in community.sources.items():
        if tag in source.tags:
            yield _Place(f"sources/{name}/source.yml", _KEY)
    for name, part in community.config.subprojects.items():
        if tag in part.tags:
            yield _Place(CONFIG, ("subprojects", name, "tags"))


def _in_vocabulary(scene: Scene, tag: str) -> Iterator[_Place]:
    tags = scene.community.tags
    for name, keyword in tags.keywords.items():
        if keyword.tag == tag:
            yield _Place(TAGS, ("keywords", name, "tag"), "value")
    for name, segment in tags.segments.items():
        if tag in read_condition(segment.where).tags:
            yield _Place(TAGS, ("segments", name, "where"), "condition")
    if tag in tags.tags:
        yield _Place(TAGS, (*_KEY, tag), "key")


def _everywhere(
    scene: Scene, places: list[_Place], edit: Callable[[str, _Place], str], message: str, how: How
) -> Written:
    """One plan of an edit at every place."""

    def edited(text: str, at: list[_Place]) -> str:
        return reduce(edit, at, text)

    path = attrgetter("path")
    grouped = groupby(sorted(places, key=path), key=path)
    changes = [_change(scene, name, partial(edited, at=list(at)), message) for name, at in grouped]
    return write(scene, Plan(tuple(changes), message), how)


def _change(scene: Scene, path: str, edit: Callable[[str], str], why: str) -> Change:
    """A file as an edit leaves it.

    Raises:
        Unfit: its YAML is such that it cannot be edited by a program.

    """
    try:
        before: bytes | None = scene.tree.read(path)
    except FileNotFoundError:
        before = None
    try:
        text = edit((before or b"").decode())
    except splice.SpliceError as error:
        raise Unfit(f"{path}: {error}", "edit the file by hand") from error
    return Change(path, digest(before) if before is not None else None, text.encode(), why)


def _at(text: str, key: KeyPath) -> str:
    """The text that stands at a key of a YAML file."""
    value: Any = mapping(text)[0]
    for part in key:
        value = value[part]
    return str(value)
