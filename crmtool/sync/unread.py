"""Files below `people/` that could not be loaded: whose they are must be guessed, on the safe side.

Nothing is created in their place and no account that they mention is given to another record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crmtool.identity.resolve import fold
from crmtool.model.community import Community

_LIMIT: Final = 1 << 20
# An identity as it may stand in a damaged list: `- github:ada`, `"github:ada"`, `github: ada`.
_WORD: Final = re.compile(r"([a-z0-9][a-z0-9.-]*):[ \t]*([^\s<>\"'`\\,\[\]{}]+)", re.IGNORECASE)


def faulty_paths(community: Community) -> set[str]:
    """Paths below `people/` with an error, loaded or not."""
    return {
        finding.path
        for finding in community.findings
        if finding.severity == "error" and finding.path.startswith("people/")
    }


def mentioned(community: Community, texts: Mapping[str, bytes]) -> set[str]:
    """Every word (folded) of the files not loaded that may be an identity.

    Only what `texts` lists is read: a path with a finding may be a link or worse.
    """
    loaded = {record.path for record in community.people.values()}
    return {word for path in set(texts) - loaded for word in _identities(texts[path])}


def _identities(data: bytes) -> Iterator[str]:
    # Without its NULs, UTF-16 shows the identities that it holds.
    text = data[:_LIMIT].replace(b"\0", b"").decode("utf-8", "replace")
    for network, handle in _WORD.findall(text):
        yield fold(f"{network}:{handle}")


def taken_slugs(community: Community, texts: Mapping[str, bytes]) -> set[str]:
    """Names that a new file may not have: of records, of their aliases, and of any other file."""
    records = community.people.values()
    aliases = {alias for record in records for alias in record.data.aliases}
    paths = (faulty_paths(community), texts, (record.path for record in records))
    return aliases | set(community.people) | {slug for group in paths for slug in _stems(group)}


def _stems(paths: Iterable[str]) -> Iterator[str]:
    """The stems of files and of folders with a record's ending, as a careless system sees them."""
    for path in paths:
        for part in path.lower().split("/"):
            if part.endswith(".md"):
                yield part.removesuffix(".md")
