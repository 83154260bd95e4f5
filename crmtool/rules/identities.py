"""Where identities stand in records."""

from __future__ import annotations

from crmtool.model.community import Community
from crmtool.model.finding import KeyPath


def identities(community: Community) -> list[tuple[str, KeyPath, str]]:
    """Path, key and text of every identity that a record states."""
    return community.once(_stated)


def _stated(community: Community) -> list[tuple[str, KeyPath, str]]:
    found = list[tuple[str, KeyPath, str]]()
    for person in community.people.values():
        for number, identity in enumerate(person.data.identities):
            found.append((person.path, ("identities", number), identity))
        for number, identity in enumerate(person.data.not_identities):
            found.append((person.path, ("not_identities", number), identity))
    for note in community.notes.values():
        if ":" in note.data.author:
            found.append((note.path, ("author",), note.data.author))
    return found
