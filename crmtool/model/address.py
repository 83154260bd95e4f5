"""E-mail addresses: one canonical form per provider, and what kind of address it is.

Only a *personal* address says who somebody is. A relay hides one, a shared one belongs to many,
a placeholder to nobody: none of these may join two people.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

AddressClass = Literal["personal", "shared", "relay", "placeholder"]

_ADDRESS: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+\Z")
_GITHUB: Final = re.compile(r"(?:(\d+)\+)?([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\[bot\])?)\Z")
_GITLAB: Final = re.compile(r"(?:(\d+)-)?([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)\Z")
_DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})
_PLUS: Final = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com fastmail.com fastmail.fm
    icloud.com me.com mac.com protonmail.com proton.me pm.me posteo.de mailbox.org""".split()
)
_SAME_HOST: Final = {"googlemail.com": "gmail.com", "protonmail.com": "proton.me"}
_RELAYS: Final = (
    "privaterelay.appleid.com",
    "reply.github.com",
    "users.noreply.github.com",
    "users.noreply.gitlab.com",
    "duck.com",
    "mozmail.com",
)
_SHARED: Final = frozenset(
    """abuse admin administrator builds build ci contact dev devel developers hello help hostmaster
    info list lists mail mailer-daemon maintainers no-reply noreply donotreply do-not-reply office
    postmaster root sales security support sysadmin team webmaster www www-data git svn bot
    bugs announce owner nobody user""".split()
)
_PLACEHOLDER_HOSTS: Final = re.compile(
    r"(?:localhost|localdomain|local|lan|home|internal|invalid|test|none|unknown|null|"
    r"localhost\.localdomain|.*\.(?:local|localdomain|lan|internal|invalid|\(none\))|\(none\)|"
    r"your?(?:domain|email|company)\.(?:com|org)|email\.(?:com|here)|domain\.(?:com|tld))\Z"
)
_PLACEHOLDERS: Final = frozenset(
    """you@example.com your@email.com email@example.com you@email.com
    name@example.com user@example.com test@test.com none@none none@none.com a@b.c foo@bar.com
    devnull@localhost""".split()
)


class Account(NamedTuple):
    """The account behind a host's no-reply address."""

    identity: str
    uid: str | None


def account_of(address: str) -> Account | None:
    """The account that a no-reply address of GitHub or GitLab names.

    >>> account_of("583231+octocat@users.noreply.github.com")
    Account(identity='github:octocat', uid='583231')
    """
    local, at, host = address.strip().rpartition("@")
    host = host.lower()
    if at and host == "users.noreply.github.com" and (found := _GITHUB.match(local)):
        return Account(f"github:{found[2].lower()}", found[1])
    if at and host == "users.noreply.gitlab.com" and (found := _GITLAB.match(local)):
        return Account(f"gitlab.com:{found[2].lower()}", found[1])
    return None


def canonical(address: str) -> str:
    """The form in which a provider treats two spellings as one mailbox.

    Case is folded everywhere, tags after `+` are cut and Gmail's dots removed only where the
    provider is known to ignore them.
    """
    local, _, host = address.strip().strip("<>\"'").lower().rpartition("@")
    host = host.rstrip(".")
    host = _SAME_HOST.get(host, host)
    if host in _PLUS:
        local = local.partition("+")[0]
    if host in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{host}"


def classify(address: str) -> AddressClass:
    """What an address can prove: only a personal one says who somebody is."""
    clean = canonical(address)
    local, _, host = clean.rpartition("@")
    if not _ADDRESS.match(clean) or "." not in host or _PLACEHOLDER_HOSTS.match(host):
        return "placeholder"
    if clean in _PLACEHOLDERS:
        return "placeholder"
    if host in _RELAYS or host.endswith((".noreply.github.com", ".noreply.gitlab.com")):
        return "relay"
    if re.match(r"no-?reply\b", local) or "noreply" in host:
        return "relay"
    if local.partition("+")[0] in _SHARED or host.startswith(("lists.", "googlegroups.")):
        return "shared"
    return "personal"
