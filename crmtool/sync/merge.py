"""The three-way merge of one field: base, theirs and ours, over all the sources that speak of it.

Ours is the record. Theirs is what a profile says now. Base is what of it was last put into the
record, noted as `applied` in the profile's line. Where ours is not the base, a person was there,
and what they wrote or took away stays, for good.

What a person had written before a source said anything of it is noted too (a base of None, an
item under `kept`): so a value that they then take away does not come back either, and a link that
they wrote does not go when a source withdraws it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

ABSENT: Final = object()


class Voice(NamedTuple):
    """What one profile says of a field that holds one value.

    `order` ranks it among the others that say something, the lowest first. `base` is ABSENT where
    nothing was applied, and None where a person's own value stood in the way.
    """

    order: Any
    says: str | None
    base: object = ABSENT


class Merged(NamedTuple):
    """What the record is to hold, and the new base of each voice."""

    value: str | None
    bases: list[object]


def merge_value(ours: str | None, voices: Sequence[Voice]) -> Merged:
    """The value of a field, None for an empty one.

    Of the voices whose base is what the record holds, and those that have none yet, the first in
    order is heard, and it alone has a base from then on: the others' words are superseded. Where
    nobody says anything any more, what a source had put there goes.
    """
    bases = [voice.base for voice in voices]
    held = ours is not None and ours in bases
    if not held and (ours is not None or any(base is not ABSENT for base in bases)):
        return Merged(ours, _marked(ours, voices, bases))
    heard = [
        n
        for n, voice in enumerate(voices)
        if voice.says is not None and (bases[n] is ABSENT or bases[n] == ours)
    ]
    bases = [ABSENT if base == ours else base for base in bases]
    if not heard:
        return Merged(None, bases)
    first = min(heard, key=lambda n: voices[n].order)
    bases[first] = voices[first].says
    return Merged(voices[first].says, bases)


def _marked(ours: str | None, voices: Sequence[Voice], bases: list[object]) -> list[object]:
    """Note that a person's own value stands where a source speaks for the first time."""
    speaking = [n for n, voice in enumerate(voices) if voice.says is not None]
    if ours is None or not speaking or any(base is not ABSENT for base in bases):
        return bases
    first = min(speaking, key=lambda n: voices[n].order)
    return [None if n == first else base for n, base in enumerate(bases)]


@dataclass(slots=True)
class Items:
    """What one profile says of a field that holds a list, and which of it a record has seen.

    `put` are the items that were put there, `kept` those that a person had written before.
    """

    says: Sequence[str]
    put: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    silent: bool = False


def merge_items(
    ours: Sequence[str], voices: Sequence[Items], same: Callable[[str], str]
) -> tuple[list[str], list[Items]]:
    """The items of a list, in the order in which they stand, new ones behind; the new voices.

    Every item is merged by itself: put there when a source first says it, taken out when none
    says it any more, left where a person wrote it, not brought back where a person took it out.
    `same` gives the form in which two spellings of an item are equal.
    """
    said = {same(item) for voice in voices for item in voice.says}
    said |= {same(item) for voice in voices if voice.silent for item in voice.put}
    put = {same(item) for voice in voices for item in voice.put}
    kept = {same(item) for voice in voices for item in voice.kept}
    seen = put | kept
    withdrawn = put - said - kept
    after = [item for item in ours if same(item) not in withdrawn]
    gone = {same(item) for item in ours} - {same(item) for item in after}
    there = {same(item) for item in after}
    merged = []
    for voice in voices:
        new = Items(
            voice.says, [i for i in voice.put if same(i) not in gone], [*voice.kept], voice.silent
        )
        for item in voice.says:
            if same(item) in seen:
                continue
            seen.add(same(item))
            if same(item) in there:
                new.kept.append(item)
            else:
                after.append(item)
                new.put.append(item)
        merged.append(new)
    return after, merged
