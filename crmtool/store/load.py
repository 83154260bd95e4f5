"""A tree as a community: every record typed, every problem a finding, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from pydantic import BaseModel

from crmtool.errors import WorkspaceError
from crmtool.model.community import Community, FeedFile, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.feeds import Profile, decode_profile
from crmtool.model.finding import Finding
from crmtool.model.protocols import Entry, Tree
from crmtool.model.records import Note, Person, Task
from crmtool.model.scalars import RESERVED, SLUG
from crmtool.store.paths import ACTIVITY_FILE, CONFIG, PROFILES_FILE, SOURCE_FILE, TAGS
from crmtool.text.parse import parse_mapping, parse_record

KINDS: dict[str, type[BaseModel]] = {"people": Person, "notes": Note, "tasks": Task}


@dataclass
class _Loading:
    """What has been read so far."""

    tree: Tree
    records: dict[str, dict[str, Record[BaseModel]]] = field(
        default_factory=lambda: {name: {} for name in KINDS}
    )
    sources: dict[str, Source] = field(default_factory=dict)
    profiles: dict[str, dict[str, Profile]] = field(default_factory=dict)
    feeds: list[FeedFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def error(self, code: str, path: str, message: str, hint: str = "", line: int = 1) -> None:
        self.findings.append(Finding(code, "error", path, message, hint, (), line, 1))

    def read(self, entry: Entry) -> None:
        path = entry.path
        if entry.kind != "file":
            what = {"link": "a symbolic link", "submodule": "a submodule"}.get(
                entry.kind, "not a regular file"
            )
            self.error("not-a-file", path, f"is {what}", "put an ordinary file in its place")
        elif path.partition("/")[0] in KINDS:
            self.record(path)
        elif found := SOURCE_FILE.match(path):
            self.source(found[1], path)
        elif found := PROFILES_FILE.match(path):
            self.profile_lines(found[1], path)
        elif found := ACTIVITY_FILE.match(path):
            self.feeds.append(FeedFile(found[1], path, self.tree.local(path)))

    def record(self, path: str) -> None:
        folder, _, rest = path.partition("/")
        if not path.endswith(".md"):
            if rest != ".gitkeep":
                self.error("file-kind", path, f"is no record: {folder}/ holds .md files only",
                           "move it out of the record folders")
            return
        stem = path.rpartition("/")[2].removesuffix(".md")
        if not SLUG.match(stem) or stem in RESERVED:
            self.error("slug", path, "has a name that is not a slug",
                       "rename it: only a-z, 0-9 and '-', at most 64, then .md")
            return
        record, findings = parse_record(KINDS[folder], path, self.tree.read(path))
        self.findings += findings
        if record is None:
            return
        if earlier := self.records[folder].get(stem):
            self.error("slug-twice", path, f"has the same name as {earlier.path}", "rename one")
            return
        self.records[folder][stem] = record

    def source(self, name: str, path: str) -> None:
        if not SLUG.match(name):
            self.error("slug", path, "has a folder whose name is not a slug")
            return
        source, findings = parse_mapping(Source, path, self.tree.read(path))
        self.findings += findings
        if source is not None:
            self.sources[name] = source

    def profile_lines(self, name: str, path: str) -> None:
        known = self.profiles.setdefault(name, {})
        for number, line in enumerate(self.tree.read(path).split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                profile = decode_profile(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                self.error("feed-line", path, f"is not a profile: {error}",
                           "restore the line from git's history", number)
                continue
            known[profile.identity] = profile


def read_config(tree: Tree) -> tuple[Config, list[Finding]]:
    """`crm.yml` alone.

    Raises:
        WorkspaceError: it is missing or cannot be understood; its first problem is the message.

    """
    entry = next((e for e in tree.entries() if e.path == CONFIG), None)
    if entry is None or entry.kind != "file":
        raise WorkspaceError(
            f"{CONFIG}:1:1: is {'missing' if entry is None else 'not a regular file'}",
            "every workspace has one; crmtool init writes it",
        )
    config, findings = parse_mapping(Config, CONFIG, tree.read(CONFIG))
    if config is None:
        from crmtool.text.parse import place  # noqa: PLC0415

        first = findings[0]
        line, column = (
            (first.line, first.column) if first.line else place(CONFIG, tree.read(CONFIG), first.key)
        )
        raise WorkspaceError(f"{CONFIG}:{line}:{column}: {first.message}", first.hint)
    return config, findings


def load(tree: Tree) -> Community:
    """Everything that a tree says.

    Raises:
        WorkspaceError: `crm.yml` is missing or broken. Any other broken file is a finding.

    """
    config, findings = read_config(tree)
    loading = _Loading(tree, findings=findings)
    tags = _tags(tree, loading)
    for entry in tree.entries():
        if entry.path not in (CONFIG, TAGS):
            loading.read(entry)
    people, notes, tasks = (loading.records[name] for name in KINDS)
    return Community(
        config=config,
        tags=tags,
        people=people,  # type: ignore[arg-type]  # KINDS says which type each folder holds
        notes=notes,  # type: ignore[arg-type]
        tasks=tasks,  # type: ignore[arg-type]
        sources=loading.sources,
        profiles=loading.profiles,
        feeds=tuple(loading.feeds),
        findings=tuple(loading.findings),
    )


def _tags(tree: Tree, loading: _Loading) -> Tags:
    entry = next((e for e in _top(tree) if e.path == TAGS), None)
    if entry is None:
        return Tags()
    if entry.kind != "file":
        loading.read(entry)
        return Tags()
    tags, findings = parse_mapping(Tags, TAGS, tree.read(TAGS))
    loading.findings += findings
    return tags or Tags()


def _top(tree: Tree) -> Iterable[Entry]:
    """The configuration files, which a tree names first."""
    for entry in tree.entries():
        if entry.path not in (CONFIG, TAGS):
            return
        yield entry
