"""A View as a web site: static files that ask nobody else for anything.

MkDocs wraps one placeholder page a section (see `material`); every page of ours is rendered by our
own templates and stamped into its section's shell. Ten thousand people cost what rendering and
writing them costs.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from crmtool.model.figures import Report
from crmtool.model.records import Audience
from crmtool.model.view import View
from crmtool.publish.folder import Folder
from crmtool.publish.index import Figures, Site
from crmtool.publish.kit import Kit, Page
from crmtool.publish.material import SECTIONS, Wrapped, wrap
from crmtool.publish.pages import (
    home,
    notes,
    organisations,
    people,
    reports,
    subprojects,
    tags,
    tasks,
)
from crmtool.publish.paths import person_path
from crmtool.publish.search import search_index

Progress = Callable[[str, int, int | None], None]
_ASSETS: Final = Path(__file__).parent / "assets"
_BELOW: Final = "assets/crm"
_STEP: Final = 100
_REDIRECT: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="{0}">
<meta http-equiv="refresh" content="0; url={0}">
<p><a href="{0}">This page has moved.</a></p>
</html>
"""
_MISSING: Final = re.compile(
    r"contains a link '([^'#?]*)[^']*', but the target (?:'([^']*)' )?is not found"
)


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """Of which commit and day a site speaks."""

    revision: str
    as_of: date


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What a build did."""

    out: Path
    pages: int
    written: int
    unchanged: int
    removed: int
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        done = (
            f"built {self.pages} pages in {self.out}: {self.written} files written, "
            f"{self.unchanged} unchanged, {self.removed} removed"
        )
        return "\n".join((done, *(f"warning: {w}" for w in self.warnings)))


def build_site(  # noqa: PLR0913, PLR0917 (all of it, in the order of its importance)
    view: View,
    figures: Figures,
    root: Path,
    out: Path,
    stamp: BuildStamp,
    progress: Progress | None = None,
) -> SiteSummary:
    """Build a site from what one audience may see.

    `root` is the workspace, for its `mkdocs.yml` and hand-written pages; `out` the folder to
    build into.

    Raises:
        Refused: `out` holds what no build has made.
        WorkspaceError: MkDocs cannot make anything of `mkdocs.yml` or a hand-written page.

    """
    say = progress or (lambda _what, _done, _total: None)
    is_public = view.audience is Audience.PUBLIC
    css = f"{_BELOW}/crm.css?{_digest(_ASSETS / 'crm.css')}"
    with Folder(out, root) as folder:
        say("theme", 0, None)
        name, sections = view.config.community.name, _sections(view)
        wrapped = wrap(root, name, css, sections=sections, is_public=is_public)
        say("figures", 0, None)
        kit = Kit(Site(view, figures.people(), stamp.as_of, stamp.revision))
        with _undisturbed():
            made = _write_pages(
                folder, wrapped, _pages(kit, figures, wrapped), _expected(view), say
            )
        _write_files(folder, wrapped, made)
        _write_redirects(folder, view)
        folder.finish()
    warnings = _still_true(wrapped.warnings, {page.path for page in made})
    return SiteSummary(out, len(made), folder.written, folder.unchanged, folder.removed, warnings)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the garbage collector from walking through everybody's figures again and again."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _pages(kit: Kit, figures: Figures, wrapped: Wrapped) -> Iterator[Page]:
    months = sorted(figures.months())
    found: dict[str | None, list[Report]] = {None: list(figures.reports(months))}
    for name in kit.site.view.config.subprojects:
        found[name] = list(figures.reports(months, name))
    recent = list(reversed(found[None][-2:]))
    yield from home.pages(kit, figures.glance(), recent, has_intro=wrapped.has_intro)
    yield from people.pages(kit)
    yield from organisations.pages(kit)
    yield from notes.pages(kit)
    yield from tasks.pages(kit)
    yield from tags.pages(kit)
    yield from subprojects.pages(kit, found)
    yield from reports.pages(kit, found)


def _sections(view: View) -> tuple[str, ...]:
    """The team sees every section, which says what it is for; the public what there is."""
    if view.audience is not Audience.PUBLIC:
        return tuple(SECTIONS)
    there = {
        "organisations": any(r.data.kind == "organisation" for r in view.people.values()),
        "notes": view.notes,
        "tasks": view.tasks,
        "tags": view.tags.tags,
        "subprojects": view.config.subprojects,
    }
    return tuple(section for section in SECTIONS if there.get(section, True))


def _expected(view: View) -> int:
    """About how many pages there will be, for whoever watches."""
    return len(view.people) + len(view.notes) + len(view.tasks)


def _write_pages(
    folder: Folder, wrapped: Wrapped, pages: Iterable[Page], expected: int, say: Progress
) -> list[Page]:
    """Stamp and write each page; what is kept of it is what the search needs."""
    kept = []
    for count, page in enumerate(pages):
        shell = wrapped.shells.get(page.section)
        if shell is None:
            continue
        is_home = page.path == "index.html"
        head = wrapped.site_name if is_home else f"{page.title} - {wrapped.site_name}"
        folder.write(page.path, shell.stamp(page.title, head, page.body))
        kept.append(Page(page.path, page.section, page.title, "", page.search))
        if count % _STEP == 0:
            say("pages", count, max(expected, count))
    return kept


def _write_files(folder: Folder, wrapped: Wrapped, pages: list[Page]) -> None:
    for name, data in wrapped.files.items():
        folder.write(name, data)
    for path in sorted(_ASSETS.rglob("*")):
        if path.is_file():
            folder.write(f"{_BELOW}/{path.relative_to(_ASSETS).as_posix()}", path.read_bytes())
    index = search_index(wrapped.search, pages, "index.html")
    folder.write("search/search_index.json", index)
    # Pages opened as files cannot fetch: Material loads this instead.
    folder.write("search/search_index.js", b"var __index = " + index)


def _write_redirects(folder: Folder, view: View) -> None:
    """From the pages of earlier slugs to those of today."""
    for slug, now in view.moved.items():
        record = view.people[now]
        target = person_path(record).rpartition("/")[2]
        folder.write(person_path(record, slug), _REDIRECT.format(target).encode())


def _still_true(warnings: Iterable[str], paths: set[str]) -> tuple[str, ...]:
    """MkDocs' warnings, less those of links to pages that were made after it had looked."""

    def is_there(warning: str) -> bool:
        found = _MISSING.search(warning)
        return found is not None and (found[2] or found[1]) in paths

    return tuple(w for w in dict.fromkeys(warnings) if not is_there(w))


def _digest(path: Path) -> str:
    """Eight digits that change with a file, so that no browser keeps the old one."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
