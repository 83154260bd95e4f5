"""Names in one alphabet and one spelling, and how rare they are where they were seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

_HOST: Final = re.compile(r"(?<=\S)@\S+")
_BESIDE: Final = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|(?<=\w) via .*|(?<=\w) on github\b.*", re.IGNORECASE
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Inside one family name: McDonald, DeVries, O'Neil.
_PREFIX: Final = re.compile(r"(?:Mac|Mc|De|Di|Du|La|Le|Van|Von|Fitz)\Z")
_APART: Final = re.compile(r"[^a-z0-9]+")
_TITLES: Final = frozenset("dr prof mr mrs ms jr sr ii iii phd md".split())
_UMLAUT: Final = {"ae": "a", "oe": "o", "ue": "u"}
_SAME_SOUND: Final = (
    ("tsch", "c"), ("sch", "s"), ("zh", "j"), ("kh", "h"), ("ch", "c"), ("sh", "s"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("ck", "k"), ("ks", "x"),
    ("tz", "c"), ("ts", "c"), ("dzh", "j"), ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ai", "ei"), ("y", "i"), ("j", "i"), ("w", "v"),
    ("q", "k"), ("z", "s"),
)  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")


class Name(NamedTuple):
    """A name as it is compared: its words in lower-case ASCII, in the order they were written."""

    words: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether it has two words or more, one of them longer than an initial."""
        return len(self.words) > 1 and max(map(len, self.words)) > 1

    @property
    def key(self) -> str:
        """What is equal where two full names are, in whatever order; empty of any other."""
        return " ".join(sorted(self.words)) if self.is_full else ""

    @property
    def joined(self) -> str:
        """Its words without the blanks."""
        return "".join(self.words)


@lru_cache(maxsize=65536)
def read(text: str) -> Name:
    """A name out of what somebody wrote.

    Accents are folded and other scripts spelled in Latin letters; one word of two that run into
    each other is taken apart; what stands in brackets, titles and the host of an address go.

    >>> read("Dr. Łukasz Żółw (Acme)").words, read("WillTirone").words, read("王伟").words
    (('lukasz', 'zolw'), ('will', 'tirone'), ('wang', 'wei'))
    """
    plain = _BESIDE.sub(" ", _HOST.sub("", text))
    plain = plain if plain.strip() else text
    spelled = plain if plain.isascii() else _in_latin(plain)
    if not plain.isascii() or " " not in plain.strip():
        spelled = _apart(spelled)
    words = _APART.split(spelled.replace("'", "").replace("`", "").lower())
    return Name(tuple(word for word in words if word and word not in _TITLES))


def _in_latin(text: str) -> str:
    from anyascii import anyascii  # three tables of letters, where a name has any of them

    return anyascii(text)


def _apart(text: str) -> str:
    parts = _CAMEL.split(text)
    for at in range(len(parts) - 2, -1, -1):
        if _PREFIX.search(parts[at]):
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return " ".join(parts)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word as several transliterations of it agree on.

    >>> sound("verkhovskiy") == sound("verhovski"), sound("juergen") == sound("jurgen")
    (True, True)
    """
    for spelling, heard in _SAME_SOUND:
        word = word.replace(spelling, heard)
    return _TWICE.sub(r"\1", word)


def related(a: Name, b: Name) -> bool:
    """Whether two names may be one human's as far as their words go: one word is enough."""
    if {*map(sound, a.words)} & {*map(sound, b.words)}:
        return True
    return a.joined in b.joined or b.joined in a.joined or _initials(a) == _initials(b)


def _initials(name: Name) -> str:
    return "".join(sorted(word[0] for word in name.words))


class Rarity:
    """How common the words of names are among the people seen somewhere.

    In a small community every name is rare; what is common everywhere is taken into account with
    the weight of `_PRIOR` further people.
    """

    _PRIOR: Final = 50
    _USUAL: Final = 0.0005
    _OFTEN: Final = 0.01

    def __init__(self, names: Iterable[Name]) -> None:
        """Count names, each once for each person who bears it, or nearly so."""
        different = {name.words for name in names}
        self._people = len(different)
        self._seen = Counter(word for words in different for word in {*words})

    def share(self, word: str, but: int = 1) -> float:
        """The share of people whose name has a word, without so many who are being asked about."""
        usual = self._OFTEN if word in COMMON else self._USUAL
        others = max(self._seen[word] - but, 0)
        return (others + self._PRIOR * usual) / (self._people + self._PRIOR)

    def namesakes(self, words: Iterable[str], but: int = 1) -> float:
        """How many other people are to be expected who bear all of these words by chance."""
        expected = float(self._people)
        for word in words:
            expected *= self.share(word, but)
        return expected


# Family and given names that one in two hundred people or more bears in some country.
COMMON: Final = frozenset(
    """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo lee kim
    park choi jung kang cho yoon lim singh kumar sharma gupta patel shah jain agarwal verma yadav
    mishra das khan ali ahmed mohamed muhammad mohammed hassan hussain nguyen tran le pham smith
    jones williams brown johnson miller davis garcia rodriguez martinez hernandez lopez gonzalez
    perez sanchez silva santos oliveira souza ferreira muller mueller schmidt schneider fischer
    martin bernard dubois rossi russo ivanov smirnov sato suzuki tanaka takahashi john james robert
    michael david william thomas daniel mark paul peter andrew alex alexander chris christian jan
    stefan andreas matthias anna maria mary laura sarah jose juan carlos luis antonio wei jun min
    lei jing ying yan hui xin yu rahul amit abhishek ankit vivek aman harsh mayank sergey dmitry
    alexey andrey ivan""".split()
)
