"""Where identities stand in records."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.model.community import Community
from crmtool.model.finding import KeyPath


def identities(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    """Path, key and text of every identity that a record states."""
    for person in community.people.values():
        for number, identity in enumerate(person.data.identities):
            yield person.path, ("identities", number), identity
        for number, identity in enumerate(person.data.not_identities):
            yield person.path, ("not_identities", number), identity
    for note in community.notes.values():
        if ":" in note.data.author:
            yield note.path, ("author",), note.data.author
