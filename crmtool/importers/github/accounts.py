"""Accounts: who did what, and what they say of themselves, one profile each at the end."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import msgspec

from crmtool.importers.bots import is_bot
from crmtool.importers.contract import Context
from crmtool.importers.github.wire import Account, User
from crmtool.importers.words import clean, name_of, title_of
from crmtool.model.feeds import Profile
from crmtool.model.scalars import check_url

_GHOST: Final = "ghost"
"""The account that stands for all deleted ones."""
_HANDLE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:_[A-Za-z0-9]{1,20})?(?:\[bot\])?\Z")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")
_TWITTER: Final = re.compile(r"@?([A-Za-z0-9_]{1,15})\Z")
_TWITTER_HOSTS: Final = {"twitter.com", "www.twitter.com", "x.com", "www.x.com"}
_FEDIVERSE: Final = re.compile(r"/(?:@|users/)([A-Za-z0-9_.-]{1,60})/?\Z")
_BIO: Final = 500
_ITEMS: Final = 10


@dataclass
class Accounts:
    """Those met in this run, by identity."""

    context: Context
    network: str
    """`github`, or the host of an Enterprise server: a handle keeps its host."""
    met: dict[str, Profile] = field(default_factory=dict)
    logins: dict[str, User] = field(default_factory=dict)

    def identity(self, login: str, uid: int | None = None) -> str:
        """The identity of a handle; of one that cannot exist, its letters and its number."""
        if _HANDLE.match(login):
            return f"{self.network}:{login}"
        plain = _UNSAFE.sub("-", login).strip("-")[:30].strip("-") or "unknown"
        mark = uid or hashlib.sha256(login.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{self.network}:{plain}#{mark}"

    def actor(self, user: User | None) -> tuple[str | None, str | None]:
        """(identity, number) of who did something; nobody's where the account was deleted."""
        if user is None or user.login in ("", _GHOST):
            return None, None
        identity = self.identity(user.login, user.id)
        uid = None if user.id is None else str(user.id)
        if identity not in self.met:
            self.met[identity] = self._met(identity, uid, user)
            self.logins[identity] = user
        return identity, uid

    def _met(self, identity: str, uid: str | None, user: User | Account) -> Profile:
        handle = identity.partition(":")[2]
        return Profile(
            identity=identity,
            uid=uid,
            handles={handle: self.context.clock.now().date().isoformat()},
            kind=self._kind(user),
        )

    def _kind(self, user: User | Account) -> str | None:
        if user.type == "Bot" or is_bot([user.login], self.context.config.bots):
            return "bot"
        return "organisation" if user.type == "Organization" else None

    def describe(self, account: Account) -> None:
        """Take in what an account says of itself."""
        if account.login == _GHOST:
            return
        privacy, keyed = self.context.config.privacy, self.context.keyed
        identity = self.identity(account.login, account.id)
        uid = None if account.id is None else str(account.id)
        email = keyed.email(account.email, privacy.emails) if account.email else None
        urls = [account.blog or "", *(social.url for social in account.social)]
        self.met[identity] = msgspec.structs.replace(
            self._met(identity, uid, account),
            asked=f"{self.context.clock.now():%Y-%m}",
            name=name_of(account.name or "", privacy) or None,
            bio=title_of(account.bio or "", privacy, _BIO),
            company=title_of(account.company or "", privacy),
            location=title_of(account.location or "", privacy),
            links=list(dict.fromkeys(filter(None, map(_link, urls))))[:_ITEMS],
            languages=[clean(language)[:50] for language in account.languages][:_ITEMS],
            emails=[email] if email else [],
            signs=self.context.signs(account.email) if account.email else [],
            same_as=list(dict.fromkeys(self._elsewhere(account)))[:_ITEMS],
        )

    def _elsewhere(self, account: Account) -> Iterator[str]:
        """The accounts elsewhere that a profile itself names."""
        if found := _TWITTER.match(account.twitter_username or ""):
            yield f"twitter:{found[1].lower()}"
        for social in account.social:
            if identity := identity_of(social.url, social.provider):
                yield identity

    def missed(self, login: str) -> None:
        """Note that an account was asked for and is gone."""
        identity, month = self.identity(login), f"{self.context.clock.now():%Y-%m}"
        known = self.met.get(identity) or self.context.known.get(identity)
        if known is not None:
            self.met[identity] = msgspec.structs.replace(known, asked=month, applied={})

    def to_ask(self) -> list[str]:
        """The handles about which the API has not been asked: ever, or this month if met again."""
        month, known = f"{self.context.clock.now():%Y-%m}", self.context.known
        handles = []
        for identity in sorted({*known, *self.met}):
            before, now = known.get(identity), self.met.get(identity)
            asked = (now.asked if now else None) or (before.asked if before else None)
            wanted = asked is None or (now is not None and asked < month)
            kind = (now or before or Profile(identity="")).kind
            handle = identity.partition(":")[2]
            if wanted and kind != "bot" and identity.startswith(f"{self.network}:"):
                handles.append(handle)
        return [handle for handle in handles if _HANDLE.match(handle)]


def identity_of(url: str, provider: str = "") -> str | None:
    """The account that an address of a profile elsewhere names, where the network is known.

    >>> identity_of("https://hachyderm.io/@ada", "mastodon")
    'mastodon:ada@hachyderm.io'
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if host in _TWITTER_HOSTS:
        found = _TWITTER.match(parts.path.strip("/"))
        return f"twitter:{found[1].lower()}" if found else None
    found = _FEDIVERSE.match(parts.path) if provider.lower() == "mastodon" and host else None
    return f"mastodon:{found[1].lower()}@{host}" if found else None


def _link(url: str) -> str | None:
    """An address of somebody's own, made whole; None for what is none."""
    url = url.strip()
    whole = url if "://" in url or not url else f"https://{url}"
    try:
        return check_url(whole) if whole and "@" not in whole.partition("/@")[0] else None
    except ValueError:
        return None
