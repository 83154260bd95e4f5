"""What each sign adds to the log-odds (base 2) that two are one human, and how it reads.

The weights are a logistic regression over pairs from histories whose people wrote a `.mailmap`
(`python -m benchmarks.fit_identities`), none of them one of those that the benchmark reports.
Those marked as judged are of signs that git histories do not have.
"""

from __future__ import annotations

from typing import Final

from crmtool.identity.evidence import Evidence

BASE: Final = -5.03

WEIGHTS: Final[dict[str, float]] = {
    "accounts.differ": -1.01,
    "form.family": -1.62,
    "form.given": 0.53,
    "form.initial": 2.42,
    "form.initials": 0.78,
    "form.whole": 0.52,
    "form:few": 1.24,
    "form:many": -1.35,
    "form:two": 2.74,
    "host": 1.71,
    "host:few": 2.08,
    "host:many": -0.37,
    "mark.avatar": 6.0,  # judged
    "mark.link": 7.0,  # judged
    "mark.mailbox": 1.57,
    "name.apart": -4.30,
    "name.close": 0.16,
    "name.half": -3.08,
    "name.initial": -0.33,
    "name.nickname": -0.01,
    "name.part": -0.38,
    "name.same": 3.24,
    "name.sound": 0.62,
    "name.within": 0.52,
    "name.word": 2.60,
    "name:common": -0.11,
    "name:frequent": -0.67,
    "name:rare": 3.28,
    "name:uncommon": 1.31,
    "time.apart": -0.80,
    "time.overlap": 2.02,
    "time.succession": 0.82,
    "word.named": -0.33,
    "word.own": 2.96,
    "word:few": 1.72,
    "word:many": -1.42,
    "word:two": 2.33,
}

_WORDS: Final = {
    "accounts.differ": "two accounts on {}",
    "form.family": "the {} of one is a family name of the other",
    "form.given": "the {} of one is a given name of the other",
    "form.initial": "the {} of one is an initial and a name of the other",
    "form.initials": "the {} of one is the other's initials",
    "form.whole": "the {} of one is the other's whole name",
    "host": "addresses of one organisation",
    "mark.avatar": "the same picture",
    "mark.link": "a page that both name",
    "mark.mailbox": "an address of one machine or desk",
    "name.apart": "names that have nothing in common",
    "name.close": "names that differ in a letter or two",
    "name.half": "names that share {} and differ otherwise",
    "name.initial": "names that agree where one has initials",
    "name.nickname": "names of which one is a short form",
    "name.part": "one is called {} as part of the other's name",
    "name.same": "the same name",
    "name.sound": "one name in two spellings",
    "name.word": "the same single name",
    "name.within": "one name with words that the other leaves out",
    "time.apart": "years between their activities",
    "time.overlap": "active in one place at the same time",
    "time.succession": "one fell silent as the other began",
    "word.named": "the same {}, made of a name",
    "word.own": "the same {}",
}
_HOW: Final = {
    "name:rare": "rare here",
    "name:uncommon": "uncommon here",
    "name:common": "not rare here",
    "name:frequent": "common here",
    "form:two": "nobody else's",
    "form:few": "also a few others'",
    "form:many": "also many others'",
    "word:two": "nobody else's",
    "word:few": "also a few others'",
    "word:many": "also many others'",
    "host:few": "with few people",
    "host:many": "with many people",
}


def in_words(evidence: Evidence) -> str:
    """A sign as a reviewer reads it: `the same login, nobody else's`."""
    said = _WORDS[evidence.sign].format(evidence.detail)
    how = [_HOW[part] for part in evidence.parts if part in _HOW]
    return ", ".join([said, *how])
