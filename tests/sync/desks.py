"""Workspaces in memory for decisions about who is who, and random ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from crmtool.identity.resolve import resolve
from crmtool.model.clash import Clash, Question, Side
from crmtool.model.community import Community
from crmtool.model.plan import Change
from crmtool.model.protocols import FOLDERS, Entry
from crmtool.store.lines import merge_lines
from crmtool.store.load import load
from crmtool.sync.desk import Desk
from crmtool.sync.joining import Ask, Joiner
from crmtool.sync.parting import Splitter, rename_person
from crmtool.sync.references import follow
from crmtool.sync.undoing import Decision, Past, Undoer

Files = Mapping[str, str]


@dataclass(frozen=True)
class Memory:
    """A tree in memory."""

    files: Files
    label: str = "memory"

    def entries(self, folders: Collection[str] = FOLDERS) -> Iterable[Entry]:
        asked = (path for path in sorted(self.files) if path.partition("/")[0] in folders)
        at_root = (path for path in ("crm.yml", "tags.yml") if path in self.files)
        return [Entry(path) for path in (*at_root, *asked)]

    def others(self) -> Iterable[Entry]:
        return ()

    def read(self, path: str, limit: int = -1) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(path)
        data = self.files[path].encode()
        return data if limit < 0 else data[:limit]

    def local(self, path: str) -> Path:
        raise NotImplementedError(path)


def community(files: Files) -> Community:
    found = load(Memory({"crm.yml": "community: {name: Terns}\n", **files}))
    return replace(found, actors=resolve(found.people, found.profiles))


def on_desk(files: Files, work: Callable[[Desk], None]) -> dict[str, str]:
    """The files after some work, references followed."""
    desk = Desk(community(files), Memory(files).read)
    work(desk)
    follow(desk)
    return carried_out(files, desk.changes())


def carried_out(files: Files, changes: Iterable[Change]) -> dict[str, str]:
    after = dict(files)
    for change in changes:
        assert (change.old is None) == ((change.origin or change.path) not in files)
        after.pop(change.origin or change.path, None)
        if isinstance(change.new, bytes):
            after[change.path] = change.new.decode()
    return after


def answering(side: Side | None) -> Callable[[str, str, Clash], Side | None]:
    """Whoever is asked says the same."""
    return lambda _keep, _gone, _clash: side


FIRST = answering("a")


def merged(files: Files, keep: str, *gone: str, ask: Ask = FIRST) -> dict[str, str]:
    def work(desk: Desk) -> None:
        joiner = Joiner(desk, desk.community.profiles, ask)
        for slug in gone:
            joiner.merge(keep, slug)

    return on_desk(files, work)


def split(files: Files, slug: str, *identities: str, to: str | None = None) -> dict[str, str]:
    def work(desk: Desk) -> None:
        Splitter(desk, desk.community.profiles).split(slug, identities, to, None)

    return on_desk(files, work)


def renamed(files: Files, old: str, new: str) -> dict[str, str]:
    return on_desk(files, lambda desk: rename_person(desk, old, new))


def nobody(_question: Question) -> str | None:
    return None


@dataclass
class Undone:
    files: dict[str, str]
    kept: list[str]


def undone(
    now: Files,
    after: Files,
    before: Files,
    *decisions: tuple[str, str, str],
    whose: Callable[[Question], str | None] = nobody,
) -> Undone:
    """What led from `before` to `after` taken back out of `now`."""
    paths = [p for p in {**before, **after} if before.get(p) != after.get(p)]
    kept: list[str] = []

    def work(desk: Desk) -> None:
        past = Past(before.get, after.get, paths)
        told = [Decision(*decision) for decision in decisions]
        Undoer(desk, desk.community.profiles, past, told, merge_lines, whose, kept).undo()

    return Undone(on_desk(now, work), kept)


# --- random workspaces ---------------------------------------------------------------------------

SLUGS = ("ada", "ben", "cleo", "dora", "emil")
_words = st.sampled_from(["Terns", "likes C", "x: y", "# no comment", "Ünïcode", "NO", "12:30"])
_items = st.lists(st.sampled_from(["python", "rust", "c", "sql", "lua"]), unique=True, max_size=3)


@st.composite
def people(draw: st.DrawFn, slug: str) -> str:
    """A record in any style that people write: flow or block lists, comments, CRLF, no last newline."""
    lines = [f"name: {draw(st.sampled_from(['Ada', 'Ada Lovelace', slug.title()]))}"]
    handles = [f"github:{slug}", f"forum.example.org:{slug}{draw(st.integers(1, 3))}"]
    lines += _listed(draw, "identities", handles[: draw(st.integers(0, 2))])
    if draw(st.booleans()):
        place = draw(st.sampled_from(["London", "Paris  # for now", '"?"']))
        lines.append(f"location: {place}")
    lines += _listed(draw, "languages", draw(_items))
    lines += _listed(
        draw, "watchers", draw(st.lists(st.sampled_from(SLUGS), unique=True, max_size=2))
    )
    if draw(st.booleans()):
        lines.append(f"owner: {draw(st.sampled_from(SLUGS))}")
    if draw(st.booleans()):
        lines.append(f"visibility: {draw(st.sampled_from(['public', 'team', 'stewards']))}")
    if draw(st.booleans()):
        lines.append(f"fields: {{tshirt: {draw(st.sampled_from('SML'))}}}")
    if draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), "# a remark")
    body = draw(
        st.sampled_from(["", "Runs a workshop.\n", "See [[ben]] and [[cleo|Cleo]].\n\nMore.\n"])
    )
    text = "\n".join(["---", *lines, "---", body])
    text = text.rstrip("\n") if draw(st.booleans()) else text
    return text.replace("\n", "\r\n") if draw(st.integers(0, 4)) == 0 else text


def _listed(draw: st.DrawFn, key: str, items: list[str]) -> list[str]:
    if not items:
        return []
    if draw(st.booleans()):
        return [f"{key}: [{', '.join(items)}]"]
    return [f"{key}:", *(f"  - {item}" for item in items)]


@st.composite
def workspaces(draw: st.DrawFn) -> dict[str, str]:
    files = {f"people/{slug}.md": draw(people(slug)) for slug in SLUGS}
    team = draw(st.lists(st.sampled_from(SLUGS), unique=True, min_size=1, max_size=3))
    files["crm.yml"] = f"community: {{name: Terns}}  # ours\nteam: [{', '.join(team)}]\n"
    for number in range(draw(st.integers(0, 2))):
        about = draw(st.lists(st.sampled_from(SLUGS), unique=True, min_size=1, max_size=3))
        roles = ", ".join(f"{slug}: speaker" for slug in about[:2])
        files[f"notes/2026-01-0{number + 1}-met.md"] = (
            f"---\ndate: 2026-01-01\nauthor: {draw(st.sampled_from(SLUGS))}\n"
            f"about: [{', '.join(about)}]\nkind: event\nroles: {{{roles}}}\n---\n"
            f"Met [[{draw(st.sampled_from(SLUGS))}]].\n"
        )
    if draw(st.booleans()):
        files["tasks/shirt.md"] = (
            f"---\ntitle: Send a shirt\nassignee: {draw(st.sampled_from(SLUGS))}\n"
            f"about:\n  - {draw(st.sampled_from(SLUGS))}\n---\n"
        )
    return files
