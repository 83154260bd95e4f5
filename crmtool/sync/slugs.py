"""Names for new files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from typing import Final

from crmtool.model.scalars import RESERVED

_LETTERS: Final = str.maketrans(
    dict(zip("øØđĐłŁðÐıħĦ", "oOdDlLdDihH", strict=True))
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "Oe"}
)
_MAX: Final = 50


def fold(text: str) -> str:
    """A name in the letters that a slug may have, empty where none are left.

    >>> fold("Zoë Müller-Ångström")
    'zoe-muller-angstrom'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", ascii_only.lower())).strip("-")
    return slug[:_MAX].rstrip("-")


def _mostly(name: str) -> str:
    """The folded name where it still says most of the name; `Ли Na` must not become `na`."""
    folded = fold(name)
    if name.isascii():
        return folded
    letters = sum(map(str.isalnum, name))
    return folded if 2 * sum(map(str.isalnum, folded)) > letters else ""


def new_slug(names: Iterable[str], identity: str, taken: Container[str]) -> str:
    """A slug for a person: the first of their names that its letters can say most of.

    Names are full ones, then logins; without any it is `person-` and 8 hex digits. A collision's
    suffix comes from the identity's hash, never from a counter, so that two imports in another
    order give the same names.
    """
    mark = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
    return next(slug for slug in _candidates(names, mark) if slug not in taken)


def _candidates(names: Iterable[str], mark: str) -> Iterator[str]:
    best = next((slug for slug in map(_mostly, names) if slug and slug not in RESERVED), None)
    if best:
        yield best
        yield from (f"{best}-{mark[:length]}" for length in (4, 8, 12))
    yield from (f"person-{mark[:length]}" for length in range(8, 57, 4))
