"""A tree as a community: every record typed, every problem a finding, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from crmtool.errors import WorkspaceError
from crmtool.model.community import Comment, Community, FeedFile, Record, Unread
from crmtool.model.config import Config, Source, Tags
from crmtool.model.feeds import (
    DAMAGED,
    Profile,
    Tombstone,
    decode_cursor,
    decode_figures,
    decode_tombstone,
)
from crmtool.model.finding import Finding, Severity, shown
from crmtool.model.part import Part
from crmtool.model.protocols import Entry, Tree
from crmtool.model.records import Note, Person, Task
from crmtool.model.scalars import RESERVED, SLUG
from crmtool.store.cache import RecordCache
from crmtool.store.memory import settle, uncollected
from crmtool.store.parting import take_part
from crmtool.store.paths import (
    ACTIVITY_FILE,
    CONFIG,
    COUNTS_FILE,
    CURSOR_FILE,
    FORGOTTEN,
    INBOX_FILE,
    PROFILES_FILE,
    SOURCE_FILE,
    TAGS,
)
from crmtool.text.comments import comments
from crmtool.text.limits import MAX_FILE

KINDS: Final[dict[str, type[BaseModel]]] = {"people": Person, "notes": Note, "tasks": Task}
_WHAT: Final = {
    "link": "is a symbolic link",
    "submodule": "is a repository of its own",
    "special": "is not a regular file",
}
# What lies below sources/ and is read by others, or by nobody.
_PASSED_OVER: Final = re.compile(r"sources/.*\.gitkeep\Z")
_PARTS: Final = "source.yml, cursor.json, profiles.jsonl, counts.jsonl, activities/YYYY-MM.jsonl"
_LIMIT: Final = MAX_FILE + 1
"""Bytes of a record that are read: one more than may be, so that too large a one shows itself."""
_FEED: Final = 128 << 20  # bytes of profiles: half a million of them
T = TypeVar("T", bound=BaseModel)
S = TypeVar("S")


@dataclass
class Loading:
    """What has been read so far."""

    tree: Tree
    cache: RecordCache | None
    tags: Tags = field(default_factory=Tags.model_construct)
    records: dict[str, dict[str, Record[Any]]] = field(
        default_factory=lambda: {name: {} for name in KINDS}
    )
    sources: dict[str, Source] = field(default_factory=dict)
    profiles: dict[str, dict[str, Profile]] = field(default_factory=dict)
    feeds: list[FeedFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    tombstones: list[Tombstone] = field(default_factory=list)

    def error(self, code: str, path: str, message: str, hint: str, line: int = 1) -> None:
        self.findings.append(Finding(code, "error", path, message, hint, (), line, 1))

    def entry(self, entry: Entry) -> None:
        """Take in one path."""
        path = entry.path
        self.paths.append(path)
        if entry.kind != "file":
            hint = "put an ordinary file in its place, or move it out of the record folders"
            self.error("not-a-file", path, _WHAT[entry.kind], hint)
        elif path == TAGS:
            self.vocabulary(path)
        elif path.partition("/")[0] in KINDS:
            self.record(path)
        elif path != CONFIG:
            self.of_a_source(path)

    def person(self, slug: str) -> bool:
        """Take in a person where new files are put; whether there is one."""
        people = self.records["people"]
        for path in (f"people/{slug}.md", f"people/{slug[0]}/{slug}.md"):
            if slug not in people and SLUG.match(slug) and (data := self.content(path)) is not None:
                self.known("people", slug, path, data)
        return slug in people

    def content(self, path: str, limit: int = _LIMIT) -> bytes | None:
        """A file's content; None where it went away meanwhile or cannot be read."""
        try:
            return self.tree.read(path, limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            self.error("unreadable", path, message, "check its permissions and the disk")
            return None

    def lines(self, path: str) -> bytes:
        """What a feed that is held in memory says; nothing of one that is larger than any is."""
        data = self.content(path, _FEED + 1) or b""
        if len(data) > _FEED:
            hint = "restore it from git"
            self.error("file-size", path, f"is larger than {_FEED >> 20} MiB", hint)
            return b""
        return data

    def vocabulary(self, path: str) -> None:
        if (data := self.content(path)) is not None:
            self.tags = self.settings(Tags, path, data) or self.tags

    def settings(self, kind: type[T], path: str, data: bytes) -> T | None:
        """What a configuration file says; None where it cannot be understood."""
        self.comments += comments(path, data)
        value, findings = _settings(kind, path, data, self.cache)
        self.findings += findings
        if value is None:
            self.unread_file(path, data)
        return value

    def record(self, path: str) -> None:
        name = path.rpartition("/")[2]
        top = path.partition("/")[0]
        stem = name.removesuffix(".md")
        if stem == name:
            self.no_record(path, name, top)
        elif (data := self.content(path)) is not None:
            self.comments += comments(path, data)
            if not self.known(top, stem, path, data):
                self.unread_file(path, data)

    def known(self, top: str, stem: str, path: str, data: bytes) -> bool:
        """Take in a record under its slug; whether it is one, and the only one of that name."""
        if not SLUG.match(stem) or stem in RESERVED:
            message = "has a name that is not a slug"
            self.error("slug", path, message, "rename it: only a-z, 0-9 and '-', at most 64, .md")
            return False
        record = self.parsed(KINDS[top], path, data)
        if record is None:
            return False
        first = self.records[top].setdefault(stem, record)
        if first is not record:
            message = f"has the same name as {first.path}"
            self.error("slug-twice", path, message, "rename one of them")
        return first is record

    def unread_file(self, path: str, data: bytes) -> None:
        """Keep the text of what could not be taken for what it should be."""
        from crmtool.text.parse import unread

        self.unread.append(unread(path, data))

    def parsed(self, kind: type[BaseModel], path: str, data: bytes) -> Record[Any] | None:
        if self.cache and (known := self.cache.get(kind, path, data)):
            return known
        # What reads YAML is loaded where something has to be read: warm, nothing has.
        from crmtool.text.parse import parse_record

        record, findings = parse_record(kind, path, data)
        self.findings += findings
        if self.cache and record and not findings:
            self.cache.put(record, data)
        return record

    def no_record(self, path: str, name: str, top: str) -> None:
        if name == ".gitkeep":
            return
        message, hint = f"is no record: {top}/ holds .md files only", "move it elsewhere"
        # What begins with a dot is an editor's or the system's, and is soon gone again.
        severity: Severity = "warning" if name.startswith(".") else "error"
        self.findings.append(Finding("file-kind", severity, path, message, hint, (), 1, 1))

    def of_a_source(self, path: str) -> None:
        if found := ACTIVITY_FILE.match(path):
            self.feeds.append(FeedFile(found[1], path, self.tree.local(path)))
        elif found := SOURCE_FILE.match(path):
            self.source(found[1], path)
        elif found := PROFILES_FILE.match(path):
            self.profile_lines(found[1], path)
        elif CURSOR_FILE.match(path):
            self.cursor(path)
        elif COUNTS_FILE.match(path):
            self.small(path, "a line of figures", decode_figures)
        elif path == FORGOTTEN:
            self.tombstones = self.small(path, "a tombstone", decode_tombstone)
        elif not (_PASSED_OVER.match(path) or INBOX_FILE.match(path)):
            message, hint = "is no part of a source, and nothing reads it", f"known: {_PARTS}"
            self.findings.append(Finding("file-kind", "warning", path, message, hint, (), 1, 1))

    def source(self, name: str, path: str) -> None:
        if not SLUG.match(name):
            message = "has a folder whose name is not a slug"
            self.error("slug", path, message, "rename the folder: only a-z, 0-9 and '-'")
        elif (data := self.content(path)) is not None:
            source = self.settings(Source, path, data)
            if source is not None:
                self.sources[name] = source

    def small(self, path: str, what: str, decode: Callable[[bytes], S]) -> list[S]:
        """The lines of a small feed."""
        from crmtool.store.feedcheck import read_small

        lines, findings = read_small(path, self.lines(path), what, decode)
        self.findings += findings
        return lines

    def profile_lines(self, name: str, path: str) -> None:
        from crmtool.store.feedcheck import read_profiles

        profiles, findings = read_profiles(path, self.lines(path))
        self.profiles.setdefault(name, {}).update(profiles)
        self.findings += findings

    def cursor(self, path: str) -> None:
        data = self.content(path)
        try:
            if data is not None:
                decode_cursor(data)
        except DAMAGED as error:
            hint = "restore it from git, or delete it to import everything again"
            self.error("cursor", path, f"is damaged: {shown(str(error))}", hint)


def _settings(
    kind: type[T], path: str, data: bytes, cache: RecordCache | None
) -> tuple[T | None, list[Finding]]:
    """What a configuration file says, remembered as records are."""
    if cache and (known := cache.get(kind, path, data)):
        return known.data, []
    from crmtool.text.parse import parse_mapping

    value, findings = parse_mapping(kind, path, data)
    if cache and value is not None and not findings:
        cache.put(Record(path, value, ""), data)
    return value, findings


def read_config(tree: Tree) -> Config:
    """`crm.yml` alone.

    Raises:
        WorkspaceError: it is missing or cannot be understood; its first problem is the message.

    """
    return _config(tree)[0]


def _config(
    tree: Tree, cache: RecordCache | None = None
) -> tuple[Config, list[Finding], list[Comment]]:
    entry = next((e for e in tree.entries() if e.path == CONFIG), None)
    if entry is None or entry.kind != "file":
        what = "is missing" if entry is None else _WHAT[entry.kind]
        raise WorkspaceError(
            f"{CONFIG}:1:1: {what} in {tree.label}",
            "every workspace has one; crmtool init writes it",
        )
    data = tree.read(CONFIG, _LIMIT)
    config, findings = _settings(Config, CONFIG, data, cache)
    if config is None:
        from crmtool.text.parse import place

        first = findings[0]
        line, column = (first.line, first.column) if first.line else place(CONFIG, data, first.key)
        raise WorkspaceError(
            f"{CONFIG}:{line}:{column}: {first.message}",
            first.hint or "correct it; the keys are in docs/formats.md",
        )
    return config, findings, list(comments(CONFIG, data))


def load(tree: Tree, cache: RecordCache | None = None, part: Part | None = None) -> Community:
    """Everything that a tree or a part of it says; what the cache remembers is not parsed again.

    Of a part there are no profiles and no feeds unless `sources` is one of its folders, and
    people are looked for where crmtool puts new files; elsewhere all of them are loaded.

    Raises:
        WorkspaceError: `crm.yml` is missing or broken. Any other broken file is a finding.

    """
    config, findings, said = _config(tree, cache)
    loading = Loading(tree, cache, findings=findings, comments=said)
    with uncollected():
        if part is None:
            for entry in tree.entries():
                loading.entry(entry)
        else:
            take_part(loading, part)
        settle()
    if cache:
        cache.save(whole=part is None)
    people, notes, tasks = (loading.records[name] for name in KINDS)
    return Community(
        config=config,
        tags=loading.tags,
        people=people,
        notes=notes,
        tasks=tasks,
        sources=loading.sources,
        profiles=loading.profiles,
        feeds=tuple(loading.feeds),
        findings=tuple(loading.findings),
        comments=tuple(loading.comments),
        unread=tuple(loading.unread),
        paths=tuple(loading.paths),
        tombstones=tuple(loading.tombstones),
    )
