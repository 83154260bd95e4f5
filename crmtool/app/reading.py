"""One source, read: what an importer says, on its way into the source's files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from crmtool.app.holders import Holders
from crmtool.app.opening import SystemClock
from crmtool.errors import FeedShrinks, SourceError, SuddenlyEmpty
from crmtool.identity.resolve import resolve
from crmtool.importers.contract import Context, Importer, Line, Outcome
from crmtool.importers.registry import make_importer
from crmtool.importers.transport import RequestsTransport
from crmtool.model.community import Community
from crmtool.model.config import Source
from crmtool.model.feeds import DAMAGED, Activity, Figures, Profile, Remark, decode_cursor
from crmtool.model.keyed import Keyed
from crmtool.model.plan import Change
from crmtool.model.protocols import Clock, Transport
from crmtool.model.target import is_remote
from crmtool.store.clones import Clone
from crmtool.store.counts import counts_change
from crmtool.store.documents import find_documents
from crmtool.store.feedwriter import FeedWriter, file_change
from crmtool.store.git import ForeignRepository
from crmtool.store.memory import uncollected

Progress = Callable[[str, int, int | None], None]
_FEW: Final = 20
_PARTIAL: Final = "partial"
"""The key of a cursor that a run left which broke off."""


def unwatched(name: str, done: int, total: int | None) -> None:
    """Show nobody how far the work has come."""


@dataclass(frozen=True)
class World:
    """What lies outside: the way to web servers, the time, where secrets are."""

    transport: Transport = field(default_factory=RequestsTransport)
    clock: Clock = field(default_factory=SystemClock)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)


@dataclass
class Run:
    """What one source's import brought, before anything is written."""

    name: str
    writer: FeedWriter
    fetched: Outcome
    profiles: dict[str, Profile]
    files: list[Change]
    begun: dict[str, Any]
    """The cursor that it began with."""
    known: int
    """How many activities the source had."""
    remarks: list[Remark] = field(default_factory=list)
    error: SourceError | None = None
    """Why it ended early; what it brought until then is kept."""
    from_file: bool = False
    resumable: bool = False

    def cursor(self, root: Path) -> Change | None:
        """Where the next import starts. It moves only with news: a quiet day makes no commit."""
        if self.from_file or not (self.fetched.cursor or self.begun):
            return None
        cursor = {**self.fetched.cursor, **({_PARTIAL: True} if self.error else {})}
        data = msgspec.json.encode(cursor, order="sorted") + b"\n"
        path = f"sources/{self.name}/cursor.json"
        moved = file_change(root, path, data, f"where the next import of {self.name} starts")
        ended = not self.error and _PARTIAL in self.begun
        come_on = self.error and self.fetched.cursor != self.before
        return moved if self.files or self.fetched.replaces or ended or come_on else None

    @property
    def before(self) -> dict[str, Any]:
        """The cursor that the importer was given."""
        return {key: value for key, value in self.begun.items() if key != _PARTIAL}

    def refuse_loss(self) -> None:
        """Never take a source for gone because it went quiet.

        Raises:
            FeedShrinks: it read everything, and that is far less than there was.
            SuddenlyEmpty: it would have met what it knows, and met nothing.

        """
        before, after = self.writer.before, self.writer.after
        if self.fetched.replaces and before - after > max(_FEW, before // 10):
            raise FeedShrinks(self.name, before, after)
        whole = self.begun and not (_PARTIAL in self.begun or self.error or self.from_file)
        if whole and self.resumable and self.known and not self.fetched.seen:
            raise SuddenlyEmpty(self.name, self.known)


@dataclass
class Reader:
    """Reads sources of a workspace, one after another."""

    root: Path
    community: Community
    keyed: Keyed
    progress: Progress
    world: World
    since: date | None = None

    def read(self, name: str, source: Source, file: Path | None = None) -> Run:
        """What a source has said since its cursor, or what a file of it says.

        Raises:
            SourceError: it cannot be read; nothing of it was kept.

        """
        importer = self.importer(name, source)
        begun = {} if file else _cursor(self.root, name)
        before = {key: value for key, value in begun.items() if key != _PARTIAL}
        raws = importer.read(file) if file else importer.fetch(before)
        since = self.since.isoformat() if self.since else ""
        taken = _Taken(FeedWriter(self.root, name), Holders.of(self.community.profiles), since)
        with uncollected():
            error = taken.take(importer, raws)
        known = self.community.profiles.get(name, {})
        kept = _deleted(self.community, known) if importer.outcome.replaces else known
        newest = merged(known, taken.profiles)
        return Run(
            name,
            taken.writer,
            importer.outcome,
            {i: p for i, p in newest.items() if i in kept or i in taken.profiles},
            list(self._files(name, importer, taken)),
            begun,
            sum(_lines(feed.local) for feed in self.community.feeds if feed.source == name),
            taken.remarks,
            error,
            file is not None,
            importer.resumable,
        )

    def importer(self, name: str, source: Source) -> Importer[Any]:
        """What reads a source.

        Raises:
            SourceError: nothing does.

        """
        return make_importer(self._context(name, source))

    def adopt(self, name: str, source: Source) -> None:
        """Count a source among those of the workspace that is not, or not so, on the disk."""
        sources = {**self.community.sources, name: source}
        self.community = replace(self.community, sources=sources)

    def _context(self, name: str, source: Source) -> Context:
        def show(done: int, total: int | None) -> None:
            self.progress(name, done, total)

        return Context(
            name,
            source,
            self.community.config,
            self.keyed,
            self.world.clock,
            self.world.transport,
            self.world.environment,
            self.since,
            self.community.profiles.get(name, {}),
            lambda: ForeignRepository(name, self._folder(name, source)),
            lambda: find_documents(name, self.root, source),
            show,
            watched=getattr(self.progress, "watched", False),
        )

    def _files(self, name: str, importer: Importer[Any], taken: _Taken) -> Iterator[Change]:
        yield from taken.writer.changes(replaces=importer.outcome.replaces, why=f"news of {name}")
        if counts := counts_change(self.root, name, taken.figures):
            yield counts
        for file, known in importer.outcome.taken.items():
            yield Change(f"sources/{name}/inbox/{file}", known, None, "taken in")

    def _folder(self, name: str, source: Source) -> Path:
        """The folder of a git source; relative paths begin at the workspace."""
        if not is_remote(source.target):
            return self.root / Path(source.target).expanduser()
        label = f"{name}: fetching"
        return Clone(self.root, name, source).refresh(
            lambda done, total: self.progress(label, done, total)
        )


@dataclass
class _Taken:
    """What an importer has said so far."""

    writer: FeedWriter
    holders: Holders
    since: str
    seen: int = 0
    profiles: dict[str, Profile] = field(default_factory=dict)
    figures: list[Figures] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def take(self, importer: Importer[Any], raws: Iterator[Any]) -> SourceError | None:
        """Everything that it says; why it ended early, where that can be resumed.

        Raises:
            SourceError: it ended early and all of it is void.

        """
        error = None
        try:
            for raw in raws:
                self.add(importer.normalise(raw))
        except SourceError as early:
            if not (importer.resumable and self.seen):
                raise
            error = early
        self.add(importer.close())
        importer.outcome.seen += self.seen
        return error

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if isinstance(line, Activity):
                self.seen += 1
                if not self.since or (line.at or self.since) >= self.since:
                    self.writer.add(self.holders.of_activity(line))
            elif isinstance(line, Profile):
                profile = self.holders.of_profile(line)
                self.profiles[profile.identity] = profile
            elif isinstance(line, Figures):
                self.figures.append(line)
            else:
                self.remarks.append(line)


def _lines(file: Path) -> int:
    try:
        return file.read_bytes().count(b"\n")
    except OSError:
        return 0


def merged(known: Mapping[str, Profile], seen: Mapping[str, Profile]) -> dict[str, Profile]:
    """The newest word on each identity; what of it was applied to a record stays noted.

    Of an account that was only met beside something it did, what it said of itself stays.
    """
    fresh = {i: _newer(known[i], new) if i in known else new for i, new in seen.items()}
    return {**known, **fresh}


def _newer(old: Profile, new: Profile) -> Profile:
    handles = {**new.handles, **old.handles}
    if old.asked and not new.asked:
        return msgspec.structs.replace(old, handles=handles)
    return msgspec.structs.replace(new, applied=old.applied, handles=handles)


def _deleted(community: Community, known: Mapping[str, Profile]) -> dict[str, Profile]:
    """Those for whom a record was made that a person deleted since: nothing else remembers it."""
    claimed = resolve(community.people, {"": known})
    return {i: p for i, p in known.items() if p.applied and i not in claimed}


def _cursor(root: Path, name: str) -> dict[str, Any]:
    path = f"sources/{name}/cursor.json"
    if not (root / path).exists():
        return {}
    try:
        return decode_cursor((root / path).read_bytes())
    except DAMAGED as error:
        raise SourceError(
            name,
            f"{path}:1:1: is damaged: {error}",
            "restore it from git, or delete it to read everything again",
        ) from None
