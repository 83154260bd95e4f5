"""The inbox: envelopes that automation puts into `sources/NAME/inbox/`, one JSON file each.

An envelope says one thing that somebody did. Its id is the idempotency key: what comes twice is one
activity. Files that were taken in go in the same commit; those that are refused stay and are named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Final, Literal, NamedTuple

import msgspec

from crmtool.errors import BadFile
from crmtool.importers.answers import read_json
from crmtool.importers.contract import Cursor, Importer, Line
from crmtool.importers.signature import is_signed
from crmtool.importers.tables.accounts import email_of, identity_of
from crmtool.importers.words import id_of, name_of, text_of, title_of, uid_of
from crmtool.model.feeds import Activity, Profile
from crmtool.model.moments import utc
from crmtool.model.scalars import check_url
from crmtool.model.urls import without_secrets
from crmtool.model.vocabulary import ACTIVITY_TYPES

_LARGEST: Final = 1 << 20
_REFUSED: Final = "envelopes that were refused"
_HINT: Final = "mend or delete it; what an envelope holds is in docs/sources/inbox.md"


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """One thing that somebody did, as automation tells it."""

    version: Literal[1]
    id: str
    type: str
    at: str
    actor: str
    uid: str | None = None
    name: str | None = None
    email: str | None = None
    links: list[str] = []
    channel: str | None = None
    thread: str | None = None
    reply_to: str | None = None
    title: str | None = None
    text: str | None = None
    url: str | None = None


class Sealed(msgspec.Struct, forbid_unknown_fields=True):
    """An envelope as text, with the keyed hash of exactly that text."""

    version: Literal[1]
    payload: str
    signature: str


class Letter(NamedTuple):
    """What one envelope becomes."""

    activity: Activity
    profile: Profile


class InboxImporter(Importer[Letter]):
    """Envelopes, each checked before anything is taken from it."""

    type: ClassVar[str] = "inbox"

    def fetch(self, cursor: Cursor) -> Iterator[Letter]:  # noqa: ARG002 (the inbox is its own)
        """Every envelope that is there and right."""
        self._profiles: dict[str, Profile] = {}
        for path in self.context.documents():
            data = path.read_bytes()
            if letter := self._opened(path, data):
                self.outcome.taken[path.name] = hashlib.sha256(data).hexdigest()
                yield letter

    def read(self, file: Path) -> Iterator[Letter]:
        """The envelopes in a file or a folder, which stay there."""
        self._profiles = {}
        for path in sorted(file.glob("*.json")) if file.is_dir() else [file]:
            if letter := self._opened(path, path.read_bytes()):
                yield letter

    def _opened(self, path: Path, data: bytes) -> Letter | None:
        """What an envelope says; None, with the reason told, where it is refused."""
        secret = self.context.secret()
        try:
            return self._letter(_unsealed(data, secret))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = f"is no envelope: {error}"
        except ValueError as error:
            reason = str(error)
        self.outcome.skip(_REFUSED)
        fault = BadFile(self.context.name, f"inbox/{path.name}:1:1: {reason}", _HINT)
        self.outcome.faults.append(fault)
        return None

    def _letter(self, envelope: Envelope) -> Letter:
        privacy, keyed = self.context.config.privacy, self.context.keyed
        if envelope.type not in ACTIVITY_TYPES:
            raise ValueError("type is not in the vocabulary; see crmtool explain activities")
        at = utc(envelope.at)
        if at is None:
            raise ValueError("at is no moment with a zone, such as 2026-11-01T10:00:00Z")
        actor = identity_of(envelope.actor, keyed, privacy.emails)
        if actor is None:
            raise ValueError("actor names no account that can be kept")
        email = email_of(envelope.email or "", keyed, privacy.emails)
        profile = Profile(
            emails=[email] if email and email != actor else [],
            identity=actor,
            links=[without_secrets(check_url(link)) for link in envelope.links],
            name=name_of(envelope.name or "", privacy) or None,
            uid=uid_of(envelope.uid, keyed) if envelope.uid else None,
        )
        if not envelope.id.strip():
            raise ValueError("id is empty: it tells this envelope from all others")
        activity = Activity(
            actor=actor,
            actor_uid=profile.uid,
            at=at,
            channel=title_of(envelope.channel or "", privacy),
            id=id_of(envelope.id, keyed),
            reply_to=id_of(envelope.reply_to, keyed) if envelope.reply_to else None,
            text=text_of(envelope.text or "", privacy),
            thread=id_of(envelope.thread, keyed) if envelope.thread else None,
            title=title_of(envelope.title or "", privacy),
            type=envelope.type,
            url=without_secrets(check_url(envelope.url)) if envelope.url else None,
        )
        return Letter(activity, profile)

    def normalise(self, raw: Letter) -> list[Line]:
        """Who did it, as far as is known, and what was done."""
        known = self.context.known.get(raw.profile.identity)
        before = self._profiles.get(raw.profile.identity, known)
        profile = _completed(raw.profile, before) if before else raw.profile
        self._profiles[profile.identity] = profile
        return [profile, raw.activity]


def _unsealed(data: bytes, secret: str | None) -> Envelope:
    """The envelope in a file, its signature checked where one is asked for.

    Raises:
        ValueError: it is too large, unsigned, signed with another secret, or in need of one.
        msgspec.DecodeError: it is no envelope.

    """
    if len(data) > _LARGEST:
        raise ValueError("is larger than 1 MB")
    said = read_json(data)
    if not isinstance(said, dict) or "payload" not in said:
        if secret is not None:
            raise ValueError("is not signed, and its source asks for signatures (token_env)")
        return msgspec.convert(said, Envelope)
    sealed = msgspec.convert(said, Sealed)
    if secret is None:
        raise ValueError("is signed, and token_env of its source names no secret to check it with")
    if not is_signed(sealed.payload.encode(), sealed.signature, secret):
        raise ValueError("has a signature that is not made with the secret of its source")
    return msgspec.json.decode(sealed.payload, type=Envelope)


def _completed(new: Profile, before: Profile) -> Profile:
    """What an envelope says, with what only earlier ones said."""
    fresh, old = msgspec.structs.asdict(new), msgspec.structs.asdict(before)
    return Profile(**{key: value or old[key] for key, value in fresh.items()})
