"""Who sent a message: the keyed hash that a platform puts beside what it sends."""

from __future__ import annotations

import hashlib
import hmac


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether `sha256=…` (or the bare hex digits) is the HMAC-SHA256 of a body under a secret.

    Compared in constant time. SHA-1 is no signature any more.
    """
    given = signature.strip().removeprefix("sha256=").lower()
    wanted = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
