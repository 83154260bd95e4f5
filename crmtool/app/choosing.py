"""Which sources a command is about: those named, or all; and what is wrong with broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crmtool.errors import UsageError, WorkspaceError
from crmtool.importers.registry import importer_types
from crmtool.model.community import Community
from crmtool.model.config import Source
from crmtool.model.finding import Finding
from crmtool.model.scalars import RESERVED, SLUG
from crmtool.store.paths import SOURCE_FILE
from crmtool.text.parse import place


def require_usable(name: str, kind: str) -> None:
    """Refuse a source's name or type that cannot be.

    Raises:
        UsageError: it is no slug, or there is no importer of that type.

    """
    if kind not in importer_types():
        raise UsageError(f"there is no type {kind!r}", f"types: {', '.join(importer_types())}")
    if not SLUG.match(name) or name in RESERVED:
        raise UsageError(f"{name!r} cannot be a source's name", "only a-z, 0-9 and '-'")


def chosen(community: Community, names: tuple[str, ...]) -> dict[str, Source]:
    """The sources to import, as far as their `source.yml` can be understood.

    Raises:
        UsageError: there is no such source, or none at all.

    """
    faulty = {source_of(finding) for finding in community.findings}
    known = sorted({*community.sources, *faulty} - {""})
    unknown = [name for name in names if name not in known]
    if unknown or not known:
        raise UsageError(
            f"there is no source {unknown[0]!r}" if unknown else "this workspace has no sources",
            f"sources: {', '.join(known)}" if known else "add one in sources/NAME/source.yml",
        )
    return {n: community.sources[n] for n in names or known if n in community.sources}


def broken(root: Path, community: Community, names: tuple[str, ...]) -> Iterator[WorkspaceError]:
    """The first thing that is wrong with each source whose `source.yml` cannot be understood."""
    found = {source_of(finding): finding for finding in reversed(community.findings)}
    for name, finding in found.items():
        if name and name not in community.sources and (not names or name in names):
            text = (root / finding.path).read_bytes()
            at = (
                (finding.line, finding.column)
                if finding.line
                else place(finding.path, text, finding.key)
            )
            words = f"{finding.path}:{at[0]}:{at[1]}: {finding.message}"
            yield WorkspaceError(words, finding.hint or "run: crmtool check")


def source_of(finding: Finding) -> str:
    """Whose `source.yml` a finding is about, empty where it is about another file."""
    found = SOURCE_FILE.match(finding.path)
    return found[1] if found else ""
