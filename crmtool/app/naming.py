"""Who and what is meant by the words on a command line; whoever is in doubt gets a choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import UsageError
from crmtool.identity.find import find, plain
from crmtool.model.community import Record
from crmtool.model.guessing import guess
from crmtool.model.part import Part
from crmtool.model.records import Note, Person, Task

R = TypeVar("R", Record[Note], Record[Task])
_SHOWN: Final = 8


def open_around(
    asked: Asked,
    folders: tuple[str, ...],
    names: Iterable[str] = (),
    *,
    only_theirs: bool = False,
) -> Scene:
    """A scene with these folders, or what of them is theirs, and everybody who may be meant."""
    typed = tuple(names)
    # Which account is whose, the profiles of all sources may have to tell.
    whole = any(":" in name for name in typed)
    return open_scene(asked, None if whole else Part(folders, typed, only_theirs=only_theirs))


def visible_people(scene: Scene) -> Mapping[str, Record[Person]]:
    """The records, as they are, of everybody whom the audience may see."""
    return {s: r for s, r in scene.community.people.items() if s in scene.view.people}


def person_named(scene: Scene, typed: str) -> str:
    """The slug of the one person who is meant.

    Raises:
        UsageError: nobody whom the audience may see, or several.

    """
    people = visible_people(scene)
    found = find(people, typed) or [s for s in [scene.view.actors.get(typed, "")] if s in people]
    if not found:
        hint = guess(typed, people, "try a part of the name, or list all: crmtool person list")
        audience = scene.audience
        raise UsageError(f"there is no person {typed[:64]!r} whom the {audience} may see", hint)
    if len(found) > 1:
        raise _several(typed, {s: people[s].data.name for s in found}, "people")
    return found[0]


def persons_named(scene: Scene, typed: Iterable[str]) -> list[str]:
    """The slugs of all who are meant, each once.

    Raises:
        UsageError: see `person_named`.

    """
    return list(dict.fromkeys(person_named(scene, name) for name in typed))


def record_named(records: Mapping[str, R], typed: str, what: str) -> R:
    """The one note or task that is meant: by its name, a part of it, or of its title.

    Raises:
        UsageError: none, or several.

    """
    stem = typed.rpartition("/")[2].removesuffix(".md")
    wanted = plain(typed)
    readings: tuple[list[R], ...] = (
        [records[stem]] if stem in records else [],
        [r for s, r in records.items() if s[11:] == stem],
        [r for r in records.values() if wanted and _title(r) == wanted],
        [r for s, r in records.items() if stem and stem in s],
        [r for r in records.values() if wanted and wanted in _title(r)],
    )
    found = next((reading for reading in readings if reading), [])
    if not found:
        hint = guess(stem, records, f"list them: crmtool {what} list")
        raise UsageError(f"there is no {what} {typed[:64]!r}", hint)
    if len(found) > 1:
        raise _several(typed, {r.slug: _title(r) for r in found}, f"{what}s")
    return found[0]


def _title(record: Record[Any]) -> str:
    data = record.data
    return plain(data.title if isinstance(data, Task) else record.body.strip().split("\n")[0])


def _several(typed: str, found: Mapping[str, str], what: str) -> UsageError:
    shown = [f"{slug} ({name[:40]})" for slug, name in sorted(found.items())[:_SHOWN]]
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return UsageError(
        f"{typed[:64]!r} may be {len(found)} {what}: {', '.join(shown)}{more}",
        f"type the whole name, such as {min(found)}",
    )
