"""A record's file: strict limits first, then the frontmatter block and the Markdown body."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

from crmtool.text.yamltext import Problem, read_yaml

MAX_FILE: Final = 1 << 20
MAX_BLOCK: Final = 64 << 10
MAX_LINE: Final = 20_000
_CONFLICT: Final = re.compile(r"^(?:<{7} |\|{7} |>{7} )", re.MULTILINE)
# C0 and C1 controls but tab, LF and CR; bidi overrides and isolates; zero-width space, BOM and
# the invisible tag characters; private use and noncharacters. ZWJ and ZWNJ are spelling.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


@dataclass(slots=True)
class Split:
    """The parts of a file: what the block says, the body, and where each begins."""

    value: Any = None
    block: str = ""
    body: str = ""
    body_line: int = 1
    problems: list[Problem] = field(default_factory=list)


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Bytes of a text file as text with LF line ends, without a leading BOM.

    A file that is too large, is not UTF-8, has an overlong line or forbidden characters gives
    problems; the text is empty where reading on makes no sense.
    """
    if len(data) > MAX_FILE:
        return "", [Problem("file-size", f"is larger than {MAX_FILE // 1024} KiB", 1, 1)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        return "", [
            Problem("encoding", f"is not UTF-8 at byte {error.start}", line, column,
                    "save the file as UTF-8")
        ]
    text = text.replace("\r\n", "\n")
    return text, _characters(text)


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _characters(text: str) -> list[Problem]:
    problems = []
    if found := _FORBIDDEN.search(text):
        name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
        problems.append(
            Problem("characters", f"holds a character that cannot be seen: {name}",
                    *_position(text, found.start()), hint="remove it")
        )
    if found := _CONFLICT.search(text):
        problems.append(
            Problem("conflict", "holds git conflict markers", *_position(text, found.start()),
                    hint="decide which side is right and remove the marker lines")
        )
    if (longest := max(map(len, text.split("\n")))) > MAX_LINE:
        problems.append(
            Problem("line-length", f"has a line of {longest} characters, at most {MAX_LINE}", 1, 1)
        )
    return problems


def split(text: str) -> Split:
    """Take a decoded record apart. Nothing is raised: what is wrong is in `problems`."""
    if not text.strip():
        return Split(problems=[Problem("frontmatter", "is empty", 1, 1,
                                       "begin it with a block between two lines of '---'")])
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Split(problems=[Problem(
            "frontmatter", "does not begin with a frontmatter block", 1, 1,
            "the first line must be '---', then the keys, then '---' again")])
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        return Split(problems=[Problem(
            "frontmatter", "has a frontmatter block that is not closed", 1, 1,
            "put a line of '---' after the last key")])
    block = "\n".join(lines[1:end]) + "\n"
    parts = Split(block=block, body="\n".join(lines[end + 1 :]), body_line=end + 2)
    if len(block) > MAX_BLOCK:
        parts.problems.append(Problem("yaml-size", "has too large a frontmatter block", 1, 1))
        return parts
    document = read_yaml(block, line_offset=1)
    parts.problems += document.problems
    if document.problems and document.value is None:
        return parts
    if not isinstance(document.value, dict):
        parts.problems.append(Problem(
            "frontmatter", "has a frontmatter block that is not a mapping", 2, 1,
            "write it as lines of 'key: value'"))
        return parts
    parts.value = document.value
    parts.problems += _escaped(document.value)
    return parts


def _escaped(value: Any) -> list[Problem]:
    """Forbidden characters that YAML escapes brought in (`"\\e"`)."""
    pending: list[Any] = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            if found := _FORBIDDEN.search(item):
                name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
                return [Problem("characters",
                                f"holds an escape for a character that cannot be seen: {name}",
                                2, 1, "remove it")]
        elif isinstance(item, dict):
            pending += item.keys()
            pending += item.values()
        elif isinstance(item, list):
            pending += item
    return []
