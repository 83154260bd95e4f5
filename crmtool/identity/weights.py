"""What each sign adds to the log-odds (base 2) that two are one human, and how it reads.

The weights are a logistic regression over pairs from histories whose people wrote a `.mailmap`
(`python -m benchmarks.fit_identities`), none of them one of those that the benchmark reports.
Those marked as judged are of signs that git histories do not have.
"""

from __future__ import annotations

from typing import Final

from crmtool.identity.evidence import Evidence

BASE: Final = -4.44

WEIGHTS: Final[dict[str, float]] = {
    "accounts.differ": -0.98,
    "form.family": -1.67,
    "form.given": 0.34,
    "form.initial": 2.15,
    "form.initials": 0.73,
    "form.whole": 0.51,
    "form:few": 1.01,
    "form:many": -1.44,
    "form:two": 2.49,
    "host": 1.82,
    "host:few": 1.93,
    "host:many": -0.11,
    "mark.avatar": 6.0,  # judged
    "mark.link": 7.0,  # judged
    "mark.mailbox": 1.46,
    "name.apart": -5.16,
    "name.close": 0.05,
    "name.half": -3.53,
    "name.initial": -0.53,
    "name.nickname": -0.17,
    "name.part": -0.29,
    "name.same": 3.03,
    "name.sound": 0.53,
    "name.within": 0.33,
    "name.word": 1.03,
    "name:common": -0.30,
    "name:frequent": -0.88,
    "name:rare": 3.00,
    "name:uncommon": 1.14,
    "time.apart": -0.97,
    "time.overlap": 1.91,
    "time.succession": 0.80,
    "word.named": -0.56,
    "word.own": 2.52,
    "word:few": 1.89,
    "word:many": -1.35,
    "word:two": 2.44,
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
