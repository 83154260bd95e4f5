"""The patterns of `special`, which take longer to be made than most texts to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Span
from crmtool.rules.detect.special_words import (
    NEAR,
    PARTIES,
    PARTY_VERBS,
    SAID,
    TOPICS,
    VERBS,
    WHOLE,
)
from crmtool.rules.detect.words import ENOUGH, one_of, sentence

NOBODY: Final = "nobody's-word"


class _Category(NamedTuple):
    """Words that need a person in their sentence, that must be said of one, and nothing else."""

    near: Pattern
    said: Pattern
    whole: Pattern


_CATEGORIES: Final = {
    name: _Category(*(one_of(words.get(name, NOBODY)) for words in (NEAR, SAID, WHOLE)))
    for name in NEAR
}
# of Kurdish descent, kurdischer Herkunft, d'origine kurde, de origen kurdo
_DESCENT: Final = Pattern(
    r"\bof (?!(?:unknown|any|an|that|this|its|the|same|different)\b)\w+ (?:descent|origin|heritage|ancestry)\b"
    r"|\b(?:is|['’]s) half[\s-](?!past|done)\w{2,12}(?:ian|ese|ish|can|ean)\b"
    r"|\b\w{3,20}(?:isch|sch)e(?:r|n)? (?:herkunft|abstammung|wurzeln)\b"
    r"|\bd'origine (?!inconnu|controle|du |de )\w+|\bde (?:origen|origem) (?!descon|incerto)\w+"
)
_TERM: Final = one_of(" ".join((*NEAR.values(), *SAID.values(), *WHOLE.values(), PARTIES)))
_PARTY: Final = one_of(PARTIES)
_PARTY_VERB: Final = one_of(PARTY_VERBS)
# Who a sentence may be about. Spanish and Portuguese leave the pronoun out, so verbs that begin a
# sentence count; so does a linked record.
_SOMEBODY: Final = Pattern(
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
_FIRST_VERB: Final = Pattern(
    r"\W*(?:is|was|has|had|suffers|came|identifies|diagnosed|practising|practicing|devout|member"
    r"|mitglied|ist|hat|hatte|leidet|es|esta|tiene|tuvo|padece|sufre|fue|e|esta|tem|teve|sofre"
    r"|foi|est|a|souffre|openly|off|on|voted|votes?|vota|voto|votou|wahlt|milit[ae]|afiliad[ao]|belongs|active|currently|now|pregnant|recovering"
    r"|in|needs|undergoing|living|goes|keeps|wears|attends|prays|takes|uses|gets|supports|fasts)\b"
)
# A name before the verb: "Ada has", "Otto is", "Ada Lovelace hat".
_SOMEBODY_NAMED: Final = Pattern(
    r"(?:^|[\s,(])(?!The|This|That|It|Our|There|What|Which|And)[A-ZÀ-Þ][\w'-]+(?:['’]s)?\s+(?:is|was|has|had"
    r"|suffers|got|came|told|takes|needs|says|cannot|can't|lives|became|identifies|hat|ist|war|leidet"
    r"|a|est|souffre|es|tiene|está|padece|sufre|tem|é|foi|fue|sofre|voted|votes|joined|belongs|uses|ha)\b"
)
_SAID_BEFORE: Final = Pattern(
    rf"(?:\b(?:{VERBS})|['’](?:s|m|re|ve))"
    r"(?:[\s,]+(?!the\b|about\b|at\b|by\b|for\b|of\b|to\b|from\b|called\b|named\b|in\b|on\b|its\b)"
    r"[\w'’-]+){0,4}[\s,\"'(]*\Z"
)
_WHOLE_BEFORE: Final = Pattern(
    r"(?:(?:^|\b(?:[Hh]e|[Ss]he|[Tt]hey|who|I|[Ee]r|[Ss]ie)|\]\])(?:\s+(?:is|was|are|were|am|been|ist)"
    r"|['’](?:s|re|m))|\b(?:being|born|legally|identifies as|goes|went))\s+(?:(?:now|still|also|very|quite"
    r"|long-term|severely|seriously|politically|partly|partially|almost|legally|openly|deeply|recently"
    r"|a|quite|rather|chronically|since)\s+){0,2}\Z"
)
_WHOLE_AFTER: Final = Pattern(
    r"\W*(?:\Z|[.,;!?)]|(?:and|but|since|because|so|from|after|again|with|in\sone|until|man|woman"
    r"|person|guy|girl|jew|christian)\b)"
)
_TOPIC: Final = one_of(TOPICS)
_TOPIC_AFTER: Final = Pattern(rf"(?:['’]s)?[\s-]+(?:[\w-]+[\s-]+)?(?:{_TOPIC.pattern})|['’]s\b")
_TOPIC_BEFORE: Final = Pattern(
    r"\b(?:(?:work|talk|session|paper|post|article|book|workshop|keynote|panel|essay|research|study"
    r"|lecture|thesis|app|tool|dataset|data|library|website|project|charity|hospital|foundation"
    r"|institute|meetup|group|course|chapter|model|page|module|package|plugin)s?(?:ed|ing)?"
    r"|wrote|writes|writing|reads?|reading|spoke|speaks|blogged|study|studies|studied|teaches)"
    r"\s+(?:(?:about|on|into|regarding|for|of|at|against|around)\s+)(?:[\w'’-]+\s+){0,3}\Z"
)
_NAMED: Final = Pattern(r"\s[A-ZÀ-Þ]\w")


def told(text: str, low: str) -> Iterator[Span]:
    """What is said of somebody in a text, given also in lower case without accents."""
    seen = set[tuple[int, str]]()  # once a sentence is enough
    for found in islice(chain(_TERM.finditer(low), _DESCENT.finditer(low)), ENOUGH):
        first, last = sentence(low, found.start(), found.end())
        before, after = low[first : found.start()], low[found.end() : last]
        if _TOPIC_AFTER.match(after) or _TOPIC_BEFORE.search(before):
            continue
        what = _category(text, low, found.start(), before, after)
        if not what or (first, what) in seen:
            continue
        if _is_of_somebody(low[first:last], text[first : found.start()]):
            seen.add((first, what))
            yield Span(found.start(), found.end(), what)


def _category(text: str, low: str, start: int, before: str, after: str) -> str | None:
    """Which category a term says something of, as its sentence stands."""
    written = text[start - len(before) : start]
    for name, category in _CATEGORIES.items():
        if category.near.match(low, start):
            return name
        if category.whole.match(low, start) and _WHOLE_BEFORE.search(written):
            return name if _WHOLE_AFTER.match(after) else None
        if found := category.said.match(low, start):
            if found[0] == "black" and not text[start].isupper():
                continue
            named = text[start].isupper() and _NAMED.match(text, found.end())
            said = _SAID_BEFORE.search(before)
            if not named and said and not _TOPIC.search(said[0]):
                return name
    if found := _PARTY.match(low, start):
        # PT is a party, pt is not; the Greens are one, greens are food
        capitals = sum(map(str.isupper, text[start : found.end()]))
        big = capitals > 1 or (capitals and (len(found[0]) > 4 or found[0] == "vox"))
        return "politics" if big and _PARTY_VERB.search(f"{before} {after}") else None
    return "ethnic origin" if _DESCENT.match(low, start) else None


def _is_of_somebody(whole: str, written: str) -> bool:
    """Whether a sentence, or its beginning with the capitals as written, names anybody."""
    return bool(
        _SOMEBODY.search(whole) or _FIRST_VERB.match(whole) or _SOMEBODY_NAMED.search(written)
    )
