"""Who is named where, by slug; and every such place made to name them by the slug of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from crmtool.model.community import Record
from crmtool.model.config import Config
from crmtool.model.finding import KeyPath
from crmtool.model.links import rename_links
from crmtool.model.mentions import links
from crmtool.model.records import Note, Person, Task
from crmtool.model.segment import with_slugs
from crmtool.sync.desk import CONFIG, TAGS, Desk
from crmtool.text.bodies import in_body
from crmtool.text.original import read
from crmtool.text.splice import SpliceError, rename, rename_key, set_value, unset

_SCALARS: Final = ("owner", "author", "assignee")
_LISTS: Final = ("watchers", "not_same_as", "about")


def follow(desk: Desk) -> None:
    """Rewrite every reference to a slug that is gone, wherever it stands.

    A file that cannot be edited stays as it is: the slug is an alias, which finds the person.
    """
    if not desk.now:
        return
    for record in desk.records():
        slugs = {*(slug for _, slug in named(record.data)), *links(record.body)}
        rename_in(desk, record, _moved(desk, slugs))
    places = list(_in_config(desk.config))
    if new := _moved(desk, {slug for _, slug in places}):
        _rewrite(desk, CONFIG, places, new)
    _ask_anew(desk)


def _ask_anew(desk: Desk) -> None:
    """Rewrite the conditions of segments that look for a slug that is gone."""
    new = _moved(desk, {*desk.now})
    for name, segment in desk.community.tags.segments.items():
        where = with_slugs(segment.where, new)
        if where == segment.where:
            continue
        try:
            text = set_value(desk.text(TAGS), ("segments", name, "where"), where, yml=True)
        except SpliceError as error:
            desk.left.append(f"{TAGS}: {error}")
            return
        desk.put(TAGS, text, f"asks for whom {name} finds by today's slugs")


def _moved(desk: Desk, slugs: set[str]) -> dict[str, str]:
    """Those of some slugs that are gone, and what they are now."""
    return {slug: new for slug in slugs if (new := desk.current(slug)) != slug}


def rename_in(
    desk: Desk, record: Record[Person] | Record[Note] | Record[Task], new: Mapping[str, str]
) -> None:
    """Rewrite a record's references to some slugs."""
    if new:
        _rewrite(desk, record.path, named(record.data), new)


def named(data: Person | Note | Task) -> Iterator[tuple[KeyPath, str]]:
    """Every slug of a person or organisation in a record's frontmatter, and where it stands."""
    for key in _SCALARS:
        if (slug := getattr(data, key, None)) and ":" not in slug:
            yield (key,), slug
    for key in _LISTS:
        for number, slug in enumerate(getattr(data, key, ())):
            yield (key, number), slug
    for slug in data.roles if isinstance(data, Note) else ():
        yield ("roles", slug), slug
    for number, held in enumerate(data.affiliations if isinstance(data, Person) else ()):
        yield ("affiliations", number, "organisation"), held.organisation


def _in_config(config: Config) -> Iterator[tuple[KeyPath, str]]:
    for number, slug in enumerate(config.team):
        yield ("team", number), slug
    for audience, slugs in config.privacy.audiences.items():
        for number, slug in enumerate(slugs):
            yield ("privacy", "audiences", audience.value, number), slug


def _rewrite(
    desk: Desk, path: str, places: Iterable[tuple[KeyPath, str]], new: Mapping[str, str]
) -> None:
    before, yml = desk.text(path), path == CONFIG
    keys = [key for key, slug in places if slug in new]
    try:
        text = before
        for key in reversed(keys):  # an item that goes must not move those before it
            text = _renamed(text, key, new, yml=yml)
    except SpliceError as error:
        desk.left.append(f"{path}: {error}")
        return

    def linked(slug: str) -> str | None:
        # A note of that name comes first.
        return new.get(slug) if slug not in desk.notes else None

    if not yml:
        text = in_body(text, lambda body: rename_links(body, linked))
    if text == before:
        return
    if desk.is_faulty(path):
        desk.left.append(f"{path}: has errors")
        return
    told = ", ".join(f"{new[slug]} where it named {slug}" for slug in sorted(new))
    desk.put(path, text, f"names {told}")


def _renamed(text: str, key: KeyPath, new: Mapping[str, str], *, yml: bool) -> str:
    """A text with the slug at a key made another. Of two that become one in a list, one goes."""
    value: Any = read(text, yml=yml).data
    if key[0] == "roles":
        slug = str(key[1])
        return _renamed_role(text, value["roles"], slug, new[slug])
    for part in key:
        value = value[part]
    if isinstance(key[-1], int):
        return rename(text, key[:-1], value, new[value], yml=yml)
    return set_value(text, key, new[value], yml=yml)


def _renamed_role(text: str, roles: dict[str, str], slug: str, new: str) -> str:
    """A role under another name; of two that become one person's, both words stay."""
    if new not in roles:
        return rename_key(text, ("roles", slug), new)
    words = ", ".join(dict.fromkeys((roles[new], roles[slug])))
    return set_value(unset(text, ("roles", slug)), ("roles", new), words)
