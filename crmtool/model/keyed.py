"""Keyed hashes: how an address or a raw git author is kept without being readable.

The key lives outside the repository. Without it nobody can test whether an address they know is
among those kept; with a plain hash anybody could.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

from crmtool.model.address import canonical, classify, unblanked
from crmtool.model.scalars import IDENTITY
from crmtool.model.signs import Sign, signs_of

EmailPolicy = Literal["hmac", "plain", "none"]


class Keyed:
    """Identities made with one key (HMAC-SHA256)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def fingerprint(self) -> str:
        """16 hex digits that tell this key from another and give nothing of it away."""
        return hmac.digest(self._key, b"crmtool key fingerprint", hashlib.sha256).hex()[:16]

    def _digest(self, kind: bytes, text: str) -> str:
        message = kind + b"\0" + text.encode("utf-8", "surrogateescape")
        return hmac.digest(self._key, message, hashlib.sha256).hex()

    def forgotten(self, of: Literal["identity", "slug"], name: str) -> str:
        """The 32 hex digits that a tombstone keeps of a name, in whatever case it is written."""
        return self._digest(f"forgotten {of}".encode(), name.casefold())[:32]

    def git_actor(self, name: str, address: str) -> str:
        """`git:` and 16 hex digits for one raw (name, address) pair."""
        return "git:" + self._digest(b"git", f"{name}\0{address}")[:16]

    def mark(self, *words: str) -> str:
        """24 hex digits that tell some words from others and give nothing of them away."""
        return self._digest(b"row", "\0".join(words))[:24]

    def email(self, address: str, policy: EmailPolicy) -> str | None:
        """The identity of an address as the policy keeps it; None where nothing is kept.

        `hmac` keeps personal addresses only, in canonical form. `plain` keeps what was written,
        blanks as `%20`, though it be no address.
        """
        if policy == "none":
            return None
        if policy == "plain":
            identity = f"email:{unblanked(address)}"
            return identity if identity.isprintable() and IDENTITY.match(identity) else None
        if classify(address) != "personal":
            return None
        return "email-hmac:" + self._digest(b"email", canonical(address))[:32]

    def signs(self, address: str) -> list[str]:
        """What of an address another one may be told to be alike by: `local:…`, `host:…`."""
        return [self.sign(kind, word) for kind, word in signs_of(address)]

    def sign(self, kind: Sign, word: str) -> str:
        """A sign as it is kept: its kind, and 12 hex digits. A stem is kept as a local part is."""
        kept = "local" if kind == "stem" else kind
        return f"{kept}:{self._digest(b'sign ' + kept.encode(), word)[:12]}"
