"""Small communities for the tests of metrics: a few lines of feeds, written to disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from crmtool.metrics.engine import Engine
from crmtool.model.community import Community, FeedFile, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.figures import Report
from crmtool.model.records import Person

TODAY = date(2026, 11, 21)
Line = dict[str, Any]
_ids = count()


def did(who: str | None, what: str, when: str | None, source: str = "git", **more: Any) -> Line:
    """A line of a feed. A name is a person's github account; a day is its noon in UTC."""
    actor = f"github:{who}" if who and ":" not in who else who
    at = f"{when}T12:00:00Z" if when and len(when) == len("2026-01-01") else when
    return {"source": source, "id": f"{next(_ids)}", "type": what, "actor": actor, "at": at, **more}


def community(
    folder: Path,
    *lines: Line | str | bytes,
    people: Mapping[str, Mapping[str, Any]] | None = None,
    sources: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Community:
    """A community in which everyone who did something has a record; text is a line as it is."""
    records = {**_everyone(lines), **(people or {})}
    known = {"actors": {f"github:{slug}": slug for slug in records}, "outside": frozenset[str]()}
    known |= {key: more.pop(key) for key in known.keys() & more.keys()}
    written = _write(folder, lines)
    stated: dict[str, Mapping[str, Any]] = {name: {} for name in written} | dict(sources or {})
    return Community(
        config=Config.model_validate({"community": {"name": "C"}, **more}),
        tags=Tags(),
        people={
            slug: Record(
                f"people/{slug}.md", Person.model_validate({"name": slug, **records[slug]}), ""
            )
            for slug in records
        },
        notes={},
        tasks={},
        sources={
            name: Source.model_validate({"type": "csv", "target": "https://example.org", **said})
            for name, said in stated.items()
        },
        feeds=tuple(FeedFile(name, f"sources/{name}", path) for name, path in written.items()),
        **known,  # type: ignore[arg-type]
    )


def _everyone(lines: tuple[Line | str | bytes, ...]) -> dict[str, dict[str, Any]]:
    actors = [str(line["actor"]) for line in lines if isinstance(line, dict)]
    return {a.removeprefix("github:"): {} for a in actors if a.startswith("github:")}


def _write(folder: Path, lines: tuple[Line | str | bytes, ...]) -> dict[str, Path]:
    texts: dict[str, list[bytes]] = {}
    for line in lines:
        if isinstance(line, dict):
            name = line["source"]
            raw = json.dumps({k: v for k, v in line.items() if k != "source"}).encode()
        else:
            name, raw = "git", line if isinstance(line, bytes) else line.encode()
        texts.setdefault(name, []).append(raw)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.jsonl").write_bytes(b"\n".join(text) + b"\n")
    return {name: folder / f"{name}.jsonl" for name in texts}


def figure(report: Report, name: str) -> float | None:
    """One figure's value."""
    return next(f.value for f in report.figures if f.name == name)


def by_month(
    found: Community, name: str, *, as_of: date = TODAY, subproject: str | None = None
) -> dict[str, float]:
    """A figure's value in every month in which it is neither 0 nor without one."""
    with Engine(found, as_of) as engine:
        values = {r.month: figure(r, name) for r in engine.reports(engine.months(), subproject)}
    return {month: value for month, value in values.items() if value}
