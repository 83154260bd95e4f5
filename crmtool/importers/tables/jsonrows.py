"""JSON and JSON Lines as batches of columns, by paths such as `user.login` or `replies.0.id`."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from crmtool.errors import BadFile
from crmtool.importers.answers import mended
from crmtool.importers.tables.batch import SIZE, Batch, Report, not_decodable
from crmtool.model.mapping import Format

_BROKEN: Final = (msgspec.DecodeError, RecursionError)
_BAD_LINE: Final = "lines that are not JSON objects"


class _Row(NamedTuple):
    """One object and the line it begins in."""

    line: int
    value: dict[str, Any]


class JsonRows:
    """One file of JSON (a list of objects somewhere in it) or of JSON Lines."""

    def __init__(
        self, source: str, document: Path, form: Format, report: Report, *, by_line: bool
    ) -> None:
        self.source, self.document, self.form, self.report = source, document, form, report
        self.read = 0
        self._rows = self._lines() if by_line else self._items()
        self._first = list(islice(self._rows, SIZE))
        self.header = sorted({key for row in self._first for key in _paths(row.value)})

    def batches(self, wanted: Collection[str]) -> Iterator[Batch]:
        """The rows, with the paths that are wanted; what a row does not have is empty.

        Raises:
            BadFile: the file is not what is declared.

        """
        rows = self._first
        while rows:
            yield self._batch(rows, wanted)
            rows = list(islice(self._rows, SIZE))

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    def remedy(self, missing: str = "") -> str:
        """What is probably wrong where no row says what is needed."""
        said = ", ".join(self.header)[:200]
        return f"correct map: in source.yml; the rows have: {said}" if said else missing

    def _batch(self, rows: list[_Row], wanted: Collection[str]) -> Batch:
        columns = {path: [text_at(row.value, path) for row in rows] for path in wanted}
        name = self.document.name
        return Batch(name, len(rows), columns, lambda row, _: f"{name}:{rows[row].line}:1")

    def _lines(self) -> Generator[_Row, None, None]:
        with self.document.open("rb") as file:
            for number, line in enumerate(file, 1):
                self.read += len(line)
                text = self._utf8(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
                if not text.strip():
                    continue
                try:
                    value = msgspec.json.decode(text)
                    wrong = "" if isinstance(value, dict) else "is not a JSON object"
                except _BROKEN as error:
                    value, wrong = None, f"is not JSON: {error}"
                if wrong:
                    self._bad_line(number, wrong)
                else:
                    yield _Row(number, value)

    def _bad_line(self, number: int, wrong: str) -> None:
        where = f"{self.document.name}:{number}:1"
        if self.form.bad_rows == "skip":
            self.report.row(_BAD_LINE, where, wrong)
            return
        remedy = "mend it; or bad_rows: skip under format in source.yml leaves such lines out"
        if number == 1:
            remedy = "JSON Lines has one object a line; of one large value say type: json"
        raise BadFile(self.source, f"{where}: {wrong}", remedy)

    def _utf8(self, raw: bytes) -> bytes:
        if self.form.encoding == "utf-8":
            return mended(raw)
        try:
            return mended(raw.decode(self.form.encoding).encode())
        except UnicodeError:
            raise not_decodable(self.source, self.document, self.form) from None

    def _items(self) -> Generator[_Row, None, None]:
        with self.document.open("rb") as file:
            data = self._utf8(file.read()).removeprefix(b"\xef\xbb\xbf")
        self.read = len(data)
        offset, line = 0, 1
        for item in self._list(data):
            found = data.find(bytes(item), offset)
            line += data.count(b"\n", offset, found)
            offset = found
            value = self._decoded(item, dict[str, Any], "the list holds what is no object")
            yield _Row(line, value)

    def _list(self, data: bytes) -> list[msgspec.Raw]:
        """The rows, not yet taken apart, at the path that `each` says."""
        inner: bytes | msgspec.Raw = data
        for step in self.form.each.split(".") if self.form.each else ():
            keys = self._decoded(inner, dict[str, msgspec.Raw], "is not an object")
            if step not in keys:
                words = f"{self.document.name}:1:1: has no list at {self.form.each}"
                have = ", ".join(keys)[:200]
                raise BadFile(self.source, words, f"correct each: in source.yml; it has: {have}")
            inner = keys[step]
        if _is_object(inner):
            return self._only_list(inner)
        rows: list[msgspec.Raw] = self._decoded(inner, list[msgspec.Raw], "is no list of objects")
        return rows

    def _only_list(self, data: bytes | msgspec.Raw) -> list[msgspec.Raw]:
        """Of an object: its own list where there is one, else the object itself as the one row."""
        keys = self._decoded(data, dict[str, msgspec.Raw], "is not an object")
        lists = [key for key, raw in keys.items() if bytes(raw)[:1] == b"["]
        if self.form.each or not lists:
            return [msgspec.Raw(bytes(data))]
        words = (
            f"{self.document.name}:1:1: is an object, and nothing says which list in it is meant"
        )
        raise BadFile(
            self.source, words, f"add each: {lists[0]} under format (lists: {', '.join(lists)})"
        )

    def _decoded(self, data: bytes | msgspec.Raw, kind: Any, wrong: str) -> Any:  # noqa: ANN401
        try:
            return msgspec.json.decode(data, type=kind)
        except msgspec.ValidationError:
            what = wrong
        except _BROKEN as error:
            what = f"is not JSON: {error}"
        raise BadFile(
            self.source,
            f"{self.document.name}:1:1: {what}",
            "say type: jsonl if each line is an object of its own",
        )


def _is_object(raw: bytes | msgspec.Raw) -> bool:
    return bytes(raw).lstrip()[:1] == b"{"


def text_at(value: Any, path: str) -> str:  # noqa: ANN401 (JSON)
    """What stands at a path, as a cell: lists of words joined by commas, nothing as nothing."""
    if isinstance(value, dict) and path in value:  # a key may hold a dot
        return _cell(value[path])
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal():
            value = value[int(step)] if int(step) < len(value) else None
        else:
            return ""
    return _cell(value)


def _cell(value: Any) -> str:  # noqa: ANN401 (JSON)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value if not isinstance(item, (dict, list)))
    return ""


def _paths(value: dict[str, Any], before: str = "", depth: int = 3) -> Iterator[str]:
    """The paths to what an object says, down to some depth."""
    for key, inner in value.items():
        if isinstance(inner, dict) and depth:
            yield from _paths(inner, f"{before}{key}.", depth - 1)
        else:
            yield before + key
