"""One edit of a text taken back, and every later one kept.

A three-way merge: base is the text right after the edit, theirs the one before it, ours the text of
today. It goes value by value where there are values, so that two items added to one list one after
the other are two things; only a body is merged by its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crmtool.model.finding import KeyPath
from crmtool.text.bodies import body_of, in_body
from crmtool.text.original import read
from crmtool.text.splice import set_value, unset

ABSENT: Final = object()
MergeLines = Callable[[str, str, str], str | None]
"""Ours, base and theirs to one text; None where they touch the same lines."""


@dataclass
class Reverted:
    """A text with one edit taken back, and the keys (`text`: the body) that say what they did.

    They were edited again since, so that there is nothing to be taken back.
    """

    text: str
    kept: list[str] = field(default_factory=list)


def reverted(
    now: str, after: str, before: str, merge_lines: MergeLines, *, yml: bool = False
) -> Reverted:
    """Take back what led from `before` to `after`.

    Raises:
        SpliceError: one of the texts cannot be edited.

    """
    if now == after:
        return Reverted(before)
    found = Reverted(now)
    ours, base, theirs = (read(text, yml=yml).data for text in (now, after, before))
    _mapping(found, (), ours, base, theirs, yml=yml)
    if not yml:
        _body(found, after, before, merge_lines)
    return found


def _mapping(  # noqa: PLR0913 (a three-way merge has three sides)
    found: Reverted,
    key: KeyPath,
    ours: Mapping[str, Any],
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    yml: bool,
) -> None:
    for name in dict.fromkeys((*base, *theirs)):
        sides = [side.get(name, ABSENT) for side in (ours, base, theirs)]
        if sides[1] != sides[2] and sides[0] != sides[2]:
            _value(found, (*key, name), sides, yml=yml)


def _value(found: Reverted, key: KeyPath, sides: list[Any], *, yml: bool) -> None:
    ours, base, theirs = sides
    if ours == base:
        found.text = _put(found.text, key, theirs, yml=yml)
    elif all(isinstance(side, dict) or side is ABSENT for side in sides):
        _mapping(found, key, *({} if side is ABSENT else side for side in sides), yml=yml)
    elif all(isinstance(side, list) or side is ABSENT for side in sides):
        items = _items(*([] if side is ABSENT else side for side in sides))
        found.text = _put(found.text, key, items or ABSENT, yml=yml)
    else:
        found.kept.append(".".join(map(str, key)))


def _items(ours: list[Any], base: list[Any], theirs: list[Any]) -> list[Any]:
    """A list without what the edit had put in, and with what it had taken out where it stood."""
    items = [item for item in ours if item in theirs or item not in base]
    for number, item in enumerate(theirs):
        if item not in base and item not in items:
            items.insert(number, item)
    return items


def _put(text: str, key: KeyPath, value: Any, *, yml: bool) -> str:  # noqa: ANN401 (YAML's)
    return unset(text, key, yml=yml) if value is ABSENT else set_value(text, key, value, yml=yml)


def _body(found: Reverted, after: str, before: str, merge_lines: MergeLines) -> None:
    base, theirs = body_of(after), body_of(before)
    if base == theirs:
        return
    merged = merge_lines(body_of(found.text), base, theirs)
    if merged is None:
        found.kept.append("text")
    else:
        found.text = in_body(found.text, lambda _: merged)


def added(now: str, after: str) -> dict[str, Any]:
    """What a record says today and did not say then: of lists the new items, else new values."""
    ours, base = read(now, yml=False).data, read(after, yml=False).data
    found: dict[str, Any] = {}
    for key, value in ours.items():
        before = base.get(key)
        if isinstance(value, list) and isinstance(before, list):
            if new := [item for item in value if item not in before]:
                found[key] = new
        elif value != before:
            found[key] = value
    return found


def added_words(now: str, after: str) -> str:
    """What a record's text says today behind what it said then; all of it where that changed."""
    return body_of(now).removeprefix(body_of(after).rstrip())
