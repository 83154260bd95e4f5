"""Cells that name somebody: an account however it is written, an address as policy keeps it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from crmtool.model.address import canonical, classify
from crmtool.model.keyed import EmailPolicy, Keyed
from crmtool.model.scalars import IDENTITY

_ADDRESS: Final = re.compile(r"[^@\s<>,;\"'()]+@[^@\s<>,;\"'()]+\.[^@\s<>,;\"'()]+\Z")
_IN_BRACKETS: Final = re.compile(r"<([^<>]+)>\s*\Z")
_FEDIVERSE: Final = "mastodon"  # where a handle looks like an address
_NETWORK: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?\Z")


def address_of(text: str) -> str:
    """The address in a cell: `mailto:` and `Name <…>` taken off.

    Raises:
        ValueError: it is none; the message does not repeat it.

    """
    text = text.strip()
    found = _IN_BRACKETS.search(text)
    text = (found[1] if found else text).strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    if not _ADDRESS.match(text) or not text.isprintable() or len(text) > 254:  # noqa: PLR2004 (RFC 5321)
        raise ValueError("is not an e-mail address")
    return text


def email_of(text: str, keyed: Keyed, policy: EmailPolicy) -> str | None:
    """The identity of an address by policy; None where the cell is empty or nothing is kept.

    Raises:
        ValueError: what stands there is no address, or one that nobody has.

    """
    if not text:
        return None
    address = address_of(text)
    if classify(canonical(address)) == "placeholder":
        raise ValueError("is an e-mail address that nobody has")
    return keyed.email(address, policy)


def identity_of(text: str, keyed: Keyed, policy: EmailPolicy) -> str | None:
    """`network:handle` out of a cell that may hold a profile's address or an @; None if empty.

    Raises:
        ValueError: it is not an identity.

    """
    if not text:
        return None
    network, colon, handle = text.partition(":")
    network = network.strip().lower()
    if network == "email":
        return email_of(handle, keyed, policy)
    if not colon or not _NETWORK.match(network):
        raise ValueError(
            "is not an identity: write actor as network:handle, such as github:{Login}"
        )
    handle = _handle(handle.strip())
    if policy != "plain" and network != _FEDIVERSE and _ADDRESS.match(handle):
        raise ValueError("is an e-mail address: write email: before it, not another network")
    identity = f"{network}:{handle}"
    if not identity.isprintable() or not IDENTITY.match(identity):
        raise ValueError(f"is not the name of an account on {network}")
    return identity


def _handle(text: str) -> str:
    """A handle without what people write around it: the @, the address of the profile's page."""
    if text[:8].lower().startswith(("http://", "https://")):
        try:
            text = urlsplit(text).path.rstrip("/").rpartition("/")[2]
        except ValueError:
            return ""
    return text.removeprefix("@")
