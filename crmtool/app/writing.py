"""How a command's edits reach the disk: shown, or read by the rules first, then written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from crmtool.app.opening import Scene, open_scene
from crmtool.errors import Unfit
from crmtool.model.community import Community, Record
from crmtool.model.config import Config, Source, Tags
from crmtool.model.finding import Finding
from crmtool.model.mentions import named
from crmtool.model.plan import Change, Plan, digest
from crmtool.store.load import KINDS
from crmtool.store.paths import CONFIG, TAGS

if TYPE_CHECKING:
    from crmtool.text.render import Value

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class How:
    """What is to happen to a command's edits."""

    commit: bool = False
    """Whether they become a commit at once; else they are left in the work tree."""
    show: Callable[[Plan], None] | None = None
    """Is shown the plan instead of its being carried out."""
    tell: Say = lambda _: None
    """Told what should be looked at and hinders nothing."""
    allow_mass_change: bool = False
    """Whether it may rewrite more records than is likely to be meant."""
    trailer: str = ""
    """A line at the end of the commit's message, for programs."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a plan."""

    plan: Plan
    commit: str = ""
    shown: bool = False
    """The plan was shown and nothing written."""

    @property
    def paths(self) -> list[str]:
        """The files that are new or changed."""
        return [change.path for change in self.plan.changes]


def write(scene: Scene, plan: Plan, how: How) -> Written:
    """Carry a plan out, once the rules find nothing in it that was not there before.

    Raises:
        Unfit: a rule calls what would be written an error; nothing was written.
        Refused: see `crmtool.store.apply`.

    """
    if _names_strangers(scene.community, plan):
        scene = open_scene(scene.asked)  # hints know everybody's name
    errors = []
    for finding in new_findings(scene, plan):
        words = f"{finding.path}:{finding.line}:{finding.column}: {finding.message}"
        if finding.severity == "error":
            errors.append((words, finding))
        else:
            how.tell(f"{words} [{finding.code}]; {finding.hint}".rstrip("; "))
    for words, finding in errors[1:]:
        how.tell(f"{words} [{finding.code}]")
    if errors:
        words, first = errors[0]
        raise Unfit(f"{words} [{first.code}]; nothing was written", first.hint)
    if how.show:
        how.show(plan)
        return Written(plan, shown=True)
    from crmtool.store.apply import apply

    if how.trailer:
        plan = replace(plan, message=f"{plan.message}\n\n{how.trailer}")
    done, commit = apply(
        scene.root,
        lambda: plan,
        commit=how.commit,
        allow_mass_change=how.allow_mass_change,
    )
    return Written(done, commit)


def new_findings(scene: Scene, plan: Plan) -> list[Finding]:
    """What the rules find in the files of a plan that they do not find there now, in order."""
    contents = {c.path: c.new for c in plan.changes if isinstance(c.new, bytes)}
    before = {c.path: scene.tree.read(c.path) for c in plan.changes if c.old is not None}
    known = {f.fingerprint for f in _findings(scene, before)}
    found = [f for f in _findings(scene, contents) if f.fingerprint not in known]
    return sorted(_placed(found, contents), key=lambda f: (f.path, f.line, f.column))


def _findings(scene: Scene, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """What the rules find in these files, with as much of the community around as they name."""
    from crmtool.rules.base import run_rules

    community, findings = _around(scene.community, contents)
    named = replace(community, findings=tuple(findings), as_of=scene.day)
    return (f for f in run_rules(named) if f.path in contents)


def _around(community: Community, contents: Mapping[str, bytes]) -> tuple[Community, list[Finding]]:
    """A small community: these files, the configuration, and whatever the files name."""
    from crmtool.text.parse import parse_record

    rooms: dict[str, dict[str, Record[Any]]] = {room: {} for room in KINDS}
    findings = list[Finding]()
    for path, data in contents.items():
        room = path.partition("/")[0]
        if room in KINDS:
            record, wrong = parse_record(KINDS[room], path, data)
            findings += wrong
            if record:
                rooms[room][record.slug] = record
        else:
            community = _configured(community, path, data, findings)
    names = {name for room in rooms.values() for r in room.values() for name in named(r)}
    for room in KINDS:
        known: Mapping[str, Record[Any]] = getattr(community, room)
        rooms[room] = {s: r for s, r in known.items() if _is_named(s, r, names)} | rooms[room]
    people, notes, tasks = rooms.values()
    return replace(community, people=people, notes=notes, tasks=tasks), findings


def _configured(community: Community, path: str, data: bytes, findings: list[Finding]) -> Community:
    """The community with a configuration file as it is to be; what is wrong goes to `findings`."""
    from crmtool.text.parse import parse_mapping

    if path == CONFIG:
        config, wrong = parse_mapping(Config, path, data)
        changed = replace(community, config=config or community.config)
    elif path == TAGS:
        tags, wrong = parse_mapping(Tags, path, data)
        changed = replace(community, tags=tags or community.tags)
    else:
        source, wrong = parse_mapping(Source, path, data)
        sources = {path.split("/")[1]: source} if source else {}
        changed = replace(community, sources={**community.sources, **sources})
    findings += wrong
    return changed


def _is_named(slug: str, record: Record[Any], names: set[str]) -> bool:
    return slug in names or any(a in names for a in getattr(record.data, "aliases", ()))


def _names_strangers(community: Community, plan: Plan) -> bool:
    """Whether it names somebody who is not in the part of the workspace that was loaded."""
    contents = {c.path: c.new for c in plan.changes if isinstance(c.new, bytes)}
    around, _ = _around(community, contents)
    known = {*around.people, *around.notes}
    known.update(a for r in around.people.values() for a in r.data.aliases)
    return any(n not in known for r in around.records() if r.path in contents for n in named(r))


def _placed(found: Iterable[Finding], contents: Mapping[str, bytes]) -> Iterator[Finding]:
    from crmtool.text.parse import place

    for finding in found:
        line, column = finding.line, finding.column
        if not line:
            line, column = place(finding.path, contents[finding.path], finding.key)
        yield replace(finding, line=line, column=column)


def edited(
    scene: Scene, record: Record[Any], values: Mapping[str, Value | None], why: str
) -> Change:
    """An existing record with other values of some keys, None taking one out; nothing else moves.

    Raises:
        Unfit: the file's YAML is such that it cannot be edited by a program.

    """
    from crmtool.text.splice import SpliceError, set_value, unset

    before = scene.tree.read(record.path)
    text, order = before.decode(), tuple(type(record.data).model_fields)
    try:
        for key, value in values.items():
            text = (
                unset(text, (key,))
                if value is None
                else set_value(text, (key,), value, order=order)
            )
    except SpliceError as error:
        raise Unfit(f"{record.path}: {error}", "edit the file by hand") from error
    return Change(record.path, digest(before), text.encode(), why)
