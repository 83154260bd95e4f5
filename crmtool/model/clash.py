"""What only a person can tell: which of two values is right, whose something is."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from crmtool.model.finding import KeyPath

Side = Literal["a", "b"]


class Clash(NamedTuple):
    """A key at which both records say something, and not the same."""

    key: KeyPath
    a: Any
    b: Any

    @property
    def name(self) -> str:
        """The key as one word: `contact.email`."""
        return ".".join(map(str, self.key))


class Question(NamedTuple):
    """Something added since a merge, and the slugs of those whose it may be, the kept one first."""

    path: str
    what: str
    slugs: tuple[str, ...]
