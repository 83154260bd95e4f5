"""What a detector found: of which kind, and where in the text."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["email", "phone", "bank", "secret", "special", "child", "address", "birth"]


class Hit(NamedTuple):
    """A span of a text that is of one kind."""

    kind: Kind
    start: int
    end: int
    what: str = ""
