"""unknown-person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.model.links import LINK, target
from crmtool.model.scalars import SLUG
from crmtool.rules.base import Rule, guess

# Where brackets are code: `[[ -f x ]]` of a shell, `[[table]]` of TOML.
_CODE: Final = re.compile(r"(?ms)^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)|(`+)[^`]+\2")


def check(community: Community) -> Iterator[Finding]:
    """A slug names a person that has no record.

    What: owner, watchers, not_same_as, about, author, assignee, roles, team, audiences, and
    `[[links]]` in bodies; a record that is there and cannot be read counts as one.
    Why: the note or task would hang in the air, and nobody would find it on a member's page.
    Bad: `about: [ada-lovelac]`
    Good: `about: [ada-lovelace]`
    """
    known = _known(community)
    for path, key, slug in _references(community):
        if slug not in known:
            hint = guess(slug, known, f"make people/{slug}.md or correct the name")
            yield RULE.finding(path, f"no person is called {slug!r}", hint, key)


def _known(community: Community) -> set[str]:
    people = community.people
    aliases = {alias for record in people.values() for alias in record.data.aliases}
    return {*people, *aliases, *community.unread_names("people")}


def _references(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    yield from _in_config(community)
    for person in community.people.values():
        if person.data.owner:
            yield person.path, ("owner",), person.data.owner
        yield from _listed(person.path, "watchers", person.data.watchers)
        yield from _listed(person.path, "not_same_as", person.data.not_same_as)
    for note in community.notes.values():
        if ":" not in note.data.author:
            yield note.path, ("author",), note.data.author
        yield from _listed(note.path, "about", note.data.about)
        for slug in note.data.roles:
            yield note.path, ("roles", slug), slug
    for task in community.tasks.values():
        if task.data.assignee:
            yield task.path, ("assignee",), task.data.assignee
        yield from _listed(task.path, "about", task.data.about)
    yield from _in_bodies(community)


def _listed(path: str, key: str, slugs: list[str]) -> Iterator[tuple[str, KeyPath, str]]:
    for number, slug in enumerate(slugs):
        yield path, (key, number), slug


def _in_config(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    config = community.config
    yield from _listed("crm.yml", "team", config.team)
    for audience, slugs in config.privacy.audiences.items():
        for number, slug in enumerate(slugs):
            yield "crm.yml", ("privacy", "audiences", audience.value, number), slug


def _in_bodies(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    notes = {*community.notes, *community.unread_names("notes")}
    for record in community.records():
        if "[[" not in record.body:
            continue
        prose = _CODE.sub(lambda code: " " * len(code[0]), record.body)
        for found in LINK.finditer(prose):
            name = target(found[1])
            if name not in notes and SLUG.match(name) and name[0].isalnum():
                yield record.path, ("body", found.start()), name


RULE: Final = Rule("unknown-person", "error", check, reach="names")
