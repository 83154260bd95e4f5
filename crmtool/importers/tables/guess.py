"""What the columns of a table probably mean, by their names: for tables without a `map`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from crmtool.model.mapping import Mapping

_WORDS: Final = {
    "id": "id, uid, uuid, key",
    "at": "at, date, time, timestamp, when, created, created at, datetime",
    "type": "type, activity, activity type",
    "actor": "actor, identity",
    "github": "github, github login, github user, github username",
    "login": "login, username, user, handle, nick",
    "email": "email, e mail, mail, email address, e mail address",
    "name": "name, full name, display name, member",
    "first": "first name, given name, firstname",
    "last": "last name, family name, surname, lastname",
    "company": "company, organisation, organization, employer, affiliation",
    "location": "location, city, country, town",
    "bio": "bio, about, description",
    "links": "website, homepage, link, links, blog",
    "channel": "channel, list, forum, category, event",
    "title": "title, subject, headline",
    "text": "text, body, message, comment",
    "url": "url, permalink",
    "consent": "consent, opt in, optin, gdpr consent",
}
_MEANS: Final = {word: key for key, words in _WORDS.items() for word in words.split(", ")}
_BLANKS: Final = re.compile(r"[\s_.-]+")


def guess(header: Iterable[str], source: str) -> Mapping | None:
    """A mapping for columns with common names; None where none says who somebody is."""
    found: dict[str, str] = {}
    for name in header:
        word = _BLANKS.sub(" ", name).strip().casefold()
        if word in _MEANS:
            found.setdefault(_MEANS[word], "{" + name + "}")
    who = [
        *([found["actor"]] if "actor" in found else []),
        *([f"github:{found['github']}"] if "github" in found else []),
        *([f"email:{found['email']}"] if "email" in found else []),
        *([f"{source}:{found['login']}"] if "login" in found else []),
    ]
    if not who:
        return None
    profile: dict[str, Any] = {"identity": who, "create": "at" not in found or "type" not in found}
    for key in ("name", "company", "location", "bio", "email", "links", "consent"):
        if key in found:
            profile[key] = found[key]
    if "first" in found and "last" in found:
        profile.setdefault("name", f"{found['first']} {found['last']}")
    parts: dict[str, Any] = {"profile": profile}
    if "at" in found and "type" in found:
        keys = ("id", "type", "at", "channel", "title", "text", "url")
        parts["activity"] = {key: found[key] for key in keys if key in found} | {"actor": who}
    return Mapping.model_validate(parts)
