"""typographic-quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule

_OPENING: Final = ("\u201c", "\u201e", "\u201d", "\u2018", "\u201a", "\u00ab", "\u00bb")
_CLOSING: Final = ("\u201d", "\u201c", "\u2019", "\u2018", "\u00bb", "\u00ab")


def check(community: Community) -> Iterator[Finding]:
    """Quotes that an editor made typographic have become a part of a value.

    What: no name, title or place stands in typographic quotes as a whole.
    Why: YAML knows straight quotes; all others are letters, on every page and in every search.
    Bad: `name: \u201cAda Lovelace\u201d`
    Good: `name: "Ada Lovelace"`, or without quotes
    """
    for path, key, text in _values(community):
        if text and text.startswith(_OPENING) and text.endswith(_CLOSING):
            message = f"the quotes around {key} are a part of it"
            yield RULE.finding(path, message, "write straight quotes, or none", (key,))


def _values(community: Community) -> Iterator[tuple[str, str, str | None]]:
    for person in community.people.values():
        yield person.path, "name", person.data.name
        yield person.path, "location", person.data.location
    for note in community.notes.values():
        yield note.path, "place", note.data.place
        yield note.path, "item", note.data.item
    for task in community.tasks.values():
        yield task.path, "title", task.data.title


RULE: Final = Rule("typographic-quotes", "warning", check)
