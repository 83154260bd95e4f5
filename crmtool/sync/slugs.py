"""Names for new files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from typing import Final

from crmtool.model.scalars import RESERVED

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l",
     "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "œ": "oe", "Œ": "oe", "ı": "i"}
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
    letters = sum(c.isalnum() for c in name)
    folded = fold(name)
    return folded if folded and 2 * sum(c.isalnum() for c in folded) >= letters else ""


def new_slug(name: str, logins: list[str], identity: str, taken: Container[str]) -> str:
    """A slug for a person: the folded name, else a login, else `person-` and 8 hex digits.

    A collision's suffix comes from the identity's hash, never from a counter, so that two imports
    in another order give the same names.
    """
    mark = hashlib.sha256(identity.encode()).hexdigest()
    for candidate in (_mostly(name), *map(fold, logins)):
        if candidate and candidate not in RESERVED:
            if candidate not in taken:
                return candidate
            return f"{candidate}-{mark[:4]}" if f"{candidate}-{mark[:4]}" not in taken else (
                f"{candidate}-{mark[:8]}"
            )
    return f"person-{mark[:8]}"
