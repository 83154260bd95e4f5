"""Rows as people: who is named, what is said of them, and whether they agreed."""

from __future__ import annotations

from typing import Final

import msgspec

from crmtool.importers.contract import Context, Outcome
from crmtool.importers.tables.accounts import email_of, identity_of
from crmtool.importers.tables.batch import Batch, Report
from crmtool.importers.tables.columns import (
    Bad,
    Lookup,
    Undeclared,
    column_of,
    filled,
    first_filled,
    mark_bad,
)
from crmtool.importers.words import clean, excerpt, person_name, text_of, uid_of
from crmtool.model.feeds import Profile
from crmtool.model.mapping import Mapping, ProfileMap
from crmtool.model.scalars import check_url
from crmtool.model.urls import without_secrets

_YES: Final = frozenset("yes y true 1 x on ja oui si sí".split())
_NO: Final = frozenset(["", *"no n false 0 off nein non".split()])
_BAD_CELL: Final = "cells left out"
_NO_CONSENT: Final = "rows without consent"
_TWICE: Final = "rows that say something else of somebody named before; the first stands"
_SINGLE: Final = ("name", "company", "location", "bio")


class UnclearConsent(Undeclared):
    """A word that is neither a yes nor a no: nobody's consent is guessed at."""

    hint = (
        "correct the cell; or say what the word means: values: {Column: {word: yes}} under map in "
        "source.yml"
    )


class Profiles:
    """Everybody whom a table names, the first word on each first."""

    def __init__(self, context: Context, outcome: Outcome, report: Report) -> None:
        privacy, keyed = context.config.privacy, context.keyed
        self._keyed = keyed
        self._privacy, self._outcome, self._report = privacy, outcome, report
        self._identity = Lookup[str | None](
            lambda text: identity_of(text, keyed, privacy.emails), None
        )
        self._email = Lookup[str | None](lambda text: email_of(text, keyed, privacy.emails), None)
        self._consent = Lookup(_is_yes, fallback=False)
        self._seen: set[tuple[str | None, ...]] = set()
        self.found: dict[str, Profile] = {}

    def consenting(self, mapping: Mapping, batch: Batch, bad: Bad) -> list[bool]:
        """Of each row, whether it may be taken: where consent is asked for, only with a yes."""
        choice = mapping.profile.consent if mapping.profile else []
        if not choice:
            return [True] * batch.size
        agreed = self._consent.all(first_filled(choice, batch), column_of(choice), bad)
        if refused := agreed.count(False):
            before = self._outcome.skipped.get(_NO_CONSENT, 0)
            self._outcome.skipped[_NO_CONSENT] = before + refused
        return agreed

    def identities(self, mapping: Mapping, batch: Batch, bad: Bad) -> list[str | None]:
        """Whom each row names. A row that names nobody is wrong."""
        choice = _who(mapping)
        column = column_of(choice)
        found = self._identity.all(first_filled(choice, batch), column, bad)
        if choice and None in found:
            mark_bad(bad, column, [not i for i in found], "names no account that can be kept")
        names = mapping.profile.name if mapping.profile else []
        if names:
            broken = ["\n" in name or "\r" in name for name in first_filled(names, batch)]
            mark_bad(bad, column_of(names), broken, "is a name with a line break in it")
        return found

    def take(self, mapping: Mapping, batch: Batch, actors: list[str | None], bad: Bad) -> None:
        """Remember what rows say of people, each different saying once."""
        described = mapping.profile or ProfileMap()
        names = sorted(Mapping(profile=described).columns())
        sayings = list(zip(actors, *map(batch.column, names), strict=True))
        if self._seen.issuperset(sayings):
            return
        for number, said in enumerate(sayings):
            if said not in self._seen and number not in bad:
                self._seen.add(said)
                self._note(described, batch, number, said[0] or "")

    def _note(self, described: ProfileMap, batch: Batch, number: int, identity: str) -> None:
        if not identity:
            return
        row = Batch(
            batch.file,
            1,
            {name: [cells[number]] for name, cells in batch.columns.items()},
            lambda _, column: batch.place(number, column),
        )
        profile = self._profile(described, row, identity)
        if described.create:
            self._outcome.wanted.add(identity)
        before = self.found.setdefault(identity, profile)
        if before != profile:
            self.found[identity] = merged = _completed(before, profile)
            if merged != _completed(profile, before):
                where = batch.place(
                    number, column_of(described.name) or column_of(_first(described))
                )
                self._report.row(_TWICE, where, "says something else of somebody named before")

    def _profile(self, described: ProfileMap, row: Batch, identity: str) -> Profile:
        said = {key: first_filled(getattr(described, key), row)[0] for key in _SINGLE}
        uid = first_filled(described.uid, row)[0]
        email = self._address(described, row)
        return Profile(
            identity=identity,
            uid=uid_of(uid, self._keyed) if uid else None,
            kind=None if described.kind == "person" else described.kind,
            name=person_name(said["name"]) or None,
            company=excerpt(said["company"]),
            location=excerpt(said["location"]),
            bio=text_of(said["bio"], self._privacy),
            emails=[email] if email and email != identity else [],
            links=self._links(described, row),
            languages=[clean(w)[:64] for t in described.languages for w in _listed(t, row)],
            same_as=self._others(described, row, identity),
        )

    def _address(self, described: ProfileMap, row: Batch) -> str | None:
        bad: Bad = {}
        column = column_of(described.email)
        found = self._email.all(first_filled(described.email, row), column, bad)[0]
        for _, reason in bad.values():
            self._report.row(_BAD_CELL, row.place(0, column), str(reason))
        return found

    def _links(self, described: ProfileMap, row: Batch) -> list[str]:
        links = []
        for text in described.links:
            for link in _listed(text, row):
                try:
                    links.append(without_secrets(check_url(link)))
                except ValueError as error:
                    where = row.place(0, column_of([text]))
                    self._report.row(_BAD_CELL, where, str(error))
        return links

    def _others(self, described: ProfileMap, row: Batch, identity: str) -> list[str]:
        found = [self._identity[filled(text, row)[0]] for text in described.same_as]
        return [other for other in found if other and other != identity]


def _is_yes(text: str) -> bool:
    word = text.casefold()
    if word not in _YES and word not in _NO:
        raise UnclearConsent(f"{text[:40]!r} is neither a yes nor a no to consent")
    return word in _YES


def _who(mapping: Mapping) -> list[str]:
    """The templates of whom a row is about."""
    if mapping.activity and mapping.activity.actor:
        return mapping.activity.actor
    return mapping.profile.identity if mapping.profile else []


def _first(described: ProfileMap) -> list[str]:
    return described.identity or described.email


def _listed(text: str, row: Batch) -> list[str]:
    """The words of a cell that may hold several."""
    return [word for part in filled(text, row)[0].split(",") if (word := part.strip())]


def _completed(first: Profile, second: Profile) -> Profile:
    """The first, with what only the second says."""
    mine, theirs = msgspec.structs.asdict(first), msgspec.structs.asdict(second)
    return Profile(**{key: value or theirs[key] for key, value in mine.items()})
