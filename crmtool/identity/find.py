"""Who is meant: people found by what somebody types, kindly and without guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from crmtool.identity.resolve import fold as fold_identity
from crmtool.model.community import Record
from crmtool.model.records import Person

People = Mapping[str, Record[Person]]
Fits = Callable[[str, Record[Person]], bool]


def plain(text: str) -> str:
    """Letters and digits of a name, without accents and case, one blank between words.

    >>> plain("Zoë  MÜLLER-Ångström")
    'zoe muller angstrom'
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


def find(people: People, typed: str) -> list[str]:
    """The slugs of those whom the surest reading finds: one, several to choose from, or none.

    In this order: slug, earlier slug, account (`github:ada`), name, login, beginning of the slug
    or of words of the name, anywhere in the name.
    """
    if typed in people:
        return [typed]
    wanted = typed.strip()
    for fits in _readings(wanted) if wanted else ():
        if found := sorted(slug for slug, record in people.items() if fits(slug, record)):
            return found
    return []


def _readings(typed: str) -> Iterator[Fits]:
    name, account = plain(typed), fold_identity(typed)
    slug = name.replace(" ", "-")
    yield lambda s, r: s == typed or typed in r.data.aliases
    if ":" in typed:
        yield lambda _, r: any(fold_identity(i) == account for i in r.data.identities)
        return
    if not name:
        return
    yield lambda s, r: s == slug or plain(r.data.name) == name
    login = typed.removeprefix("@").casefold()
    yield lambda _, r: any(i.partition(":")[2].casefold() == login for i in r.data.identities)
    yield lambda s, r: s.startswith(slug) or _begin_words(plain(r.data.name), name)
    yield lambda _, r: name in plain(r.data.name)


def _begin_words(name: str, wanted: str) -> bool:
    """Whether each word wanted begins another word of a name: `a love` is Ada Lovelace."""
    words = name.split()
    for part in wanted.split():
        found = next((word for word in words if word.startswith(part)), None)
        if found is None:
            return False
        words.remove(found)
    return True
