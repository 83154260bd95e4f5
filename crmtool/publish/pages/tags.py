"""Tags: the vocabulary, and for each tag all that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from crmtool.model.config import TagSpec
from crmtool.publish.index import Site, Tagged
from crmtool.publish.kit import Entry, Kit, Page
from crmtool.publish.paths import person_path, tag_path


class Line(NamedTuple):
    """A tag in the list."""

    name: str
    about: str
    carried: Tagged


def pages(kit: Kit) -> Iterator[Page]:
    """The list, family by family (`expert/…`), then every tag."""
    site = kit.site
    lines = [Line(tag, _spec(site, tag).about or "", t) for tag, t in site.tagged.items()]
    families = groupby(sorted(lines, key=_family), key=lambda line: _family(line)[0])
    yield kit.page(
        "tags/index.html",
        "Tags",
        "tags.html",
        families=[(family, list(found)) for family, found in families],
        segments=site.view.tags.segments,
        search=Entry("Tags", "How people, notes and tasks are grouped"),
    )
    for line in lines:
        yield kit.page(
            tag_path(line.name),
            line.name,
            "tag.html",
            line=line,
            keywords=[
                w for k in site.view.tags.keywords.values() if k.tag == line.name for w in k.words
            ],
            figures=site.people_figures,
            notes=kit.note_lines(line.carried.notes),
            tasks=kit.task_lines(line.carried.tasks),
            path_of=person_path,
            search=Entry(line.name, line.about, (line.name,)),
        )


def _spec(site: Site, tag: str) -> TagSpec:
    return site.view.tags.tags.get(tag) or TagSpec()


def _family(line: Line) -> tuple[str, str]:
    family, slash, _ = line.name.partition("/")
    return (family if slash else "", line.name)
