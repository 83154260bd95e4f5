"""email-outside-contact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from crmtool.model.community import Community, Record
from crmtool.model.finding import Finding, KeyPath
from crmtool.rules.base import Rule

_ADDRESS: Final = re.compile(
    r"(?<![\w.+/@-])[\w.+-]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,24}(?![\w@-])"
)


def check(community: Community) -> Iterator[Finding]:
    """An e-mail address stands outside `contact`.

    What: bodies, and every key but `contact`, hold no e-mail address; under `emails: plain` an
    identity may be one.
    Why: a member's address in a note is published with the site and kept in git for good.
    Bad: `Write to ada@example.org.`
    Good: `contact: {email: ada@example.org}` with a ground in `consent`
    """
    plain = community.config.privacy.emails == "plain"
    for record in community.records():
        for key, text in _texts(record):
            if plain and key[0] == "identities":
                continue
            if found := _ADDRESS.search(text):
                where = ("body", found.start()) if key == ("body",) else key
                yield RULE.finding(
                    record.path,
                    "an e-mail address stands outside contact",
                    "move it to contact: with a ground in consent, or remove it",
                    where,
                )


def _texts(record: Record[Any]) -> Iterator[tuple[KeyPath, str]]:
    if "@" in record.body:
        yield ("body",), record.body
    for key in record.data.model_fields_set:
        if key != "contact":
            yield from _inside(getattr(record.data, key), (key.rstrip("_"),))


def _inside(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        if "@" in value:
            yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _inside(item, (*key, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _inside(item, (*key, number))
    elif isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield from _inside(getattr(value, name), (*key, name.rstrip("_")))


RULE: Final = Rule("email-outside-contact", "error", check)
