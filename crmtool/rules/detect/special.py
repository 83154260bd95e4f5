"""Special categories of personal data (GDPR Art. 9), near a person.

English, German, French, Spanish, Portuguese, some Italian and Dutch. Words alone say little: a
charity may be Catholic and a library about diabetes. What counts is a sentence that says it of
somebody, and the finding is a warning that a person should look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from crmtool.rules.detect.hit import Span
from crmtool.rules.detect.special_words import NEAR, PARTIES, PARTY_VERBS, SAID, TOPICS, VERBS
from crmtool.rules.detect.words import one_of, sentence


class _Category(NamedTuple):
    """Words that need a person in their sentence, and words that must be said of one."""

    near: re.Pattern[str]
    said: re.Pattern[str] | None


_CATEGORIES: Final = {
    name: _Category(one_of(words), one_of(SAID[name]) if name in SAID else None)
    for name, words in NEAR.items()
}
_TERM: Final = one_of(" ".join((*NEAR.values(), *SAID.values(), PARTIES)))
_PARTY: Final = one_of(PARTIES)
_PARTY_VERB: Final = one_of(PARTY_VERBS)
# Who a sentence may be about. Spanish and Portuguese leave the pronoun out, so verbs that begin a
# sentence count; so does a linked record.
_SOMEBODY: Final = re.compile(
    one_of(
        """he she they him her his hers their them who whose i my me we our himself herself
        somebody someone wife husband partner son daughter mother father brother sister child
        children kid kids mum mom dad girlfriend boyfriend family
        er sie ihn ihm ihr ihre ihrem ihren ihrer sein seine seinem seinen seiner ich mein meine
        mir mich wer frau mann sohn tochter mutter vater bruder schwester kind freundin freund
        il elle lui son sa ses je mon ma j'ai qui femme mari fils fille mere pere frere soeur
        el ella su sus yo mi mis quien esposa esposo marido hijo hija madre padre hermano hermana
        ele ela seu sua seus suas eu meu minha quem filho filha mae pai irmao irma esposa
        lui lei suo sua hij zij ze haar zijn hem ik mijn"""
    ).pattern
    + r"|\[\["
)
_FIRST_VERB: Final = re.compile(
    r"\W*(?:is|was|has|had|suffers|came|identifies|diagnosed|practising|practicing|devout|member"
    r"|mitglied|ist|hat|hatte|leidet|es|esta|tiene|tuvo|padece|sufre|fue|e|esta|tem|teve|sofre"
    r"|foi|est|a|souffre|openly|off|on|voted|votes|belongs|active|currently|now|pregnant|recovering"
    r"|in|needs|undergoing|living)\b"
)
_SAID_BEFORE: Final = re.compile(
    rf"(?:\b(?:{VERBS})|['’](?:s|m|re|ve))"
    r"(?:[\s,]+(?!the\b|about\b|at\b|by\b|for\b|of\b|to\b|from\b|called\b|named\b|in\b|on\b|its\b)"
    r"[\w'’-]+){0,4}[\s,\"'(]*\Z"
)
_TOPIC_AFTER: Final = re.compile(
    rf"(?:['’]s)?[\s-]+(?:[\w-]+[\s-]+)?(?:{one_of(TOPICS).pattern})|['’]s\b"
)
_TOPIC_BEFORE: Final = re.compile(
    r"\b(?:(?:work|talk|session|paper|post|article|book|workshop|keynote|panel|essay|research|study"
    r"|lecture|thesis|app|tool|dataset|data|library|website|project|charity|hospital|foundation"
    r"|institute|meetup|group|course|chapter|model|page|module|package|plugin)s?(?:ed|ing)?"
    r"|wrote|writes|writing|reads?|reading|spoke|speaks|blogged|study|studies|studied|teaches)"
    r"\s+(?:(?:about|on|into|regarding|for|of|at|against|around)\s+)(?:[\w'’-]+\s+){0,3}\Z"
)
_NAMED: Final = re.compile(r"\s[A-ZÀ-Þ]\w")


def special_categories(text: str, low: str) -> Iterator[Span]:
    """What is said of somebody's health, faith, politics, union, love or descent."""
    for found in _TERM.finditer(low):
        first, last = sentence(low, found.start(), found.end())
        before, after = low[first : found.start()], low[found.end() : last]
        if _TOPIC_AFTER.match(after) or _TOPIC_BEFORE.search(before):
            continue
        what = _category(text, low, found.start(), before, low[first:last])
        if what and _is_of_somebody(text[first : found.start()], before, after):
            yield Span(found.start(), found.end(), what)


def _category(text: str, low: str, start: int, before: str, whole: str) -> str | None:
    """Which category a term says something of, as its sentence stands."""
    for name, category in _CATEGORIES.items():
        if category.near.match(low, start):
            return name
        if category.said and (found := category.said.match(low, start)):
            named = text[start].isupper() and _NAMED.match(text, found.end())
            if not named and _SAID_BEFORE.search(before):
                return name
    if _PARTY.match(low, start) and _PARTY_VERB.search(whole):
        return "politics"
    return None


def _is_of_somebody(written: str, before: str, after: str) -> bool:
    if _SOMEBODY.search(before) or _FIRST_VERB.match(before + after):
        return True
    if _SOMEBODY.search(after):
        return True
    # A name before the verb: "Ada has", "Otto is", "Ada Lovelace hat".
    name = re.search(r"(?:^|[\s,(])([A-ZÀ-Þ][\w'-]+)['’]?s?\s+[\w]", written)
    return name is not None and name[1].lower() not in ("the", "this", "that", "our", "a", "an")
