"""Rows as activities."""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress, repeat
from typing import Final

from crmtool.importers.contract import Context
from crmtool.importers.tables.batch import Batch
from crmtool.importers.tables.columns import Bad, Lookup, column_of, first_filled, mark_bad
from crmtool.importers.tables.dates import date_reader
from crmtool.importers.words import ID, TITLE, id_of, text_of, title_of, uid_of
from crmtool.model.feeds import Activity
from crmtool.model.keyed import Keyed
from crmtool.model.mapping import Mapping
from crmtool.model.scalars import check_url, zone
from crmtool.model.urls import without_secrets
from crmtool.model.vocabulary import ACTIVITY_TYPES

_URL: Final = 2000
Words = list[str | None]


class Activities:
    """What the rows of one table say that somebody did."""

    def __init__(self, context: Context, mapping: Mapping) -> None:
        self._map, self._keyed = mapping.activity, context.keyed
        privacy, form = context.config.privacy, context.source.format
        where = zone(form.timezone or context.config.community.timezone)
        self._type = Lookup(_activity_type, "")
        self._at = Lookup[str | None](date_reader(form.dates, where), None)
        self._title = Lookup[str | None](lambda text: title_of(text, privacy), None)
        self._text = Lookup[str | None](lambda text: text_of(text, privacy), None)
        self._url = Lookup[str | None](_url, None)

    def made(self, batch: Batch, actors: list[str | None], bad: Bad) -> list[Activity]:
        """The activities of a batch; rows that are wrong stand in `bad` afterwards."""
        if self._map is None or not batch.size:
            return []
        described = self._map

        def read(choice: list[str], lookup: Lookup[str | None]) -> Words | repeat[None]:
            if not choice:
                return repeat(None)
            texts = first_filled(choice, batch)
            if lookup is self._title and _is_plain(texts):
                return [text or None for text in texts]
            return lookup.all(texts, column_of(choice), bad)

        kinds = self._type.all(first_filled(described.type, batch), column_of(described.type), bad)
        columns = zip(
            actors,
            self._kept(described.uid, batch, uid_of),
            read(described.at, self._at),
            read(described.channel, self._title),
            self._ids(batch, bad),
            self._kept(described.reply_to, batch, id_of),
            read(described.text, self._text),
            self._kept(described.thread, batch, id_of),
            read(described.title, self._title),
            kinds,
            read(described.url, self._url),
            strict=False,
        )
        made = [
            Activity(
                actor=actor,
                actor_uid=uid,
                at=at,
                channel=channel,
                id=id_,
                reply_to=reply_to,
                text=text,
                thread=thread,
                title=title,
                type=kind,
                url=url,
            )
            for actor, uid, at, channel, id_, reply_to, text, thread, title, kind, url in columns
        ]
        return list(compress(made, [n not in bad for n in range(batch.size)])) if bad else made

    def _ids(self, batch: Batch, bad: Bad) -> list[str]:
        """What tells each row from all others; without an id, a mark made from its columns."""
        assert self._map is not None  # noqa: S101 (asked by the caller)
        if not self._map.id:
            names = self._map.id_from or sorted(self._columns())
            return [self._keyed.mark(*row) for row in zip(*map(batch.column, names), strict=True)]
        ids = first_filled(self._map.id, batch)
        if "" in ids:
            mark_bad(bad, column_of(self._map.id), [not i for i in ids], "has no id")
        return ids if _is_short(ids, ID) else [id_of(text, self._keyed) for text in ids]

    def _kept(
        self, choice: list[str], batch: Batch, kept: Callable[[str, Keyed], str]
    ) -> Words | repeat[None]:
        """Ids of the source's own, as they may be kept."""
        if not choice:
            return repeat(None)
        texts = first_filled(choice, batch)
        if _is_short(texts, ID):
            return [text or None for text in texts]
        return [kept(text, self._keyed) if text else None for text in texts]

    def _columns(self) -> set[str]:
        assert self._map is not None  # noqa: S101
        return Mapping(activity=self._map).columns()


def _is_short(texts: list[str], most: int) -> bool:
    """Whether all are short, visible, and without an @, seen fastest of all of them together."""
    joined = "".join(texts)
    return joined.isprintable() and "@" not in joined and len(max(texts, key=len)) <= most


def _is_plain(texts: list[str]) -> bool:
    """Whether all can be kept as titles without a change."""
    joined = "".join(texts)
    return joined.isascii() and "  " not in joined and _is_short(texts, TITLE)


def _activity_type(text: str) -> str:
    if text not in ACTIVITY_TYPES:
        raise ValueError(f"{text[:40]!r} is not an activity type; see crmtool explain activities")
    return text


def _url(text: str) -> str | None:
    """A link without secrets; of what is none, nothing."""
    try:
        return without_secrets(check_url(text[:_URL])) if text else None
    except ValueError:
        return None
