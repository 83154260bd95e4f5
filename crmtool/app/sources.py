"""`crmtool source`: where feeds come from, how they fare, and trying one without writing."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from crmtool.app.choosing import broken, chosen, require_usable
from crmtool.app.opening import Asked, open_scene
from crmtool.app.presets import preset_text
from crmtool.app.reading import Reader, World, unwatched
from crmtool.app.tables import Cell, Table, cells
from crmtool.app.writing import How, Written, write
from crmtool.errors import Refused, UsageError
from crmtool.importers.contract import Outcome
from crmtool.model.config import Source
from crmtool.model.feeds import Activity, Profile, Remark
from crmtool.model.plan import Change, Plan, digest
from crmtool.model.urls import asks_with_secret
from crmtool.store.cache import RecordCache
from crmtool.store.keys import find_key, trial_key
from crmtool.store.load import load
from crmtool.store.paths import STATE
from crmtool.store.runs import last_commit_at, read_runs
from crmtool.store.tree import WorkTree
from crmtool.text.parse import parse_mapping
from crmtool.text.render import mapping
from crmtool.text.splice import set_value

_SAMPLE: Final = 5
_ENOUGH: Final = 100
_SHOWN: Final = 60


@dataclass(frozen=True)
class NewSource:
    """A source to be: its type, or a preset that has one, and what else its file is to say."""

    name: str
    type: str | None = None
    preset: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """How a source fares. `at` is when it last ran here, or else when its cursor last moved."""

    name: str
    type: str
    items: int
    at: str
    error: str
    cursor: Mapping[str, Any]


@dataclass
class Trial:
    """What a source would bring: the beginning of it."""

    types: Counter[str] = field(default_factory=Counter)
    sample: list[Activity | Profile | Remark] = field(default_factory=list)
    people: int = 0
    remarks: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    whole: bool = True
    """Whether that was all of it."""


def add_source(asked: Asked, new: NewSource, how: How) -> Written:
    """Write a `source.yml`.

    Raises:
        Refused: there is such a source.
        UsageError: what it would say is wrong.

    """
    scene = open_scene(asked)
    text = _text(new)
    path = f"sources/{new.name}/source.yml"
    if (scene.root / path).exists():
        raise Refused(f"there is a source {new.name!r} already", f"edit {path}")
    source, findings = parse_mapping(Source, path, text.encode())
    if source is None:
        first = findings[0]
        raise UsageError(first.message, first.hint)
    require_usable(new.name, source.type)
    if asks_with_secret(source.target):
        raise UsageError(
            "target holds a token", "leave it out; name an environment variable with --token-env"
        )
    return write(
        scene, Plan((Change(path, None, text.encode(), "a new source"),), _added(new)), how
    )


def _added(new: NewSource) -> str:
    return f"Add the source {new.name}"


def _text(new: NewSource) -> str:
    if new.preset is None:
        if new.type is None:
            raise UsageError("a source needs a type", "add --type TYPE, or --preset PRESET")
        return mapping({"type": new.type, **new.settings})
    text = preset_text(new.preset)
    kind = next(line for line in text.splitlines() if line.startswith("type: "))
    if new.type not in (None, kind.removeprefix("type: ")):
        raise UsageError(f"the preset {new.preset} has {kind}, not {new.type}", "leave out --type")
    for key, value in new.settings.items():
        text = set_value(text, (key,), value, order=tuple(Source.model_fields), yml=True)
    return text


def health(root: Path) -> list[Health]:
    """Every source, those whose `source.yml` is broken among them."""
    community = load(WorkTree(root), RecordCache(root))
    runs = read_runs(root)
    items = Counter[str]()
    for feed in community.feeds:
        items[feed.source] += feed.local.read_bytes().count(b"\n")
    faults = {error.message.split("/")[1]: error.message for error in broken(root, community, ())}
    found = []
    for name in sorted({*community.sources, *faults}):
        run = runs.get(name)
        kind = community.sources[name].type if name in community.sources else "?"
        at = run.at if run else last_commit_at(root, f"sources/{name}/cursor.json")
        error = faults.get(name) or (run.error if run else "")
        found.append(Health(name, kind, items[name], at, error, _cursor(root, name)))
    return found


def health_table(found: list[Health]) -> Table:
    """The same for people."""
    rows = [
        cells([h.name, h.type, f"{h.items:,}", h.at, _short(h.cursor), Cell(h.error, "bad")])
        for h in found
    ]
    columns = ("name", "type", "items", "last run", "next cursor", "last error")
    return Table(columns, tuple(rows), "no sources yet: crmtool source add --help")


def _short(cursor: Mapping[str, Any]) -> str:
    text = msgspec.json.encode(cursor).decode() if cursor else ""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _cursor(root: Path, name: str) -> dict[str, Any]:
    try:
        data = (root / "sources" / name / "cursor.json").read_bytes()
        return msgspec.json.decode(data, type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def try_source(root: Path, name: str, world: World | None = None) -> Trial:
    """Read the beginning of a source and write nothing.

    Raises:
        UsageError: there is no such source.
        SourceError: it cannot be read.

    """
    community = load(WorkTree(root), RecordCache(root))
    sources = chosen(community, (name,))
    for fault in broken(root, community, (name,)):
        raise fault
    named = community.config.privacy.key
    keyed = find_key(named) if named else trial_key()
    reader = Reader(root, community, keyed, unwatched, world or World())
    importer = reader.importer(name, sources[name])
    trial = Trial(outcome=importer.outcome)
    raws = importer.fetch({})
    with closing(raws):  # type: ignore[type-var]  # every fetch is a generator
        for raw in islice(raws, _ENOUGH):
            _take(trial, importer.normalise(raw))
        trial.whole = next(raws, None) is None
    _take(trial, importer.close())
    shutil.rmtree(root / STATE / "spool", ignore_errors=True)
    return trial


def _take(trial: Trial, lines: Any) -> None:  # noqa: ANN401 (any line of a feed)
    for line in lines:
        if isinstance(line, Activity):
            trial.types[line.type] += 1
        elif isinstance(line, Profile):
            trial.people += 1
        elif isinstance(line, Remark):
            trial.remarks += 1
        else:
            continue
        if sum(isinstance(s, type(line)) for s in trial.sample) < _SAMPLE:
            trial.sample.append(line)


def remove_source(asked: Asked, name: str, how: How, *, keep_feed: bool) -> Written:
    """Delete a source's folder, or with `keep_feed` only what makes it be imported.

    Records that came of it stay: people own them.

    Raises:
        UsageError: there is no such source.

    """
    scene = open_scene(asked)
    folder = scene.root / "sources" / name
    if not (folder / "source.yml").is_file():
        chosen(scene.community, (name,))
    kept = ("activities/", "profiles.jsonl", "counts.jsonl") if keep_feed else ()
    changes = []
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder).as_posix()
        if file.is_file() and not file.is_symlink() and not inner.startswith(kept):
            path = f"sources/{name}/{inner}"
            changes.append(Change(path, digest(file.read_bytes()), None, "the source is removed"))
    return write(scene, Plan(tuple(changes), f"Remove the source {name}"), how)
