"""The cache: never wrong, safe to delete, no worse for any accident, and of bounded size."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from pydantic import BaseModel

from crmtool.model.community import Community, Record
from crmtool.model.records import Note, Person, Task
from crmtool.store import cache
from crmtool.store.cache import RecordCache
from crmtool.store.load import load
from crmtool.store.objects import commit_tree, find_commit
from crmtool.store.packing import pack, unpack
from crmtool.store.tree import WorkTree
from crmtool.text.parse import parse_record
from tests.store.helpers import Repo

PERSON = """\
---
name: Ada Lovelace
kind: person
pronouns: she/her
identities: [github:ada, "email-hmac:00"]
affiliations:
  - {organisation: engines, role: Engineer, from: 2024-01, to: 2024-12-31}
  - {organisation: engines}
location: London
timezone: Europe/London
languages: [python]
links: [https://ada.example.org]
tags: [speaker]
owner: grace
watchers: [grace]
staff: true
contact: {email: ada@example.org, preferred: email}
consent: {basis: consent, contact: true, on: 2026-02-01}
visibility: public
restricted: false
retain_until: 2029-02-01
fields: {tshirt: M}
aliases: [countess]
not_same_as: [byron]
not_identities: ["email-hmac:01"]
---
Writes: "…" \U0001f9ee
"""
NOTE = """\
---
date: 2026-11-21
author: grace
about: [ada]
kind: usage
environment: production
metrics: {users: 12, share: 0.5, big: 123456789012}
---
- [ ] one
"""
EVENT = "---\ndate: 2026-11-21\nauthor: ada\nkind: event\nroles: {ada: speaker}\nstarts: 2026-11-21\n---\n"
TASK = "---\ntitle: Send a shirt\ndue: 2026-12-01\nabout: [ada]\nrepeat: FREQ=WEEKLY\n---\n"
SMALL = "---\nname: Ada\n---\n"


def begin(root: Path, **people: str) -> Path:
    (root / "people").mkdir(parents=True)
    (root / "crm.yml").write_text("community: {name: Terns}\n")
    for slug, text in people.items():
        (root / "people" / f"{slug}.md").write_text(text)
    return root


def cold(root: Path) -> Community:
    return load(WorkTree(root))


def warm(root: Path) -> Community:
    return load(WorkTree(root), RecordCache(root))


def file(root: Path) -> Path:
    return root / ".crm" / "cache" / "records"


@contextmanager
def nothing_parsed() -> Iterator[None]:
    """Fail where a record is parsed rather than remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crmtool.text.parse.parse_record", None)
        patch.setattr("crmtool.text.parse.parse_mapping", None)
        yield


class TestPacking:
    """What a record says, to bytes and back."""

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            (Person, PERSON),
            (Person, SMALL),
            (Note, NOTE),
            (Note, EVENT),
            (Task, TASK),
            (Person, PERSON.replace("\n", "\r\n")),
        ],
    )
    def test_nothing_is_lost(self, kind: type[BaseModel], text: str) -> None:
        record, findings = parse_record(kind, "people/ada.md", text.encode())
        assert record
        assert not findings
        again = unpack(kind, record.path, pack(record))
        assert again == record
        assert again.data.model_fields_set == record.data.model_fields_set
        # The order of keys, and every type to its depth.
        assert repr(again.data) == repr(record.data)
        assert again.data.model_dump_json() == record.data.model_dump_json()

    def test_every_field_of_every_kind_is_in_these_texts(self) -> None:
        record, _ = parse_record(Person, "people/ada.md", PERSON.encode())
        assert record
        assert record.data.model_fields_set == set(Person.model_fields)

    def test_two_records_share_no_list(self) -> None:
        record, _ = parse_record(Person, "p.md", SMALL.encode())
        assert record
        one, two = (unpack(Person, "p.md", pack(record)) for _ in range(2))
        assert one.data.tags is not two.data.tags

    def test_a_type_that_it_was_not_taught_is_refused_and_not_changed(self) -> None:
        person = Person.model_construct(name=complex(1))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="cannot hold a complex"):
            pack(Record("p.md", person, ""))


def test_settings_come_back_with_every_type(tmp_path: Path) -> None:
    """Keys as well: an audience equals its text, and is more."""
    root = begin(tmp_path, ada=PERSON)
    (root / "crm.yml").write_bytes((Path(__file__).parents[2] / "crm.yml").read_bytes())
    first = warm(root)
    with nothing_parsed():
        assert repr(warm(root).config) == repr(first.config)


def test_what_was_loaded_once_is_not_parsed_again(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=PERSON, grace=SMALL)
    first = warm(root)
    with nothing_parsed():
        assert warm(root) == first


def test_an_edited_file_is_parsed_and_no_other(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=PERSON, grace=SMALL)
    warm(root)
    status = (root / "people/ada.md").stat()
    (root / "people/ada.md").write_text(PERSON.replace("London", "Dublin", 1))
    os.utime(root / "people/ada.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert warm(root).people["ada"].data.location == "Dublin", "of equal length, at equal times"


def test_records_with_findings_are_never_remembered(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=SMALL.replace("---\n", "---\nnmae: X\n", 1))
    assert [f.code for f in warm(root).findings] == [f.code for f in warm(root).findings] != []
    data = (root / "people/ada.md").read_bytes()
    assert RecordCache(root).get(Person, "people/ada.md", data) is None


def test_settings_are_remembered_as_records_are(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=SMALL)
    (root / "crm.yml").write_text(
        "community: {name: Terns, timezone: Europe/Oslo}\nengagement: {weights: {review: 3}}\n"
        "privacy: {audiences: {stewards: [ada]}, retention: {note: 3y}}\n"
        "fields: {tshirt: {type: text, purpose: swag, audience: team}}\n"
    )
    (root / "tags.yml").write_text("segments: {all: {title: All, where: 'TRUE'}}\n")
    first = warm(root)
    with nothing_parsed():
        again = warm(root)
    assert (again.config, again.tags) == (first.config, first.tags)


def test_deleting_it_costs_time_and_nothing_else(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=PERSON)
    first = warm(root)
    shutil.rmtree(root / ".crm")
    assert warm(root) == first


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "noise", "head", "grown"])
def test_a_damaged_file_counts_as_none_and_is_written_anew(tmp_path: Path, damage: str) -> None:
    root = begin(tmp_path, ada=PERSON, grace=SMALL)
    first = warm(root)
    hurt(file(root), damage, random.Random(1))
    assert cache.state(root) in ("damaged", "other version")
    assert warm(root) == first
    assert cache.state(root) == "good"


def hurt(path: Path, damage: str, chance: random.Random) -> None:
    """What a power cut, a full disk or a hand can do to a file."""
    data = path.read_bytes() if path.is_file() else b""
    at = chance.randrange(len(data)) if data else 0
    match damage:
        case "cut":
            path.write_bytes(data[:at])
        case "flip" if data:
            path.write_bytes(
                data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            )
        case "empty":
            path.write_bytes(b"")
        case "noise":
            path.write_bytes(chance.randbytes(200))
        case "head":
            path.write_bytes(data[:80] + chance.randbytes(200))
        case "grown":
            path.write_bytes(data + b"x")


def test_one_brought_along_from_elsewhere_counts_as_none(tmp_path: Path) -> None:
    """A pull request could bring a cache that says of its records what it likes."""
    theirs = begin(tmp_path / "theirs", ada=SMALL)
    warm(theirs)
    ours = begin(tmp_path / "ours", ada=SMALL)
    shutil.copytree(theirs / ".crm", ours / ".crm")
    assert cache.state(ours) == "damaged"
    first = warm(ours)
    with nothing_parsed():
        assert warm(ours) == first


def test_one_that_other_code_made_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = begin(tmp_path, ada=SMALL)
    warm(root)
    monkeypatch.setattr(cache, "_stamp", lambda: bytes(32))
    assert cache.state(root) == "other version"
    assert warm(root) == cold(root)
    assert cache.state(root) == "good"


@pytest.mark.parametrize("where", [".crm", ".crm/cache", ".crm/cache/records"])
def test_a_link_in_its_place_is_not_followed(tmp_path: Path, where: str) -> None:
    root = begin(tmp_path / "crm", ada=SMALL)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "records").write_text("mine")
    target = elsewhere / "records" if where.endswith("records") else elsewhere
    (root / where).parent.mkdir(parents=True, exist_ok=True)
    (root / where).symlink_to(target)
    assert warm(root) == cold(root)
    assert [p.name for p in elsewhere.iterdir()] == ["records"]
    assert (elsewhere / "records").read_text() == "mine"


def test_a_pipe_or_a_folder_in_its_place_stops_nobody(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=SMALL)
    file(root).parent.mkdir(parents=True)
    os.mkfifo(file(root))
    assert warm(root) == cold(root)
    file(root).unlink()
    file(root).mkdir()
    assert warm(root) == cold(root)
    assert cache.state(root) == "damaged"


def test_a_full_disk_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = begin(tmp_path, ada=SMALL)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert warm(root) == cold(root)
    assert not list(file(root).parent.iterdir())


def test_two_processes_at_once_lose_nothing_but_time(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=SMALL)
    one, two = RecordCache(root), RecordCache(root)
    load(WorkTree(root), one)
    (root / "people/grace.md").write_text(SMALL)
    load(WorkTree(root), two)
    one.save()
    assert cache.state(root) == "good"
    assert warm(root) == cold(root)


def test_it_stays_small_however_often_a_record_changes(tmp_path: Path) -> None:
    root = begin(tmp_path, ada=SMALL)
    sizes = []
    for number in range(30):
        (root / "people/ada.md").write_text(f"{SMALL}Edit {number}\n")
        warm(root)
        sizes.append(file(root).stat().st_size)
    assert max(sizes) < 2 * sizes[1]


def test_two_branches_are_both_remembered(tmp_path: Path) -> None:
    root = begin(tmp_path)
    branches = [{f"p{n}": f"{SMALL}{branch} {n}\n" for n in range(5)} for branch in ("one", "two")]
    for branch in branches * 2:
        for slug, text in branch.items():
            (root / "people" / f"{slug}.md").write_text(text)
        warm(root)
    with nothing_parsed():
        warm(root)


def test_every_tree_of_a_workspace_shares_it(repo: Repo) -> None:
    for slug in ("ada", "grace"):
        repo.write(f"people/{slug}.md", SMALL)
    repo.commit_all("Records")
    first = warm(repo.root)
    then = commit_tree(repo.root, find_commit(repo.root, "HEAD"))
    with nothing_parsed():
        assert load(then, RecordCache(repo.root)).people == first.people
    repo.write("people/ada.md", PERSON)
    assert load(then, RecordCache(repo.root)).people == first.people


TEXTS = [PERSON, SMALL, SMALL + "Body\n", "---\nnmae: X\n---\n", "", "---\nname: Áda\n---\n"]


class CachedLoads(RuleBasedStateMachine):
    """Cached and fresh loads are equal, whatever happens to records, branches and the cache."""

    branches = Bundle("branches")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = begin(Path(self.folder.name) / "crm")
        self.chance = random.Random(0)

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(slug=st.sampled_from("abc"), text=st.sampled_from(TEXTS))
    def edit(self, slug: str, text: str) -> None:
        (self.root / "people" / f"{slug}.md").write_text(text)

    @rule(slug=st.sampled_from("abc"))
    def delete(self, slug: str) -> None:
        (self.root / "people" / f"{slug}.md").unlink(missing_ok=True)

    @rule(one=st.sampled_from("abc"), other=st.sampled_from("abc"))
    def rename(self, one: str, other: str) -> None:
        path = self.root / "people" / f"{one}.md"
        if path.exists():
            path.rename(path.with_stem(other))

    @rule(target=branches)
    def commit(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in (self.root / "people").iterdir()}

    @rule(branch=branches)
    def switch(self, branch: dict[str, bytes]) -> None:
        shutil.rmtree(self.root / "people")
        (self.root / "people").mkdir()
        for name, data in branch.items():
            (self.root / "people" / name).write_bytes(data)

    @rule(
        damage=st.sampled_from(["cut", "flip", "empty", "noise", "head", "grown"]),
        seed=st.integers(0, 999),
    )
    def accident(self, damage: str, seed: int) -> None:
        if file(self.root).exists():
            hurt(file(self.root), damage, random.Random(seed))

    @rule()
    def forget(self) -> None:
        shutil.rmtree(self.root / ".crm", ignore_errors=True)

    @rule()
    def load_with_it(self) -> None:
        warm(self.root)

    @invariant()
    def cached_and_fresh_are_equal(self) -> None:
        fresh, cached = cold(self.root), warm(self.root)
        assert cached == fresh
        assert said(cached) == said(fresh)


def said(community: Community) -> dict[str, Any]:
    return {
        s: (r.data.model_fields_set, list(r.data.__dict__)) for s, r in community.people.items()
    }


TestCachedLoads = CachedLoads.TestCase
TestCachedLoads.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)


def test_trees_loaded_with_one_cache_share_the_records_of_equal_files(repo: Repo) -> None:
    for slug in ("ada", "grace"):
        repo.write(f"people/{slug}.md", SMALL)
    repo.commit_all("Records")
    repo.write("people/ada.md", PERSON)
    before, shared = commit_tree(repo.root, find_commit(repo.root, "HEAD")), RecordCache(repo.root)
    old, new = load(before, shared).people, load(WorkTree(repo.root), shared).people
    assert old["grace"] is new["grace"]
    assert (old["ada"].data.location, new["ada"].data.location) == (None, "London")
