"""Files as typed records: what a volunteer reads when something in one is wrong, and where."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from crmtool.model.config import Config, Source, Tags
from crmtool.model.finding import Finding
from crmtool.model.records import Note, Person, Task
from crmtool.text.parse import MAX_FINDINGS, parse_mapping, parse_record, place

TOP = Path(__file__).parents[2]
BAD_INPUT = TOP.parent / "shared" / "badinput"
KINDS: dict[str, type[Person | Note | Task]] = {"people": Person, "notes": Note, "tasks": Task}
FILES: dict[str, type[Config | Tags | Source]] = {"crm": Config, "tags": Tags, "source": Source}


def said(path: str, data: bytes) -> list[str]:
    """Each finding as a line: place, code, message, hint."""
    folder, _, name = path.partition("/")
    findings: list[Finding]
    if folder in KINDS:
        findings = parse_record(KINDS[folder], path, data)[1]
    else:
        findings = parse_mapping(FILES[name.removesuffix(".yml")], path, data)[1]
    lines = []
    for f in findings:
        line, column = (f.line, f.column) if f.line else place(path, data, f.key)
        lines.append(f"{line}:{column} {f.code}: {f.message}" + (f" ({f.hint})" if f.hint else ""))
    return lines


EMPTY = "(a '#' after a blank begins a comment; quote the value if you meant it)"
BELOW = "(write it as lines of 'key: value' below the key)"
LIST = "(write it as [one, two], or as lines that begin with '- ')"
# (block of a person after the name, what is said of it)
PEOPLE: list[tuple[str, list[str]]] = [
    ("", []),
    ("tags:\nconsent:\n", []),
    ("pronoun: she\n", ["3:1 unknown-key: unknown key 'pronoun' (did you mean 'pronouns'?)"]),
    ("consent: {basis: consent, wehn: x}\n",
     [("3:27 unknown-key: unknown key 'consent.wehn'"
      " (known keys: basis, contact, how, on, purpose)")]),
    ("affiliations:\n  - organisation: a\n    rol: x\n",
     ["5:5 unknown-key: unknown key 'affiliations.0.rol' (did you mean 'role'?)"]),
    ("affiliations:\n  - role: x\n", ["4:5 schema: affiliations.0.organisation is missing"]),
    ("affiliations:\n  - organisation:\n",
     [f"4:5 schema: affiliations.0.organisation is empty {EMPTY}"]),
    ("kind: robot\n", [("3:1 schema: kind is not one of the known values"
                       " (did you mean bot? one of: person, organisation or bot)")]),
    ("visibility: Public\n", [("3:1 schema: visibility is not one of the known values"
                              " (did you mean public? one of: public, team or stewards)")]),
    ("tags: speaker\n", ["3:1 schema: tags is not a list (write [speaker])"]),
    ("identities:\n- github: ada\n",
     ["4:3 schema: identities.0 is not text (write github:ada without a blank, or in quotes)"]),
    ("identities:\n-github:ada\n",
     ["4:1 yaml-syntax: is not valid YAML: could not find expected ':' (put a blank after the '-')"]),
    ("tags: a, b\n", ["3:1 schema: tags is not a list (write [a, b])"]),
    ("tags:\n  -a\n  -b\n", ["3:1 schema: tags is not a list (put a blank after each '-')"]),
    ("tags: {a: b}\n", [f"3:1 schema: tags is not a list {LIST}"]),
    ("tags: [speaker, speaker]\n", ["3:1 schema: tags lists speaker twice"]),
    ("tags: [a, '']\n", [("3:11 schema: tags.1 is not a tag: only a-z, 0-9, '-' and '/',"
                         " at most 64 of them")]),
    ("contact: ada@example.org\n", [f"3:1 schema: contact is not a mapping {BELOW}"]),
    ("location: [London]\n", ["3:1 schema: location is not text"]),
    ("location: ''\n", ["3:1 schema: location is empty"]),
    ("pronouns: " + "x" * 501 + "\n", ["3:1 schema: pronouns is too long: 501, at most 500"]),
    ("staff: maybe\n", ["3:1 schema: staff is neither true nor false"]),
    ("staff: Yes\n", ["3:1 schema: staff is neither true nor false (did you mean true?)"]),
    # Every slip of a broken block at once, each with its line.
    ("location: @home\npronoun: she\ntags: [a, b\nretain_until: 21.11.2026\nlinks [x]\n",
     ['3:11 yaml-syntax: is not valid YAML: found character that cannot start any token (quote the value: key: "…")',
      "4:1 unknown-key: unknown key 'pronoun' (did you mean 'pronouns'?)",
      "5:7 yaml-syntax: is not valid YAML: did not find expected ',' or ']' (close the bracket, or quote the text that holds one)",
      "6:1 schema: retain_until is not a date: YYYY-MM-DD expected (did you mean 2026-11-21?)",
      "7:1 yaml-syntax: is not valid YAML: a line of 'key: value' expected (put a ':' and a blank after the key)"]),
    ("location: Lead: x\nname: again\n",
     ['3:15 yaml-syntax: is not valid YAML: mapping values are not allowed in this context (quote the value: key: "…")']),
    ("role: \u201cLead: x\u201d\n",
     ['3:12 yaml-syntax: is not valid YAML: mapping values are not allowed in this context (typographic quotes are part of the value; write straight ones: key: "…")']),
    ("retain_until: 2024-02-30\n", ["3:1 schema: retain_until is not a day of the calendar"]),
    ("identities: [github: ada]\n",
     [("3:14 yaml-key: a list holds 'key: value' without braces"
      " (write {key: value}, or no blank after the ':')")]),
    ('fields: {"\\e[2J": ""}\n',
     ["3:10 characters: holds an escape for a character that cannot be seen: U+001B (remove it)",
      "3:10 schema: fields.\\x1b[2J is empty"]),
    ('tags: ["\\u202e", "\\u202e"]\n',
     [("3:8 characters: holds an escape for a character that cannot be seen: RIGHT-TO-LEFT OVERRIDE"
      " (remove it)")] + [f"3:{c} schema: tags.{n} is not a tag: only a-z, 0-9, '-' and '/',"
                         " at most 64 of them" for n, c in ((0, 8), (1, 18))]),
    ("<<<<<<< ours\nkind: bot\n=======\nkind: person\n>>>>>>> theirs\n",
     [("3:1 conflict: holds git conflict markers"
      " (decide which side is right and remove the marker lines)")]),
]  # fmt: skip


@pytest.mark.parametrize(("block", "lines"), PEOPLE)
def test_what_is_said_of_a_person(block: str, lines: list[str]) -> None:
    assert said("people/ada.md", f"---\nname: Ada\n{block}---\n".encode()) == lines


# (path, text, what is said of it)
OTHERS: list[tuple[str, str, list[str]]] = [
    ("people/ada.md", "---\n---\n", ["2:1 schema: name is missing"]),
    ("people/ada.md", "---\nname: #1\n---\n", [f"2:1 schema: name is empty {EMPTY}"]),
    ("people/ada.md", "", [("1:1 frontmatter: is empty"
                           " (begin it with a block between two lines of '---')")]),
    ("people/ada.md", "---\nname: Ada\n---\na\x1b\n",
     ["4:2 characters: holds a character that cannot be seen: U+001B (remove it)"]),
    ("notes/x.md", "---\ndate: 2024-05-01\nauthor: ada\nkind: usage\nmetrics: {users: many}\n---\n",
     ["5:11 schema: metrics.users is not a number"]),
    ("notes/x.md", "---\ndate: 2024-05-01\nauthor: ada\nkind: gift\nplace: Ghent\n---\n",
     ["5:1 schema: place belongs to a note of kind event, and this is a gift"]),
    ("people/ada.md", "---\nname: Ada\npronoun:\n---\n",
     ["3:1 unknown-key: unknown key 'pronoun' (did you mean 'pronouns'?)"]),
    ("tasks/x.md", "---\ntitle: x\nfrom_note: ../x\n---\n",
     ["3:1 schema: from_note is not a slug: only a-z, 0-9 and '-', at most 64 of them (did you mean x?)"]),
    ("./crm.yml", "", ["1:1 schema: community is missing"]),
    ("./crm.yml", "- a\n", ["1:1 schema: is not a mapping (write it as lines of 'key: value')"]),
    ("./crm.yml", "community: {name: X}\nprivacy: {text: -1}\n",
     ["2:11 schema: privacy.text must be at least 0"]),
    ("./crm.yml", "community: {name: X}\nprivacy: {text: 99999}\n",
     ["2:11 schema: privacy.text must be at most 10000"]),
    ("./crm.yml", "community: {name: X}\nprivacy: {text: few}\n",
     ["2:11 schema: privacy.text is not a whole number"]),
    ("./crm.yml", "community: {name: X}\nsubprojects:\n  server:\n",
     ["3:3 schema: subprojects.server is empty (write {} where there is nothing to say)"]),
    ("./crm.yml", 'community: {name: "\\e"}\n',
     ["1:13 characters: holds an escape for a character that cannot be seen: U+001B (remove it)"]),
    ("./crm.yml", "community: *x\nteam: [Ada]\n",
     [("1:12 yaml-alias: anchors and aliases are not allowed (write the value out where it is"
      " needed, or quote it if '&' or '*' is part of it)"),
      f"1:1 schema: community is empty {EMPTY}",
      "2:8 schema: team.0 is not a slug: only a-z, 0-9 and '-', at most 64 of them (did you mean ada?)"]),
    ("./tags.yml", "# nothing yet\n", []),
    ("./tags.yml", "\ufefftags: {}\r\n", []),
    ("./tags.yml", "tags:\n  speaker:\n",
     ["2:3 schema: tags.speaker is empty (write {} where there is nothing to say)"]),
    ("./tags.yml", "segments: {x: {title: x, where: ''}}\n",
     ["1:26 schema: segments.x.where is empty"]),
    ("./tags.yml", "keywords: {x: {tag: a, words: []}}\n",
     ["1:24 schema: keywords.x.words is empty"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "lines"), OTHERS)
def test_what_is_said_of_another_file(path: str, text: str, lines: list[str]) -> None:
    assert said(path, text.encode()) == lines


def test_a_record_with_a_slip_is_still_read() -> None:
    data = b"---\nname: Ada\nname: Eve\n---\nBody.\n"
    record, findings = parse_record(Person, "people/ada.md", data)
    assert record is not None
    assert (record.data.name, record.body, record.body_line) == ("Ada", "Body.\n", 5)
    assert [f.code for f in findings] == ["yaml-duplicate"]


def test_a_flood_of_errors_is_counted_rather_than_shown() -> None:
    keys = "".join(f"key{n}: 1\n" for n in range(2000))
    record, findings = parse_record(Person, "people/a.md", f"---\nname: A\n{keys}---\n".encode())
    assert record is None
    assert len(findings) == MAX_FINDINGS + 1
    assert findings[-1].message == "has 1950 more errors of this kind"


def test_nothing_of_a_file_reaches_a_terminal_as_it_is() -> None:
    words = ["\\e[2J", "\\u202e", "\\x85", "\\u200b", "\\U000e0041"]
    block = "".join(
        f'"k{w}": "{w}"\nfields{n}: {{"{w}": ""}}\ntags{n}: ["{w}", "{w}"]\n'
        for n, w in enumerate(words)
    )
    more = 'tags: ["\\e", "\\e"]\nlinks: ["http://\\e"]\nfields: {"\\e": ""}\nkind: "\\e"\n'
    data = f"---\nname: A\n{block}{more}---\n".encode()
    assert all(line.isprintable() for line in said("people/a.md", data))


def test_place_gives_the_beginning_where_there_is_nothing_better() -> None:
    assert place("people/a.md", b"no block", ("name",)) == (1, 1)
    assert place("crm.yml", b"[", ("name",)) == (1, 1)
    assert place("sources/x/cursor.json", b"{}", ("name",)) == (1, 1)
    assert place("people/a.md", b"\xef\xbb\xbf---\r\nname: A\r\ntags: [b]\r\n---", ("tags", 0)) == (
        3,
        8,
    )


# --- hostile files kept beside the repository -----------------------------------------------------

# What these classes ask for is said while a file is read. All else needs rules or other files.
READING = {
    "control", "yaml-tag", "yaml-alias", "yaml-dup", "yaml-type", "yaml-date", "yaml-key",
    "yaml-syntax", "encoding", "control-char", "depth", "resource", "frontmatter", "merge",
    "schema", "date", "xss", "url", "terminal",
}  # fmt: skip
# Of those classes, what only a rule can tell, or what `NEUTRALISE` leaves to the pages.
ELSEWHERE = {
    "people/p046-inf-nan.md",  # a custom field's type is declared in crm.yml
    "config/tags-one-char.yml",  # a keyword's length
    "config/tags-segment-broken.yml",  # SQL
    "tasks/t11-rrule-count.md",
}


def cases() -> list[tuple[str, str, str]]:
    """(file, folder, what must become of it) of every case that is about reading."""
    manifest = BAD_INPUT / "manifest.tsv"
    if not manifest.exists():
        return []
    with manifest.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (row["file"], row["file"].partition("/")[0], row["must"])
        for row in rows
        if row["file"].startswith(("people/", "notes/", "tasks/", "config/"))
        and row["class"] in READING
        and row["file"] not in ELSEWHERE
    ]


CHILD = """
import sys
from crmtool.model.config import Config, Source, Tags
from crmtool.model.records import Note, Person, Task
from crmtool.text.parse import parse_mapping, parse_record
kinds = {"people": Person, "notes": Note, "tasks": Task}
files = {"crm": Config, "tags": Tags, "source": Source}
for line in sys.stdin:
    folder, path = line.rstrip("\\n").split("\\t")
    data = open(path, "rb").read()
    if folder in kinds:
        findings = parse_record(kinds[folder], path, data)[1]
    else:
        findings = parse_mapping(files[path.rpartition("/")[2].partition("-")[0]], path, data)[1]
    print(path, *{f.code for f in findings}, sep="\\t", flush=True)
"""


@pytest.mark.skipif(not cases(), reason="the folder of hostile files is not beside the repository")
def test_hostile_files_are_refused_or_kept_as_their_manifest_says() -> None:
    # In a child process: a nesting that is too deep for libyaml would end this one.
    asked = "".join(f"{folder}\t{BAD_INPUT / file}\n" for file, folder, _ in cases())
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=TOP,
    )
    codes = {
        path: found for path, *found in (line.split("\t") for line in done.stdout.splitlines())
    }
    wrong = []
    for file, _, must in cases():
        refused = bool(codes[str(BAD_INPUT / file)])
        verdicts = must.partition(":")[0]
        if (verdicts.startswith("REJECT") and " or " not in verdicts and not refused) or (
            verdicts == "KEEP" and refused
        ):
            wrong.append((file, must, codes[str(BAD_INPUT / file)]))
    assert wrong == []
