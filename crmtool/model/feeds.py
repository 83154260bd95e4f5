"""The lines of a feed: activities, profiles, figures. Fields stand in the order of their keys."""

from __future__ import annotations

from typing import Any

import msgspec


class Activity(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """One thing that one identity did at one time.

    `at` is RFC 3339 in UTC with whole seconds (`2026-11-01T10:00:00Z`), None where the source
    has no readable date. `id` is the source's own and unique in it. `actor` is None for a deleted
    account. `thread` may be left out where it is what `reply_to` names, or the activity itself.
    """

    actor: str | None = None
    actor_uid: str | None = None
    at: str | None = None
    channel: str | None = None
    counts: dict[str, int] = {}
    id: str
    mentions: list[str] = []
    reply_to: str | None = None
    text: str | None = None
    thread: str | None = None
    title: str | None = None
    type: str
    url: str | None = None


class Mailmap(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The pair that `.mailmap` gives for a raw one."""

    email: str | None = None
    identity: str
    name: str


class Profile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a source last said of one identity, and what of it was put into a record.

    `emails` and `same_as` are identities: of addresses as policy keeps them, and of accounts that
    the source itself states to be the same. `handles` maps a handle to the day it was first seen.
    """

    applied: dict[str, Any] = {}
    avatar_hash: str | None = None
    bio: str | None = None
    company: str | None = None
    emails: list[str] = []
    handles: dict[str, str] = {}
    identity: str
    kind: str | None = None
    languages: list[str] = []
    links: list[str] = []
    location: str | None = None
    mailmap: Mailmap | None = None
    name: str | None = None
    same_as: list[str] = []
    uid: str | None = None


class Figures(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Figures that move every day: an account's followers, a channel's stars, reactions to a post.

    `of` is what they belong to: an identity, a channel, or the id of an activity. They are kept as
    they were when first seen in a month (`2026-11`), and only where they changed.
    """

    counts: dict[str, int]
    month: str
    of: str


_encoder = msgspec.json.Encoder(order="deterministic")
_activity_decoder = msgspec.json.Decoder(Activity)
_profile_decoder = msgspec.json.Decoder(Profile)
_figures_decoder = msgspec.json.Decoder(Figures)


def encode(line: Activity | Profile | Figures) -> bytes:
    """One line of a feed: keys sorted, UTF-8, no newline."""
    return _encoder.encode(line)


def decode_activity(line: bytes) -> Activity:
    """Read one line of an activity feed.

    Raises:
        msgspec.DecodeError: the line is not an activity; its message says where.

    """
    return _activity_decoder.decode(line)


def decode_profile(line: bytes) -> Profile:
    """Read one line of a profile feed.

    Raises:
        msgspec.DecodeError: the line is not a profile.

    """
    return _profile_decoder.decode(line)


def decode_figures(line: bytes) -> Figures:
    """Read one line of `counts.jsonl`.

    Raises:
        msgspec.DecodeError: the line holds no figures.

    """
    return _figures_decoder.decode(line)


def activity_key(activity: Activity) -> tuple[str, str]:
    """The order of lines within a file: time, then id."""
    return (activity.at or "", activity.id)


def feed_file(source: str, at: str | None) -> str:
    """The path in a workspace of the file that holds a moment's activities."""
    return f"sources/{source}/activities/{at[:7] if at else 'undated'}.jsonl"
