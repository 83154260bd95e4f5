"""E-mail addresses: one canonical form per provider, and what kind of address it is.

Only a *personal* address says who somebody is. A relay hides one, a shared one belongs to many,
a placeholder to nobody: none of these may join two people.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

AddressClass = Literal["personal", "shared", "relay", "placeholder"]

_ADDRESS: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+\Z")
_IN_TEXT: Final = re.compile(r"([\w.+%'-]{1,64})@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")
_FORGE: Final = re.compile(r"users\.noreply\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)\Z")
_LOGIN: Final = r"([a-z0-9_](?:[a-z0-9_.-]{0,98}[a-z0-9_])?(?:\[bot\])?)\Z"
_GITHUB_LOGIN: Final = re.compile(r"(?:(\d+)\+)?" + _LOGIN)
_OTHER_LOGIN: Final = re.compile(r"(?:(\d+)[+-])?" + _LOGIN)
_DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})
_PLUS: Final = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com fastmail.com fastmail.fm
    icloud.com me.com mac.com protonmail.com proton.me pm.me posteo.de mailbox.org""".split()
)
_SAME_HOST: Final = {"googlemail.com": "gmail.com", "protonmail.com": "proton.me"}
_RELAYS: Final = (
    "privaterelay.appleid.com",
    "reply.github.com",
    "duck.com",
    "mozmail.com",
)
_SHARED: Final = frozenset(
    """abuse admin administrator builds build ci contact dev devel developers hello help hostmaster
    info list lists mailer-daemon maintainers no-reply noreply donotreply do-not-reply office
    postmaster root sales security support sysadmin team webmaster www www-data svn bot
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
    """The account that a no-reply address of GitHub or GitLab names, also of one's own server.

    >>> account_of("583231+octocat@users.noreply.github.com")
    Account(identity='github:octocat', uid='583231')
    >>> account_of("7-ada@users.noreply.gitlab.example.org")
    Account(identity='gitlab.example.org:ada', uid='7')
    """
    local, _, host = address.strip().lower().rpartition("@")
    if not (forge := _FORGE.match(host)):
        return None
    is_github = forge[1] == "github.com"
    login = (_GITHUB_LOGIN if is_github else _OTHER_LOGIN).match(local)
    return Account(f"{'github' if is_github else forge[1]}:{login[2]}", login[1]) if login else None


def mask(text: str) -> str:
    """Text in which an address can be recognised and no longer used.

    >>> mask("Revert what ada@example.org sent")
    'Revert what ada@… sent'
    """
    return _IN_TEXT.sub(r"\1@…", text) if "@" in text else text


def unblanked(address: str) -> str:
    """What somebody wrote for an address, in the form that an identity can hold.

    >>> unblanked("ada lovelace@example.org")
    'ada%20lovelace@example.org'
    """
    return "%20".join(address.split())


def canonical(address: str) -> str:
    """The form in which a provider treats two spellings as one mailbox.

    Case is folded everywhere, tags after `+` are cut and Gmail's dots removed only where the
    provider is known to ignore them.
    """
    local, _, host = unblanked(address.strip().strip("<>\"'")).lower().rpartition("@")
    host = host.rstrip(".")
    host = _SAME_HOST.get(host, host)
    if host in _PLUS:
        local = local.partition("+")[0]
    if host in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{host}"


def is_role(local: str) -> bool:
    """Whether a local part names a task or a program, not a person: `info`, `root`, `webmaster`."""
    return local.partition("+")[0] in _SHARED


def classify(address: str) -> AddressClass:
    """What an address can prove: only a personal one says who somebody is."""
    clean = canonical(address)
    local, _, host = clean.rpartition("@")
    if (
        not _ADDRESS.match(clean)
        or "%20" in clean
        or "." not in host
        or _PLACEHOLDER_HOSTS.match(host)
    ):
        return "placeholder"
    if clean in _PLACEHOLDERS:
        return "placeholder"
    if host in _RELAYS:
        return "relay"
    if re.match(r"no-?reply\b", local) or "noreply" in host:
        return "relay"
    if is_role(local) or host.startswith(("lists.", "googlegroups.")):
        return "shared"
    return "personal"
