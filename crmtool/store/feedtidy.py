"""A feed's lines put in order, without copies; what a line says is never touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crmtool.model.feeds import (
    DAMAGED,
    activity_key,
    decode_activity,
    decode_figures,
    decode_profile,
    decode_tombstone,
)
from crmtool.model.finding import Finding, shown

_Key = Callable[[bytes], tuple[str, ...]]


def _activity(line: bytes) -> tuple[str, ...]:
    return activity_key(decode_activity(line))


def _profile(line: bytes) -> tuple[str, ...]:
    return (decode_profile(line).identity,)


def _figures(line: bytes) -> tuple[str, ...]:
    figures = decode_figures(line)
    return figures.month, figures.of


def _tombstone(line: bytes) -> tuple[str, ...]:
    decode_tombstone(line)
    return ()  # in the order in which people were forgotten


_BY_NAME: Final[dict[str, _Key]] = {
    "profiles.jsonl": _profile,
    "counts.jsonl": _figures,
    "forgotten.jsonl": _tombstone,
}


def tidied(path: str, data: bytes) -> tuple[bytes, tuple[str, ...]] | Finding:
    """A feed's file as it should be, and what was repaired; a finding where a line is damaged."""
    key = _BY_NAME.get(path.rpartition("/")[2], _activity)
    keys: dict[bytes, tuple[str, ...]] = {}
    count = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        said = line.rstrip(b"\r")
        if said.strip():
            count += 1
            try:
                keys[said] = key(said)
            except DAMAGED as error:
                words = f"has a line that cannot be read: {shown(str(error))}"
                hint = "run: crmtool check"
                return Finding("feed-line", "error", path, words, hint, (), number, 1)
    lines = list(keys)
    ordered = sorted(lines, key=keys.__getitem__)
    after = b"".join([line + b"\n" for line in ordered])
    repairs = [("order", ordered != lines), ("copies", count > len(lines))]
    repairs.append(("blanks", after != data and not any(done for _, done in repairs)))
    return after, tuple(name for name, done in repairs if done)
