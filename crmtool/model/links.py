"""`[[slug]]` in a body: a link to a person's or a note's page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# Wider than a slug, so that `[[ Ada Lovelace ]]` and `[[ada|Ada herself]]` are caught as well.
LINK: Final = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")


def target(inside: str) -> str:
    """What the text between the brackets names: a slug, however it was spelled."""
    return "-".join(inside.partition("|")[0].lower().split())


def replace_links(body: str, words: Callable[[str], str | None]) -> str:
    """Put `words(slug)` in the place of each link; where it is None, the link stays."""
    if "[[" not in body:
        return body

    def replaced(found: re.Match[str]) -> str:
        new = words(target(found[1]))
        return found[0] if new is None else new

    return LINK.sub(replaced, body)


def rename_links(body: str, rename: Callable[[str], str | None]) -> str:
    """Let each link lead to `rename(slug)`, under its words; where that is None, it stays."""
    if "[[" not in body:
        return body

    def renamed(found: re.Match[str]) -> str:
        new = rename(target(found[1]))
        words = "".join(found[1].partition("|")[1:])
        return found[0] if new is None else f"[[{new}{words}]]"

    return LINK.sub(renamed, body)
