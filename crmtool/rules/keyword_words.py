"""keyword-words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule

_PATTERN: Final = re.compile(
    r"\\[bdswBDSW.]|\.[*+]|\(\?|^\^|\$$|[^\\]\|.|\[[^\]]+-[^\]]+\]|^\*|\*$"
)
_LONG: Final = "write a word, or several: words are compared as they stand, without case"


def check(community: Community) -> Iterator[Finding]:
    """A keyword would tag next to everything, or nothing at all.

    What: each of `words` has two characters or more (one of Chinese or Japanese says enough),
    stands in its list once, and is a literal text: `print.*` is looked for with its dot and star.
    Why: one letter is in every message; a pattern is in none.
    Bad: `manuals: {tag: docs, words: [a, "manual.*"]}`
    Good: `manuals: {tag: docs, words: [manual, manuals]}`
    """
    for name, keyword in community.tags.keywords.items():
        seen = set[str]()
        for number, word in enumerate(keyword.words):
            folded = " ".join(word.casefold().split())
            if wrong := _wrong(folded, seen):
                key = ("keywords", name, "words", number)
                yield RULE.finding("tags.yml", f"the word {word[:40]!r} {wrong}", _LONG, key)
            seen.add(folded)


def _wrong(word: str, seen: set[str]) -> str | None:
    if word in seen:
        return "stands here twice"
    if not any(letter.isalnum() for letter in word):
        return "has no letter"
    if len(word) == 1 and word < "\u2e80":
        return "is one character, and in nearly every text"
    return "looks like a pattern" if _PATTERN.search(word) else None


RULE: Final = Rule("keyword-words", "warning", check)
