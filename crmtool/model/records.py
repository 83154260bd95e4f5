"""The records that people own: person, organisation, bot, note, task. Closed schemas."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from crmtool.model.audience import Audience as Audience  # noqa: PLC0414 (most look for it here)
from crmtool.model.recurrence import Repeat
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
from crmtool.model.shape import ANY_ORDER, PLAIN


class Closed(BaseModel):
    """A mapping that takes the keys it names and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


T = TypeVar("T")


def _unique(values: list[T]) -> list[T]:
    if len(set(values)) == len(values):
        return values
    seen: set[T] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"lists {value} twice")
        seen.add(value)
    return values


Listed = Annotated[
    list[T],
    Field(max_length=1000, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_unique),
]
AnyOrder = Annotated[Listed[T], ANY_ORDER]
"""A list that may be sorted: what stands first in it is no more than the others."""


class Affiliation(Closed):
    """With whom, as what, from when to when."""

    organisation: Slug
    """A record with kind: organisation, by slug."""
    role: Text | None = None
    """As what."""
    from_: Month | None = Field(None, alias="from")
    """Since when, YYYY-MM."""
    to: Month | None = None
    """Until when, YYYY-MM."""


class Contact(Closed):
    """How to reach someone. Needs a ground in `consent`."""

    email: Text | None = None
    """An address that they gave for this purpose."""
    phone: Text | None = None
    """A number that they gave for this purpose."""
    address: Text | None = None
    """Where post reaches them."""
    chat: Text | None = None
    """Where to write, such as an account on a chat."""
    preferred: Literal["email", "phone", "address", "chat"] | None = None
    """Which of these they like best."""


class Consent(Closed):
    """On what ground the project keeps and uses contact data (GDPR Art. 6)."""

    basis: Literal["consent", "contract", "legitimate-interest"]
    """The ground; `contact` of a person needs one."""
    purpose: Text | None = None
    """What the data is used for, in words that they would recognise."""
    contact: Flag | None = None
    """Whether they agreed to be contacted."""
    on: Day | None = None
    """The day of the agreement."""
    how: Text | None = None
    """How it came about, such as: asked at FOSDEM."""


class Person(Closed):
    """Who stands behind one or more identities: a human, an organisation, or a bot."""

    name: Name
    """As they write it themselves."""
    kind: Literal["person", "organisation", "bot"] = "person"
    """What stands behind the identities."""
    pronouns: Text | None = None
    """As they say them themselves."""
    identities: Listed[Identity] = Field(default_factory=list)
    """Their accounts, network:handle, such as github:ada."""
    affiliations: list[Affiliation] = Field(default_factory=list, max_length=100)
    """With whom they are or were."""
    location: Text | None = None
    """Where they say they are."""
    timezone: Zone | None = None
    """A name such as Europe/London."""
    languages: Listed[Text] = Field(default_factory=list)
    """Of people or of programs."""
    links: Listed[Url] = Field(default_factory=list)
    """Web pages of theirs."""
    tags: AnyOrder[Tag] = Field(default_factory=list)
    """What tags.yml knows."""
    owner: Slug | None = None
    """The team member who keeps this relationship, by slug."""
    watchers: AnyOrder[Slug] = Field(default_factory=list)
    """Who wants to hear of news, by slug."""
    staff: Flag = False
    """True: paid for it; out of community figures."""
    contact: Contact | None = None
    """How to reach them; needs a ground in `consent`."""
    consent: Consent | None = None
    """On what ground contact data is kept and used."""
    visibility: Audience = Audience.TEAM
    """How far the record may travel."""
    restricted: Flag = False
    """True: out of every output and every figure (GDPR Art. 18, 21)."""
    retain_until: Day | None = None
    """The day from which on it is to be deleted."""
    fields: dict[str, Annotated[Text, PLAIN]] = Field(default_factory=dict, max_length=100)
    """Custom fields; crm.yml declares each with its purpose."""
    aliases: AnyOrder[Slug] = Field(default_factory=list)
    """Earlier slugs, after a merge or a rename."""
    not_same_as: AnyOrder[Slug] = Field(default_factory=list)
    """Slugs of people they were mistaken for."""
    not_identities: AnyOrder[Identity] = Field(default_factory=list)
    """Identities that were taken off them and must not come back."""


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
KEYS_OF_KIND: Final[dict[NoteKind, tuple[str, ...]]] = {
    "event": ("starts", "ends", "place", "url", "roles"),
    "gift": ("item", "sent", "received"),
    "opportunity": ("programme", "stage"),
    "usage": ("environment", "plan", "metrics"),
}
_KIND_OF_KEY: Final = {key: kind for kind, keys in KEYS_OF_KIND.items() for key in keys}


def _said_by_kind(schema: dict[str, Any]) -> None:
    """In JSON Schema: what only one kind of note may have, the others may only leave empty."""
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "else": {
                "properties": {
                    key: {"type": "null", "errorMessage": f"belongs to a note of kind {kind}"}
                    for key in keys
                }
            },
        }
        for kind, keys in KEYS_OF_KIND.items()
    ]


class Note(Closed):
    """What somebody wants the project to remember."""

    model_config = ConfigDict(json_schema_extra=_said_by_kind)

    date: Day
    """The day that it is about."""
    author: Author
    """Who wrote it: a slug, or an identity."""
    about: Listed[Slug] = Field(default_factory=list)
    """The people and organisations that it is about, by slug."""
    kind: NoteKind = "conversation"
    """What kind of note it is; some kinds have keys of their own."""
    channel: Text | None = None
    """Where it happened, such as mail or a stand."""
    tags: AnyOrder[Tag] = Field(default_factory=list)
    """What tags.yml knows."""
    subproject: Slug | None = None
    """The part of the community that it concerns."""
    visibility: Audience | None = None
    """How far it may travel; by its kind where nothing is said."""
    expires: Day | None = None
    """The day from which on it is no longer wanted."""
    starts: Day | None = None
    """Of an event: its first day."""
    ends: Day | None = None
    """Of an event: its last day."""
    place: Text | None = None
    """Of an event: where it is."""
    url: Url | None = None
    """Of an event: its page."""
    roles: dict[Slug, Text] = Field(default_factory=dict)
    """Of an event: who was what, such as {ada-lovelace: speaker}."""
    item: Text | None = None
    """Of a gift: what it was."""
    sent: Day | None = None
    """Of a gift: the day it was sent."""
    received: Day | None = None
    """Of a gift: the day it arrived."""
    programme: Text | None = None
    """Of an opportunity: what was applied for, or who was asked."""
    stage: (
        Literal["identified", "proposed", "agreed", "submitted", "complete", "declined", "rejected"]
        | None
    ) = None
    """Of an opportunity: how far it has come."""
    environment: Literal["production", "development"] | None = None
    """Of a usage note: whether others rely on it."""
    plan: Text | None = None
    """Of a usage note: the plan or edition in use."""
    metrics: dict[str, Number] = Field(default_factory=dict)
    """Of a usage note: figures by name, such as {nodes: 40}."""

    @field_validator(*_KIND_OF_KEY, mode="before")
    @classmethod
    def of_its_kind(cls, value: object, info: ValidationInfo) -> object:
        """A key that another kind of note has says nothing here."""
        kind, only = info.data.get("kind"), _KIND_OF_KEY[str(info.field_name)]
        if kind is not None and kind != only:
            raise ValueError(f"belongs to a note of kind {only}, and this is a {kind}")
        return value

    @property
    def audience(self) -> Audience:
        """How far this note may travel: as stated, else by its kind."""
        if self.visibility is not None:
            return self.visibility
        return Audience.STEWARDS if self.kind in STEWARDS_KINDS else Audience.TEAM


class Task(Closed):
    """Something to be done, by whom and when."""

    title: Name
    """What is to be done."""
    status: Literal["open", "doing", "waiting", "done", "dropped"] = "open"
    """How far it has come."""
    assignee: Slug | None = None
    """Who does it, by slug."""
    due: Day | None = None
    """The day by which it should be done."""
    about: Listed[Slug] = Field(default_factory=list)
    """The people and organisations that it is about, by slug."""
    tags: AnyOrder[Tag] = Field(default_factory=list)
    """What tags.yml knows."""
    subproject: Slug | None = None
    """The part of the community that it concerns."""
    repeat: Repeat | None = None
    """An RFC 5545 rule, daily or slower, such as FREQ=WEEKLY;BYDAY=MO."""
    created: Day | None = None
    """The day that it was written down."""
    visibility: Audience = Audience.TEAM
    """How far it may travel."""
    from_note: Slug | None = None
    """The note that it came from, by its file's stem."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.status in ("open", "doing", "waiting")

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.is_open and self.due is not None and self.due < today
