"""Words of strangers, made fit to be kept: visible, short, and without addresses by policy."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from crmtool.model.address import mask
from crmtool.model.config import Privacy
from crmtool.model.keyed import Keyed

TITLE: Final = 200
NAME: Final = 200
ID: Final = 200
# Half a character, but for those that stand for a byte that is not UTF-8.
_HALF: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_HOST: Final = re.compile(r"(?<=[^\s@<>()])@[^\s@<>()]+")


def clean(text: str) -> str:
    """Text in NFC without characters that cannot be seen, blanks at its ends or two in a row."""
    if not text.isascii():
        text = _HALF.sub("\ufffd", text)
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in "\u200c\u200d" else " " for c in text)
    return " ".join(text.split()) if "  " in text else text.strip()


def excerpt(text: str, most: int = TITLE) -> str | None:
    """The beginning of a text on one line: visible characters, at most so many of them."""
    text = clean(text[: 4 * most])
    if len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    return text or None


def person_name(text: str) -> str:
    """A name as it may be shown: visible characters, no address, at most 200 characters.

    >>> person_name("ada@example.org")
    'ada'
    """
    return clean(_HOST.sub("", text[: 2 * NAME]))[:NAME].strip()


def name_of(text: str, privacy: Privacy) -> str:
    """A name by policy: one that is an address keeps its host only where addresses are kept."""
    return (
        clean(text[: 2 * NAME])[:NAME].strip() if privacy.emails == "plain" else person_name(text)
    )


def id_of(text: str, keyed: Keyed) -> str:
    """A platform's own id as it may be kept: one with an address in it, or too long, as a mark.

    Whatever refers to it is to be brought through here as well.
    """
    plain = text.isprintable() and "@" not in text and len(text) <= ID
    return text if plain else keyed.mark(text)


def uid_of(text: str, keyed: Keyed) -> str:
    """An account's stable id as it may be kept. An @ alone is no address: `@ada:example.org`."""
    plain = text.isprintable() and mask(text) == text and len(text) <= ID
    return text if plain else keyed.mark(text)


def title_of(text: str, privacy: Privacy, most: int = TITLE) -> str | None:
    """A line by policy: with an address in it masked, unless they are kept."""
    if "@" in text and privacy.emails != "plain":
        text = mask(text[: 4 * most + 64])  # room for what masking takes away
    return excerpt(text, most)


def text_of(text: str, privacy: Privacy) -> str | None:
    """What is kept of a message by policy: `privacy.text` characters of it."""
    return title_of(text, privacy, privacy.text) if privacy.text else None
