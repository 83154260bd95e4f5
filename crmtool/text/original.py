"""A file's text before an edit: its YAML with LF line ends, and the way back to the whole text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from crmtool.text.edits import Edit, apply
from crmtool.text.frontmatter import characters, cut, fold, mapping, unfenced
from crmtool.text.limits import MAX_BLOCK, MAX_FILE
from crmtool.text.yamltext import Problem


class SpliceError(ValueError):
    """A text cannot be edited, or not in this way; the message says why.

    Where it is because the strict reader does not accept it, `problem` says where and what to do.
    """

    def __init__(self, message: str, problem: Problem | None = None) -> None:
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Original:
    """A text in parts, and what its YAML says."""

    head: str
    raw: str
    """The YAML as it is on disk."""
    tail: str
    text: str
    """The same with LF line ends, the last line's too."""
    data: dict[str, Any]
    yml: bool

    def first_right(self, candidates: Iterable[Sequence[Edit]], expected: object) -> str:
        """The whole text after the first edits that make it say this and nothing else.

        Raises:
            SpliceError: none of them does.

        """
        problem = SpliceError("cannot be edited in this way without changing something else")
        for text in chain.from_iterable(map(self._edited, candidates)):
            try:
                after = read(text, yml=self.yml)
            except SpliceError as error:
                problem = error
                continue
            if after.data == expected and (after.head, after.tail) == (self.head, self.tail):
                return text
        raise problem

    def _edited(self, edits: Sequence[Edit]) -> Iterator[str]:
        """The whole text with edits made; if there are two, the first has no final newline.

        That is how the text was, but the last value may need one: of a literal it can be a part.
        """
        line, _, _ = (self.raw if "\n" in self.raw else self.head).partition("\n")
        newline = "\r\n" if line.endswith("\r") else "\n"
        unended = bool(self.raw) and not self.raw.endswith("\n")
        raw = self.raw + newline if unended else self.raw
        # Offsets count CR LF as one: each that stands before one moves it by one.
        pairs = [found.start() - n for n, found in enumerate(re.finditer("\r\n", raw))]
        edits = [
            Edit(
                start + bisect_left(pairs, start),
                end + bisect_left(pairs, end),
                new.replace("\n", newline),
            )
            for start, end, new in edits
        ]
        result = apply(raw, edits)
        if unended:
            yield self.head + result.rstrip("\r\n") + self.tail
        yield self.head + result + self.tail


def read(text: str, *, yml: bool) -> Original:
    """Take a text apart that the strict reader accepts.

    Raises:
        SpliceError: it does not.

    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    parts = ("", text.removeprefix(bom), "") if yml else cut(text.removeprefix(bom))
    if parts is None:
        problem = unfenced(fold(text))
        raise SpliceError("does not begin with a whole frontmatter block", problem)
    head, raw, tail = parts
    block = fold(raw)
    if not _fits(text) or (len(block) > MAX_BLOCK and not yml):
        raise SpliceError("is too large, or holds half of a surrogate pair")
    data, problems = mapping(block, 0 if yml else 1)
    found = [p for p in (*characters(block), *problems) if p.severity == "error"]
    if found or data is None:
        first = (found or problems)[0]
        words = f"line {first.line}, column {first.column}: {first.message}"
        raise SpliceError(words, first)
    if block and not block.endswith("\n"):
        block += "\n"
    return Original(bom + head, raw, tail, block, data, yml)


def _fits(text: str) -> bool:
    try:
        return len(text.encode()) <= MAX_FILE
    except UnicodeEncodeError:
        return False
