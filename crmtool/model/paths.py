"""Names of files: which cannot be kept everywhere, and which are one and the same somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from crmtool.model.scalars import RESERVED

_SIGNS: Final = re.compile(r'[<>:"|?*\\]')
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_LONGEST: Final = 255
"""Bytes of one part of a path, on every file system there is."""


class Collision(NamedTuple):
    """Two names that are one and the same on many systems, and the path in which that shows."""

    one: str
    other: str
    path: str


def collisions(paths: Iterable[str]) -> Iterator[Collision]:
    """Paths, or folders in them, that differ in case or spelling alone."""
    seen, told = dict[str, str](), set[str]()
    for path in paths:
        parts = path.split("/")
        for end in range(len(parts), 0, -1):
            part = "/".join(parts[:end])
            if seen.get(folded := _folded(part)) == part:
                break  # and so are the folders above
            earlier = seen.setdefault(folded, part)
            if earlier != part:
                if part not in told:
                    told.add(part)
                    yield Collision(earlier, part, path)
                break


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def wrong_with(name: str) -> str:
    """Why a file or a folder of this name cannot be kept everywhere; empty where it can."""
    found = _SIGNS.search(name)
    unseen = not name.isprintable() or any(unicodedata.category(c) in _UNSEEN for c in name)
    reasons = {
        "is one that Windows reserves": name.partition(".")[0].rstrip(" ").lower() in RESERVED,
        "begins or ends with a blank, or ends with a dot": name != name.strip(" ").rstrip("."),
        f"holds {found and found[0]}, which Windows cannot write": found,
        "holds what cannot be seen, or is not UTF-8": unseen,
        "is not in Unicode's normal form C": not unicodedata.is_normalized("NFC", name),
        "is too long": len(name.encode(errors="replace")) > _LONGEST,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")
