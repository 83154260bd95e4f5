"""`crmtool import`: sources → feeds → records, one plan and one commit."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from crmtool.app.opening import SystemClock
from crmtool.errors import SourceError, UsageError, WorkspaceError
from crmtool.importers.contract import Context
from crmtool.importers.contract import Outcome as Fetched
from crmtool.importers.registry import make_importer
from crmtool.model.community import Community
from crmtool.model.config import Source
from crmtool.model.feeds import Activity, Profile
from crmtool.model.keyed import Keyed
from crmtool.model.plan import Change, Plan
from crmtool.store.apply import apply
from crmtool.store.feedwriter import (
    FeedWriter,
    count_contributions,
    file_change,
    profile_change,
)
from crmtool.store.git import ForeignRepository
from crmtool.store.keys import find_key
from crmtool.store.load import load
from crmtool.store.paths import STATE
from crmtool.store.tree import WorkTree
from crmtool.sync.people import Observed, Outcome, sync_people

Progress = Callable[[str, int, int | None], None]


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


def import_sources(  # noqa: PLR0913 (one parameter an option of the command)
    root: Path,
    names: tuple[str, ...],
    *,
    dry_run: Callable[[Plan], None] | None = None,
    commit: bool = True,
    allow_mass_change: bool = False,
    progress: Progress = lambda name, done, total: None,
) -> Imported:
    """Import the sources named, or all of them.

    With `dry_run` the plan is shown to it and nothing is written.

    Raises:
        UsageError: no such source.
        KeyProblem: the privacy key is not here.
        SourceError: a source cannot be read.
        Refused: going on could lose something.

    """
    runs: list[Run] = []
    outcome = Outcome()

    def decide() -> Plan:
        community = load(WorkTree(root))
        chosen = _chosen(community, names)
        keyed = find_key(community.config.privacy.key)
        runs.extend(
            _run(root, community, name, source, keyed, progress)
            for name, source in chosen.items()
        )
        nonlocal outcome
        outcome = _records(root, community, runs)
        plan = _plan(root, runs, outcome)
        if dry_run is not None:
            dry_run(plan)
            return Plan()
        return plan

    try:
        plan, made = apply(
            root, decide, commit=commit and dry_run is None, allow_mass_change=allow_mass_change
        )
    finally:
        shutil.rmtree(root / STATE / "spool", ignore_errors=True)
    return Imported(
        plan, made, {run.name: run.writer.added for run in runs}, len(outcome.created),
        tuple(outcome.joined), {run.name: run.fetched.skipped for run in runs},
    )


def _chosen(community: Community, names: tuple[str, ...]) -> dict[str, Source]:
    known = ", ".join(community.sources)
    for name in names:
        if name not in community.sources:
            raise UsageError(
                f"there is no source {name!r}",
                f"sources: {known}" if known else "add one in sources/NAME/source.yml",
            )
    if not community.sources:
        broken = [f for f in community.findings if f.path.startswith("sources/")]
        if broken:
            raise WorkspaceError(f"{broken[0].path}: {broken[0].message}", "run: crmtool check")
        raise UsageError("this workspace has no sources", "add one in sources/NAME/source.yml")
    return {n: community.sources[n] for n in names or community.sources}


def _run(  # noqa: PLR0913
    root: Path, community: Community, name: str, source: Source, keyed: Keyed, progress: Progress
) -> Run:
    def show(done: int, total: int | None) -> None:
        progress(name, done, total)

    importer = make_importer(
        Context(
            name, source, community.config, keyed, SystemClock(),
            lambda: ForeignRepository(name, _folder(root, source)), show,
            watched=getattr(progress, "watched", False),
        )
    )
    writer = FeedWriter(root, name)
    profiles = dict(community.profiles.get(name, {}))
    for raw in importer.fetch(_cursor(root, name)):
        for item in importer.normalise(raw):
            if isinstance(item, Activity):
                writer.add(item)
            else:
                _observe(profiles, item)
    for profile in importer.close():
        _observe(profiles, profile)
    why = f"news of {name}"
    files = list(writer.changes(replaces=importer.outcome.replaces, why=why))
    return Run(name, writer, importer.outcome, profiles, files)


def _observe(profiles: dict[str, Profile], new: Profile) -> None:
    """The newest word on an identity; what of it was applied to a record stays noted."""
    old = profiles.get(new.identity)
    profiles[new.identity] = msgspec.structs.replace(new, applied=old.applied) if old else new


def _folder(root: Path, source: Source) -> Path:
    """The folder of a git source; relative paths begin at the workspace."""
    return root / Path(source.target.removeprefix("file://")).expanduser()


def _cursor(root: Path, name: str) -> dict[str, object]:
    path = root / "sources" / name / "cursor.json"
    if not path.exists():
        return {}
    try:
        found = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        raise SourceError(
            name, f"sources/{name}/cursor.json:1:1: is damaged: {error}",
            "restore it from git, or delete it to read everything again",
        ) from None
    if not isinstance(found, dict):
        raise SourceError(
            name, f"sources/{name}/cursor.json:1:1: is not an object",
            "restore it from git, or delete it to read everything again",
        )
    return found


def _records(root: Path, community: Community, runs: list[Run]) -> Outcome:
    """What the new words of the sources mean for the records."""
    profiles = dict(community.profiles) | {run.name: run.profiles for run in runs}
    replaced = {run.name for run in runs if run.fetched.replaces}
    counts: Counter[str] = count_contributions(
        feed.local for feed in community.feeds if feed.source not in replaced
    )
    for run in runs:
        counts += run.writer.contributions
    texts = {r.path: (root / r.path).read_bytes() for r in community.people.values()}
    return sync_people(community, Observed(profiles, counts), texts)


def _plan(root: Path, runs: list[Run], outcome: Outcome) -> Plan:
    applied: dict[str, dict[str, dict[str, str]]] = {}
    for source, identity, values in outcome.applied:
        applied.setdefault(source, {})[identity] = values
    changes = list(outcome.changes)
    for run in runs:
        changes += run.files
        noted = applied.get(run.name, {})
        profiles = [
            msgspec.structs.replace(p, applied=noted[p.identity]) if p.identity in noted else p
            for p in run.profiles.values()
        ]
        cursor = msgspec.json.encode(run.fetched.cursor, order="sorted") + b"\n"
        base = f"sources/{run.name}"
        why = f"where the next import of {run.name} starts"
        changes += filter(None, [
            profile_change(root, run.name, profiles, f"who {run.name} names"),
            file_change(root, f"{base}/cursor.json", cursor, why),
        ])
    return Plan(tuple(changes), _message(runs, outcome))


def _message(runs: list[Run], outcome: Outcome) -> str:
    names = ", ".join(run.name for run in runs)
    added = sum(run.writer.added for run in runs)
    head = f"Import {names}: {added} activities, {len(outcome.created)} new people"
    body = [f"Joined {line}" for line in outcome.joined]
    return "\n".join([head, "", *body] if body else [head])
