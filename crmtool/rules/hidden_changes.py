"""hidden-changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.protocols import OtherFile
from crmtool.rules.base import Rule

_HIDES: Final = {
    "-diff": "takes it out of every diff",
    "!diff": "",
    "binary": "takes it out of every diff",
    "linguist-generated": "folds it away on GitHub",
    "gitlab-generated": "folds it away on GitLab",
    "export-ignore": "leaves it out of archives",
    "ident": "changes it on the way out",
}
_JOINS: Final = re.compile(r"merge=(?:union|ours|theirs)\Z")
_REWRITES: Final = re.compile(r"(?:filter|working-tree-encoding)=.")
# One of each, so that a pattern for files that are still to come is told too.
_SAMPLES: Final = (
    "crm.yml",
    "tags.yml",
    ".gitattributes",
    "people/ada-lovelace.md",
    "people/a/ada-lovelace.md",
    "notes/2026/2026-11-21-call.md",
    "tasks/2026/2026-11-21-shirt.md",
    "sources/core-git/source.yml",
)
_FEEDS: Final = ("sources/core-git/activities/2026-11.jsonl", "sources/core-git/profiles.jsonl")


def check(community: Community) -> Iterator[Finding]:
    """Attributes of git hide changes of records, or join lines that contradict each other.

    What: no `.gitattributes` takes records or configuration out of diffs (`-diff`, `binary`,
    `linguist-generated`), rewrites them (`filter=`), or merges them without asking
    (`merge=union`). Feeds may be folded away, but not merged by union.
    Why: a reviewer would agree to what nobody saw; a union brings back what was erased.
    Bad: `people/*.md -diff merge=union`
    Good: `*.png binary`
    """
    for file in community.others:
        if file.path.rpartition("/")[2] == ".gitattributes":
            yield from _in_file(file, community.paths)


def _in_file(file: OtherFile, paths: Iterable[str]) -> Iterator[Finding]:
    folder = file.path.rpartition("/")[0]
    for number, line in enumerate(file.head.decode(errors="replace").split("\n"), 1):
        pattern, *attributes = line.split() or [""]
        if not attributes or pattern.startswith("#"):
            continue
        macro = pattern.startswith("[attr]")
        feeds = macro or _matches(pattern, folder, _FEEDS)
        records = macro or _matches(pattern, folder, (*_SAMPLES, *paths))
        for attribute in attributes:
            wrong = _wrong(attribute, records=records, feeds=feeds)
            if wrong:
                message = f"{attribute[:40]!r} on {pattern[:60]!r} {wrong}"
                hint = "take it out, or let the pattern match no records"
                yield RULE.of_file(file.path, message, hint, number)


def _wrong(attribute: str, *, records: bool, feeds: bool) -> str:
    if (records or feeds) and (_JOINS.match(attribute) or attribute == "-merge"):
        return "merges lines that contradict each other"
    if (records or feeds) and _REWRITES.match(attribute):
        return "lets a program rewrite it"
    if not records:
        return ""
    name, _, value = attribute.partition("=")
    return "" if value in ("false", "0") else _HIDES.get(name, "")


def _matches(pattern: str, folder: str, paths: Iterable[str]) -> bool:
    """Whether git would take a pattern of a folder's file for one of the paths."""
    pattern = pattern.strip('"')
    rooted = "/" in pattern.rstrip("/")
    pattern = pattern.removeprefix("/").replace("**/", "*").replace("/**", "/*")
    prefix = f"{folder}/" if folder else ""
    for path in paths:
        if path.startswith(prefix):
            inside = path.removeprefix(prefix)
            if fnmatchcase(inside if rooted else PurePosixPath(inside).name, pattern):
                return True
    return False


RULE: Final = Rule("hidden-changes", "error", check, reach="around")
