"""The synthetic workspaces: made without the program, and right down to the byte."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.generate import main
from benchmarks.records import scalar

TOP = Path(__file__).parents[2]
SMALL = ["--people", "40", "--activities", "3000", "--notes", "7", "--tasks", "5"]
KEYS = set(
    "actor actor_uid at channel counts id mentions reply_to text thread title type url".split()
)
TYPES = set(
    "commit co-author merge review test bug-report issue-opened pull-request-opened"
    " pull-request-merged release sponsorship answer post talk event-organised wiki-edit"
    " translation sign-off ack issue-closed pull-request-closed comment discussion topic reply"
    " question like message email event-attended mention star fork follow".split()
)


def made(folder: Path, *words: str) -> Path:
    assert main([*words, str(folder)]) == 0
    return folder


def contents(root: Path, *below: str) -> dict[str, bytes]:
    folders = [root / name for name in below] or [root]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def feed(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((source / "activities").iterdir()):
        for line in path.read_text().split("\n")[:-1]:
            yield path.stem, json.loads(line)


def front(path: Path) -> dict[str, Any]:
    head, _, body = path.read_text().removeprefix("---\n").partition("\n---\n")
    read: dict[str, Any] = yaml.load(head, yaml.BaseLoader)  # noqa: S506 (text only: no types)
    return read | {"": body}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("example"), "--example")


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("big"), *SMALL, "--sources", "5")


@pytest.fixture(params=["example", "big"])
def workspace(request: pytest.FixtureRequest) -> Path:
    root: Path = request.getfixturevalue(request.param)
    return root


def test_the_repository_is_the_example(example: Path) -> None:
    records = ("people", "notes", "tasks", "sources")
    assert contents(TOP, *records) == contents(example, *records)


@pytest.mark.parametrize(
    "name", ["crm.yml", "tags.yml", "mkdocs.yml", "site/docs/index.md", "site/docs/how-we-work.md"]
)
def test_the_repository_has_the_example_s_settings(example: Path, name: str) -> None:
    assert (TOP / name).read_bytes() == (example / name).read_bytes()


def test_the_same_seed_gives_the_same_bytes(big: Path, tmp_path: Path) -> None:
    again = made(tmp_path / "again", *SMALL, "--sources", "5")
    other = made(tmp_path / "other", *SMALL, "--sources", "5", "--seed", "2")
    assert contents(again) == contents(big)
    assert contents(other) != contents(big)


def test_a_big_workspace_has_what_was_asked_for(big: Path) -> None:
    sources = list((big / "sources").iterdir())
    assert len(sources) == 5
    assert sum(1 for source in sources for _ in feed(source)) == 3000
    assert len(list(big.glob("people/*.md"))) == 40
    assert len(list(big.glob("notes/*/*.md"))) == 7
    assert len(list(big.glob("tasks/*/*.md"))) == 5


def test_many_people_live_in_folders_by_letter(tmp_path: Path) -> None:
    made(tmp_path, "--people", "1200", "--activities", "0", "--sources", "1")
    people = [front(path) | {"path": path} for path in tmp_path.glob("people/?/*.md")]
    assert sum(one["kind"] == "person" for one in people) == 1200
    assert all(one["path"].parent.name == one["path"].stem[0] for one in people)
    assert "layout: {people: letter}" in (tmp_path / "crm.yml").read_text()


def test_the_example_is_as_large_as_it_should_be(example: Path) -> None:
    people = [front(path) for path in example.glob("people/*.md")]
    kinds = [one["kind"] for one in people]
    assert 38 <= kinds.count("person") <= 44
    assert (kinds.count("organisation"), kinds.count("bot")) == (4, 2)
    assert len(list(example.glob("notes/*/*.md"))) == 60
    assert len(list(example.glob("tasks/*/*.md"))) == 30
    months = [month for source in (example / "sources").iterdir() for month, _ in feed(source)]
    assert 4000 <= len(months) <= 6000
    assert (min(months), max(months)) == ("2025-09", "2026-11")


def test_activities_are_written_the_way_feeds_are(workspace: Path) -> None:
    for source in (workspace / "sources").iterdir():
        seen = set()
        last = ("", "")
        for month, one in feed(source):
            assert one.keys() <= KEYS
            assert one["type"] in TYPES
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one["at"])
            assert one["at"].startswith(month)
            assert last < (one["at"], one["id"])
            assert len(one.get("title", "")) <= 120
            assert len(one.get("text", "")) <= 280
            last = (one["at"], one["id"])
            seen.add(one["id"])
        assert len(seen) == sum(1 for _ in feed(source)), "an id comes twice"


def test_lines_are_in_canonical_form(workspace: Path) -> None:
    for path in workspace.rglob("*.jsonl"):
        text = path.read_text()
        assert text.endswith("\n")
        for line in text.split("\n")[:-1]:
            entry = json.loads(line)
            tight = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert line == tight


def test_every_reference_in_a_feed_resolves(workspace: Path) -> None:
    for source in (workspace / "sources").iterdir():
        lines = (source / "profiles.jsonl").read_text().splitlines()
        profiles = [json.loads(line)["identity"] for line in lines]
        assert profiles == sorted(set(profiles))
        told = [one for _, one in feed(source)]
        ids = {one["id"] for one in told}
        for one in told:
            assert one.get("reply_to", one["id"]) in ids
            assert one["actor"] is None or one["actor"] in profiles
            assert set(one.get("mentions", ())) <= set(profiles)


def test_git_trailers_hang_on_their_commit(workspace: Path) -> None:
    for source in (workspace / "sources").glob("*git*"):
        if "type: git\n" not in (source / "source.yml").read_text():
            continue
        told = {one["id"]: one for _, one in feed(source)}
        for name, one in told.items():
            commit, _, trailer = name.partition(".")
            assert re.fullmatch(r"[0-9a-f]{40}", commit)
            assert one["thread"] == commit
            assert trailer.startswith(one["type"] + ".") == (one["type"] not in {"commit", "merge"})
        assert json.loads((source / "cursor.json").read_text())["head"] in told


def test_every_reference_in_a_record_resolves(workspace: Path) -> None:
    people = {path.stem: front(path) for path in workspace.glob("people/**/*.md")}
    notes = {path.stem: front(path) for path in workspace.glob("notes/*/*.md")}
    tasks = {path.stem: front(path) for path in workspace.glob("tasks/*/*.md")}
    crm = yaml.safe_load((workspace / "crm.yml").read_text())
    tags = yaml.safe_load((workspace / "tags.yml").read_text())["tags"]
    for records in (people, notes, tasks):
        for one in records.values():
            named = [one[key] for key in ("owner", "author", "assignee") if key in one]
            assert set(named) <= set(crm["team"])
            linked = re.findall(r"\[\[(.*?)\]\]", one[""])
            linked += [*one.get("about", ()), *one.get("watchers", ()), *one.get("roles", ())]
            linked += [*one.get("not_same_as", ())]
            linked += [place["organisation"] for place in one.get("affiliations", ())]
            assert set(linked) <= people.keys()
            assert set(one.get("tags", ())) <= tags.keys()
            assert one.get("subproject") in {None, *crm["subprojects"]}
            assert one.get("from_note") in {None, *notes}
            assert "contact" not in one or one["consent"]["contact"] == "true"


def test_an_identity_belongs_to_one_record(workspace: Path) -> None:
    listed = [
        identity
        for path in workspace.glob("people/**/*.md")
        for identity in front(path).get("identities", ())
    ]
    assert len(listed) == len(set(listed))


def test_addresses_stand_in_contact_alone_and_lead_nowhere(example: Path) -> None:
    for name, data in contents(example).items():
        text = data.decode()
        for line in text.splitlines():
            assert "@" not in line or line.startswith("contact: {email: "), name
        hosts = re.findall(r"https?://([^/\s\])\"]+)", text)
        assert all(re.search(r"(^|\.)example\.(org|com)$", host) for host in hosts), name


def test_a_folder_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(SystemExit) as stopped:
        main([*SMALL, str(tmp_path)])
    assert stopped.value.code == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_generator_needs_the_standard_library_alone() -> None:
    seen: set[str] = set()
    waiting = ["benchmarks.generate"]
    while waiting:
        name = waiting.pop()
        path = TOP / (name.replace(".", "/") + ".py")
        path = path if path.exists() else TOP / name.replace(".", "/") / "__init__.py"
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module == "benchmarks.example":
                found = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [str(node.module)]
            else:
                continue
            waiting += [one for one in found if one.startswith("benchmarks.") and one not in seen]
            seen |= set(found)
    strangers = {one.partition(".")[0] for one in seen} - sys.stdlib_module_names
    assert strangers == {"benchmarks"}


@pytest.mark.parametrize(
    "word", ["NO", "12:30", "01234", "1.5", "~", "a: b", "# no", "a #b", "- x", "[x", "", "true"]
)
def test_text_that_yaml_would_take_otherwise_is_quoted(word: str) -> None:
    assert yaml.safe_load(scalar(word)) == word
    assert yaml.safe_load("{key: " + scalar(word, flow=True) + "}") == {"key": word}


@pytest.mark.parametrize("word", ["2026-11-21", "github:ada", "https://ada.example.org", "巷子"])
def test_text_that_stays_what_it_is_is_left_alone(word: str) -> None:
    assert scalar(word) == word
