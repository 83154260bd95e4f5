"""The in-memory database that every number is asked of. The one user of DuckDB.

No data goes into the text of a query: it comes in as a parameter or as a row. Once the feeds are
read the database is locked: it opens no file, loads no extension and takes no setting.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from crmtool.errors import WorkspaceError
from crmtool.metrics.calendar import month_of, shifts
from crmtool.metrics.catalogue import sql
from crmtool.metrics.population import memberships, population
from crmtool.metrics.weighing import weighing
from crmtool.model.community import FeedFile
from crmtool.model.scalars import zone
from crmtool.model.view import Measurable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]

_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2,
    "memory_limit": "1GB",  # beyond it, DuckDB goes to the folder for temporary files
    "enable_external_file_cache": False,  # every file is read once
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,  # a query sees tables, never our variables
}
_LONGEST: Final = 16 << 20
"""Bytes of the longest line that is read. DuckDB's buffer holds two of them."""
_BATCH: Final = 5000


class Database:
    """The activities of a community up to one day, and the queries of `sql/`."""

    def __init__(self, data: Measurable, as_of: date) -> None:
        """Read the feeds.

        Raises:
            WorkspaceError: a feed's file is gone or cannot be read.

        """
        import duckdb

        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crmtool-")))
            self._db = duckdb.connect(config={**_CONFIG, "temp_directory": str(folder / "spill")})
            stack.callback(self._db.close)
            try:
                _load(self._db, data, as_of, folder)
            except (OSError, duckdb.IOException) as error:
                raise WorkspaceError(
                    f"the feeds cannot be read: {str(error).splitlines()[0]}",
                    "if files below sources/ are missing, restore them from git",
                ) from error
            self._open = stack.pop_all()

    def close(self) -> None:
        """Give the memory back."""
        self._open.close()

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """All rows of a query of `sql/`."""
        return self._db.execute(sql(query), parameters).fetchall()

    def stream(self, query: str, **parameters: object) -> Iterator[Row]:
        """The rows of a query of `sql/`, fetched a batch at a time."""
        cursor = self._db.cursor().execute(sql(query), parameters)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch


def _load(db: DuckDBPyConnection, data: Measurable, as_of: date, folder: Path) -> None:
    db.execute(sql("load/inputs"))
    _insert(db, "weighing", weighing(data))
    db.execute(sql("load/schema"))
    _insert(db, "today", [(as_of, month_of(as_of))])
    _insert(db, "scope", scopes(data))
    if data.feeds:
        _read(db, data.feeds, folder)
    _know(db, data)
    _set_clocks(db, data)
    db.execute(sql("load/activities"))
    db.execute(sql("load/talk"))
    db.execute(sql("load/slim"))
    db.execute("SET enable_external_access = FALSE")
    db.execute("SET lock_configuration = TRUE")


def _insert(db: DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows as one list a column: 20,000 take 0.04 s, one by one 3 s, and no pandas."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        values = ", ".join("UNNEST(?)" for _ in columns)
        db.execute(f"INSERT INTO {table} SELECT {values}", columns)


def scopes(data: Measurable) -> Iterator[tuple[str, str]]:
    """Which sources each scope looks at: '' is all of them, any other a declared subproject."""
    names = sorted({*data.sources, *(feed.source for feed in data.feeds)})
    for source in names:
        yield "", source
        stated = data.sources[source].subproject if source in data.sources else None
        for slug, subproject in data.config.subprojects.items():
            if source in subproject.sources or slug == stated:
                yield slug, source


def _read(db: DuckDBPyConnection, feeds: Iterable[FeedFile], folder: Path) -> None:
    known = {
        str(_readable(feed.local.absolute(), folder / f"{number}.jsonl")): feed.source
        for number, feed in enumerate(feeds)
    }
    _insert(db, "feed", known.items())
    # Escaped, because DuckDB takes a path for a pattern: a workspace may lie in `old[1]/`.
    files = [escape(local) for local in known]
    db.execute(sql("load/read"), {"files": files, "longest": _LONGEST})


def _readable(local: Path, copy: Path) -> Path:
    """The file itself, or where it may hold a line that DuckDB would stop at, a copy without."""
    if local.stat().st_size <= _LONGEST:
        return local
    with local.open("rb") as whole, copy.open("wb") as short:
        short.writelines(_short_lines(whole))
    return copy


def _short_lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LONGEST):
        if line.endswith(b"\n") or len(line) < _LONGEST:
            yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(_LONGEST)


def _know(db: DuckDBPyConnection, data: Measurable) -> None:
    actors = [actor for (actor,) in db.execute(sql("load/actors")).fetchall()]
    people, pairs = population(data, actors)
    _insert(db, "people", people)
    _insert(db, "actor", pairs)
    _insert(db, "affiliation", memberships(data, people))


def _set_clocks(db: DuckDBPyConnection, data: Measurable) -> None:
    first, last = db.execute(sql("load/span")).fetchall()[0]
    if first is not None:
        changes = list(shifts(zone(data.config.community.timezone), first, last))
        ends = [since for since, _ in changes[1:]] + [datetime.max]  # noqa: DTZ901 (UTC throughout)
        rows = [(since, until, shift) for (since, shift), until in zip(changes, ends, strict=True)]
        _insert(db, "zone", rows)
