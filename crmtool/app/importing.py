"""`crmtool import`: sources → feeds → records, one plan and one commit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from crmtool.app.opening import SystemClock
from crmtool.errors import CrmError, FeedShrinks, SourceError, UsageError, WorkspaceError
from crmtool.identity.resolve import resolve
from crmtool.importers.contract import Context
from crmtool.importers.contract import Outcome as Fetched
from crmtool.importers.registry import make_importer
from crmtool.model.community import Community
from crmtool.model.config import Source
from crmtool.model.feeds import Activity, Profile
from crmtool.model.finding import Finding
from crmtool.model.keyed import Keyed
from crmtool.model.plan import Change, Plan
from crmtool.model.target import is_remote
from crmtool.store.apply import apply
from crmtool.store.cache import RecordCache
from crmtool.store.clones import Clone
from crmtool.store.feedwriter import (
    FeedWriter,
    count_contributions,
    file_change,
    profile_change,
)
from crmtool.store.git import ForeignRepository
from crmtool.store.keys import find_key
from crmtool.store.load import load
from crmtool.store.paths import SOURCE_FILE, STATE
from crmtool.store.texts import PeopleTexts
from crmtool.store.tree import WorkTree
from crmtool.sync.people import Observed, Outcome, sync_people
from crmtool.text.parse import place

Progress = Callable[[str, int, int | None], None]
_FEW: Final = 20


def _unwatched(name: str, done: int, total: int | None) -> None:
    """Show nobody how far the work has come."""


@dataclass
class Run:
    """What one source's import brought, before anything is written."""

    name: str
    writer: FeedWriter
    fetched: Fetched
    profiles: dict[str, Profile]
    files: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    """What an import did, in figures."""

    plan: Plan
    commit: str
    added: Mapping[str, int]
    created: int
    joined: tuple[str, ...]
    skipped: Mapping[str, Mapping[str, int]]
    notes: Mapping[str, list[str]]
    failed: tuple[CrmError, ...] = ()
    """Why some sources could not be read; the others were imported."""


@dataclass
class _Import:
    """One run of the command over the sources chosen."""

    root: Path
    community: Community
    keyed: Keyed
    progress: Progress
    runs: list[Run] = field(default_factory=list)
    failed: list[CrmError] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)

    def read(self, names: tuple[str, ...]) -> None:
        """Bring in every source that can be read.

        Raises:
            CrmError: it is the only one, and cannot be.

        """
        sources = _chosen(self.community, names)
        self.failed += _broken(self.root, self.community, names)
        for name, source in sources.items():
            try:
                self.runs.append(self._run(name, source))
            except SourceError as error:
                self.failed.append(error)
        if not self.runs and len(self.failed) == 1:
            raise self.failed[0]

    def _run(self, name: str, source: Source) -> Run:
        def show(done: int, total: int | None) -> None:
            self.progress(name, done, total)

        importer = make_importer(
            Context(
                name,
                source,
                self.community.config,
                self.keyed,
                SystemClock(),
                lambda: ForeignRepository(name, self._folder(name, source)),
                show,
                watched=getattr(self.progress, "watched", False),
            )
        )
        writer = FeedWriter(self.root, name)
        seen: dict[str, Profile] = {}
        for raw in importer.fetch(_cursor(self.root, name)):
            for item in importer.normalise(raw):
                if isinstance(item, Activity):
                    writer.add(item)
                else:
                    seen[item.identity] = item
        seen |= {profile.identity: profile for profile in importer.close()}
        known = self.community.profiles.get(name, {})
        if importer.outcome.replaces:
            known = _deleted(self.community, known)
        profiles = _merged(known, seen)
        files = list(writer.changes(replaces=importer.outcome.replaces, why=f"news of {name}"))
        return Run(name, writer, importer.outcome, profiles, files)

    def _folder(self, name: str, source: Source) -> Path:
        """The folder of a git source; relative paths begin at the workspace."""
        if not is_remote(source.target):
            return self.root / Path(source.target).expanduser()
        label = f"{name}: fetching"
        return Clone(self.root, name, source).refresh(
            lambda done, total: self.progress(label, done, total)
        )

    def records(self) -> None:
        """What the new words of the sources mean for the records."""
        profiles = dict(self.community.profiles) | {run.name: run.profiles for run in self.runs}
        replaced = {run.name for run in self.runs if run.fetched.replaces}
        counts = count_contributions(
            feed.local for feed in self.community.feeds if feed.source not in replaced
        )
        for run in self.runs:
            counts.update(run.writer.contributions)
        texts = PeopleTexts(WorkTree(self.root))
        self.outcome = sync_people(self.community, Observed(profiles, counts), texts)

    def plan(self) -> Plan:
        """Records, then each source's files."""
        changes = list(self.outcome.changes)
        for run in self.runs:
            changes += self._feed(run)
        read = {run.name for run in self.runs}
        for name in sorted(self.community.profiles.keys() - read):
            # What a source put into a record may change while another one is read.
            changes += self._profiles(name, self.community.profiles[name].values())
        return Plan(tuple(changes), self._message())

    def _feed(self, run: Run) -> list[Change]:
        """A source's files. The cursor moves only with news: a quiet day makes no commit."""
        files = run.files + self._profiles(run.name, run.profiles.values())
        cursor = msgspec.json.encode(run.fetched.cursor, order="sorted") + b"\n"
        moved = file_change(
            self.root,
            f"sources/{run.name}/cursor.json",
            cursor,
            f"where the next import of {run.name} starts",
        )
        return [*files, moved] if moved and (files or run.fetched.replaces) else files

    def _profiles(self, name: str, profiles: Iterable[Profile]) -> list[Change]:
        """Who a source names, with what of it is in the records now."""
        applied = {i: values for source, i, values in self.outcome.applied if source == name}
        noted = [
            msgspec.structs.replace(p, applied=applied[p.identity]) if p.identity in applied else p
            for p in profiles
        ]
        said = profile_change(self.root, name, noted, f"who {name} names")
        return [said] if said else []

    def _message(self) -> str:
        names = ", ".join(run.name for run in self.runs)
        added = sum(run.writer.added for run in self.runs)
        created = len(self.outcome.created)
        head = f"Import {names}: {added} activities, {created} new people"
        body = [f"Joined {line}" for line in self.outcome.joined]
        return "\n".join([head, "", *body] if body else [head])

    def refuse_shrinking(self) -> None:
        """Never take a source for gone because it went quiet."""
        for run in self.runs:
            before, after = run.writer.before, run.writer.after
            if run.fetched.replaces and before - after > max(_FEW, before // 10):
                raise FeedShrinks(run.name, before, after)


def import_sources(  # noqa: PLR0913 (one parameter an option of the command)
    root: Path,
    names: tuple[str, ...],
    *,
    dry_run: Callable[[Plan], None] | None = None,
    commit: bool = True,
    allow_mass_change: bool = False,
    progress: Progress = _unwatched,
) -> Imported:
    """Import the sources named, or all of them. Where one of several fails the others go on.

    With `dry_run` the plan is shown to it and nothing is written.

    Raises:
        UsageError: no such source.
        KeyProblem: the privacy key is not here.
        SourceError: the only source cannot be read.
        Refused: going on could lose something.

    """
    done: list[_Import] = []

    def decide() -> Plan:
        community = load(WorkTree(root), RecordCache(root))
        work = _Import(root, community, find_key(community.config.privacy.key), progress)
        done.append(work)
        work.read(names)
        work.records()
        plan = work.plan()
        if dry_run is not None:
            dry_run(plan)
            return Plan()
        if not allow_mass_change:
            work.refuse_shrinking()
        return plan

    try:
        plan, made = apply(
            root, decide, commit=commit and dry_run is None, allow_mass_change=allow_mass_change
        )
    finally:
        shutil.rmtree(root / STATE / "spool", ignore_errors=True)
    return _figures(done[0], plan, made)


def _figures(work: _Import, plan: Plan, commit: str) -> Imported:
    return Imported(
        plan,
        commit,
        {run.name: run.writer.added for run in work.runs},
        len(work.outcome.created),
        tuple(work.outcome.joined),
        {run.name: run.fetched.skipped for run in work.runs},
        {run.name: run.fetched.notes for run in work.runs},
        tuple(work.failed),
    )


def _chosen(community: Community, names: tuple[str, ...]) -> dict[str, Source]:
    """The sources to import, as far as their `source.yml` can be understood.

    Raises:
        UsageError: there is no such source, or none at all.

    """
    broken = {_source_of(finding) for finding in community.findings}
    known = sorted({*community.sources, *broken} - {""})
    unknown = [name for name in names if name not in known]
    if unknown or not known:
        raise UsageError(
            f"there is no source {unknown[0]!r}" if unknown else "this workspace has no sources",
            f"sources: {', '.join(known)}" if known else "add one in sources/NAME/source.yml",
        )
    return {n: community.sources[n] for n in names or known if n in community.sources}


def _broken(root: Path, community: Community, names: tuple[str, ...]) -> Iterator[WorkspaceError]:
    """The first thing that is wrong with each source whose `source.yml` cannot be understood."""
    found = {_source_of(finding): finding for finding in reversed(community.findings)}
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


def _source_of(finding: Finding) -> str:
    """Whose `source.yml` a finding is about, empty where it is about another file."""
    found = SOURCE_FILE.match(finding.path)
    return found[1] if found else ""


def _merged(known: Mapping[str, Profile], seen: Mapping[str, Profile]) -> dict[str, Profile]:
    """The newest word on each identity; what of it was applied to a record stays noted."""
    fresh = {
        identity: msgspec.structs.replace(new, applied=known[identity].applied)
        if identity in known
        else new
        for identity, new in seen.items()
    }
    return {**known, **fresh}


def _deleted(community: Community, known: Mapping[str, Profile]) -> dict[str, Profile]:
    """Those for whom a record was made that a person deleted since: nothing else remembers it."""
    claimed = resolve(community.people, {"": known})
    return {i: p for i, p in known.items() if p.applied and i not in claimed}


def _cursor(root: Path, name: str) -> dict[str, Any]:
    path = f"sources/{name}/cursor.json"
    if not (root / path).exists():
        return {}
    try:
        return msgspec.json.decode((root / path).read_bytes(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            name,
            f"{path}:1:1: is damaged: {error}",
            "restore it from git, or delete it to read everything again",
        ) from None


__all__ = ["Imported", "import_sources"]
