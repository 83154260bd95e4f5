"""Signs that somebody is a child: an age below 18, school, a word for it (GDPR Art. 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span
from crmtool.rules.detect.words import sentence, signs_of

ADULT: Final = 18
_NUMBERS: Final = dict(
    zip(
        """five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen""".split(),
        range(5, 18),
        strict=True,
    )
)
_AGE: Final = rf"(?P<age>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_PEOPLE: Final = (
    "girl|boy|kid|child|student|pupil|contributor|developer|maintainer|volunteer|member|user|son"
    "|daughter|hacker|programmer|coder|teen|newcomer|speaker|brother|sister|from|who|named|called"
    "|schoolgirl|schoolboy|high|middle|and|in|at|with"
)
_YOUNG: Final = (
    r"madchen|junge|schuler(?:in)?|tochter|sohn|kind|fille|garcon|eleve|fils|jeune|nina|nino|chica"
    r"|chico|alumn[ao]|hij[ao]|menin[ao]|garot[ao]|alun[ao]|filh[ao]|rapaz|rapariga|jovem|joven"
    r"|estudiante|estudante|contributeur|contributrice"
)
_SOON: Final = (
    r"(?:(?:just|only|still|now|about|almost|already|barely|nearly|not\syet|erst|noch)\s){0,2}"
)
_IS: Final = r"(?:\b(?:is|are|am|turns|turned|turning)|['’](?:s|re|m))"
_STOP: Final = r"\s?(?=[.,;!?)](?!\d)|\Z|(?:and|so|in|on|last|this|next|und)\b)"
_NO_MEASURE: Final = (
    r"(?![\w%]|[.,:-]\d"
    r"|\s?(?:ms|mb|kb|gb|s|min|minutes|hours|days|weeks|months|lines|people|tests|euros?|eur|usd)\b)"
)
_NO_THING: Final = r"(?!\s*(?:fehler|bug|projekt|code|geschichte|software|bestehen|erfahrung))"
_AGES: Final = tuple(
    Pattern(pattern)
    for pattern in (
        # is 14 years old, turned 15 years, 's 16 yo
        rf"{_IS}\s{_SOON}{_AGE}(?:[\s-]*(?:years?|yrs?)(?:[\s-]*(?:old|of age))?\b|\s?y\.?/?o\b)",
        # she is 14. [[ada]] turns 15 in May
        rf"(?:\b(?:he|she|who|they|i)|\]\])\s?{_IS}\s{_SOON}{_AGE}{_STOP}",
        rf"\b(?:turns|turned|turning|will be)\s{_SOON}{_AGE}{_STOP}",
        # a 14-year-old girl, 15yo
        rf"\b{_AGE}[\s-]years?[\s-]old(?=\W*(?:\Z|[.,;!?)]|(?:{_PEOPLE})\b))",
        rf"\b{_AGE}\s?y/?o\b",
        # aged 14, age: 14
        rf"(?<!started )(?<!since )(?<!at )(?<!the )(?<![\w-])age[ds]?:?\s(?:of\s)?{_AGE}{_NO_MEASURE}",
        # is under 16, tem menos de 16
        (
            r"(?:\b(?:is|are|was|being|someone|who|ist|sind|a|tiene|tem|tenho|tengo)|['’]s)\s"
            r"(?:still\s|noch\s)?(?:under|below|not\syet|unter|noch\skeine|moins\sde|menos\sde)\s"
            rf"(?:the age of\s)?(?P<limit>1[3-8]){_NO_MEASURE}"
        ),
        # ist 14 Jahre alt, sie ist 14, 14-jahrige Schulerin
        rf"\b(?:ist|sind|wird|wurde|bin)\s{_SOON}{_AGE}\s*jahre(?:\salt)?\b",
        rf"(?:\b(?:er|sie)|\]\])\s(?:ist|wird)\s{_SOON}{_AGE}{_STOP}",
        rf"\b{_AGE}-?jahrige?[nrs]?{_NO_THING}",
        # a 14 ans, tiene 14 anos, tem 14 anos, agee de 14 ans, fille de 14 ans
        (
            r"\b(?:a|ai|aura|tiene|tengo|tem|tenho|cumple|cumplio|faz|fez|ha|hat)\s(?:\w+\s)?"
            rf"{_AGE}\s(?:ans|anos|anni)\b(?!\s(?:de|d'|di)\b)"
        ),
        rf"\b(?:agee?|{_YOUNG})\s(?:de|di|d')\s?{_AGE}\s(?:ans|anos|anni)\b",
    )
)
_SCHOOL: Final = r"(?:(?:primary|elementary|middle|secondary|high)\s)?school"
_WORDS: Final = tuple(
    Pattern(pattern)
    for pattern in (
        (
            r"(?:\b(?:is|are|am|was|being|still)|['’](?:s|re|m))\s(?:still\s)?"
            r"(?:a\sminor(?=\s*(?:[.,;!?)]|\Z|(?:and|so|who|but|under|in|we|needs?)\b))"
            r"|(?:a\s)?(?:teenager|teen|schoolgirl|schoolboy|schoolkid|high[\s-]schooler|pupil)\b"
            r"|(?:a\s)?child(?=\s*(?:[.,;!?)]|\Z))|in\s(?:primary|elementary|middle|secondary|high)\sschool)"
        ),
        r"\bunderaged?\b|\bunder\sage\b|\bparental\s(?:consent|permission)\b|\blegal\sguardian\b",
        r"(?:^|[.!?]\s|\n)a\sminor(?=\s*[,:;.])|\bstill\s(?:at|in)\sschool\b",
        r"\bin\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)[\s-]grade\b|\bin\s(?:die|der)\s\d{1,2}\.\sklasse\b",
        rf"\b(?:goes|going|go|attends?)\s(?:still\s)?(?:to\s)?{_SCHOOL}\b",
        (
            r"\b(?:his|her|their)\s(?:parents|mother|father|mum|mom|dad)\s(?:has\s|have\s|must\s)?(?:to\s)?"
            r"(?:sign(?:ed)?|agreed?|consent(?:ed)?|gave\spermission)\b"
        ),
        (
            r"\bminderjahrig\w{0,2}|\bschuler(?:in|s)?\b|\bgeht\s(?:noch\s)?(?:zur|in\sdie)\sschule"
            r"|\berziehungsberechtigt\w{0,2}"
        ),
        (
            r"\b(?:est|sont|encore)\smineure?s?\b|\bcollegien(?:ne)?\b|\blyceen(?:ne)?\b"
            r"|\b(?:va|est)\s(?:au|a\sl')\s?(?:college|lycee|ecole)\b"
        ),
        (
            r"\bmenor(?:es)?\sde\s(?:edad|idade)\b|\bva\sal\s(?:instituto|colegio)\b"
            r"|\bainda\sandas?\sna\sescola|\bminderjarig\w{0,1}|\bminorenne\b"
        ),
    )
)
_YOUNG_AGES: Final = range(min(_NUMBERS.values()), ADULT + 1)
_AGE_SIGNS: Final = _NUMBERS.keys() | frozenset(
    f"{age}{ending}"
    for age in _YOUNG_AGES
    for ending in ("", "yo", "y", *(f"jahrige{n}" for n in ("", "r", "n", "s")))
)
_SCHOOL_SIGNS: Final = signs_of(
    """minor minors age school schoolgirl schoolboy schoolkid teen teenager pupil
    child underage underaged parental guardian high parents mother father mum mom dad minderjahrig
    schuler schulerin schule erziehungsberechtigte mineur mineure collegien lyceen college lycee
    ecole menor menores instituto colegio escola minderjarig minorenne grade
    klasse""",
)
SIGNS: Final = _AGE_SIGNS | _SCHOOL_SIGNS
# What may well be fourteen years old.
_THINGS: Final = Pattern(
    r"\b(?:it|this|that|which|project|library|software|bug|issue|code|codebase|repo|repository|site"
    r"|package|tool|company|organisation|organization|community|version|release|file|server|laptop"
    r"|machine|commit|patch|format|standard|language|kernel|module|thread|ticket|computer|dog|cat"
    r"|account|website|domain|das|projekt|programm|fehler|projet|logiciel|proyecto|codigo|error"
    r"|projeto|codigo|erro|empresa|association|verein|experience|record|line|page|chapter|job|build"
    r"|value|field|default|number|limit|threshold|bus|train|room|table|port|row|column|level|team"
    r"|when|as\sa|since|after|before|while|impact|conference|event|meeting|they\sare\d)\b[^.]{0,40}\Z"
)


def children(sample: Sample) -> Iterator[Span]:
    """What says or suggests that somebody is not yet grown up."""
    low, words = sample.low, sample.words
    if not _AGE_SIGNS.isdisjoint(words):
        for found in chain.from_iterable(pattern.finditer(low) for pattern in _AGES):
            if _is_young(**found.groupdict()) and not _of_a_thing(low, found):
                yield Span(found.start(), found.end())
    if not _SCHOOL_SIGNS.isdisjoint(words):
        for found in chain.from_iterable(pattern.finditer(low) for pattern in _WORDS):
            if not _of_a_thing(low, found):
                yield Span(found.start(), found.end())


def _is_young(age: str = "", limit: str = "") -> bool:
    """Whether an age, in digits or in letters, is a child's; below a limit everybody is."""
    return bool(limit) or min(_NUMBERS.values()) <= (_NUMBERS.get(age) or int(age)) < ADULT


def _of_a_thing(low: str, found: re.Match[str]) -> bool:
    """Whether the sentence speaks of something else before it comes to the age."""
    first, _ = sentence(low, found.start(), found.end())
    return bool(_THINGS.search(low[first : found.start()]))
