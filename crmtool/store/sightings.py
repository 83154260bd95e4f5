"""When and where each identity was active, read off the feeds line by line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from crmtool.model.community import FeedFile
from crmtool.model.feeds import DAMAGED
from crmtool.model.sighting import Sighting


class _Line(msgspec.Struct, frozen=True, gc=False):
    """What it takes of an activity."""

    actor: str | None = None
    at: str | None = None
    channel: str | None = None


_decode: Final = msgspec.json.Decoder(_Line).decode


def sightings(feeds: Iterable[FeedFile]) -> dict[str, Sighting]:
    """The first and last moment and the channels of each identity; damaged lines count nothing."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    channels: dict[str, set[str]] = {}
    for feed in feeds:
        for text in feed.local.read_bytes().split(b"\n"):
            try:
                line = _decode(text)
            except DAMAGED:
                continue
            if not (line.actor and line.at):
                continue
            actor = line.actor
            if line.at < first.setdefault(actor, line.at):
                first[actor] = line.at
            if line.at > last.setdefault(actor, line.at):
                last[actor] = line.at
            if line.channel:
                channels.setdefault(actor, set()).add(f"{feed.source} {line.channel}")
    return {
        actor: Sighting(moment, last[actor], frozenset(channels.get(actor, ())))
        for actor, moment in first.items()
    }
