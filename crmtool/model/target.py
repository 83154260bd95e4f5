"""Where a source may point: a path on this machine, or a transport that runs no program."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HELPER: Final = re.compile(r"[A-Za-z0-9+.-]+::")
_ALLOWED: Final = frozenset({"https", "http", "file", "ssh"})
# The same for JSON Schema, but for broken addresses that only a parser of addresses finds.
FORM: Final = (
    r"(?!-)(?![A-Za-z0-9+.-]+::)"
    r"(?:(?=(?:[hH][tT][tT][pP][sS]?|[fF][iI][lL][eE]|[sS][sS][hH]):)"
    r"(?!.*://[^/?#]*:[^/?#]+@)|(?!(?=.*://)[A-Za-z][A-Za-z0-9+.-]*:))"
    r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+"
)


def check_target(value: str) -> str:
    """A path or an address that git and crmtool may be pointed at.

    Raises:
        ValueError: it holds control characters or a password, begins like an option, or names a
            transport that would run a program (`ext::sh -c …`).

    """
    if not value or any(unicodedata.category(c) in ("Cc", "Cf") for c in value):
        raise ValueError("is empty or holds control characters")
    if value.startswith("-"):
        raise ValueError("begins with '-' and would be read as an option")
    if _HELPER.match(value):
        raise ValueError("names a transport that runs a program; https, ssh, file or a path")
    if _SCHEME.match(value) and "://" in value:
        _check_address(value)
    return value


def _check_address(value: str) -> None:
    try:
        parts = urlsplit(value)
        password = parts.password
    except ValueError:
        raise ValueError("is not an address") from None
    if password:
        raise ValueError("holds a password; name an environment variable in token_env instead")
    if parts.scheme.lower() not in _ALLOWED:
        raise ValueError("names a transport that is not allowed; https, ssh, file or a path")


def is_remote(target: str) -> bool:
    """Whether the target is an address, read through a copy of its own, rather than a path."""
    return "://" in target or _scp_like(target)


def _scp_like(target: str) -> bool:
    r"""`git@example.org:project.git`, but not `C:\\project` nor `./a:b`."""
    head, colon, _ = target.partition(":")
    return bool(colon) and "/" not in head and len(head) > 1
