"""Rows on their way: some thousand at a time, by column, each cell with its place in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import BinaryIO, Final

from crmtool.errors import BadFile
from crmtool.importers.contract import Outcome
from crmtool.model.mapping import FILE, Format

SIZE: Final = 4096
_CHUNK: Final = 1 << 20
_NAMED: Final = 3
_WIDE: Final = ("utf-16", "utf-32")
_MARKS: Final = {
    b"PK\x03\x04": ("is an Excel workbook or another archive", "save it as CSV (UTF-8)"),
    b"\xd0\xcf\x11\xe0": ("is an old Excel workbook", "save it as CSV (UTF-8)"),
    b"\x1f\x8b": ("is compressed", "unpack it first"),
}
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one file. Cells have no blanks at their ends; `""` where nothing is said."""

    file: str
    size: int
    columns: dict[str, list[str]]
    place: Callable[[int, str], str]
    """`FILE:LINE:COLUMN` of a row's cell, by the row's number here and the column's name."""

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        if name == FILE:
            return [Path(self.file).stem] * self.size
        return self.columns[name]

    def only(self, mask: list[bool]) -> Batch:
        """The rows that a mask lets through."""
        if all(mask):
            return self
        kept = list(compress(range(self.size), mask))
        columns = {name: list(compress(cells, mask)) for name, cells in self.columns.items()}
        return Batch(
            self.file, len(kept), columns, lambda row, column: self.place(kept[row], column)
        )


class Report:
    """What was left out and why: counted, the first few of each kind with their places."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.first = ""

    def row(self, reason: str, where: str, detail: str) -> None:
        """One row, or one cell of it, that is not taken."""
        self._outcome.skip(reason)
        said = f"{where}: {detail}"
        self.first = self.first or said
        if self._outcome.skipped[reason] <= _NAMED:
            self._outcome.notes.append(said)


def inspect(source: str, document: Path, form: Format) -> str:
    """SHA-256 of a file that can be text in the encoding declared, in hex.

    Raises:
        BadFile: it is empty, compressed, a workbook, or in another encoding.

    """
    digest, position, nul = hashlib.sha256(), 0, -1
    with document.open("rb") as file:
        for chunk in _chunks(file):
            if not position:
                _refuse_foreign(source, document.name, chunk, form)
            if nul < 0 and (found := chunk.find(b"\0")) >= 0:
                nul = position + found
            digest.update(chunk)
            position += len(chunk)
    if not position:
        raise BadFile(source, f"{document.name}:1:1: is empty", "export it again")
    if nul >= 0 and not is_wide(form):
        line = line_at(document, nul)
        raise BadFile(
            source,
            f"{document.name}:{line}:1: holds a NUL character",
            "it is no text, or of another encoding: try encoding: utf-16 (--encoding utf-16)",
        )
    return digest.hexdigest()


def is_wide(form: Format) -> bool:
    """Whether NUL bytes are part of the encoding."""
    return form.encoding.startswith(_WIDE)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _refuse_foreign(source: str, name: str, start: bytes, form: Format) -> None:
    for mark, (what, remedy) in _MARKS.items():
        if start.startswith(mark):
            raise BadFile(source, f"{name}:1:1: {what}, not text", remedy)
    if start.startswith(_UTF16) and not is_wide(form):
        raise BadFile(
            source,
            f"{name}:1:1: is UTF-16, not {form.encoding.upper()}",
            "say so: encoding: utf-16 under format in source.yml, or --encoding utf-16",
        )


def line_at(document: Path, offset: int) -> int:
    """The number of the line that a byte stands in."""
    with document.open("rb") as file:
        return file.read(offset).count(b"\n") + 1


def not_decodable(source: str, document: Path, form: Format) -> BadFile:
    """The first line that is not in the encoding declared, in words."""
    line = 1
    if not is_wide(form):
        with document.open("rb") as file:
            for number, raw in enumerate(file, 1):
                try:
                    raw.decode(form.encoding)
                except UnicodeDecodeError:
                    line = number
                    break
    return BadFile(
        source,
        f"{document.name}:{line}:1: is not {form.encoding.upper()}",
        "say what it is: encoding: cp1252 under format in source.yml, or --encoding cp1252 "
        "(also latin-1, utf-16)",
    )
