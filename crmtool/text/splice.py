"""Edits of one key or list item, spliced into a file's text: every other byte stays.

Each function takes the whole text of a file, as it is on disk (LF or CRLF, with or without BOM
and final newline), and gives the whole new text: that of a record with its frontmatter block, or
with `yml=True` that of a YAML file. A key is a path: `("contact", "email")`, or
`("affiliations", 1, "to")`.

What becomes empty goes: a list with its last item, a mapping with its last key, and so on up to
the top. So `unset` after `set_value`, and `remove` after `append`, give back the same bytes
unless the key or one above it stood there with nothing in it (`tags:`, `tags: []`).

A text that the strict reader does not accept is not edited, and no edit leaves one that it does
not accept or that says anything else than what was asked for: both raise SpliceError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from crmtool.model.finding import KeyPath
from crmtool.text import edits, render
from crmtool.text.nodes import Entry, Node, compose
from crmtool.text.original import Original, SpliceError, read
from crmtool.text.render import Value, as_read

__all__ = [
    "SpliceError",
    "append",
    "remove",
    "rename",
    "rename_key",
    "set_value",
    "unset",
]

# From here on a list is written anew rather than item by item.
MANY: Final = 50
_ABSENT: Final = object()


def set_value(
    text: str, key: KeyPath, value: Value, *, order: Sequence[str] = (), yml: bool = False
) -> str:
    """Give a key this value, making what is missing on the way to it.

    A list or a mapping is changed item by item, key by key, so that comments stay. `order` names
    the keys of the top level: a new one is put behind the nearest of those that come before it
    there, else before the first; one that is not named goes to the end.

    Raises:
        SpliceError: see above, or something on the way is neither mapping nor list.
        TypeError: the value is none that YAML can say as text.

    """
    file = read(text, yml=yml)
    new, old = as_read(value), _get(file.data, key)
    if old == new and old is not _ABSENT:
        return text
    if isinstance(value, Mapping) and new and isinstance(old, dict):
        return _set_mapping(text, key, value, old, yml=yml)
    if isinstance(old, list) and old and new and isinstance(new, list):
        changed = _set_list(text, key, value, old, yml=yml)
        if changed is not None:
            return changed
    changes = _settings(file, key, value, order)
    return file.first_right([changes], _with(file.data, key, new))


def unset(text: str, key: KeyPath, *, yml: bool = False) -> str:
    """Take a key or an item out, with its value and the comment behind it; nothing if absent.

    Raises:
        SpliceError: see above.

    """
    file = read(text, yml=yml)
    trail = _trail(_root(file), key)
    if len(trail) < len(key):
        return text
    while len(trail) > 1 and len(trail[-1].container.entries) == 1:
        trail.pop()
    last = trail[-1]
    number = last.container.entries.index(last.entry)
    candidates = edits.deleted(file.text, last.container, number)
    return file.first_right(candidates, _without(file.data, key))


def append(
    text: str, key: KeyPath, item: Value, *, order: Sequence[str] = (), yml: bool = False
) -> str:
    """Put an item at the end of a list, which is made if missing; nothing if it is listed.

    Raises:
        SpliceError: see above, or there is something else than a list.
        TypeError: the item is none that YAML can say as text.

    """
    file = read(text, yml=yml)
    listed = _list(file.data, key)
    if as_read(item) in listed:
        return text
    if not listed and _get(file.data, key) in (None, _ABSENT):
        return set_value(text, key, [item], order=order, yml=yml)
    return set_value(text, (*key, len(listed)), item, yml=yml)


def remove(text: str, key: KeyPath, item: Value, *, yml: bool = False) -> str:
    """Take an item out of a list; with the last one the key goes. Nothing if it is not listed.

    Raises:
        SpliceError: see above, or there is something else than a list.

    """
    listed, wanted = _list(read(text, yml=yml).data, key), as_read(item)
    for number in reversed(range(len(listed))):
        if listed[number] == wanted:
            text = unset(text, (*key, number), yml=yml)
    return text


def rename(text: str, key: KeyPath, old: Value, new: Value, *, yml: bool = False) -> str:
    """Write another item in an item's place; if that is listed already, the old one goes.

    Raises:
        SpliceError: see above, or there is something else than a list.
        TypeError: the item is none that YAML can say as text.

    """
    listed, was = _list(read(text, yml=yml).data, key), as_read(old)
    if was not in listed or was == as_read(new):
        return text
    if as_read(new) not in listed:
        text = set_value(text, (*key, listed.index(was)), new, yml=yml)
    return remove(text, key, old, yml=yml)


def rename_key(text: str, key: KeyPath, new: str, *, yml: bool = False) -> str:
    """Give a mapping's key another name in its place; nothing if it is absent.

    Raises:
        SpliceError: see above, or the mapping has a key of the new name.

    """
    file = read(text, yml=yml)
    trail = _trail(_root(file), key)
    if len(trail) < len(key) or key[-1] == new:
        return text
    *above, name = key
    parent = _get(file.data, tuple(above))
    node = trail[-1].entry.key
    if not isinstance(parent, dict) or node is None:
        raise SpliceError(f"{_named(key)} is not a key of a mapping")
    if new in parent:
        raise SpliceError(f"{_named((*above, new))} is there already")
    parent[new] = parent.pop(name)
    # A key in quotes may have its value right behind the colon.
    words = render.quoted(new) if node.style else render.key(new)
    return file.first_right([[edits.Edit(node.start, node.end, words)]], file.data)


def _set_mapping(
    text: str, key: KeyPath, value: Mapping[str, Any], old: dict[str, Any], *, yml: bool
) -> str:
    for name, item in value.items():
        if item is not None:
            text = set_value(text, (*key, name), item, yml=yml)
    for name in old:
        if value.get(name) is None:
            text = unset(text, (*key, name), yml=yml)
    return text


def _set_list(text: str, key: KeyPath, value: Any, old: list[Any], *, yml: bool) -> str | None:
    """One list made of another item by item; None where it has to be written anew."""
    new = as_read(value)
    if len(new) == len(old) and all(isinstance(item, dict) for item in (*old, *new)):
        for number, item in enumerate(value):
            text = set_value(text, (*key, number), item, yml=yml)
        return text
    kept, gone = 0, []
    for number, item in enumerate(old):
        if kept < len(new) and item == new[kept]:
            kept += 1
        else:
            gone.append(number)
    if not kept or len(gone) + len(new) - kept > MANY:
        return None
    for number in range(kept, len(new)):
        text = set_value(text, (*key, len(old) + number - kept), value[number], yml=yml)
    for number in reversed(gone):
        text = unset(text, (*key, number), yml=yml)
    return text


class _Step(NamedTuple):
    """One part of a key path, found in the text."""

    container: Node
    entry: Entry


def _root(file: Original) -> Node | None:
    root = compose(file.text)
    return None if root is None or root.empty else root


def _trail(root: Node | None, key: KeyPath) -> list[_Step]:
    """The steps of a key path, as far as they are there."""
    if not key:
        raise SpliceError("a key path names one key at least")
    trail: list[_Step] = []
    node = root
    for part in key:
        found = node.find(part) if node else None
        if node is None or found is None:
            break
        trail.append(_Step(node, found))
        node = found.value
    return trail


def _settings(file: Original, key: KeyPath, value: Value, order: Sequence[str]) -> list[edits.Edit]:
    """What to write where so that a key gets a value."""
    text, root = file.text, _root(file)
    trail = _trail(root, key)
    rest = key[len(trail) :]
    if not rest:
        return edits.replaced(text, *trail[-1], value)
    node = trail[-1].entry.value if trail else root
    if node is None or node.kind == "mapping":
        name = _name(rest[0], key)
        value = _nested(rest[1:], value)
        after = _place(node, name, order if node is root else ()) if node else -1
        return edits.inserted(text, node, after, name, value)
    if node.kind == "list" and rest[0] == len(node.entries):
        return edits.inserted(text, node, len(node.entries) - 1, None, _nested(rest[1:], value))
    if node.kind == "scalar" and _get(file.data, key[: len(trail)]) is None:
        return edits.replaced(text, *trail[-1], _nested(rest, value))
    raise SpliceError(f"{_named(key)} cannot be set: {_named(key[: len(trail)])} cannot hold it")


def _name(part: str | int, key: KeyPath) -> str:
    if isinstance(part, str):
        return part
    raise SpliceError(f"{_named(key)} cannot be set: a mapping has no numbers")


def _nested(key: KeyPath, value: Value) -> Value:
    """The value inside the mappings and lists that a key path names."""
    for part in reversed(key):
        if isinstance(part, int) and part:
            raise SpliceError(f"{_named(key)} cannot be set: a new list begins with number 0")
        value = [value] if isinstance(part, int) else {part: value}
    return value


def _place(container: Node, name: str, order: Sequence[str]) -> int:
    """Behind which entry of a mapping a new key goes; -1 before the first."""
    ranks = {known: rank for rank, known in enumerate(order)}
    last = len(container.entries) - 1
    if name not in ranks:
        return last
    present = [
        (ranks[entry.key.value], number)
        for number, entry in enumerate(container.entries)
        if entry.key and entry.key.value in ranks
    ]
    before = [place for place in present if place[0] < ranks[name]]
    if before:
        return max(before)[1]
    return -1 if present else last


def _get(data: Any, key: KeyPath) -> Any:
    for part in key:
        if isinstance(data, dict):
            data = data.get(part, _ABSENT)
        elif isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
        else:
            return _ABSENT
    return data


def _list(data: Any, key: KeyPath) -> list[Any]:
    value = _get(data, key)
    if value is None or value is _ABSENT:
        return []
    if not isinstance(value, list):
        raise SpliceError(f"{_named(key)} is not a list")
    return value


def _with(data: Any, key: KeyPath, value: Any) -> Any:
    """Data with a value put in at a key path."""
    if not key:
        return value
    part, rest = key[0], key[1:]
    if isinstance(part, int):
        items = list(data or ())
        inner = _with(items[part] if part < len(items) else None, rest, value)
        return [*items[:part], inner, *items[part + 1 :]]
    return {**(data or {}), part: _with((data or {}).get(part), rest, value)}


def _without(data: Any, key: KeyPath) -> Any:
    """Data without a key or an item, and without what becomes empty by that."""
    part, rest = key[0], key[1:]
    inner = _without(data[part], rest) if rest else None
    if isinstance(data, list):
        return [inner if n == part else item for n, item in enumerate(data) if n != part or inner]
    return {k: inner if k == part else item for k, item in data.items() if k != part or inner}


def _named(key: KeyPath) -> str:
    return ".".join(map(str, key)) or "the file"
