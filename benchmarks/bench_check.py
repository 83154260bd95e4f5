"""`crmtool check` of many records, cold, warm and against a base, beside what others need.

    python -m benchmarks check                  # 10,000 people, and a million activities
    python -m benchmarks check 2000 100000

Every record is a person with all that DESIGN shows, so that a block has some 25 lines. Measured are
whole commands, Python's start included: *cold* without a cache, *warm* a second time with nothing
changed, *base* `--base HEAD` with one file changed since a former check against it. Beside them, in
the same run: PyYAML's CSafeLoader parsing the same blocks and doing nothing else, and
check-jsonschema with the schema of `crmtool schema person` where it is found on PATH. The feed is checked in a workspace of its own,
beside `json.loads` of its lines.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.big_names import full_name, slugs
from benchmarks.measure import Cost, best, cost, table

_PEOPLE, _ACTIVITIES = 10_000, 1_000_000
_ROUNDS = 3
_CRMTOOL = (sys.executable, "-m", "crmtool")
_YAML = """
import sys, yaml
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.md"):
    block = path.read_text().split("---\\n")[1]
    yaml.load(block, yaml.CSafeLoader)
"""
_LOAD = """
import sys
from pathlib import Path
from crmtool.store.load import load
from crmtool.store.tree import WorkTree
load(WorkTree(Path(sys.argv[1])))
"""
_CHANGED = 500
_JSON = """
import json, sys
from pathlib import Path
for path in Path(sys.argv[1]).glob("*.jsonl"):
    for line in path.open("rb"):
        json.loads(line)
"""
_CONFIG = """\
community: {name: Benchmark, example: true}
team: [%s]
fields: {tshirt: {type: text, purpose: swag, audience: team}}
"""
_TAGS = "tags: {speaker: {}, mentor: {}, expert/compilers: {}, docs: {}}\n"
_PERSON = """\
---
name: {name}
kind: person
pronouns: she/her
identities:
  - github:{slug}
  - forum.example.org:{slug}
  - email-hmac:{number:032x}
affiliations:
  - organisation: analytical-engines
    role: Engineer
    from: 2024-01
location: {city}
timezone: Europe/London
languages: [python, rust]
links: [https://{slug}.example.org]
tags: [speaker, expert/compilers]
owner: {owner}
consent:
  basis: consent
  purpose: speaker outreach
  contact: true
  on: 2026-02-01
  how: asked at FOSDEM
visibility: team
retain_until: 2099-02-01
fields: {{tshirt: M}}
---
Runs the compiler workshop. Prefers chat in the morning.
"""
_CITIES = ("Leeds", "Porto", "Brno", "Pune", "Kumasi", "Oulu", "Lyon", "Quito", "Bergen", "Graz")


def main(arguments: list[str]) -> str:
    """Tables of records and of a feed."""
    people, activities = (*map(int, arguments), _PEOPLE, _ACTIVITIES)[:2]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        records = _of_records(home / "records", people)
        return f"{records}\n\n{_of_feed(home / 'feed', activities)}"


def _of_records(root: Path, people: int) -> str:
    _begin(root, _people(people))
    yaml = _cpu([sys.executable, "-c", _YAML, root / "people"])
    schema = _check_jsonschema(root)
    cold, warm = _cold(root, "check"), _cpu([*_CRMTOOL, "-C", root, "check"])
    one = _against_base(root)
    for path in sorted((root / "people").rglob("*.md"))[:_CHANGED]:
        path.write_text(path.read_text().replace("[speaker,", "[speaker, mentor,"))
    load = _cpu([sys.executable, "-c", _LOAD, root])
    review, again = _cold(root, "review"), _cpu([*_CRMTOOL, "-C", root, "review"])
    rows = [
        ("CSafeLoader", yaml.cpu, "", yaml.rss),
        *([("check-jsonschema", schema.cpu, schema.cpu / yaml.cpu, schema.rss)] if schema else []),
        ("check, cold", cold.cpu, cold.cpu / yaml.cpu, cold.rss),
        ("check, warm", warm.cpu, warm.cpu / yaml.cpu, warm.rss),
        ("check --base, one file changed", *_with_ratio(one, yaml)),
        ("load, cold", *_with_ratio(load, yaml)),
        (f"review, {_CHANGED} files changed, cold", *_with_ratio(review, yaml)),
        ("the same, warm", *_with_ratio(again, yaml)),
    ]
    head = (f"{people:,} people", "CPU s", "of CSafeLoader", "MB")
    return f"{table(head, rows)}\n\nwarm is {warm.cpu / cold.cpu:.2f} of cold, base {one.cpu / cold.cpu:.2f}; review is {review.cpu / load.cpu:.2f} of a cold load"


def _with_ratio(one: Cost, other: Cost) -> tuple[float, float, float]:
    return one.cpu, one.cpu / other.cpu, one.rss


def _of_feed(root: Path, activities: int) -> str:
    _begin(root, _feed(activities))
    plain = _cpu([sys.executable, "-c", _JSON, root / "sources/core/activities"])
    cold, warm = _cold(root, "check"), _cpu([*_CRMTOOL, "-C", root, "check"])
    rows = [
        ("json.loads of each line", plain.cpu, "", plain.rss),
        ("check, cold", *_with_ratio(cold, plain)),
        ("check, warm", *_with_ratio(warm, plain)),
    ]
    return table((f"{activities:,} activities", "CPU s", "of json.loads", "MB"), rows)


def _cpu(command: Sequence[str | Path]) -> Cost:
    return best(cost(command) for _ in range(_ROUNDS))


def _cold(root: Path, command: str) -> Cost:
    def once() -> Cost:
        shutil.rmtree(root / ".crm", ignore_errors=True)
        return cost([*_CRMTOOL, "-C", root, command])

    return best(once() for _ in range(_ROUNDS))


def _against_base(root: Path) -> Cost:
    """With one file changed since the base was checked, anew for each round."""
    against: list[str | Path] = [*_CRMTOOL, "-C", root, "check", "--base", "HEAD"]
    path = next((root / "people").rglob("*.md"))

    def once() -> Cost:
        with path.open("a") as file:
            file.write("Gave a talk.\n")
        return cost(against)

    once()
    return best(once() for _ in range(_ROUNDS))


def _check_jsonschema(root: Path) -> Cost | None:
    """check-jsonschema over the blocks as files of their own, which is all that it reads."""
    program = shutil.which("check-jsonschema")
    done = subprocess.run([*_CRMTOOL, "schema", "person"], capture_output=True, check=False)
    if not program or done.returncode:
        return None
    blocks = root.with_name("blocks")
    blocks.mkdir()
    schema = blocks / "person.schema"
    schema.write_bytes(done.stdout)
    for path in (root / "people").rglob("*.md"):
        (blocks / f"{path.stem}.yaml").write_text(path.read_text().split("---\n")[1])
    files = sorted(blocks.glob("*.yaml"))
    return cost([program, "--schemafile", schema, *files])


def _begin(root: Path, files: Iterator[tuple[str, str]]) -> None:
    for path, text in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git = ("git", "-C", str(root), "-c", "user.name=B", "-c", "user.email=b@example.org")
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Begin"]):
        subprocess.run(
            [*git, *words], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
        )


def _people(count: int) -> Iterator[tuple[str, str]]:
    names = list(slugs(count))
    yield "crm.yml", _CONFIG % ", ".join(names[:5])
    yield "tags.yml", _TAGS
    engines = "---\nname: Analytical Engines\nkind: organisation\n---\n"
    yield "people/a/analytical-engines.md", engines
    for number, slug in enumerate(names):
        text = _PERSON.format(
            name=full_name(number),
            slug=slug,
            number=number,
            city=_CITIES[number % 10],
            owner=names[number % 5],
        )
        yield f"people/{slug[0]}/{slug}.md", text


def _feed(count: int) -> Iterator[tuple[str, str]]:
    yield "crm.yml", _CONFIG % ""
    yield "sources/core/source.yml", "type: git\ntarget: ../core\n"
    months = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    for place, month in enumerate(months):
        numbers = range(place * count // len(months), (place + 1) * count // len(months))
        lines = (
            json.dumps(
                {
                    "actor": f"git:{number % 997:016x}",
                    "at": f"{month}-{1 + spot * 27 // len(numbers):02}T10:00:00Z",
                    "id": f"{number:040x}",
                    "title": f"Mend part {number} of the engine",
                    "type": "commit",
                },
                separators=(",", ":"),
            )
            for spot, number in enumerate(numbers)
        )
        yield f"sources/core/activities/{month}.jsonl", "".join(f"{line}\n" for line in lines)
