"""`crmtool import`: sources → feeds → records, one plan and one commit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from pydantic import ValidationError

from crmtool.app.choosing import broken, chosen, require_usable
from crmtool.app.reading import Progress, Reader, Run, World, unwatched
from crmtool.errors import CrmError, SourceError, UsageError
from crmtool.model.community import Community
from crmtool.model.config import Source
from crmtool.model.feeds import Profile
from crmtool.model.mapping import Format
from crmtool.model.moments import written
from crmtool.model.plan import Change, Plan
from crmtool.store.apply import apply
from crmtool.store.cache import RecordCache
from crmtool.store.feedwriter import count_contributions, profile_change
from crmtool.store.keys import find_key, trial_key
from crmtool.store.load import load
from crmtool.store.paths import STATE
from crmtool.store.runs import RunNote, note_runs
from crmtool.store.texts import PeopleTexts
from crmtool.store.tree import WorkTree
from crmtool.sync.notes import NoteSync
from crmtool.sync.people import Observed, Outcome, sync_people
from crmtool.text.render import mapping

_FEW: Final = 3


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
    asked: int = 0
    """Proofs that were left to people: they would have made too much one."""
    failed: tuple[CrmError, ...] = ()
    """Why some sources could not be read; the others were imported."""


@dataclass(frozen=True)
class FromFile:
    """A file to import instead of asking a source; its source is called as its type by default."""

    path: Path
    type: str
    source: str | None = None
    format: Mapping[str, str] = field(default_factory=dict)
    """How the file is written, where that is not as its source says."""


@dataclass
class _Import:
    """One run of the command over the sources chosen."""

    reader: Reader
    runs: list[Run] = field(default_factory=list)
    failed: list[CrmError] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def root(self) -> Path:
        """The workspace."""
        return self.reader.root

    @property
    def community(self) -> Community:
        """What it holds before the import."""
        return self.reader.community

    def read(self, names: tuple[str, ...]) -> None:
        """Bring in every source that can be read.

        Raises:
            CrmError: it is the only one, and cannot be.

        """
        sources = chosen(self.community, names)
        self.failed += broken(self.root, self.community, names)
        for name, source in sources.items():
            try:
                self.take(self.reader.read(name, source))
            except SourceError as error:
                self.failed.append(error)
                self.faults[name] = error.message
        if not self.runs and len(self.failed) == 1:
            raise self.failed[0]

    def read_file(self, file: FromFile) -> None:
        """Bring in what a file says, under a source that is made where there is none.

        Raises:
            SourceError: the file cannot be read.
            UsageError: the source is of another type.

        """
        name = file.source or file.type
        require_usable(name, file.type)
        source = self.community.sources.get(name)
        if source is None:
            if fault := next(broken(self.root, self.community, (name,)), None):
                raise fault
            if file.type == "git":
                raise UsageError("a source of type git reads a repository, no files")
            source = Source.model_validate({"type": file.type})
            values = {"type": file.type, "format": file.format or None}
            self.new[f"sources/{name}/source.yml"] = mapping(values).encode()
        elif source.type != file.type:
            raise UsageError(
                f"source {name} is of type {source.type}, the file of type {file.type}",
                "name another one with --source, such as --source " + f"{name}-{file.type}",
            )
        source = _written(source, file.format)
        self.reader.adopt(name, source)
        self.take(self.reader.read(name, source, file.path))

    def take(self, run: Run) -> None:
        """Note what a source brought, and why it ended early if it did."""
        self.runs.append(run)
        if run.error:
            self.failed.append(run.error)
            run.fetched.note("nobody new gets a file before it was read to its end")
        self.failed += run.fetched.faults
        faults = [error.message for error in (run.error, *run.fetched.faults) if error]
        self.faults[run.name] = "; ".join(faults[:_FEW])

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
        wanted = frozenset(identity for run in self.runs for identity in run.fetched.wanted)
        unfinished = frozenset(run.name for run in self.runs if run.error)
        self.outcome = sync_people(
            self.community, Observed(profiles, counts, wanted, unfinished), texts
        )
        notes = NoteSync(self.community, self.outcome, WorkTree(self.root).read)
        for run in self.runs:
            if homeless := notes.take(run.name, run.remarks, run.profiles):
                run.fetched.skip("usage notes on somebody without a record", homeless)

    def plan(self) -> Plan:
        """Records, then each source's files."""
        changes = [*self.outcome.changes]
        changes += [Change(path, None, data, "a new source") for path, data in self.new.items()]
        for run in self.runs:
            changes += self._feed(run)
        read = {run.name for run in self.runs}
        for name in sorted(self.community.profiles.keys() - read):
            # What a source put into a record may change while another one is read.
            changes += self._profiles(name, self.community.profiles[name].values())
        return Plan(tuple(changes), self._message())

    def _feed(self, run: Run) -> list[Change]:
        """A source's files."""
        run.files += self._profiles(run.name, run.profiles.values())
        moved = run.cursor(self.root)
        return [*run.files, moved] if moved else run.files

    def _profiles(self, name: str, profiles: Iterable[Profile]) -> list[Change]:
        """Who a source names, with what of it is in the records now."""
        applied = {i: values for source, i, values in self.outcome.applied if source == name}
        noted = [
            msgspec.structs.replace(p, applied=applied[p.identity]) if p.identity in applied else p
            for p in profiles
        ]
        said = profile_change(self.root, name, noted, f"who {name} names")
        return [said] if said else []

    def note(self) -> None:
        """Remember on this machine how each source went."""
        at = written(self.reader.world.clock.now())
        added = {run.name: run.writer.added for run in self.runs}
        note_runs(
            self.root, {n: RunNote(at, added.get(n, 0), why) for n, why in self.faults.items()}
        )

    def _message(self) -> str:
        names = ", ".join(run.name for run in self.runs)
        added = sum(run.writer.added for run in self.runs)
        created = len(self.outcome.created)
        head = f"Import {names}: {added} activities, {created} new people"
        body = [f"Joined {line}" for line in self.outcome.joined]
        return "\n".join([head, "", *body] if body else [head])


def import_sources(  # noqa: PLR0913 (one parameter an option of the command)
    root: Path,
    names: tuple[str, ...],
    *,
    dry_run: Callable[[Plan], None] | None = None,
    commit: bool = True,
    allow_mass_change: bool = False,
    progress: Progress = unwatched,
    since: date | None = None,
    file: FromFile | None = None,
    world: World | None = None,
) -> Imported:
    """Import the sources named, or all of them. Where one of several fails the others go on.

    With `dry_run` the plan is shown to it and nothing is written. With `file` it is what is read,
    and `names` are not.

    Raises:
        UsageError: no such source.
        KeyProblem: the privacy key is not here.
        SourceError: the only source cannot be read.
        Refused: going on could lose something.

    """
    done: list[_Import] = []

    def decide() -> Plan:
        community = load(WorkTree(root), RecordCache(root))
        named = community.config.privacy.key
        # Of a dry run nothing is kept, so it needs no key that others know.
        keyed = trial_key() if dry_run and named is None else find_key(named)
        work = _Import(Reader(root, community, keyed, progress, world or World(), since))
        done.append(work)
        if file is None:
            work.read(names)
        else:
            work.read_file(file)
        work.records()
        plan = work.plan()
        if dry_run is not None:
            dry_run(plan)
            return Plan()
        if not allow_mass_change:
            for run in work.runs:
                run.refuse_loss()
        return plan

    try:
        plan, made = apply(
            root, decide, commit=commit and dry_run is None, allow_mass_change=allow_mass_change
        )
    finally:
        shutil.rmtree(root / STATE / "spool", ignore_errors=True)
        if done and dry_run is None:
            done[0].note()
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
        work.outcome.asked,
        tuple(work.failed),
    )


def _written(source: Source, form: Mapping[str, str]) -> Source:
    """The source, its file written in another way.

    Raises:
        UsageError: there is no such way.

    """
    if not form:
        return source
    try:
        return source.model_copy(
            update={"format": Format.model_validate(source.format.model_dump() | dict(form))}
        )
    except ValidationError as error:
        first = error.errors()[0]
        words = first["msg"].removeprefix("Value error, ")
        raise UsageError(f"--{first['loc'][0]} {words}") from None


__all__ = ["FromFile", "Imported", "Progress", "World", "import_sources"]
