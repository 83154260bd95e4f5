"""What a rule found wrong, and where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in one place.

    A rule names the place by `key` (`("identities", 2)`) or by a body offset; the line and the
    column are looked up once the finding is to be shown. Lines and columns count from 1.
    """

    code: str
    severity: Severity
    path: str
    message: str
    hint: str = ""
    key: KeyPath = ()
    line: int = 0
    column: int = 0
    nth: int = 0
    """How many of the same kind come before it in its file."""

    @property
    def kind(self) -> tuple[str, ...]:
        """What stays the same when lines and items move: path, code, key and message."""
        keys = self.key[:1] if self.key[:1] == ("body",) else self.key
        named = "/".join(key for key in keys if isinstance(key, str))
        return self.path, self.code, named, self.message

    @property
    def fingerprint(self) -> str:
        """16 hex digits that tell it from every other finding of a tree, and hold no line."""
        parts = (*self.kind, *([str(self.nth)] if self.nth else []))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def shown(text: str) -> str:
    """Text of a file inside a message: what cannot be seen is written as an escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
