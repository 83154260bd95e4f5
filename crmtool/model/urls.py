"""Addresses on the web: whose they are, who can reach them, and how they look without secrets."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_PORTS: Final = {"http": 80, "https": 443}
_NAMED_LIKE_SECRETS: Final = re.compile(
    r"(?:.*[_-])?(?:token|secret|password|passwd|pwd|api_?key|key|auth|authorization|sig|signature"
    r"|credential|credentials|session|sid|jwt|code)\Z|x-amz-.*",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(r"(?:.*\.)?(?:localhost|local|internal|intranet|lan|home\.arpa)\.?\Z")
_NUMERIC: Final = re.compile(r"[0-9a-fx.]+\Z")


class Origin(NamedTuple):
    """Who answers at an address: the same secrets may go to the same origin only."""

    scheme: str
    host: str
    port: int


def origin(url: str) -> Origin | None:
    """The origin of an address, None of what is no http or https address.

    >>> origin("https://API.github.com/x").host
    'api.github.com'
    """
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _PORTS or not host:
        return None
    return Origin(scheme, host.lower().rstrip("."), port or _PORTS[scheme])


def without_secrets(url: str) -> str:
    """An address as it may be kept or shown: without user, password, tokens and signatures.

    >>> without_secrets("https://ada:pw@example.org/x?page=2&access_token=1#top")
    'https://example.org/x?page=2#top'
    """
    if not any(sign in url for sign in "@?#"):
        return url
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return url.partition("#")[0].partition("?")[0].rpartition("@")[2]
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    route, sign, asked = parts.fragment.rpartition("?")
    query, fragment = _harmless(parts.query), f"{route}{sign}{_harmless(asked)}"
    return urlunsplit((parts.scheme, host + port if host else "", parts.path, query, fragment))


def asks_with_secret(url: str) -> bool:
    """Whether what an address asks for names a secret.

    >>> asks_with_secret("https://example.org/?api_key=1"), asks_with_secret("../x?y")
    (True, False)
    """
    asked = url.partition("?")[2]
    return "://" in url and _harmless(asked) != asked


def _harmless(asked: str) -> str:
    """A query, or a fragment like one (OAuth answers so), without what is named a secret."""
    pairs = parse_qsl(asked, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _NAMED_LIKE_SECRETS.match(name)]
    return asked if "=" not in asked or kept == pairs else urlencode(kept)


def is_private(host: str) -> bool:
    """Whether a host is, by its name or as a number, one that the public cannot reach.

    >>> is_private("169.254.169.254"), is_private("2130706433"), is_private("github.com")
    (True, True, False)
    """
    host = host.lower().strip("[]").partition("%")[0]
    address = _address(host)
    if address is None:
        return bool(_NEAR.match(host)) or "." not in host
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return not (inner or address).is_global or address.is_multicast


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The number that a host is, in any of the ways in which systems read one."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        if not _NUMERIC.match(host):
            return None
    try:  # 127.1, 0x7f000001, 0177.0.0.1
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
