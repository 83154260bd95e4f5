"""How a record and a feed look on disk: YAML front matter, and JSON a line.

Written by hand and from the standard library alone, so that the generator stays
an independent check of what the project reads and writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

Scalar = str | bool | int | float
Value = Scalar | Sequence[str] | Mapping[str, Scalar] | Sequence[Mapping[str, str]]
Activity = dict[str, object]

_TYPED = re.compile(
    r"""(?ix) [-+.]?\d[\d_]*(\.\d*)?(e[-+]?\d+)? | 0[xob][\da-f_]+ | \d+(:\d\d)+(\.\d*)?
    | ~ | null | true | false | yes | no | on | off | y | n | \.nan | [-+]?\.inf | =|<<"""
)
_BLOCK_LISTS = frozenset({"identities", "affiliations"})
_SORTED = frozenset({"tags", "watchers", "aliases", "not_same_as", "not_identities"})
_BLOCK_MAPS = frozenset({"consent"})


def scalar(value: Scalar, *, flow: bool = False) -> str:
    """Write one value, quoted only where a reader would take it otherwise."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    special = (
        not value
        or value != value.strip()
        or value[0] in "-?:,[]{}#&*!|>'\"%@`"
        or ": " in value
        or " #" in value
        or value.endswith(":")
        or (flow and any(mark in value for mark in ",[]{}"))
        or _TYPED.fullmatch(value)
    )
    return json.dumps(value, ensure_ascii=False) if special else value


def flow_map(value: Mapping[str, Scalar]) -> str:
    """Write a mapping on one line."""
    return "{" + ", ".join(f"{key}: {scalar(value[key], flow=True)}" for key in value) + "}"


def _flow(value: Value) -> str:
    if isinstance(value, Scalar):
        return scalar(value)
    if isinstance(value, Mapping):
        return flow_map(value)
    return "[" + ", ".join(scalar(str(item), flow=True) for item in value) + "]"


def _item(item: str | Mapping[str, str]) -> Iterable[str]:
    if isinstance(item, str):
        yield f"  - {scalar(item)}"
        return
    lead = "  - "
    for key, value in item.items():
        yield f"{lead}{key}: {scalar(value)}"
        lead = "    "


def _entry(key: str, value: Value) -> Iterable[str]:
    if key in _BLOCK_MAPS and isinstance(value, Mapping):
        yield f"{key}:"
        yield from (f"  {name}: {scalar(value[name])}" for name in value)
    elif key in _SORTED and isinstance(value, Sequence):
        yield f"{key}: {_flow(sorted(map(str, value)))}"
    elif key in _BLOCK_LISTS and isinstance(value, Sequence) and not isinstance(value, str):
        yield f"{key}:"
        for item in value:
            yield from _item(item)
    else:
        yield f"{key}: {_flow(value)}"


def record(front: Mapping[str, Value], body: str, order: str) -> str:
    """Write a record's file; a key that is not in the order is a mistake of ours."""
    unknown = front.keys() - set(order.split())
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    lines = ["---"]
    for key in order.split():
        if key in front:
            lines.extend(_entry(key, front[key]))
    return "\n".join([*lines, "---", body.strip(), ""])


PERSON = (
    "name kind pronouns identities affiliations location timezone languages links tags owner"
    " watchers staff contact consent visibility restricted retain_until fields aliases"
    " not_same_as not_identities"
)
NOTE = (
    "date author about kind channel tags subproject visibility expires"
    " starts ends place url roles item sent received programme stage environment plan metrics"
)
TASK = "title status assignee due about subproject repeat created visibility from_note"

line = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def lines(entries: Iterable[Mapping[str, object]]) -> str:
    """Write JSON Lines: keys sorted, nothing between the tokens, a newline after each."""
    return "".join(line(entry) + "\n" for entry in entries)


def in_order(activities: Iterable[Activity]) -> list[Activity]:
    """Sort a feed the way it is kept: by moment, then by id."""
    return sorted(activities, key=lambda one: (str(one["at"]), str(one["id"])))
