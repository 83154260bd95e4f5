"""Loading: what is broken is a finding beside what is whole; only `crm.yml` is indispensable."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crmtool.errors import WorkspaceError
from crmtool.model.part import Part
from crmtool.model.protocols import FOLDERS, Entry, EntryKind
from crmtool.store.cache import RecordCache
from crmtool.store.load import load
from crmtool.store.tree import WorkTree

CONFIG = b"community: {name: Terns}\n"
ADA = b"---\nname: Ada\n---\nWrites.\n"


@dataclass
class Files:
    """A tree in memory. What is an exception is raised when read; a kind is named by its word."""

    held: dict[str, bytes | OSError | EntryKind]
    label: str = "memory"
    asked: list[str] = field(default_factory=list)

    def entries(self, folders: Collection[str] = FOLDERS) -> Iterable[Entry]:
        for path, what in sorted(self.held.items(), key=lambda item: (item[0] != "crm.yml", item)):
            if "/" in path and path.partition("/")[0] not in folders:
                continue
            yield Entry(path, what) if isinstance(what, str) else Entry(path)

    def others(self) -> Iterable[Entry]:
        return ()

    def read(self, path: str, limit: int = -1) -> bytes:
        self.asked.append(path)
        if path not in self.held:
            raise FileNotFoundError(path)
        what = self.held[path]
        if isinstance(what, OSError):
            raise what
        assert isinstance(what, bytes)
        return what if limit < 0 else what[:limit]

    def local(self, path: str) -> Path:
        return Path(path)


def found(path: str, what: bytes | OSError | EntryKind) -> list[tuple[str, str, str]]:
    """Severity, code and path of what is wrong with one file beside a good one."""
    community = load(Files({"crm.yml": CONFIG, "people/ada.md": ADA, path: what}))
    assert "ada" in community.people, "one broken file takes nothing else with it"
    return [(f.severity, f.code, f.path) for f in community.findings]


@pytest.mark.parametrize(
    ("path", "what", "code"),
    [
        ("people/x.md", "link", "not-a-file"),
        ("people/x.md", "special", "not-a-file"),
        ("sources/x", "submodule", "not-a-file"),
        ("tags.yml", "special", "not-a-file"),
        ("people", b"", "file-kind"),
        ("people/x.zip", b"PK", "file-kind"),
        ("people/x.MD", ADA, "file-kind"),
        ("people/x.yml", b"name: X", "file-kind"),
        ("people/Ada.md", ADA, "slug"),
        ("people/a_b.md", ADA, "slug"),
        ("people/com1.md", ADA, "slug"),
        ("people/a\nb.md", ADA, "slug"),
        ("people/.md", ADA, "slug"),
        ("people/" + "a" * 65 + ".md", ADA, "slug"),
        ("people/deep/er/ada.md", ADA, "slug-twice"),
        ("people/x.md", b"", "frontmatter"),
        ("people/x.md", b"---\nname: [\n---\n", "yaml-syntax"),
        ("people/x.md", b"---\nnmae: X\nname: X\n---\n", "unknown-key"),
        ("people/x.md", b"---\nname: X\n---\n" + bytes(2 << 20), "file-size"),
        ("people/x.md", PermissionError(13, "Permission denied"), "unreadable"),
        ("tags.yml", b"tags: [\n", "yaml-syntax"),
        ("tags.yml", PermissionError(13, "Permission denied"), "unreadable"),
        ("sources/a_b/source.yml", b"type: git\ntarget: x\n", "slug"),
        ("sources/x/source.yml", b"type: gut\ntarget: x\n", "schema"),
        ("sources/x/profiles.jsonl", b'{"identity":"git:1"}\n{"identity":\n', "feed-line"),
        ("sources/x/profiles.jsonl", b"\xff\n", "feed-line"),
        ("sources/x/profiles.jsonl", b"[" * 100_000, "feed-line"),
        ("sources/x/cursor.json", b'{"head":', "cursor"),
        ("sources/x/cursor.json", b"[]", "cursor"),
        ("sources/x/cursor.json", b'{"a":NaN}', "cursor"),
    ],
)
def test_what_is_broken_is_an_error(
    path: str, what: bytes | OSError | EntryKind, code: str
) -> None:
    assert found(path, what) == [("error", code, path)]


@pytest.mark.parametrize(
    "path", ["people/.x.md.swp", "notes/.DS_Store", "sources/README", "sources/x/source.yaml"]
)
def test_what_nothing_reads_is_worth_a_look(path: str) -> None:
    assert found(path, b"") == [("warning", "file-kind", path)]


@pytest.mark.parametrize(
    "path",
    [
        *("people/.gitkeep", "people/a/.gitkeep", "sources/.gitkeep", "sources/forgotten.jsonl"),
        *("sources/x/counts.jsonl", "sources/x/profiles.jsonl", "tags.yml"),
    ],
)
def test_what_belongs_there_may_be_empty(path: str) -> None:
    assert found(path, b"") == []


def test_what_goes_away_while_we_look_was_not_there(tmp_path: Path) -> None:
    gone = FileNotFoundError(2, "No such file", str(tmp_path))
    for path in ("people/x.md", "tags.yml", "sources/x/source.yml", "sources/x/cursor.json"):
        assert found(path, gone) == []


def test_a_person_a_note_and_a_task_may_share_a_stem_and_two_people_may_not() -> None:
    note = b"---\ndate: 2026-01-01\nauthor: ada\n---\n"
    task = b"---\ntitle: T\n---\n"
    files = {"people/a.md": ADA, "notes/a.md": note, "tasks/a.md": task, "people/b/a.md": ADA}
    community = load(Files({"crm.yml": CONFIG, **files}))
    assert [f.message for f in community.findings] == ["has the same name as people/a.md"]
    assert (len(community.people), len(community.notes), len(community.tasks)) == (1, 1, 1)


def test_a_damaged_line_costs_that_profile_and_is_named_by_its_line() -> None:
    lines = b'{"identity":"git:1"}\n\n{"identity":1}\r\n{"identity":"git:2"}'
    community = load(Files({"crm.yml": CONFIG, "sources/x/profiles.jsonl": lines}))
    assert list(community.profiles["x"]) == ["git:1", "git:2"]
    assert [f.line for f in community.findings] == [3]


def test_no_file_is_read_twice_but_the_one_for_its_zone_and_feeds_not_at_all() -> None:
    files = Files({"crm.yml": CONFIG, "people/ada.md": ADA, "tags.yml": b"tags: {}\n",
                   "sources/x/activities/2026-01.jsonl": b"{}"})  # fmt: skip
    assert [feed.path for feed in load(files).feeds] == ["sources/x/activities/2026-01.jsonl"]
    assert sorted(files.asked) == ["crm.yml", "people/ada.md", "tags.yml"]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({}, "crm.yml:1:1: is missing in memory"),
        ({"crm.yml": "special"}, "crm.yml:1:1: is not a regular file in memory"),
        ({"crm.yml": "link"}, "crm.yml:1:1: is a symbolic link in memory"),
        ({"crm.yml": b"- a\n"}, "crm.yml:1:1: is not a mapping"),
        ({"crm.yml": b"community:\n  name: T\n  nmae: T\n"}, "crm.yml:3:3: unknown key"),
        ({"crm.yml": b"team: []\n"}, "crm.yml:1:1: community is missing"),
        ({"crm.yml": b"a: [\n"}, "crm.yml:1:"),
        ({"crm.yml": b"\xff"}, "crm.yml:1:1: is not UTF-8"),
    ],
)
def test_without_a_crm_yml_nothing_goes(
    held: dict[str, bytes | OSError | EntryKind], words: str
) -> None:
    with pytest.raises(WorkspaceError) as caught:
        load(Files(held))
    assert caught.value.message.startswith(words)
    assert caught.value.hint


GOOD = b'{"at":"2026-11-01T10:00:00Z","id":"1","type":"commit"}'


def test_comments_are_kept_of_whole_and_of_broken_files_and_from_the_cache(tmp_path: Path) -> None:
    files: dict[str, str] = {
        "crm.yml": "community: {name: Terns} # one\n",
        "tags.yml": "# two\n",
        "people/ada.md": "---\nname: Ada # three\n---\n# no comment\n",
        "people/bob.md": "---\nname: [ # four\n---\n",
        "people/Cid.md": "---\nname: Cid # five\n---\n",
        "sources/x/source.yml": "type: gut # six\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    loads = [load(WorkTree(tmp_path), RecordCache(tmp_path)) for _ in range(2)]
    assert loads[0] == loads[1]
    assert {c.path: c.text for c in loads[1].comments} == {
        path: text.partition("#")[2].partition("\n")[0].strip() for path, text in files.items()
    }


@pytest.mark.parametrize(
    ("path", "data", "keys"),
    [
        ("people/x.md", b"---\nname: [\n---\nHers.\n", "---\nname: [\n"),
        ("people/x.md", b"---\r\nnmae: X\r\n---\r\nHers.\r\n", "---\nnmae: X\n"),
        ("people/x.md", b"---\nname: X\n", "---\nname: X\n"),
        ("people/x.md", b"Hers.\n", ""),
        ("people/x.md", b"\xffHers.\n", ""),
        ("people/X.md", ADA, "---\nname: Ada\n"),
        ("people/b/ada.md", ADA, "---\nname: Ada\n"),
        ("tags.yml", b"tags: [\n", "tags: [\n"),
        ("sources/x/source.yml", b"type: gut\n", "type: gut\n"),
    ],
)
def test_what_is_broken_can_still_be_looked_at(path: str, data: bytes, keys: str) -> None:
    [file] = load(Files({"crm.yml": CONFIG, "people/ada.md": ADA, path: data})).unread
    assert (file.path, file.text[: file.body]) == (path, keys)
    assert file.text == data.decode(errors="replace").replace("\r\n", "\n")


PART = {
    "crm.yml": b"community: {name: T}\n",
    "people/ada.md": b"---\nname: Ada\nowner: grace\n---\n",
    "people/g/grace.md": b"---\nname: Grace\naliases: [amazing]\n---\n",
    "people/deep/er/zoe.md": b"---\nname: Zoe\nidentities: [github:zoe]\n---\n",
    "people/other.md": b"---\nname: Other\n---\n",
    "notes/n.md": b"---\ndate: 2026-11-21\nauthor: %s\n---\nSee [[n]].\n",
    "tasks/t.md": b"---\ntitle: T\nassignee: ada\n---\n",
    "sources/core/source.yml": b"type: git\ntarget: ../x\n",
}


@pytest.mark.parametrize(
    ("part", "author", "people"),
    [
        (Part(("tasks",)), b"x", {"ada"}),
        (Part(people=("ada",)), b"x", {"ada", "grace"}),
        (Part(("notes",)), b"grace", {"grace"}),
        (Part(("notes",)), b"amazing", {"ada", "grace", "zoe", "other"}),
        (Part(("notes",)), b"github:zoe", {"ada", "grace", "zoe", "other"}),
        (Part(("notes",), ("zoe",)), b"ada", {"ada", "grace", "zoe", "other"}),
    ],
)
def test_a_part_has_the_folders_asked_for_and_whoever_is_named_there(
    part: Part, author: bytes, people: set[str]
) -> None:
    files = Files({p: d % author if b"%s" in d else d for p, d in PART.items()})
    found = load(files, part=part)
    assert set(found.people) == people
    assert bool(found.notes) == ("notes" in part.folders)
    assert bool(found.tasks) == ("tasks" in part.folders)
    assert not found.sources
    if people != {"ada", "grace", "zoe", "other"}:
        assert not any("other" in path or "zoe" in path for path in files.asked)


def test_of_one_person_there_is_what_concerns_them_and_what_is_linked_there() -> None:
    note = b"---\ndate: 2026-11-21\nauthor: ada\nabout: [%s]\n---\n%s\n"
    files = Files(
        {
            "crm.yml": b"community: {name: Terns}\n",
            "people/ada.md": b"---\nname: Ada\naliases: [countess]\n---\nSee [[plan]].\n",
            "people/grace.md": b"---\nname: Grace\n---\n",
            "notes/hers.md": note % (b"ada", b"As in [[before]]."),
            "notes/earlier.md": note % (b"countess", b"Under her earlier name."),
            "notes/spelt.md": note % (b'"\\x61da"', b""),
            "notes/before.md": note % (b"grace", b""),
            "notes/plan.md": note % (b"", b""),
            "notes/by-her.md": note % (b"grace", b"Nothing of this is about [[ada]]."),
            "tasks/hers.md": b"---\ntitle: T\nassignee: ada\n---\n",
            "tasks/another.md": b"---\ntitle: T\nassignee: grace\n---\n",
        }
    )
    folders = ("notes", "tasks")
    found = load(files, part=Part(folders, ("ada",), only_theirs=True))
    assert set(found.notes) == {"hers", "earlier", "spelt", "before", "plan"}
    assert set(found.tasks) == {"hers"}
    everything = load(files, part=Part(folders, ("Ada",), only_theirs=True))
    assert (len(everything.notes), len(everything.tasks)) == (6, 2), "any of it may be hers"
