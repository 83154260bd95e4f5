"""CSV and its like as batches of columns, with the dialect and the encoding that are declared."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from typing import Final

from crmtool.errors import BadFile
from crmtool.importers.tables.batch import SIZE, Batch, Report, not_decodable
from crmtool.model.mapping import Format

_OTHER: Final = {";": "semicolon", "\t": "tab", "|": "pipe", ",": "comma"}
_NAMED: Final = 3
_SHAPE: Final = "rows with another number of cells than the header"


class CsvRows:
    """One CSV file. `header` is read at once, rows when `batches` is called."""

    def __init__(self, source: str, document: Path, form: Format, report: Report) -> None:
        self.source, self.document, self.form, self.report = source, document, form, report
        self._delimiter, self._quote = form.signs(_by_name(document.name))
        self.read = 0
        """Bytes read so far."""
        self._raw = document.open("rb")
        decoder = "utf-8-sig" if form.encoding == "utf-8" else form.encoding
        self._text = io.TextIOWrapper(self._raw, decoder, newline="")
        self._before = max(form.header - 1, 0)
        self._rows: Iterator[list[str]]
        with ExitStack() as opened:
            opened.callback(self.close)
            with self._guarded():
                self.header = self._header()
            opened.pop_all()

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()

    def batches(self, wanted: Collection[str]) -> Iterator[Batch]:
        """The rows, with the columns that are wanted.

        Raises:
            BadFile: the file is not what is declared.

        """
        place = {name: number for number, name in enumerate(self.header)}
        self._require(wanted)
        line, columns = self._first, {name: place[name] for name in wanted}
        while rows := self._some():
            self.read = self._raw.tell()
            yield self._batch(rows, line, columns)
            line = self._next_line

    def _some(self) -> list[list[str]]:
        with self._guarded():
            return list(islice(self._rows, SIZE))

    def _header(self) -> list[str]:
        for _ in range(self._before):
            self._text.readline()
        self._reader = csv.reader(
            self._text,
            delimiter=self._delimiter,
            quotechar=self._quote or None,
            quoting=csv.QUOTE_MINIMAL if self._quote else csv.QUOTE_NONE,
            strict=True,
        )
        self._rows = self._reader
        self._first = 1
        if not self.form.header:
            return self._unnamed()
        names = next(self._reader, None)
        if names is None:
            raise BadFile(
                self.source,
                f"{self.document.name}:1:1: ends before line {self.form.header}, its header",
                "correct header: under format in source.yml",
            )
        self._first = self._next_line
        return self.form.columns or [name.strip() for name in names]

    def _unnamed(self) -> list[str]:
        """Names for the columns of a file without a header: as declared, else their numbers."""
        if self.form.columns:
            return self.form.columns
        first = next(self._reader, [])
        self._rows = chain([first] if first else [], self._reader)
        return [str(number) for number in range(1, len(first) + 1)]

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Reading, its failures in words."""
        try:
            yield
        except UnicodeError:
            raise not_decodable(self.source, self.document, self.form) from None
        except csv.Error as error:
            raise BadFile(
                self.source,
                f"{self.document.name}:{self._next_line - 1}:1: cannot be read: {error}",
                "a quote is left open or stands in a cell; mend the line, or declare another "
                "quote: under format in source.yml (none: quotes mean nothing)",
            ) from None

    @property
    def _next_line(self) -> int:
        """The line after what was read."""
        return self._before + self._reader.line_num + 1

    def _require(self, wanted: Collection[str]) -> None:
        where = f"{self.document.name}:{max(self.form.header, 1)}"
        missing = sorted(set(wanted) - set(self.header))
        twice = sorted(name for name in wanted if self.header.count(name) > 1)
        if missing:
            shown = ", ".join(self.header)[:200]
            words = f"{where}:1: has no column {missing[0]!r}; it has: {shown}"
            raise BadFile(self.source, words, self.remedy(missing[0]))
        if twice:
            column = self.header.index(twice[0]) + 1
            words = f"{where}:{column}: has two columns named {twice[0]!r}"
            raise BadFile(self.source, words, "rename one of them in the file")

    def remedy(self, missing: str = "") -> str:
        """What is probably wrong with a file whose header lacks a column."""
        if len(self.header) == 1:
            for sign, name in _OTHER.items():
                if sign in self.header[0]:
                    return (
                        f"its cells seem to be separated by {name}s: delimiter: {name} under "
                        f"format in source.yml, or --delimiter {name}"
                    )
        close = get_close_matches(missing, self.header, n=1)
        return f"did you mean {close[0]!r}?" if close else "correct map: in source.yml"

    def _batch(self, rows: list[list[str]], first: int, wanted: dict[str, int]) -> Batch:
        width = len(self.header)
        numbers: Sequence[int] = range(len(rows))
        whole = rows
        if set(map(len, rows)) != {width}:
            numbers = self._of_width(rows, first, width)
            whole = [rows[number] for number in numbers]
        columns = {n: [row[i].strip() for row in whole] for n, i in wanted.items()}

        def place(row: int, column: str) -> str:
            line = first + sum(map(_height, rows[: numbers[row]]))
            return f"{self.document.name}:{line}:{wanted.get(column, 0) + 1}"

        return Batch(self.document.name, len(whole), columns, place)

    def _of_width(self, rows: list[list[str]], line: int, width: int) -> list[int]:
        """The rows that fit the header; empty lines and empty cells at the end do no harm."""
        kept, wrong = [], []
        for number, row in enumerate(rows):
            if len(row) > width and not any(row[width:]):
                del row[width:]
            if len(row) == width:
                kept.append(number)
            elif any(row):
                wrong.append((line, len(row)))
            line += _height(row)
        if wrong and self.form.bad_rows == "refuse":
            self._refuse(wrong, width)
        for at, cells in wrong:
            where = f"{self.document.name}:{at}:{min(cells, width) + 1}"
            self.report.row(_SHAPE, where, f"has {cells} cells, the header {width}")
        return kept

    def _refuse(self, wrong: list[tuple[int, int]], width: int) -> None:
        lines = ", ".join(str(line) for line, _ in wrong[:_NAMED])
        more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        at, cells = wrong[0]
        raise BadFile(
            self.source,
            f"{self.document.name}:{at}:{min(cells, width) + 1}: has {cells} cells, the header "
            f"{width} (line {lines}{more})",
            "correct the file; or bad_rows: skip under format in source.yml leaves such rows out",
        )


def _by_name(name: str) -> str:
    return "\t" if name.lower().endswith((".tsv", ".tab")) else ","


def _height(row: list[str]) -> int:
    """How many lines of the file a row takes."""
    return 1 + sum(c.count("\n") or c.count("\r") for c in row if "\n" in c or "\r" in c)
