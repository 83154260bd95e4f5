"""One thing that a change means, in a sentence that keeps our words and other people's apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """The parts of a review, what a reviewer has to see first before the rest."""

    GUARD = "This change touches its own guards"
    ERRORS = "Has to be mended"
    WARNINGS = "Worth a look"
    PRIVACY = "Privacy"
    LOSS = "Gone"
    PEOPLE = "People"
    NOTES = "Notes"
    TASKS = "Tasks"
    VOCABULARY = "Vocabulary"
    SETTINGS = "Settings"
    SOURCES = "Sources"
    FILES = "Other files"

    @property
    def is_risk(self) -> bool:
        """Whether somebody has to look at it, however long the rest is."""
        return self in (Part.GUARD, Part.ERRORS, Part.WARNINGS, Part.PRIVACY, Part.LOSS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a `{}` for each thing that people or sources have written."""

    words: str
    given: tuple[str, ...] = ()

    def show(self, quote: Callable[[str], str]) -> str:
        """The sentence, with what was given made harmless for where it is to stand."""
        return self.words.format(*map(quote, self.given))


def sentence(words: str, *given: object) -> Sentence:
    """Make a sentence; what is given may be anything that reads well as text."""
    return Sentence(words, tuple(map(str, given)))


@dataclass(frozen=True, slots=True)
class Statement:
    """What became of one subject: a person by name, a note, a file."""

    part: Part
    subject: str
    sentences: tuple[Sentence, ...] = field(default=())
    path: str = ""
