"""The importer of tables: rows become activities, profiles and remarks as `map` says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import ClassVar, Final

from crmtool.errors import BadFile, UsageError
from crmtool.importers.contract import Context, Cursor, Importer
from crmtool.importers.tables.activities import Activities
from crmtool.importers.tables.batch import Batch, Report, inspect
from crmtool.importers.tables.columns import Bad, Undeclared, brought
from crmtool.importers.tables.csvrows import CsvRows
from crmtool.importers.tables.guess import guess
from crmtool.importers.tables.jsonrows import JsonRows
from crmtool.importers.tables.profiles import Profiles
from crmtool.importers.tables.remarks import Remarks
from crmtool.model.feeds import Activity, Profile, Remark

# To be raised when rows come to be read otherwise: every table is then read anew.
_READING: Final = "1"
_WRONG: Final = "rows that cannot be used"


class TableImporter(Importer[Batch]):
    """CSV, JSON and JSON Lines. A file is read again when it changed, or its mapping did."""

    type: ClassVar[str] = "csv"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._report = Report(self.outcome)
        self._read = self._taken = 0
        self._people = Profiles(context, self.outcome, self._report)

    def fetch(self, cursor: Cursor) -> Iterator[Batch]:
        """The rows of every file that is new, changed, or to be understood in another way."""
        known, view = cursor.get("files"), self._view()
        if not isinstance(known, Mapping) or cursor.get("view") != view:
            known = {}
        seen: dict[str, str] = {}
        self.outcome.cursor = {"files": seen, "view": view}
        documents = self.context.documents()
        self._total = sum(document.stat().st_size for document in documents)
        self._before = 0
        for document in documents:
            name = document.name
            seen[name] = inspect(self.context.name, document, self.context.source.format)
            if known.get(name) != seen[name]:
                yield from self._rows(document)
            self._before += document.stat().st_size
        kept = cursor.get("files") if cursor.get("view") == view else None
        if isinstance(kept, Mapping):  # a file that is here no more was read nevertheless
            self.outcome.cursor["files"] = {**kept, **seen}

    def read(self, file: Path) -> Iterator[Batch]:
        """The rows of a file that was handed over.

        Raises:
            UsageError: it is a folder.

        """
        if file.is_dir():
            raise UsageError(
                f"{file} is a folder", "name a file in it, or the folder as target: of a source"
            )
        inspect(self.context.name, file, self.context.source.format)
        self._total, self._before = file.stat().st_size, 0
        yield from self._rows(file)

    def _view(self) -> str:
        """A hash of all but the files that decides what rows become."""
        context = self.context
        source, privacy = context.source, context.config.privacy
        parts = [
            *(_READING, source.type, source.format.model_dump_json()),
            source.map.model_dump_json() if source.map else "",
            *(privacy.emails, str(privacy.text), context.config.community.timezone),
            *(context.keyed.fingerprint, context.name),
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def _rows(self, document: Path) -> Iterator[Batch]:
        context, form = self.context, self.context.source.format
        self._read = self._taken = 0
        rows: CsvRows | JsonRows
        if context.source.type == "csv":
            rows = CsvRows(context.name, document, form, self._report)
        else:
            by_line = context.source.type == "jsonl"
            rows = JsonRows(context.name, document, form, self._report, by_line=by_line)
        with closing(rows):
            self._understand(rows, document)
            for batch in rows.batches(self._map.columns()):
                yield batch
                self._read += batch.size
                done = max(self._before + rows.read, 1)
                self.context.progress(self._read, max(self._read, self._read * self._total // done))
        if not self._read:
            self.outcome.notes.append(f"{document.name} has no rows")
        elif not self._taken and self._report.first:
            words = f"none of the {self._read:,} rows of {document.name} can be used; the first: "
            raise BadFile(context.name, words + self._report.first, rows.remedy())

    def _understand(self, rows: CsvRows | JsonRows, document: Path) -> None:
        """Take the mapping, or what the columns' names suggest."""
        found = self.context.source.map or guess(rows.header, self.context.name)
        if found is None:
            shown = ", ".join(rows.header)[:200]
            raise BadFile(
                self.context.name,
                f"{document.name}:1:1: nothing says what its columns mean: {shown}",
                rows.remedy()
                if len(rows.header) == 1
                else "write map: in source.yml "
                "(docs/sources/tables.md), or take one that is ready: crmtool source add --help",
            )
        self._map = found
        self._deeds = Activities(self.context, found)
        self._remarks = Remarks(self.context, found)

    def normalise(self, raw: Batch) -> list[Activity | Profile | Remark]:
        """What some thousand rows say; profiles are said at the end."""
        bad: Bad = {}
        batch = brought(self._map, raw)
        agreed = self._people.consenting(self._map, batch, bad)
        self._refuse_undeclared(batch, bad)
        batch = batch.only(agreed)
        actors = self._people.identities(self._map, batch, bad)
        remarks = self._remarks.made(batch, actors, bad)
        deeds = self._deeds.made(batch, actors, bad)
        self._refuse_undeclared(batch, bad)
        for number, (column, reason) in sorted(bad.items()):
            self._report.row(_WRONG, batch.place(number, column), str(reason))
        self._people.take(self._map, batch, actors, bad)
        self._taken += raw.size - len(bad)
        return [*deeds, *(remark for number, remark in remarks if number not in bad)]

    def _refuse_undeclared(self, batch: Batch, bad: Bad) -> None:
        """Take nothing of a file that has cells which only the user can explain."""
        for number, (column, reason) in sorted(bad.items()):
            if isinstance(reason, Undeclared):
                where = batch.place(number, column)
                raise BadFile(self.context.name, f"{where}: {reason}", reason.hint)

    def close(self) -> Iterator[Profile]:
        """Everybody whom the rows name."""
        return iter(self._people.found.values())
