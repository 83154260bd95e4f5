"""mixed-scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath
from crmtool.rules.base import Rule
from crmtool.rules.identities import identities

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
# Scripts that have letters in common to the eye.
_SCRIPTS: Final = {
    name: re.compile(f"[{letters}]")
    for name, letters in {
        "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
        "Cyrillic": "\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f",
        "Greek": "\u0370-\u03ff\u1f00-\u1fff",
        "Armenian": "\u0531-\u0587",
        "Cherokee": "\u13a0-\u13ff\uab70-\uabbf",
        "Georgian": "\u10a0-\u10ff\u2d00-\u2d2f",
        "Coptic": "\u2c80-\u2cff",
        "Hebrew": "\u05d0-\u05ea",
    }.items()
}
# Full-width letters, letters in circles, and those of mathematics.
_DRESSED: Final = re.compile(
    "[\uff21-\uff5a\u24b6-\u24e9\U0001d400-\U0001d7cb\U0001f130-\U0001f189]"
)


def check(community: Community) -> Iterator[Finding]:
    r"""A word of a name or a handle is made of letters that only look as if they belonged together.

    What: within one word of a name, a handle or a link's host there are not letters of two
    alphabets, such as a Cyrillic A before Latin letters, and no letters of mathematics. A name
    given twice, `Ada Lovelace (Ада Лавлейс)`, is fine.
    Why: it looks like another name, is found under none, and may be meant to deceive.
    Bad: `name: \u0410da Lovelace`, whose first letter is Cyrillic
    Good: `name: Ada Lovelace`
    """
    for path, key, text in _names(community):
        if not text.isascii() and (message := _mixed(text)):
            yield RULE.finding(path, message, "write the name anew, by hand", key)


def _names(community: Community) -> Iterator[tuple[str, KeyPath, str]]:
    for person in community.people.values():
        yield person.path, ("name",), person.data.name
        for number, link in enumerate(person.data.links):
            yield person.path, ("links", number), link.partition("//")[2].partition("/")[0]
    yield from identities(community)


def _mixed(text: str) -> str | None:
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        if dressed := _DRESSED.search(word):
            return f"{word!r} is written with {_called(dressed[0])}"
        found = {name: hit[0] for name, form in _SCRIPTS.items() if (hit := form.search(word))}
        if len(found) > 1:
            odd = [called for name, called in found.items() if name != "Latin"][-1]
            return f"{word!r} mixes {' and '.join(found)} letters: {odd!r} is {_called(odd)}"
    return None


def _called(letter: str) -> str:
    return unicodedata.name(letter, "a rare letter")


RULE: Final = Rule("mixed-scripts", "warning", check)
