"""The importers that exist. A module is imported when its source is; an unfinished one is not here.

To add one: write the module, add its line here, inherit the contract tests (see CONTRIBUTING.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from crmtool.errors import SourceError
from crmtool.importers.contract import Context, Importer

_IMPORTERS: Final[dict[str, tuple[str, str]]] = {
    "github": ("crmtool.importers.github.importer", "GitHubImporter"),
    "git": ("crmtool.importers.git", "GitImporter"),
    "csv": ("crmtool.importers.tables.importer", "TableImporter"),
    "discourse": ("crmtool.importers.discourse.importer", "DiscourseImporter"),
    "inbox": ("crmtool.importers.inbox", "InboxImporter"),
    "json": ("crmtool.importers.tables.importer", "TableImporter"),
    "jsonl": ("crmtool.importers.tables.importer", "TableImporter"),
}


def importer_types() -> tuple[str, ...]:
    """The source types that can be imported."""
    return tuple(_IMPORTERS)


def make_importer(context: Context) -> Importer[Any]:
    """The importer for a source.

    Raises:
        SourceError: this version has none for the source's type.

    """
    kind = context.source.type
    if kind not in _IMPORTERS:
        raise SourceError(
            context.name,
            f"this version cannot import {kind} yet",
            f"it can import: {', '.join(_IMPORTERS)}",
        )
    module, name = _IMPORTERS[kind]
    found: type[Importer[Any]] = getattr(import_module(module), name)
    return found(context)
