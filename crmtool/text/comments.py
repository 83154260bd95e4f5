"""The comments of a YAML text, which its values do not hold: for rules, and for waivers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Comment

_FENCE: Final = b"\n---"
# A quoted text, which begins where a value may, or the beginning of a comment.
_QUOTED_OR_HASH: Final = re.compile(
    r"(?:^|(?<=[ \t:\[{,-]))(?:\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?)"
    r"|(?:^|(?<=[ \t]))(?P<hash>#[ \t]*)"
)


def comments(path: str, data: bytes) -> Iterator[Comment]:
    """Each comment of a configuration file, or of a record's frontmatter.

    Told line by line, so a `#` in the middle of a text of several lines is taken for one as well.
    """
    end = data.find(_FENCE, 3) if path.endswith(".md") else len(data)
    if data.find(b"#", 0, end) < 0:  # nearly always
        return
    for number, line in enumerate(data[:end].decode(errors="replace").split("\n"), 1):
        found = next((m for m in _QUOTED_OR_HASH.finditer(line) if m["hash"]), None)
        if found:
            text, alone = line[found.end() :].rstrip("\r"), not line[: found.start()].strip()
            close = found["hash"] == "#"
            yield Comment(path, number, found.end() + 1, text, alone, close)
