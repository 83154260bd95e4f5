"""The configuration files: `crm.yml`, `tags.yml`, `source.yml`. Closed schemas."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from crmtool.model.records import Audience, Closed, Listed
from crmtool.model.scalars import (
    Count,
    Flag,
    Identity,
    Name,
    Number,
    Slug,
    Tag,
    Text,
    Url,
    Zone,
)
from crmtool.model.target import check_target
from crmtool.model.vocabulary import ACTIVITY_TYPES

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


Period = Annotated[str, BeforeValidator(_period)]
Weights = dict[Annotated[str, AfterValidator(_activity_or_default)], Annotated[Number, Field(ge=0)]]


class CommunityInfo(Closed):
    """What the community is called, and where its days begin."""

    name: Name
    timezone: Zone = "UTC"
    example: Flag = False


class Subproject(Closed):
    """A named part of the community with its own sources, tags and thresholds."""

    title: Text | None = None
    sources: Listed[Slug] = []
    tags: Listed[Tag] = []
    thresholds: dict[Slug, Count] = {}


class Engagement(Closed):
    """How activities weigh and over which window."""

    model: Literal["orbit-v2"] = "orbit-v2"
    weights: Weights = {}
    window: Period = "365d"


class Response(Closed):
    """How soon a newcomer should hear back."""

    first: Period = "48h"


class Create(Closed):
    """Who gets a file of their own."""

    contributions: Count = 1


class Joins(Closed):
    """Which proofs join identities unasked."""

    email: Flag = True
    mailmap: Flag = True


class Sync(Closed):
    """How feeds reach records."""

    create: Create = Create()
    join: Joins = Joins()
    order: Listed[Slug] = ["github", "discourse", "git"]


class Privacy(Closed):
    """What is kept of people, in what form, for how long, and who may see it."""

    emails: Literal["hmac", "plain", "none"] = "hmac"
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    text: Annotated[int, Field(ge=0, le=10_000)] = 280
    contact: Literal["plain", "sealed", "none"] = "plain"
    retention: dict[Literal["note", "person", "task"], Period] = {}
    audiences: dict[Audience, Listed[Slug]] = {}


class FieldSpec(Closed):
    """A custom field: nothing personal is kept without a purpose."""

    type: Literal["text", "number", "date", "flag", "url"]
    purpose: Text
    audience: Audience


class Check(Closed):
    """Severities that this community sets otherwise."""

    severity: dict[str, Literal["error", "warning", "info"]] = {}


class Layout(Closed):
    """Where new files go."""

    people: Literal["flat", "letter"] = "flat"


class Config(Closed):
    """`crm.yml`, everything optional but the community's name."""

    community: CommunityInfo
    team: Listed[Slug] = []
    subprojects: dict[Slug, Subproject] = {}
    engagement: Engagement = Engagement()
    response: Response = Response()
    sync: Sync = Sync()
    privacy: Privacy = Privacy()
    fields: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")], FieldSpec] = {}
    check: Check = Check()
    bots: Listed[Text] = []
    layout: Layout = Layout()
    engine: Literal["duckdb"] = "duckdb"


class TagSpec(Closed):
    """What a tag means and what it may be put on."""

    about: Text | None = None
    applies_to: Listed[Literal["person", "note", "task", "source", "subproject"]] = []


class Keyword(Closed):
    """Literal words that put a tag on a conversation."""

    tag: Tag
    words: Annotated[list[Text], Field(min_length=1, max_length=200)]


class Segment(Closed):
    """A saved query over people."""

    title: Text
    where: Annotated[str, Field(min_length=1, max_length=4000)]


class Tags(Closed):
    """`tags.yml`: the vocabulary of a community."""

    tags: dict[Tag, TagSpec] = {}
    keywords: dict[Slug, Keyword] = {}
    segments: dict[Slug, Segment] = {}


SOURCE_TYPES: Final = (
    "git",
    "github",
    "gitlab",
    "discourse",
    "slack",
    "mbox",
    "rss",
    "csv",
    "json",
    "inbox",
)


class Source(Closed):
    """`sources/NAME/source.yml`: where a feed comes from; a secret only by its variable's name.

    Without a target it holds what was imported from files. `budget` is the most requests of a run.
    """

    type: Literal[SOURCE_TYPES]  # type: ignore[valid-type]  # one list for users and types
    target: Annotated[str, AfterValidator(check_target), Field(max_length=2000)] = ""
    branch: Annotated[str, Field(pattern=r"^[^-\s~^:?*\[\\][^\s~^:?*\[\\]*$")] | None = None
    paths: Listed[Text] = []
    subproject: Slug | None = None
    tags: Listed[Tag] = []
    weights: Weights = {}
    base_url: Url | None = None
    budget: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    token_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,99}$")] | None = None

    @model_validator(mode="after")
    def _git_needs_a_target(self) -> Self:
        if self.type == "git" and not self.target:
            raise ValueError("`target` is missing: the repository to read")
        return self


__all__ = ["Config", "Identity", "Source", "Tags"]
