"""visibility-too-wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.model.records import Audience
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A note or task may be seen by more people than the person that it is about.

    What: nothing `about` a person, and no event with a role of theirs, has a wider `visibility`
    than the person's own record. Without the key it is `team`; for notes of kind personal and
    incident, `stewards`.
    Why: who is hidden from the team would be met in every note.
    Bad: `about: [ada-lovelace]`, whose record says `visibility: stewards`
    Good: the same with `visibility: stewards` in the note
    """
    seen_by = _narrower(community)
    if not seen_by:
        return
    for note in community.notes.values():
        about = _about(note.data.about) + [(("roles", slug), slug) for slug in note.data.roles]
        yield from _too_wide(note.path, note.data.audience, about, seen_by)
    for task in community.tasks.values():
        yield from _too_wide(task.path, task.data.visibility, _about(task.data.about), seen_by)


def _narrower(community: Community) -> dict[str, Audience]:
    """The people whom not everybody may see, under each of their names."""
    return {
        name: person.data.visibility
        for slug, person in community.people.items()
        if person.data.visibility is not Audience.PUBLIC
        for name in (slug, *person.data.aliases)
    }


def _about(slugs: Iterable[str]) -> list[tuple[KeyPath, str]]:
    return [(("about", number), slug) for number, slug in enumerate(slugs)]


def _too_wide(
    path: str,
    audience: Audience,
    about: Iterable[tuple[KeyPath, str]],
    seen_by: Mapping[str, Audience],
) -> Iterator[Finding]:
    for key, slug in about:
        own = seen_by.get(slug, Audience.PUBLIC)
        if not audience.may_see(own):
            message = f"is for {audience.value}, and {slug} only for {own.value}"
            yield RULE.finding(path, message, f"add visibility: {own.value}", key)


RULE: Final = Rule("visibility-too-wide", "error", check, reach="names")
