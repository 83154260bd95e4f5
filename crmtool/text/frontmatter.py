"""A record's file: strict limits first, then the frontmatter block and the Markdown body."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtool.text.limits import MAX_BLOCK, MAX_FILE, MAX_LINE
from crmtool.text.nodes import locate, position
from crmtool.text.yamltext import Problem, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtool.model.finding import KeyPath

_MOST: Final = 20
"""Lines with what cannot be seen that are told."""
_CONFLICT: Final = re.compile(r"^(?:<{7} |\|{7} |>{7} )", re.MULTILINE)
_MARKS: Final = tuple(f"{7 * mark} " for mark in "<|>")
# C0 and C1 controls but tab and LF (a CR that stands before a LF is folded away before this is
# asked; any other ends a line for YAML and not for git). Bidi overrides and isolates, line and
# paragraph separators. What cannot be seen: zero-width space, word joiner, BOM, invisible
# operators, annotation marks, tag characters. Private use and noncharacters. ZWJ, ZWNJ and the
# plain direction marks (LRM, RLM) are spelling.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(1 << 16, 15 << 16, 1 << 16)
    )
    + "]"
)
# The flags of England, Scotland and Wales are spelt with tag characters.
_FLAG: Final = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{5}\U000e007f")
_FENCED: Final = re.compile(
    r"(---[ \t]*\r?\n)"
    r"((?:(?!---[ \t]*\r?(?:\n|\Z)).*\n)*)"
    r"(?=---[ \t]*\r?(?:\n|\Z))"
)
# What editors make of three hyphens.
_DASHES: Final = re.compile("[-\u2010-\u2015\u2e3a\u2e3b]{1,8}\\Z")

_BLANK: Final = re.compile(r"(?:[ \t]*(?:#.*)?(?:\n|\Z)|---[ \t]*(?:#.*)?(?:\n|\Z))*\Z")


@dataclass(slots=True)
class Split:
    """The parts of a file: what the block says, the body, and where each begins."""

    value: Any = None
    block: str = ""
    body: str = ""
    body_line: int = 1
    problems: list[Problem] = field(default_factory=list)


class Cut(NamedTuple):
    """A file's text in three: the opening line, the block, and the closing line with the body."""

    head: str
    block: str
    tail: str


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Bytes of a text file as text with LF line ends, without a leading BOM.

    A file that is too large, is not UTF-8, has an overlong line or forbidden characters gives
    problems; the text is empty where reading on makes no sense.
    """
    if len(data) > MAX_FILE:
        message = f"is larger than {MAX_FILE // 1024} KiB"
        return "", [Problem("file-size", message, 1, 1, "split it, or move what is long elsewhere")]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].removeprefix(
            b"\xef\xbb\xbf"
        )
        column = len(before.decode()) + 1
        return "", [Problem("encoding", "is not UTF-8", line, column, _resaved(data, error.start))]
    text = fold(text)
    return text, characters(text)


def _resaved(data: bytes, at: int) -> str:
    """What to do about bytes that are not UTF-8: in which encoding they probably are."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:100].count(0) > len(data[:100]) // 3:
        return "it looks like UTF-16; save the file as UTF-8"
    letter = data[at : at + 1].decode("cp1252", "replace")
    if not letter.isalnum() and letter not in "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac":
        return f"save the file as UTF-8; byte {at} is where it is not"
    return f"byte {at} is {letter!r} in Windows-1252; save the file as UTF-8"


def fold(text: str) -> str:
    """The text without a leading BOM and with LF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _forbidden(text: str) -> tuple[int, str] | None:
    """Where the first forbidden character stands, and its name."""
    # All of them are such as cannot be printed, which is quicker to know.
    if text.replace("\n", "").replace("\t", "").isprintable():
        return None
    found = _FORBIDDEN.search(text)
    if found and "\U000e0061" <= found[0] <= "\U000e007f":
        found = _FORBIDDEN.search(_FLAG.sub(lambda flag: "\U0001f3f4" * len(flag[0]), text))
    if not found:
        return None
    return found.start(), unicodedata.name(found[0], f"U+{ord(found[0]):04X}")


def characters(text: str) -> list[Problem]:
    """What a folded text holds that no file of a workspace may hold, whatever its format."""
    problems = list[Problem]()
    if _forbidden(text):
        problems += islice(_unseen(text), _MOST)
    if any(mark in text for mark in _MARKS) and (conflict := _CONFLICT.search(text)):
        problems.append(
            Problem(
                "conflict",
                "holds git conflict markers",
                *position(text, conflict.start()),
                hint="decide which side is right and remove the marker lines",
            )
        )
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        problems.append(_denormal(text))
    lengths = [len(line) for line in text.split("\n")] if len(text) > MAX_LINE else [0]
    if (longest := max(lengths)) > MAX_LINE:
        message = f"has a line of {longest} characters, at most {MAX_LINE}"
        line = lengths.index(longest) + 1
        problems.append(Problem("line-length", message, line, 1, "break it into several lines"))
    return problems


def _unseen(text: str) -> Iterator[Problem]:
    """The first such character of each line."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _forbidden(line):
            message = f"holds a character that cannot be seen: {found[1]}"
            yield Problem("characters", message, number, found[0] + 1, "remove it")


def _denormal(text: str) -> Problem:
    """Where a text leaves normal form C."""
    both = enumerate(zip(text, unicodedata.normalize("NFC", text), strict=False))
    at = next((offset for offset, (here, there) in both if here != there), 0)
    message = "is not in Unicode's normal form C, so that it is not found"
    hint = "crmtool fmt rewrites it"
    return Problem("not-nfc", message, *position(text, at), hint, "warning")


def cut(text: str) -> Cut | None:
    """The parts of a record's text, which together are the text; None without a whole block.

    Line ends may be of either kind; a BOM must be gone.
    """
    found = _FENCED.match(text)
    return Cut(found[1], found[2], text[found.end() :]) if found else None


def split(text: str) -> Split:
    """Take a decoded record apart. Nothing is raised: what is wrong is in `problems`."""
    parts = cut(text)
    if parts is None:
        return Split(problems=[unfenced(text)])
    body = parts.tail.partition("\n")[2]
    result = Split(block=parts.block, body=body, body_line=parts.block.count("\n") + 3)
    if len(parts.block) > MAX_BLOCK:
        message = f"has a frontmatter block of more than {MAX_BLOCK // 1024} KiB"
        hint = "move what is long into the body"
        result.problems.append(Problem("yaml-size", message, 2, 1, hint))
        return result
    result.value, result.problems = mapping(parts.block, 1)
    return result


def unfenced(text: str) -> Problem:
    """Why a folded text has no whole frontmatter block."""
    if not text.strip():
        hint = "begin it with a block between two lines of '---'"
        return Problem("frontmatter", "is empty", 1, 1, hint)
    if text.partition("\n")[0].rstrip(" \t") == "---":
        message = "has a frontmatter block that is not closed"
        return Problem("frontmatter", message, 1, 1, "put a line of '---' after the last key")
    message = "does not begin with a frontmatter block"
    return Problem("frontmatter", message, 1, 1, _opening(text))


def _opening(text: str) -> str:
    """What to do about a first line that is none."""
    lines = text.split("\n", 20)
    first = lines[0].strip()
    if first == "+++":
        return "the keys are YAML between two lines of '---', not TOML between '+++'"
    if _DASHES.match(first):
        return "write the first line, and the one after the keys, as three hyphens: '---'"
    if not first and next((line for line in lines if line.strip()), "").strip() == "---":
        return "remove what stands before the first line of '---'"
    return "the first line must be '---', then the keys, then '---' again"


def mapping(text: str, line_offset: int = 0) -> tuple[dict[str, Any] | None, list[Problem]]:
    """What a YAML text says that must be a mapping; where nothing is written, an empty one.

    Some problems still leave a value; None where there is no use in looking at it.
    """
    document = read_yaml(text, line_offset)
    value, problems = document.value, document.problems
    if value is None and not problems and _BLANK.match(text):
        return {}, []
    if isinstance(value, dict):
        return value, problems + _escaped(text, value, line_offset)
    if not problems:
        what = (
            "has a frontmatter block that is not a mapping" if line_offset else "is not a mapping"
        )
        hint = "write it as lines of 'key: value'"
        code = "frontmatter" if line_offset else "schema"
        problems = [Problem(code, what, 1 + line_offset, 1, hint)]
    return None, problems


def _escaped(text: str, value: dict[str, Any], line_offset: int) -> list[Problem]:
    r"""Forbidden characters that YAML escapes brought in (`"\e"`)."""
    if "\\" not in text:
        return []
    pending: list[tuple[KeyPath, Any]] = [((), value)]
    for key, item in pending:
        if isinstance(item, str):
            if found := _forbidden(item):
                message = f"holds an escape for a character that cannot be seen: {found[1]}"
                place = locate(text, key, line_offset)
                return [Problem("characters", message, *place, hint="remove it")]
        elif isinstance(item, dict):
            pending += [((*key, name), name) for name in item]
            pending += [((*key, name), child) for name, child in item.items()]
        elif isinstance(item, list):
            pending += [((*key, index), child) for index, child in enumerate(item)]
    return []
