"""The one way to a View: a community, less what an audience may not see.

Who is `restricted` is nowhere: no record, no reference, and their activities stand outside every
figure. Whose visibility goes beyond the audience has no record and no name either, but counts:
their actors share a pseudonym `~n`. Every slug in a View names a record in it.

| | public | team | stewards |
| --- | --- | --- | --- |
| people, notes, tasks | visibility public | public, team | all |
| owner, watchers, preferred channel of contact | | yes | yes |
| where a page of an earlier slug leads now | | yes | yes |
| contact, consent, retain_until, aliases, not_same_as, not_identities | | | yes |
| identities that are addresses or hashes (`email:`, `email-hmac:`, `git:`) | | | yes |
| custom fields | by their declared audience | likewise | all |
| segments, keywords, targets that are no web address | | yes | yes |
| names of token variables, the key's fingerprint, who the stewards are | | | yes |

The team sees `contact.preferred` (chat, e-mail…) since it is what one has to know before reaching
out, and reaches nobody by itself. Free text is not searched for names: whoever writes a body
decides on its visibility.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from crmtool.model.community import Community, Record
from crmtool.model.config import Config, Segment, Source, Tags
from crmtool.model.links import replace_links
from crmtool.model.records import Affiliation, Audience, Contact, Note, Person, Task
from crmtool.model.view import View
from crmtool.privacy.sight import NOBODY, Sight, look, new_path

_SLUGS: Final = re.compile(r"[a-z0-9-]+")
_PRIVATE_NETWORKS: Final = frozenset({"email", "email-hmac", "git"})


class Actors(dict[str, str]):
    """Who stands behind each actor.

    The engine joins the feeds with it, so its keys are raw identities; nothing that prints a View
    shows them.
    """

    def __repr__(self) -> str:
        return f"<{len(self)} actors>"


class Outside(frozenset[str]):
    """Actors outside every figure; as with Actors, not shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} actors>"


def redact(community: Community, audience: Audience) -> View:
    """What an audience may see of a community. Pure; the community stays as it is."""
    sight = look(community, audience)
    config, fields = community.config, _open_fields(community.config, sight)
    people = {
        slug: _person(record, sight, fields)
        for slug, record in community.people.items()
        if sight.people.get(slug) == slug
    }
    notes = {
        sight.notes[stem]: _note(record, sight, community.actors)
        for stem, record in community.notes.items()
        if stem in sight.notes
    }
    tasks = {
        sight.tasks[stem]: _task(record, sight)
        for stem, record in community.tasks.items()
        if stem in sight.tasks
    }
    actors, outside = _actors(community, sight)
    return View(
        audience=audience,
        config=_config(config, sight, fields),
        tags=_tags(community.tags, sight, (*people.values(), *notes.values(), *tasks.values())),
        people=people,
        notes=notes,
        tasks=tasks,
        sources={name: _source(source, sight) for name, source in community.sources.items()},
        feeds=community.feeds,
        actors=actors,
        outside=outside,
        moved=_moved(sight),
    )


def _moved(sight: Sight) -> dict[str, str]:
    """Earlier slugs, which may be earlier names: who followed an old link knows it already."""
    if sight.audience is Audience.PUBLIC:
        return {}
    return {name: slug for name, slug in sight.people.items() if name != slug}


def is_private(identity: str) -> bool:
    """Whether an identity is an address or a hash of one: nothing that its owner shows around."""
    return identity.partition(":")[0] in _PRIVATE_NETWORKS


def _body(body: str, sight: Sight) -> str:
    return replace_links(body, sight.link)


def _person(record: Record[Person], sight: Sight, fields: frozenset[str] | None) -> Record[Person]:
    person = record.data
    is_public = sight.audience is Audience.PUBLIC
    update: dict[str, Any] = {
        "affiliations": _affiliations(person.affiliations, sight),
        "owner": None if is_public else sight.person(person.owner),
        "watchers": [] if is_public else sight.persons(person.watchers),
        "not_same_as": sight.persons(person.not_same_as) if sight.is_steward else [],
    }
    if not sight.is_steward:
        update |= {
            "identities": [i for i in person.identities if not is_private(i)],
            "contact": _preferred(person.contact, sight),
            "consent": None,
            "retain_until": None,
            "aliases": [],
            "not_identities": [],
        }
    if fields is not None:
        update["fields"] = {k: v for k, v in person.fields.items() if k in fields}
    return replace(record, data=person.model_copy(update=update), body=_body(record.body, sight))


def _affiliations(found: Iterable[Affiliation], sight: Sight) -> list[Affiliation]:
    return [
        a.model_copy(update={"organisation": slug})
        for a in found
        if (slug := sight.person(a.organisation))
    ]


def _preferred(contact: Contact | None, sight: Sight) -> Contact | None:
    if contact is None or contact.preferred is None or sight.audience is Audience.PUBLIC:
        return None
    return Contact.model_construct(preferred=contact.preferred)


def _author(author: str, sight: Sight, actors: Mapping[str, str]) -> str:
    """Who wrote a note: the person where one is known, else the account, else nobody."""
    if ":" not in author or author in actors:
        name = actors.get(author, author)
        return sight.people.get(name) or sight.pseudonyms.get(name) or NOBODY
    if sight.is_steward or (sight.audience is Audience.TEAM and not is_private(author)):
        return author
    return NOBODY


def _note(record: Record[Note], sight: Sight, actors: Mapping[str, str]) -> Record[Note]:
    note = record.data
    update = {
        "author": _author(note.author, sight, actors),
        "about": sight.persons(note.about),
        "roles": sight.by_person(note.roles),
    }
    return replace(
        record,
        path=new_path(record.path, sight.notes[record.slug]),
        data=note.model_copy(update=update),
        body=_body(record.body, sight),
    )


def _task(record: Record[Task], sight: Sight) -> Record[Task]:
    task = record.data
    update = {
        "assignee": sight.person(task.assignee),
        "about": sight.persons(task.about),
        "from_note": sight.notes.get(task.from_note) if task.from_note else None,
    }
    return replace(
        record,
        path=new_path(record.path, sight.tasks[record.slug]),
        data=task.model_copy(update=update),
        body=_body(record.body, sight),
    )


def _actors(community: Community, sight: Sight) -> tuple[Actors, Outside]:
    """Each actor under the name it may have.

    Unnamed bots and staff have no record left that says so, and would count as members: they go
    outside.
    """
    known = dict(community.actors)
    for slug, record in community.people.items():
        for identity in record.data.identities:
            known.setdefault(identity, slug)
    actors, outside = Actors(), set(community.outside)
    for identity, slug in known.items():
        name = sight.people.get(slug) or sight.pseudonyms.get(slug)
        person = community.people[slug].data if slug in community.people else None
        if person is None or name is None:
            outside.add(identity)
            continue
        actors[identity] = name
        if name.startswith("~") and (person.kind != "person" or person.staff):
            outside.add(identity)
    return actors, Outside(outside)


def _open_fields(config: Config, sight: Sight) -> frozenset[str] | None:
    """The custom fields that may be shown; None: all, declared or not."""
    if sight.is_steward:
        return None
    return frozenset(k for k, f in config.fields.items() if sight.audience.may_see(f.audience))


def _config(config: Config, sight: Sight, fields: frozenset[str] | None) -> Config:
    privacy = config.privacy
    if sight.is_steward:
        stewards = {k: sight.persons(slugs) for k, slugs in privacy.audiences.items()}
        open_privacy = privacy.model_copy(update={"audiences": stewards})
    else:
        open_privacy = privacy.model_copy(update={"audiences": {}, "key": None})
    update: dict[str, Any] = {"team": sight.persons(config.team), "privacy": open_privacy}
    if fields is not None:
        update["fields"] = {k: f for k, f in config.fields.items() if k in fields}
    return config.model_copy(update=update)


def _source(source: Source, sight: Sight) -> Source:
    if sight.is_steward:
        return source
    update: dict[str, Any] = {"token_env": None, "secret_env": None}
    if sight.audience is Audience.PUBLIC and not source.target.startswith("https://"):
        update["target"] = ""
    return source.model_copy(update=update)


def _tags(
    tags: Tags, sight: Sight, records: Iterable[Record[Person] | Record[Note] | Record[Task]]
) -> Tags:
    """The vocabulary. The public sees what its records carry; how the team searches is its own."""
    if sight.audience is Audience.PUBLIC:
        used = {tag for record in records for tag in record.data.tags}
        return Tags(tags={name: spec for name, spec in tags.tags.items() if name in used})
    open_segments = {k: s for k, s in tags.segments.items() if not _names_unseen(s, sight)}
    return tags.model_copy(update={"segments": open_segments})


def _names_unseen(segment: Segment, sight: Sight) -> bool:
    return any(w in sight.words for w in _SLUGS.findall(f"{segment.title} {segment.where}"))
