"""tag-misplaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """A tag is on a kind of thing that it was not made for.

    What: where tags.yml says what a tag `applies_to`, it is on nothing else.
    Why: whoever looks for speakers among people does not look among tasks.
    Bad: `tags: [speaker]` on a task, with `speaker: {applies_to: [person]}`
    Good: `tags: [speaker]` on a person
    """
    narrow = {
        name: frozenset[str](spec.applies_to)
        for name, spec in community.tags.tags.items()
        if spec.applies_to
    }
    if not narrow:
        return
    for kind, path, key, tags in _tagged(community):
        for number, tag in enumerate(tags):
            if tag in narrow and kind not in narrow[tag]:
                kinds = ", ".join(sorted(narrow[tag]))
                message = f"the tag {tag!r} is for {kinds}, not for a {kind}"
                hint = f"use another, or add {kind} to its applies_to in tags.yml"
                yield RULE.finding(path, message, hint, (*key, number))


def _tagged(community: Community) -> Iterator[tuple[str, str, KeyPath, list[str]]]:
    for person in community.people.values():
        yield "person", person.path, ("tags",), person.data.tags
    for note in community.notes.values():
        yield "note", note.path, ("tags",), note.data.tags
    for task in community.tasks.values():
        yield "task", task.path, ("tags",), task.data.tags
    for name, source in community.sources.items():
        yield "source", f"sources/{name}/source.yml", ("tags",), source.tags
    for name, subproject in community.config.subprojects.items():
        yield "subproject", "crm.yml", ("subprojects", name, "tags"), subproject.tags


RULE: Final = Rule("tag-misplaced", "warning", check)
