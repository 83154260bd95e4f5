"""What is wrong in a state, told from what is wrong in another one that is nearly the same.

A rule says how far it looks (`Reach`). As long as nothing changes of a record that others may know
(its path and its `face`), no other file can become better or worse by it. So it is enough to ask
the rules about the records that differ, with those around that they name; what lies outside the
records is looked at anew. Wherever that is not sure, nothing is told, and all rules look at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Final

from crmtool.app.judging import Judged, in_order, in_places, informed
from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.mentions import named
from crmtool.model.part import Part
from crmtool.model.protocols import Tree
from crmtool.rules.base import all_rules, run_rules
from crmtool.rules.faces import Face, face
from crmtool.store.cache import RecordCache
from crmtool.store.load import KINDS, load
from crmtool.store.objects import ObjectTree
from crmtool.store.paths import CONFIG, FORGOTTEN, TAGS
from crmtool.store.snapshot import differing

_AMBIGUOUS: Final = frozenset(("alias-taken", "slug-twice"))
"""While a name may be that of two records, nobody can tell by one of them which is meant."""
_STRANGERS: Final = frozenset(("unknown-note", "unknown-organisation", "unknown-person"))
"""What a new record may mend elsewhere, and what makes a guess among all names."""
_LEAST, _SHARE = 20, 10
"""So many records may differ, or a tenth of all; of more, looking at all is as quick."""


@dataclass(frozen=True, slots=True)
class _News:
    """Which records differ between two states."""

    paths: tuple[str, ...]
    """Every path afterwards."""
    changed: frozenset[str]
    added: frozenset[str]
    gone: frozenset[str]

    @property
    def here(self) -> frozenset[str]:
        """What is there afterwards, and was not as it is."""
        return self.changed | self.added


def derived(
    day: date,
    known: Judged,
    before: ObjectTree,
    after: Tree,
    cache: RecordCache | None = None,
) -> Judged | None:
    """What is wrong on a day after a change, told from all that was wrong before it.

    None where only the whole can tell.
    """
    news = _news(before, after)
    if news is None or not _is_sure(known, news):
        return None
    cache = cache or RecordCache(None)
    old = _loaded(before, news.changed | news.gone, cache)
    new = _loaded(after, news.here, cache)
    if old is None or new is None:
        return None
    faces, others = _faces(old), _faces(new)
    if any(faces[path] != others[path] for path in news.changed):
        return None
    if any(others[path] for path in news.added):
        return None
    near = _loaded(after, news.here | _named(new, news.paths), cache)
    if near is None:
        return None
    about = replace(near, paths=news.paths, base=old)
    return _judged(after, informed(after, about, before.root, day), known, news)


def _news(before: ObjectTree, after: Tree) -> _News | None:
    """What differs; None where that is more than some records, or cannot be told."""
    differs = differing(before, after)
    if differs is None or not all(map(_is_record, differs)):
        return None
    paths = tuple(entry.path for entry in after.entries())
    if len(differs) > max(_LEAST, len(paths) // _SHARE):
        return None
    there, was = differs.intersection(paths), differs & before.objects().keys()
    return _News(paths, frozenset(there & was), frozenset(there - was), frozenset(was - there))


def _is_record(path: str) -> bool:
    return path.endswith(".md") and path.partition("/")[0] in KINDS


def _name(path: str) -> tuple[str, str]:
    """The folder of records and the name in it that a path stands for."""
    return path.partition("/")[0], path.rpartition("/")[2].removesuffix(".md")


def _is_sure(known: Judged, news: _News) -> bool:
    """Whether no name appears, goes away or changes its meaning, as far as paths can tell."""
    codes = {finding.code for finding in known.raw}
    names = Counter(map(_name, news.paths))
    return (
        not codes & _AMBIGUOUS
        and not (news.added and codes & _STRANGERS)
        and all(path.startswith("tasks/") for path in news.gone)
        and not any(path.startswith("people/") for path in news.added)
        and all(names[_name(path)] == 1 for path in news.here)
    )


def _loaded(tree: Tree, paths: Collection[str], cache: RecordCache) -> Community | None:
    """These records alone, and what is not a record; None where one of them is broken."""
    asked = tuple(sorted(paths))
    if isinstance(tree, ObjectTree):
        tree.expect((CONFIG, TAGS, FORGOTTEN, *asked))
    found = load(tree, cache, Part(paths=asked, around=False))
    return found if {record.path for record in found.records()} == set(asked) else None


def _faces(community: Community) -> dict[str, Face]:
    return {record.path: face(record) for record in community.records()}


def _named(community: Community, paths: Iterable[str]) -> frozenset[str]:
    """Where the records stand that these name."""
    names = set(chain.from_iterable(map(named, community.records())))
    return frozenset(p for p in paths if _is_record(p) and _name(p)[1] in names)


def _judged(tree: Tree, community: Community, known: Judged, news: _News) -> Judged | None:
    """What is wrong by these records; where they are not, what was wrong before."""
    reach = {rule.code: rule.reach for rule in all_rules()}
    paths, touched = frozenset(news.paths), news.here | news.gone

    def is_around(finding: Finding) -> bool:
        return reach.get(finding.code) == "around"

    found = list(run_rules(community, ("record", "names", "around")))
    here = [finding for finding in found if finding.path in news.here]
    if _STRANGERS & {finding.code for finding in here}:
        return None
    here += [
        replace(finding, line=0, column=0, nth=0)
        for finding in known.raw
        if finding.path in news.here and reach.get(finding.code) == "faces"
    ]
    around = [finding for finding in found if is_around(finding) and finding.path not in touched]
    was = [f for f in known.raw if is_around(f) and f.path in paths and f.path not in touched]
    if Counter(f.kind for f in around if f.path in paths) != Counter(f.kind for f in was):
        return None
    mine = in_places(tree, community, here)
    outside = in_places(tree, community, [f for f in around if f.path not in paths])

    def stays(finding: Finding) -> bool:
        return finding.path not in touched and (finding.path in paths or not is_around(finding))

    findings = [
        *(finding for finding in mine.findings if finding.path in news.here),
        *(finding for finding in outside.findings if finding.path not in paths),
        *filter(stays, known.findings),
    ]
    return Judged(in_order(findings), [*mine.waived, *filter(stays, known.waived)])
