"""The records that people own: person, organisation, bot, note, task. Closed schemas."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from crmtool.model.scalars import (
    Author,
    Day,
    Flag,
    Identity,
    Month,
    Name,
    Number,
    Slug,
    Tag,
    Text,
    Url,
    Zone,
)


class Audience(StrEnum):
    """Who an output is for; also how far a record may travel. Widest first."""

    PUBLIC = "public"
    TEAM = "team"
    STEWARDS = "stewards"

    def may_see(self, visibility: Audience) -> bool:
        """Whether an output for this audience may hold what has that visibility."""
        order = list(Audience)
        return order.index(self) >= order.index(visibility)


class Closed(BaseModel):
    """A mapping that takes the keys it names and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


T = TypeVar("T")


def _unique(values: list[T]) -> list[T]:
    seen: set[T] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"lists {value} twice")
        seen.add(value)
    return values


Listed = Annotated[list[T], AfterValidator(_unique), Field(max_length=1000)]


class Affiliation(Closed):
    """With whom, as what, from when to when."""

    organisation: Slug
    role: Text | None = None
    from_: Month | None = Field(None, alias="from")
    to: Month | None = None


class Contact(Closed):
    """How to reach someone. Needs a ground in `consent`."""

    email: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    chat: Text | None = None
    preferred: Literal["email", "phone", "address", "chat"] | None = None


class Consent(Closed):
    """On what ground the project keeps and uses contact data (GDPR Art. 6)."""

    basis: Literal["consent", "contract", "legitimate-interest"]
    purpose: Text | None = None
    contact: Flag | None = None
    on: Day | None = None
    how: Text | None = None


class Person(Closed):
    """Who stands behind one or more identities: a human, an organisation, or a bot."""

    name: Name
    kind: Literal["person", "organisation", "bot"] = "person"
    pronouns: Text | None = None
    identities: Listed[Identity] = []
    affiliations: list[Affiliation] = Field([], max_length=100)
    location: Text | None = None
    timezone: Zone | None = None
    languages: Listed[Text] = []
    links: Listed[Url] = []
    tags: Listed[Tag] = []
    owner: Slug | None = None
    watchers: Listed[Slug] = []
    staff: Flag = False
    contact: Contact | None = None
    consent: Consent | None = None
    visibility: Audience = Audience.TEAM
    restricted: Flag = False
    retain_until: Day | None = None
    fields: Annotated[dict[str, Text], Field(max_length=100)] = {}
    aliases: Listed[Slug] = []
    not_same_as: Listed[Slug] = []
    not_identities: Listed[Identity] = []


NoteKind = Literal[
    "conversation",
    "event",
    "gift",
    "usage",
    "personal",
    "decision",
    "runbook",
    "opportunity",
    "incident",
    "feedback",
    "survey",
]
STEWARDS_KINDS: Final = frozenset({"personal", "incident"})


class Note(Closed):
    """What somebody wants the project to remember."""

    date: Day
    author: Author
    about: Listed[Slug] = []
    kind: NoteKind = "conversation"
    channel: Text | None = None
    tags: Listed[Tag] = []
    subproject: Slug | None = None
    visibility: Audience | None = None
    expires: Day | None = None
    starts: Day | None = None
    ends: Day | None = None
    place: Text | None = None
    url: Url | None = None
    roles: dict[Slug, Text] = {}
    item: Text | None = None
    sent: Day | None = None
    received: Day | None = None
    programme: Text | None = None
    stage: (
        Literal["identified", "proposed", "agreed", "submitted", "complete", "declined", "rejected"]
        | None
    ) = None
    environment: Literal["production", "development"] | None = None
    plan: Text | None = None
    metrics: dict[str, Number] = {}

    @property
    def audience(self) -> Audience:
        """How far this note may travel: as stated, else by its kind."""
        if self.visibility is not None:
            return self.visibility
        return Audience.STEWARDS if self.kind in STEWARDS_KINDS else Audience.TEAM


_RULE_PART: Final[dict[str, Callable[[str], object]]] = {
    "FREQ": re.compile(r"(DAILY|WEEKLY|MONTHLY|YEARLY)\Z").match,
    "INTERVAL": re.compile(r"[1-9]\d{0,3}\Z").match,
    "COUNT": re.compile(r"[1-9]\d{0,9}\Z").match,
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z)?\Z").match,
    "BYDAY": re.compile(r"([+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU),?){1,7}\Z").match,
    "BYMONTHDAY": re.compile(r"(-?\d{1,2},?){1,31}\Z").match,
    "BYMONTH": re.compile(r"(\d{1,2},?){1,12}\Z").match,
    "WKST": re.compile(r"(MO|TU|WE|TH|FR|SA|SU)\Z").match,
}


def check_repeat(value: str) -> str:
    """An RFC 5545 recurrence rule that repeats daily or slower."""
    parts = dict(part.partition("=")[::2] for part in value.split(";"))
    if "FREQ" not in parts:
        raise ValueError("is not a repeat rule: FREQ=WEEKLY, for example, expected")
    for key, text in parts.items():
        if key not in _RULE_PART:
            raise ValueError(f"has no part {key[:20]!r} that crmtool knows")
        if not _RULE_PART[key](text):
            raise ValueError(f"cannot have {key}={text[:20]!r}; daily or slower, at least 1")
    return value


class Task(Closed):
    """Something to be done, by whom and when."""

    title: Name
    status: Literal["open", "doing", "waiting", "done", "dropped"] = "open"
    assignee: Slug | None = None
    due: Day | None = None
    about: Listed[Slug] = []
    tags: Listed[Tag] = []
    subproject: Slug | None = None
    repeat: Annotated[str, AfterValidator(check_repeat)] | None = None
    created: Day | None = None
    visibility: Audience = Audience.TEAM
    from_note: Annotated[str, BeforeValidator(str), Field(pattern=r"^[a-z0-9-]{1,100}$")] | None = (
        None
    )

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.status in ("open", "doing", "waiting")

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.is_open and self.due is not None and self.due < today
