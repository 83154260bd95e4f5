"""unknown-tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.model.segment import read_condition
from crmtool.rules.base import Rule, guess


def check(community: Community) -> Iterator[Finding]:
    """A tag is not in `tags.yml`.

    What: every tag on a person, note, task, source, subproject or keyword, and every tag that a
    segment asks for, is in the vocabulary.
    Why: `speaker`, `speakers` and `talks` on three people are three groups that nobody finds.
    Bad: `tags: [speakers]`
    Good: `tags: [speaker]`, with `speaker` under `tags:` in tags.yml
    """
    known = community.tags.tags
    for path, key, tag in _used(community):
        if tag not in known:
            hint = guess(tag, known, f"add {tag} to tags.yml, or use a tag that is there")
            yield RULE.finding(path, f"unknown tag {tag!r}", hint, key)


def _used(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    for record in community.records():
        for number, tag in enumerate(record.data.tags):
            yield record.path, ("tags", number), tag
    for name, source in community.sources.items():
        for number, tag in enumerate(source.tags):
            yield f"sources/{name}/source.yml", ("tags", number), tag
    for name, subproject in community.config.subprojects.items():
        for number, tag in enumerate(subproject.tags):
            yield "crm.yml", ("subprojects", name, "tags", number), tag
    for name, keyword in community.tags.keywords.items():
        yield "tags.yml", ("keywords", name, "tag"), keyword.tag
    for name, segment in community.tags.segments.items():
        for tag in read_condition(segment.where).tags:
            yield "tags.yml", ("segments", name, "where"), tag


RULE: Final = Rule("unknown-tag", "error", check)
