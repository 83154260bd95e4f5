"""`crmtool person list`: who can do what, where, and has time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from crmtool.app.naming import person_named
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.app.segments import segment_slugs
from crmtool.app.tables import Table, cells, record_data
from crmtool.errors import UsageError
from crmtool.identity.find import plain
from crmtool.model.community import Record
from crmtool.model.guessing import guess
from crmtool.model.part import Part
from crmtool.model.records import Person

AVAILABILITY: Final = "availability"
"""The custom field in which people say when they have time; declared in crm.yml like any other."""


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Who is asked for; what is None does not matter."""

    tags: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    """Each a language, a tag, or the last part of one (`print` of `expert/print`)."""
    place: str | None = None
    available: str | None = None
    """Words of the field `availability`; an empty text means that it says anything at all."""
    owner: str | None = None
    organisation: str | None = None
    kind: str | None = None
    segment: str | None = None


def list_people(asked: Asked, wanted: PersonFilter) -> list[Record[Person]]:
    """Everybody whom the audience may see and who fits, by name.

    Raises:
        UsageError: a tag, a name or a segment is none, or nobody can say when they have time.

    """
    part = None if wanted.segment else Part(("people",))
    scene = open_scene(asked, part)
    wanted = _understood(scene, wanted)
    chosen = segment_slugs(scene, wanted.segment) if wanted.segment else scene.view.people.keys()
    found = [r for s, r in scene.view.people.items() if s in chosen and _fits(r.data, wanted)]
    return sorted(found, key=lambda r: (plain(r.data.name), r.slug))


def _understood(scene: Scene, wanted: PersonFilter) -> PersonFilter:
    known = scene.view.tags.tags
    for tag in wanted.tags:
        if tag not in known:
            raise UsageError(f"there is no tag {tag[:64]!r}", guess(tag, known, "crmtool tag list"))
    if wanted.available is not None and AVAILABILITY not in scene.view.config.fields:
        raise UsageError(
            f"nobody here can say when they have time: crm.yml declares no field {AVAILABILITY}",
            "below fields add availability: {type: text, purpose: whom to ask, audience: team}",
        )
    owner = person_named(scene, wanted.owner) if wanted.owner else None
    organisation = person_named(scene, wanted.organisation) if wanted.organisation else None
    return replace(wanted, owner=owner, organisation=organisation)


def _fits(person: Person, wanted: PersonFilter) -> bool:
    said = person.fields.get(AVAILABILITY, "")
    return (
        all(tag in person.tags for tag in wanted.tags)
        and all(_can(person, skill) for skill in wanted.skills)
        and (wanted.place is None or _is_near(person, wanted.place))
        and (wanted.available is None or (said != "" and plain(wanted.available) in plain(said)))
        and (wanted.owner is None or person.owner == wanted.owner)
        and (wanted.kind is None or person.kind == wanted.kind)
        and (
            wanted.organisation is None
            or any(a.organisation == wanted.organisation for a in person.affiliations)
        )
    )


def _can(person: Person, skill: str) -> bool:
    wanted = skill.casefold()
    said = [*person.languages, *person.tags, *(tag.rpartition("/")[2] for tag in person.tags)]
    return wanted in map(str.casefold, said)


def _is_near(person: Person, place: str) -> bool:
    zone = (person.timezone or "").replace("/", " ")
    return plain(place) in plain(f"{person.location or ''} {zone}")


def people_table(found: list[Record[Person]]) -> Table:
    """People as rows."""
    rows = (
        cells(
            (
                record.data.name,
                record.slug,
                record.data.location,
                ", ".join(record.data.tags),
                ", ".join(record.data.languages),
                record.data.fields.get(AVAILABILITY),
            )
        )
        for record in found
    )
    columns = ("name", "slug", "place", "tags", "languages", "has time")
    return Table(columns, tuple(rows), "nobody fits; leave out a condition")


def people_data(found: list[Record[Person]]) -> list[dict[str, Any]]:
    """People for programs."""
    return [record_data(record) for record in found]
