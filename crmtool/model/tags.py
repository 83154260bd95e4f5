"""The vocabulary file: `tags.yml`. A closed schema."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from crmtool.model.records import Closed, Listed
from crmtool.model.scalars import Slug, Tag, Text


class TagSpec(Closed):
    """What a tag means and what it may be put on."""

    about: Text | None = None
    """What the tag means, for those who did not invent it."""
    applies_to: Listed[Literal["person", "note", "task", "source", "subproject"]] = []
    """What it may be put on; on everything where nothing is said."""


class Keyword(Closed):
    """Literal words that put a tag on a conversation."""

    tag: Tag
    """The tag that the words stand for."""
    words: Annotated[list[Text], Field(min_length=1, max_length=200)]
    """Literal words, never patterns."""


class Segment(Closed):
    """A saved query over people."""

    title: Text
    """Its name for people."""
    where: Annotated[str, Field(min_length=1, max_length=4000)]
    """A SQL condition over the people view."""


class Tags(Closed):
    """`tags.yml`: the vocabulary of a community."""

    tags: dict[Tag, TagSpec] = {}
    """Every tag that may be used, by name."""
    keywords: dict[Slug, Keyword] = {}
    """Words that put a tag on a conversation."""
    segments: dict[Slug, Segment] = {}
    """Saved queries over people."""
