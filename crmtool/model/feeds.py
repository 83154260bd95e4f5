"""The lines of a feed, and its cursor. Field order is key order in the file: sorted.

Decoding looks at types alone, for there may be millions of lines. What a text must look like is
said here for the JSON Schemas, and looked after by the rules.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from crmtool.model.scalars import DAY_FORM, IDENTITY, MONTH_FORM, ecma
from crmtool.model.vocabulary import ACTIVITY_TYPES


def _form(pattern: str) -> Meta:
    return Meta(extra_json_schema={"pattern": f"^{pattern}$"})


_Account = Annotated[str, _form(ecma(IDENTITY))]
_Figures = Annotated[
    dict[str, int],
    Meta(extra_json_schema={"additionalProperties": {"type": "integer", "minimum": 0}}),
]
_Moment = Annotated[str, _form(rf"{DAY_FORM}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")]
_Type = Annotated[str, Meta(extra_json_schema={"enum": list(ACTIVITY_TYPES)})]
_Day = Annotated[str, _form(DAY_FORM)]
_Month = Annotated[str, _form(MONTH_FORM)]
_Kind = Annotated[str, Meta(extra_json_schema={"enum": ["person", "organisation", "bot"]})]
_Id = Annotated[str, Meta(extra_json_schema={"minLength": 1})]


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

    actor: _Account | None = None
    """Whose account did it; null for a deleted one: nobody."""
    actor_uid: str | None = None
    """The network's own lasting id of that account."""
    at: _Moment | None = None
    """When, in UTC and whole seconds; null where the source has no readable date."""
    channel: str | None = None
    """Where in the source, such as a repository or a category."""
    counts: _Figures = {}
    """Figures of the thing itself, such as lines added."""
    id: _Id
    """The source's own id, unique in it for ever."""
    mentions: list[_Account] = []
    """Accounts that the text names."""
    reply_to: str | None = None
    """The id of what it answers."""
    text: str | None = None
    """The beginning of what was written, as policy allows."""
    thread: str | None = None
    """The id of what began the thread."""
    title: str | None = None
    """Its title, or its thread's."""
    type: _Type
    """What was done, in one vocabulary for all sources."""
    url: str | None = None
    """Where to see it."""


_Sign = Annotated[str, _form("(?:local|host|mailbox):[0-9a-f]{12}")]


class Mailmap(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The pair that `.mailmap` gives for a raw one."""

    email: _Account | None = None
    """The address as policy keeps it."""
    identity: _Account
    """The identity of that pair."""
    name: str
    """The name of that pair."""


class Profile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a source last said of one identity, and what of it was put into a record.

    `emails` and `same_as` are identities: of addresses as policy keeps them, and of accounts that
    the source itself states to be the same, `uids` their networks' own numbers as far as it states
    them. `signs` are keyed hashes of what addresses may have in common (see `model/signs.py`).
    `handles` maps a handle to the day it was first seen.
    """

    applied: dict[str, Any] = {}
    """The values that this source last put into the record."""
    asked: _Month | None = None
    """The month in which the source was last asked about the account itself, not only met it."""
    avatar_hash: str | None = None
    """A hash of the picture, never the picture."""
    bio: str | None = None
    """What they say of themselves."""
    company: str | None = None
    """Where they say they work."""
    emails: list[_Account] = []
    """Identities of their addresses, as policy keeps them."""
    handles: dict[str, _Day] = {}
    """Handles, each with the day it was first seen."""
    identity: _Account
    """Whose words these are."""
    kind: _Kind | None = None
    """`bot` or `organisation`, where the source knows."""
    languages: list[str] = []
    """Of people or of programs."""
    links: list[str] = []
    """Web pages of theirs."""
    location: str | None = None
    """Where they say they are."""
    mailmap: Mailmap | None = None
    """What .mailmap makes of the raw pair of a git actor."""
    name: str | None = None
    """What they call themselves."""
    same_as: list[_Account] = []
    """Identities that the source itself says to be the same person's."""
    signs: list[_Sign] = []
    """Keyed hashes of what addresses may have in common: see `model/signs.py`."""
    uid: str | None = None
    """The network's own lasting id of the account."""
    uids: dict[_Account, str] = {}
    """Those of accounts in `same_as`, as far as the source says them."""


class Tombstone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That somebody was forgotten: no importer may bring them back, and nobody can read who."""

    hash: Annotated[str, _form("[0-9a-f]{32}")]
    """The keyed hash of an identity or a slug (HMAC-SHA256)."""
    key: Annotated[str, _form("[0-9a-f]{16}")]
    """The fingerprint of the key that it was made with."""
    of: Annotated[str, Meta(extra_json_schema={"enum": ["identity", "slug"]})]
    """What was hashed."""
    on: _Day
    """The day of it."""


class Figures(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Figures that move every day: an account's followers, a channel's stars, reactions to a post.

    `of` is what they belong to: an identity, a channel, or the id of an activity. They are kept as
    they were when first seen in a month (`2026-11`), and only where they changed.
    """

    counts: _Figures
    """Figures by name, such as {"stars": 120}."""
    month: _Month
    """When they were first seen so, YYYY-MM."""
    of: _Id
    """An identity, a channel, or the id of an activity."""


DAMAGED: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises: the line is none, is no UTF-8, or is nested too deeply."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What a source says that should be remembered of an identity: it becomes a usage note.

    `key` tells it from the source's other remarks on the same identity. `date` is YYYY-MM-DD.
    """

    about: str
    body: str = ""
    date: str
    environment: str | None = None
    key: str
    metrics: dict[str, float] = {}
    plan: str | None = None
    tags: list[str] = []
    visibility: str | None = None


_encoder = msgspec.json.Encoder(order="deterministic")
_activity_decoder = msgspec.json.Decoder(Activity)
_profile_decoder = msgspec.json.Decoder(Profile)
_figures_decoder = msgspec.json.Decoder(Figures)
_tombstone_decoder = msgspec.json.Decoder(Tombstone)
_cursor_decoder = msgspec.json.Decoder(dict[str, Any])


def encode(line: Activity | Profile | Figures | Tombstone) -> bytes:
    """One line of a feed: keys sorted, UTF-8, no newline."""
    return _encoder.encode(line)


def decode_activity(line: bytes) -> Activity:
    """Read one line of an activity feed.

    Raises:
        msgspec.DecodeError: the line is not an activity; its message says where.

    """
    return _activity_decoder.decode(line)


def decode_activities(lines: bytes) -> list[Activity]:
    """Read many lines at once; a line may hold several activities, and one may span several.

    Raises:
        msgspec.DecodeError: one of them is no activity.

    """
    return _activity_decoder.decode_lines(lines)


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


def decode_tombstone(line: bytes) -> Tombstone:
    """Read one line of `sources/forgotten.jsonl`.

    Raises:
        msgspec.DecodeError: the line is no tombstone.

    """
    return _tombstone_decoder.decode(line)


def decode_cursor(data: bytes) -> dict[str, Any]:
    """Read `cursor.json`: an object, in which each importer keeps what it likes.

    Raises:
        msgspec.DecodeError: it is no such object.

    """
    return _cursor_decoder.decode(data)


def activity_key(activity: Activity) -> tuple[str, str]:
    """The order of lines within a file: time, then id."""
    return (activity.at or "", activity.id)


def feed_file(source: str, at: str | None) -> str:
    """The path in a workspace of the file that holds a moment's activities."""
    return f"sources/{source}/activities/{at[:7] if at else 'undated'}.jsonl"
