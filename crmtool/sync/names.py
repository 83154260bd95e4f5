"""What a profile says, made fit for a record: hostile text in, plain values or nothing out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from crmtool.model.nobody import NOBODY
from crmtool.model.scalars import check_url

_NAME: Final = 200
_LINE: Final = 200
_LINK: Final = 500
_ITEMS: Final = 20
_ESCAPE: Final = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b?\[[0-9;]{1,8}m|\x1b\[[ -?]*[@-~]"
)
_ELEMENT: Final = re.compile(r"</?[A-Za-z!][^<>]*>")
# A name's `@` has a word right before it; `@ada` and `Ada @ Acme` are no addresses.
_ADDRESS: Final = re.compile(
    '(?:[\\w.+%\'~-]+|"[^"@]+")[@\uff20]\\[?[\\w.:-]+\\]?'
    r"|[\w.+%'~-]+\s*[(\[{]\s*at\s*[)\]}]\s*[\w.-]+(?:\s*[(\[{]\s*dot\s*[)\]}]\s*[\w.-]+)*"
    r"|[\w.+%'~-]+ at [\w-]+(?: dot [\w-]+)+",
    re.IGNORECASE,
)
_MAYBE_ADDRESS: Final = re.compile("[@\uff20\ufe6b]|%40|&[#\\w]+|\\bat\\b", re.IGNORECASE)
_VIA: Final = re.compile(r"[\"']?(?P<name>[^\"']+)[\"']? via \S.*\Z")
_BRACKETS: Final = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")
_LEADING: Final = " !#$%&*+,-./:;=?@\\^_`|~<>)]}"
_TRAILING: Final = " #$&*+,-/:;=@\\^_`|~<>([{"
# Letters and marks that show as nothing.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
_JOINERS: Final = "\u200c\u200d"
_MADE_UP: Final = re.compile(r"person-[0-9a-f]{8,}\Z")
# Most names: nothing in them needs a second look.
_PLAIN: Final = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*\Z")


def visible(text: str) -> str:
    """One line of text that can be seen, in NFC: no escapes, controls or invisible characters."""
    text = _ESCAPE.sub("", text)
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(map(_seen, text)))
    return " ".join(text.split()).strip(_JOINERS)


def _seen(char: str) -> str:
    if char in _JOINERS:
        return char
    if char in _BLANK or unicodedata.category(char) in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    return "" if unicodedata.category(char)[0] == "C" else char


def without_addresses(text: str) -> str:
    """Text without e-mail addresses, written out or in disguise, and the brackets round them.

    Empty where what a reader sees is an address and what stands there is none.
    """
    if not _MAYBE_ADDRESS.search(text):
        return text
    seen = unicodedata.normalize("NFKC", unquote(html.unescape(text)))
    if _ADDRESS.search(seen) and not _ADDRESS.search(text):
        return ""
    return " ".join(_BRACKETS.sub("", _ADDRESS.sub(" ", text)).split())


@lru_cache(maxsize=1024)
def name_of(text: str | None) -> str | None:
    """A name as a record may carry it; None where there is none in it.

    >>> name_of("!h-vetinari"), name_of("root"), name_of("Ada <ada@example.org>")
    ('h-vetinari', None, 'Ada')
    """
    if not text:
        return None
    if len(text) < _NAME and _PLAIN.match(text) and not (" at " in text or " via " in text):
        return text if text.casefold() not in NOBODY else None
    text = visible(_ELEMENT.sub(" ", text))
    head, bracket, _ = text.partition("<")
    text = head if bracket and head.strip() else text
    text = without_addresses(text)
    if found := _VIA.match(text):
        text = found["name"]
    text = text.lstrip(_LEADING).rstrip(_TRAILING)[:_NAME].rstrip(_TRAILING)
    return text if is_worded(text) and text.strip("()").casefold() not in NOBODY else None


def is_worded(text: str) -> bool:
    """Whether anything in it is a letter, a digit or a picture."""
    return any(c.isalnum() or unicodedata.category(c) == "So" for c in text)


def is_made_up(name: str) -> bool:
    """Whether it is what a person without any name was called."""
    return bool(_MADE_UP.match(name))


def is_full(name: str) -> bool:
    """Whether it looks like a person's whole name: two words, or a script that needs no blank."""
    return " " in name or (len(name) > 1 and not any(c.isascii() for c in name))


def line_of(text: str | None) -> str | None:
    """A place or the like."""
    clean = without_addresses(visible(text or ""))[:_LINE].strip()
    return clean if is_worded(clean) else None


def links_of(links: Iterable[str]) -> list[str]:
    """The links that a page may carry, without those that hold an address."""
    return _distinct(link.strip() for link in links if _is_link(link.strip()))


def _is_link(link: str) -> bool:
    try:
        check_url(link)
    except ValueError:
        return False
    return len(link) <= _LINK and link == without_addresses(visible(link))


def languages_of(languages: Iterable[str]) -> list[str]:
    """The languages, each one line."""
    return _distinct(word for text in languages if (word := line_of(text)))


def _distinct(items: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for item in items:
        found.setdefault(item.casefold(), item)
    return [*found.values()][:_ITEMS]


def handle_of(identity: str) -> str | None:
    """An account's handle; None where the identity is a hash or an address."""
    network, _, handle = identity.partition(":")
    if network in {"git", "email", "email-hmac"} or _ADDRESS.search(handle):
        return None
    return handle
