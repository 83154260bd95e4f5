"""keyword-ambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule


def check(community: Community) -> Iterator[Finding]:
    """One word stands for two tags.

    What: a word is in the list of one keyword only, unless both give the same tag.
    Why: every message with that word would count for both.
    Bad: `paper: {tag: print, words: [ink]}` and `looks: {tag: styles, words: [ink]}`
    Good: `looks: {tag: styles, words: [ink colour]}`
    """
    first: dict[str, tuple[str, str]] = {}
    for name, keyword in community.tags.keywords.items():
        for number, word in enumerate(keyword.words):
            folded = " ".join(word.casefold().split())
            other, tag = first.setdefault(folded, (name, keyword.tag))
            if tag != keyword.tag:
                message = f"the word {word[:40]!r} is a word of {other} too, which gives {tag!r}"
                key = ("keywords", name, "words", number)
                yield RULE.finding("tags.yml", message, "keep it in one of the two", key)


RULE: Final = Rule("keyword-ambiguous", "warning", check)
