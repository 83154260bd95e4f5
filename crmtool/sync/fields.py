"""What the accounts of one person say of the fields that sources may fill.

Names, locations, links and languages go into the record. What a source says of a bio or a company
stays in its profile: a body is people's own, and an affiliation needs an organisation that exists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from crmtool.sync.accounts import UNKNOWN, Account
from crmtool.sync.merge import ABSENT, Items, Voice, merge_items, merge_value
from crmtool.sync.names import (
    handle_of,
    is_full,
    is_made_up,
    languages_of,
    line_of,
    links_of,
    name_of,
)

FIELDS: Final = ("name", "location", "links", "languages")
_KEPT: Final = "kept"

Applied = dict[str, Any]


def merge_fields(
    ours: Mapping[str, Any], accounts: Sequence[Account]
) -> tuple[dict[str, Any], list[Applied]]:
    """A record's fields, None or empty where it has none, and each account's new `applied`."""
    applied = [dict(account.profile.applied) for account in accounts]
    return {
        "name": _merge_name(ours.get("name"), accounts, applied),
        "location": _merge_location(ours.get("location"), accounts, applied),
        "links": _merge_list("links", ours.get("links"), accounts, applied, links_of),
        "languages": _merge_list(
            "languages", ours.get("languages"), accounts, applied, languages_of
        ),
    }, applied


def _note(noted: Applied, key: str, value: object) -> None:
    """Remember a base, or forget it."""
    if value is ABSENT or value in ([], {}):
        noted.pop(key, None)
    else:
        noted[key] = value


def _merge_name(
    ours: str | None, accounts: Sequence[Account], applied: Sequence[Applied]
) -> str | None:
    """A record always has a name, so a person's own needs no mark and no name is withdrawn."""
    if ours is not None and not any("name" in noted for noted in applied):
        return ours
    said = [_said_name(account, ours) for account in accounts]
    if all(name == ours for name, _ in said):
        return ours
    merged = merge_value(ours, _names(ours, accounts, said))
    for noted, base in zip(applied, merged.bases, strict=True):
        _note(noted, "name", base)
    return merged.value


def _names(
    ours: object, accounts: Sequence[Account], said: Sequence[tuple[str | None, bool]]
) -> list[Voice]:
    """Each account's name; a mere login is heard when nothing else is.

    Within one rank a full name goes before a single word, `.mailmap`'s before another, the one
    that stands there before the rest, then the one that did most.
    """
    used: Counter[tuple[int, str | None]] = Counter()
    for account, (name, _) in zip(accounts, said, strict=True):
        used[account.rank, name] += account.deeds
    voices = []
    for account, (name, curated) in zip(accounts, said, strict=True):
        text, base = name or "", account.profile.applied.get("name", ABSENT)
        order = (
            _is_login(account, text),
            account.rank,
            not is_full(text),
            "\ufffd" in text,
            not curated,
            base != ours,
            -used[account.rank, name],
            text,
            account.source,
            account.own,
        )
        voices.append(Voice(order, name, base))
    return voices


def names_said(accounts: Sequence[Account]) -> Iterator[str]:
    """Every name that they say, the best first."""
    said = [_said_name(account, None) for account in accounts]
    for voice in sorted(_names(None, accounts, said), key=lambda voice: voice.order):
        yield voice.says or ""


def _said_name(account: Account, ours: object) -> tuple[str | None, bool]:
    """The name that an account says, and whether `.mailmap` wrote it."""
    profile, logins = account.profile, None
    if account.rank != UNKNOWN:
        proper = name_of(profile.mailmap.name) if profile.mailmap else None
        if proper and not _is_login(account, proper):
            return proper, True
        name = name_of(profile.name)
        if name and not _is_login(account, name):
            return name, False
        logins = proper or name
    base = profile.applied.get("name")
    if isinstance(base, str) and base == ours:
        return base, False
    return logins or name_of(handle_of(profile.identity)), False


def _is_login(account: Account, name: str) -> bool:
    # Handles hold no blanks: most names need no second look.
    return not name or (" " not in name and (is_made_up(name) or name.casefold() in account.logins))


def _merge_location(
    ours: str | None, accounts: Sequence[Account], applied: Sequence[Applied]
) -> str | None:
    speaking = [
        (account, noted)
        for account, noted in zip(accounts, applied, strict=True)
        if account.profile.location or "location" in noted
    ]
    if not speaking:
        return ours
    voices = []
    for account, noted in speaking:
        base = noted.get("location", ABSENT)
        order = (account.rank, base != ours, -account.deeds, account.source, account.own)
        says = line_of(account.profile.location)
        if account.mute:
            says = ours if base == ours else None
        voices.append(Voice(order, says, base))
    merged = merge_value(ours, voices)
    for (_, noted), base in zip(speaking, merged.bases, strict=True):
        _note(noted, "location", base)
    return merged.value


def _merge_list(
    key: str,
    ours: Sequence[str] | None,
    accounts: Sequence[Account],
    applied: Sequence[Applied],
    clean: Callable[[list[str]], list[str]],
) -> list[str]:
    speaking = [
        (account, noted)
        for account, noted in zip(accounts, applied, strict=True)
        if getattr(account.profile, key) or key in noted or _KEPT in noted
    ]
    if not speaking:
        return list(ours or [])
    voices = [
        Items(
            [] if account.mute else clean(getattr(account.profile, key)),
            _texts(noted.get(key)),
            _texts(_kept(noted).get(key)),
            account.mute,
        )
        for account, noted in speaking
    ]
    after, voices = merge_items(ours or [], voices, _spelling)
    for (_, noted), voice in zip(speaking, voices, strict=True):
        _note(noted, key, voice.put)
        kept = {**_kept(noted), key: voice.kept}
        _note(noted, _KEPT, {name: items for name, items in kept.items() if items})
    return after


def _kept(noted: Applied) -> dict[str, Any]:
    kept = noted.get(_KEPT)
    return kept if isinstance(kept, dict) else {}


def _texts(value: object) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _spelling(item: str) -> str:
    return item.casefold().rstrip("/")
