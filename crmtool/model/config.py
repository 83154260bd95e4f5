"""The configuration files `crm.yml` and `source.yml`. Closed schemas."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict

from crmtool.model.mapping import Format, Mapping
from crmtool.model.records import AnyOrder, Audience, Closed, Listed
from crmtool.model.scalars import (
    Count,
    Flag,
    Identity,
    Name,
    Slug,
    Tag,
    Text,
    Url,
    Weight,
    Zone,
    check_count,
    form,
)
from crmtool.model.tags import Segment, Tags, TagSpec
from crmtool.model.target import FORM, check_target
from crmtool.model.vocabulary import ACTIVITY_TYPES

# In the default order in which sources are heard: profile networks, then what says less of people.
SOURCE_TYPES: Final = (
    "github",
    "gitlab",
    "discourse",
    "slack",
    "inbox",
    "json",
    "jsonl",
    "csv",
    "rss",
    "mbox",
    "git",
)
_PERIOD: Final = re.compile(r"[0-9]{1,5}[hdwmy]\Z")


def _activity_or_default(value: str) -> str:
    if value != "default" and value not in ACTIVITY_TYPES:
        raise ValueError("is not an activity type; see `crmtool explain activities`")
    return value


def _period(value: object) -> object:
    """A span such as 48h, 90d, 6m or 3y, kept as written."""
    text = str(value)
    if not _PERIOD.match(text):
        raise ValueError("is not a period: a number and h, d, w, m or y, such as 90d")
    return text


Period = Annotated[
    str, BeforeValidator(_period), form("[0-9]{1,5}[hdwmy]", "not a period, such as 90d or 3y")
]
ActivityName = Annotated[
    str,
    AfterValidator(_activity_or_default),
    WithJsonSchema({"type": "string", "enum": ["default", *ACTIVITY_TYPES]}),
]
Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,99}$")]
Weights = dict[ActivityName, Weight]


class CommunityInfo(Closed):
    """What the community is called, and where its days begin."""

    name: Name
    """What the community calls itself."""
    timezone: Zone = "UTC"
    """Where its days begin and end: a name such as Europe/London."""
    example: Flag = False
    """True: everybody in it is invented, so it may be public."""
    repository: Url | None = None
    """Where people look at this workspace's repository; the site's pages link to its editor."""
    forge: Literal["github", "gitlab"] | None = None
    """What runs there, where the address does not tell."""
    branch: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$")] = "main"
    """The branch that edits are for."""


class Subproject(Closed):
    """A named part of the community with its own sources, tags and thresholds."""

    title: Text | None = None
    """Its name for people."""
    sources: Listed[Slug] = []
    """The folders below sources/ that belong to it."""
    tags: AnyOrder[Tag] = []
    """Tags of what belongs to it."""
    thresholds: dict[Slug, Count] = {}
    """From how many contributions on somebody is, say, core."""


class Engagement(Closed):
    """How activities weigh and over which window."""

    model: Literal["orbit-v2"] = "orbit-v2"
    """How activities add up."""
    weights: Weights = {}
    """What an activity of a type weighs here; `default` for all others."""
    window: Period = "365d"
    """How far back activities count, such as 365d."""


class Response(Closed):
    """How soon a newcomer should hear back."""

    first: Period = "48h"
    """Within what time a newcomer should have an answer, such as 48h."""


class Create(Closed):
    """Who gets a file of their own."""

    contributions: Count = 1
    """From how many contributions on; 0: everybody who is seen."""


class Joins(Closed):
    """Which proofs join identities unasked."""

    email: Flag = True
    """Two accounts with one personal address are one person."""
    mailmap: Flag = True
    """The project's .mailmap says who is one person."""
    name: Flag = True
    """One full name within one source, rare there or with a second sign that agrees."""
    stated: Flag = True
    """What a platform itself says: a no-reply address, the number of an account."""


class Identities(Closed):
    """How it is found out who is who."""

    join: Joins = Joins.model_construct()
    """What proves that two accounts are one person."""
    most: Count = 10
    """Identities of one person that addresses and names may join; more are left to people."""
    signs: Flag = True
    """Whether keyed hashes are kept of what addresses have in common, for suggestions."""


class Sync(Closed):
    """How feeds reach records."""

    create: Create = Create.model_construct()
    """When an account becomes a record."""
    order: Listed[Slug] = [*SOURCE_TYPES]
    """Source types, the best informed first; a later one fills only what is empty."""


Excerpt = Annotated[
    int,
    BeforeValidator(check_count),
    Field(ge=0, le=10_000),
    form(
        "(?:0|[1-9][0-9]{0,3}|10000)",
        "not a whole number from 0 to 10000",
        type=["integer", "string"],
        minimum=0,
        maximum=10_000,
    ),
]


class Privacy(Closed):
    """What is kept of people, in what form, for how long, and who may see it."""

    emails: Literal["hmac", "plain", "none"] = "hmac"
    """How addresses from sources are kept: as keyed hashes, readable, or not at all."""
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    """The fingerprint of the privacy key, which itself lies outside the repository."""
    text: Excerpt = 280
    """How many characters of a public message are kept."""
    contact: Literal["plain", "sealed", "none"] = "plain"
    """How `contact` of a person is kept."""
    retention: dict[Literal["note", "person", "task"], Period] = {}
    """After what time without news a record is proposed for deletion, such as 3y."""
    audiences: dict[Audience, Listed[Slug]] = {}
    """Who belongs to an audience, by slug."""


class FieldSpec(Closed):
    """A custom field: nothing personal is kept without a purpose."""

    type: Literal["text", "number", "date", "flag", "url"]
    """What its values are."""
    purpose: Text
    """What it is kept for."""
    audience: Audience
    """Who may see it."""


class Check(Closed):
    """Severities that this community sets otherwise."""

    severity: dict[str, Literal["error", "warning", "info"]] = {}
    """By a rule's code: error, warning or info."""


class Layout(Closed):
    """Where new files go."""

    people: Literal["flat", "letter"] = "flat"
    """`letter` puts new files at people/a/ada-lovelace.md; better from 1,000 people on."""


class Config(Closed):
    """`crm.yml`, everything optional but the community's name."""

    community: CommunityInfo
    """What the community is called, and where its days begin."""
    team: Listed[Slug] = []
    """Who may own a relationship, be given a task, be a steward. Not a rank."""
    subprojects: dict[Slug, Subproject] = {}
    """Named parts with sources, tags and thresholds of their own."""
    engagement: Engagement = Engagement.model_construct()
    """How activities weigh, and over which window."""
    response: Response = Response.model_construct()
    """How soon a newcomer should hear back."""
    sync: Sync = Sync.model_construct()
    """How feeds reach records."""
    identity: Identities = Identities.model_construct()
    """How it is found out who is who."""
    privacy: Privacy = Privacy.model_construct()
    """What is kept of people, in what form, for how long, and who may see it."""
    fields: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")], FieldSpec] = {}
    """Custom fields of people; each needs a purpose and an audience."""
    check: Check = Check.model_construct()
    """How grave findings are here."""
    bots: Listed[Text] = []
    """Accounts that are programs, by handle."""
    layout: Layout = Layout.model_construct()
    """Where new files go."""
    engine: Literal["duckdb"] = "duckdb"
    """What computes the figures."""


Budget = Annotated[
    int,
    BeforeValidator(check_count),
    Field(ge=1, le=1_000_000),
    form(
        "(?:[1-9][0-9]{0,5}|1000000)",
        "not a whole number from 1 to 1000000",
        type=["integer", "string"],
        minimum=1,
        maximum=1_000_000,
    ),
]
_GIT_NEEDS_A_TARGET: Final[JsonDict] = {
    "if": {"properties": {"type": {"const": "git"}}},
    "then": {"required": ["target"], "properties": {"target": {"type": "string"}}},
}


class Source(Closed):
    """`sources/NAME/source.yml`: where a feed comes from; a secret only by its variable's name.

    Without a target it holds what was imported from files.
    """

    model_config = ConfigDict(json_schema_extra=_GIT_NEEDS_A_TARGET)

    type: Literal[SOURCE_TYPES]  # type: ignore[valid-type]  # one list for users and types
    """What kind of place it is."""
    target: Annotated[
        str,
        AfterValidator(check_target),
        Field(max_length=2000),
        form(
            FORM,
            "not a path, nor an address of https, ssh or file without password",
            maxLength=2000,
        ),
    ] = ""
    """A path or an address, read and never run; none for what is imported from files."""
    branch: Annotated[str, Field(pattern=r"^[^-\s~^:?*\[\\][^\s~^:?*\[\\]*$")] | None = None
    """Of a git source: the branch to read; its default one where nothing is said."""
    paths: Listed[Text] = []
    """Of a git source: only what touches these paths."""
    subproject: Slug | None = None
    """The subproject that all of it belongs to."""
    tags: AnyOrder[Tag] = []
    """Tags of all that comes from it."""
    weights: Weights = {}
    """What its activities weigh, where that differs from crm.yml."""
    base_url: Url | None = None
    """Where its API is, of a server of one's own."""
    budget: Budget | None = None
    """The most requests of a run."""
    token_env: Variable | None = None
    """The NAME of the environment variable that holds the token; never the token."""
    secret_env: Variable | None = None
    """The NAME of the variable that holds the secret which its webhooks are signed with."""
    format: Format = Format.model_construct()
    """Of a table: how its files are written."""
    map: Mapping | None = None
    """Of a table: what its rows become; without it common names of columns are understood."""

    @model_validator(mode="after")
    def _git_needs_a_target(self) -> Self:
        if self.type == "git" and not self.target:
            raise ValueError("`target` is missing: the repository to read")
        return self


__all__ = ["Config", "Identity", "Segment", "Source", "TagSpec", "Tags"]
