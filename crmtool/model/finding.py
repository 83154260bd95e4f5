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

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stay the same when lines move: path, code, key and message."""
        parts = (self.path, self.code, "/".join(map(str, self.key)), self.message)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
