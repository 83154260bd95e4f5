"""Tables: any CSV, JSON and JSON Lines by a mapping in `source.yml`."""

from __future__ import annotations

import codecs
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.errors import BadFile, UsageError
from crmtool.importers.contract import Context
from crmtool.importers.tables.importer import TableImporter
from crmtool.model.config import Config, Source
from crmtool.model.keyed import Keyed
from crmtool.store.documents import find_documents
from tests.importers.contract import Brought, ImporterContract, Make, bring
from tests.importers.fakes import FakeClock, NoNetwork

KEYED = Keyed(bytes(32))
MAP: dict[str, Any] = {
    "activity": {
        "id": "{Ticket}",
        "type": "event-attended",
        "at": "{Date}",
        "actor": ["github:{GitHub}", "email:{E-mail}"],
        "title": "Attended {Event}",
    },
    "profile": {"name": "{Name}", "links": "{Site}"},
}
HEADER = "Ticket,Date,GitHub,E-mail,Name,Event,Site\n"
ROWS = [
    "1,2026-05-01T18:00:00Z,ada,ada@example.org,Ada Lovelace,Terns in Brno,https://ada.example.org",
    '2,2026-05-01 20:00:00+02:00,@Grace,,"Grace ""Amazing"" Hopper",Terns in Brno,javascript:x',
    "3,2026-06-01,,cy@example.org,\x1b[31mCy\x07,=HYPERLINK(1),",
    "4,,https://github.com/dora/,,<script>alert(1)</script>,ask me@example.org,",
]


def table(
    folder: Path,
    text: str | bytes = "",
    *,
    kind: str = "csv",
    emails: str = "hmac",
    mapping: Any = MAP,
    name: str = "",
    **form: Any,
) -> TableImporter:
    """An importer over one file, or over those that lie there."""
    path = folder / (name or f"list.{kind}")
    if text:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    values = {"type": kind, "target": str(path), "format": form, "map": mapping}
    source = Source.model_validate({k: v for k, v in values.items() if v is not None})
    config = {"community": {"name": "Terns"}, "privacy": {"emails": emails}}
    return TableImporter(
        Context(
            "meetups",
            source,
            Config.model_validate(config),
            KEYED,
            FakeClock(),
            NoNetwork(),
            documents=lambda: find_documents("meetups", folder, source),
        )
    )


def rows(*lines: str) -> str:
    return HEADER + "".join(f"{line}\n" for line in lines)


def refused(importer: TableImporter) -> str:
    with pytest.raises(BadFile) as error:
        bring(importer)
    return f"{error.value.message} | {error.value.hint}"


class TestCsvContract(ImporterContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        return lambda: table(tmp_path, rows(*ROWS))


class TestJsonLinesContract(ImporterContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        names = HEADER.strip().split(",")
        lines = [dict(zip(names, line.split(","), strict=True)) for line in (ROWS[0], ROWS[2])]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        return lambda: table(tmp_path, text, kind="jsonl")


def test_a_row_becomes_an_activity_and_a_profile(tmp_path: Path) -> None:
    brought = bring(table(tmp_path, rows(*ROWS)))
    first = brought.activities[0]
    assert (first.id, first.at, first.actor) == ("1", "2026-05-01T18:00:00Z", "github:ada")
    assert first.title == "Attended Terns in Brno"
    profile = brought.profiles["github:ada"]
    assert (profile.name, profile.links) == ("Ada Lovelace", ["https://ada.example.org"])


def test_an_account_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    actors = [a.actor for a in bring(table(tmp_path, rows(*ROWS))).activities]
    hashed = KEYED.email("cy@example.org", "hmac")
    assert actors == ["github:ada", "github:Grace", hashed, "github:dora"]


def test_a_moment_is_brought_to_utc_and_an_empty_one_stays_undated(tmp_path: Path) -> None:
    times = [a.at for a in bring(table(tmp_path, rows(*ROWS))).activities]
    assert times == ["2026-05-01T18:00:00Z"] * 2 + ["2026-06-01T00:00:00Z", None]


def test_addresses_are_kept_by_policy_and_masked_in_titles(tmp_path: Path) -> None:
    kept = b"\n".join(bring(table(tmp_path, rows(*ROWS))).lines())
    assert b'example.org"' not in kept.replace(b"https://ada.example.org", b"")
    assert b"me@\xe2\x80\xa6" in kept
    plain = bring(table(tmp_path, emails="plain"))
    assert "email:cy@example.org" in plain.profiles


def test_a_link_that_no_page_may_carry_is_left_out_and_named(tmp_path: Path) -> None:
    brought = bring(table(tmp_path, rows(*ROWS)))
    assert brought.profiles["github:Grace"].links == []
    assert any(note.startswith("list.csv:3:7: ") for note in brought.outcome.notes)


@pytest.mark.parametrize(
    ("form", "zone", "cell", "at"),
    [
        ("iso", "UTC", "2026-05-01", "2026-05-01T00:00:00Z"),
        ("iso", "UTC", "2026-05-01 10:00:00 UTC", "2026-05-01T10:00:00Z"),
        ("iso", "Europe/London", "2026-05-01 10:00", "2026-05-01T09:00:00Z"),
        ("iso", "Europe/London", "2026-05-01T10:00:00-05:00", "2026-05-01T15:00:00Z"),
        ("%d/%m/%Y", "UTC", "03/04/2026", "2026-04-03T00:00:00Z"),
        ("%m/%d/%Y %I:%M %p", "America/New_York", "03/04/2026 1:30 PM", "2026-03-04T18:30:00Z"),
        ("%B %d, %Y", "UTC", "March 4, 2026", "2026-03-04T00:00:00Z"),
        ("unix", "UTC", "1772600000.0", "2026-03-04T04:53:20Z"),
        ("unix-ms", "UTC", "1772600000999", "2026-03-04T04:53:20Z"),
    ],
)
def test_dates_are_read_as_declared(
    tmp_path: Path, form: str, zone: str, cell: str, at: str
) -> None:
    text = f'Date,GitHub\n"{cell}",ada\n'
    mapping = {"activity": {"type": "talk", "at": "{Date}", "actor": "github:{GitHub}"}}
    brought = bring(table(tmp_path, text, mapping=mapping, dates=form, timezone=zone))
    assert [a.at for a in brought.activities] == [at]


def test_a_date_that_may_be_two_is_refused_until_it_is_declared(tmp_path: Path) -> None:
    said = refused(table(tmp_path, rows("1,03/04/2026,ada,,Ada,Terns,")))
    assert "list.csv:2:2: '03/04/2026' can be read with the day or the month first" in said
    assert 'dates: "%d/%m/%Y"' in said


def test_wrong_rows_are_left_out_counted_and_named(tmp_path: Path) -> None:
    lines = [ROWS[0], "2,tomorrow,bob,,Bob,Terns,", "3,2026-05-01,,,Nobody,Terns,", ROWS[3]]
    brought = bring(table(tmp_path, rows(*lines)))
    assert [a.id for a in brought.activities] == ["1", "4"]
    assert brought.outcome.skipped == {"rows that cannot be used": 2}
    assert [note.partition(": ")[0] for note in brought.outcome.notes] == [
        "list.csv:3:2",
        "list.csv:4:3",
    ]
    assert "github:bob" not in brought.profiles


def test_a_place_counts_the_lines_that_cells_take(tmp_path: Path) -> None:
    text = rows('1,2026-05-01,ada,,Ada,"Terns\nin\nBrno",', "", "2,soon,bob,,Bob,Terns,")
    brought = bring(table(tmp_path, text))
    assert brought.outcome.notes == ["list.csv:6:2: 'soon' is not a date in ISO 8601"]


def test_a_file_without_a_usable_row_is_refused(tmp_path: Path) -> None:
    said = refused(table(tmp_path, rows("1,soon,ada,,Ada,Terns,")))
    assert "none of the 1 rows of list.csv can be used" in said


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        (b"", {}, "list.csv:1:1: is empty"),
        (rows("1,2026-05-01,ada"), {}, "list.csv:2:4: has 3 cells, the header 7"),
        (rows(ROWS[0] + ",more"), {}, "list.csv:2:8: has 8 cells, the header 7"),
        (rows(ROWS[0]).replace(",", ";"), {}, "--delimiter semicolon"),
        (rows(ROWS[0]).replace(",", "\t"), {}, "--delimiter tab"),
        (rows(ROWS[0]).replace("E-mail", "Email"), {}, "did you mean 'Email'?"),
        (rows(ROWS[0] + ",x").replace("Site", "Site,Name"), {}, "has two columns named 'Name'"),
        (rows("1,a\0,ada,,Ada,Terns,"), {}, "list.csv:2:1: holds a NUL character"),
        (rows(ROWS[0]).encode("utf-16"), {}, "--encoding utf-16"),
        (rows(ROWS[0], "2,,zoë,,Zoë,,").encode("latin-1"), {}, "list.csv:3:1: is not UTF-8"),
        (rows('1,2026-05-01,"ada'), {}, "a quote is left open"),
        (rows('1,2026-05-01,"ada"x,,,,'), {}, "list.csv:2:1: cannot be read"),
        (b"PK\x03\x04" + bytes(100), {}, "is an Excel workbook"),
        (rows(ROWS[0]), {"header": 9}, "ends before line 9"),
    ],
)
def test_a_wrong_dialect_is_a_clear_error(
    tmp_path: Path, text: str | bytes, form: dict[str, Any], words: str
) -> None:
    (tmp_path / "list.csv").touch()
    assert words in refused(table(tmp_path, text, **form))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (rows(*ROWS).replace("\n", "\r\n"), {}),
        (rows(*ROWS).replace("\n", "\r"), {}),
        (codecs.BOM_UTF8 + rows(*ROWS).encode(), {}),
        (rows(*ROWS).encode("utf-16"), {"encoding": "utf-16"}),
        (rows(*ROWS).encode("cp1252"), {"encoding": "cp1252"}),
        ("Report of May\n\n" + rows(*ROWS), {"header": 3}),
        (rows(*ROWS).removeprefix(HEADER), {"header": 0, "columns": HEADER.strip().split(",")}),
        (rows(*ROWS, "", ",,,,,,"), {}),
        (rows(*(row + ",," for row in ROWS)), {}),
    ],
)
def test_every_way_of_writing_says_the_same(
    tmp_path: Path, text: str | bytes, form: dict[str, Any]
) -> None:
    expected = bring(table(tmp_path, rows(*ROWS))).lines()
    assert bring(table(tmp_path, text, **form)).lines() == expected


def test_a_tsv_is_known_by_its_name(tmp_path: Path) -> None:
    text = "GitHub\tDate\nada\t2026-05-01\n"
    mapping = {"activity": {"type": "talk", "at": "{Date}", "actor": "github:{GitHub}"}}
    assert len(bring(table(tmp_path, text, mapping=mapping, name="x.tsv")).activities) == 1


def test_rows_of_another_shape_can_be_left_out(tmp_path: Path) -> None:
    brought = bring(table(tmp_path, rows(ROWS[0], "Total,1"), bad_rows="skip"))
    assert len(brought.activities) == 1
    assert list(brought.outcome.skipped.values()) == [1]
    assert brought.outcome.notes == ["list.csv:3:3: has 2 cells, the header 7"]


CONDITIONS = {
    "only": {"Status": ["Going", "hosting"]},
    "skip": {"Name": "Test User"},
    "values": {"Status": {"Hosting": "event-organised", "*": "event-attended"}},
    "activity": {"type": "{Status}", "actor": "meetup.com:{Id}", "at": "{.file}"},
}


def test_conditions_and_value_maps(tmp_path: Path) -> None:
    text = "Id,Name,Status\n1,Ada,going\n2,Bob,Hosting\n3,Cy,no\n4,Test User,going\n"
    brought = bring(table(tmp_path, text, mapping=CONDITIONS, name="2026-05-01.csv"))
    assert [(a.actor, a.type, a.at) for a in brought.activities] == [
        ("meetup.com:1", "event-attended", "2026-05-01T00:00:00Z"),
        ("meetup.com:2", "event-organised", "2026-05-01T00:00:00Z"),
    ]
    assert brought.outcome.skipped == {}


def test_an_id_is_made_from_columns_and_gives_nothing_away(tmp_path: Path) -> None:
    mapping = {"activity": {"id_from": ["E"], "type": "talk", "actor": "email:{E}"}}
    first = bring(table(tmp_path, "E,N\na@example.org,1\nb@example.org,2\n", mapping=mapping))
    again = bring(table(tmp_path, "E,N\nb@example.org,3\n", mapping=mapping))
    ids = [a.id for a in first.activities]
    assert len(set(ids)) == 2
    assert again.activities[0].id == ids[1]
    assert all(re.fullmatch("[0-9a-f]{24}", i) for i in ids)


def test_ids_with_an_address_are_marks_that_refer_to_each_other(tmp_path: Path) -> None:
    mapping = {
        "activity": {
            "id": "{Mail}",
            "type": "reply",
            "actor": "github:{Who}",
            "uid": "{Uid}",
            "reply_to": "{To}",
        },
        "profile": {"uid": "{Uid}"},
    }
    text = "Mail,Who,Uid,To\n1@example.org,ada,a@example.org,\n2@example.org,bo,7,1@example.org\n"
    brought = bring(table(tmp_path, text, mapping=mapping))
    first, second = brought.activities
    assert second.reply_to == first.id
    assert (brought.profiles["github:ada"].uid, second.actor_uid) == (first.actor_uid, "7")
    assert "@" not in f"{brought.activities}{brought.profiles}"


def test_an_address_is_no_handle(tmp_path: Path) -> None:
    mapping = {"profile": {"identity": "{Net}:{Who}"}}
    text = "Net,Who\nshop,ada@example.org\nmastodon,ada@example.org\n"
    brought = bring(table(tmp_path, text, mapping=mapping))
    assert [*brought.profiles] == ["mastodon:ada@example.org"]
    assert brought.outcome.skipped == {"rows that cannot be used": 1}


def test_a_folder_that_is_handed_over_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        next(table(tmp_path, "x\n").read(tmp_path))


def test_consent_is_a_yes_and_nothing_else(tmp_path: Path) -> None:
    mapping = {"profile": {"identity": "email:{E}", "consent": "{C}"}}
    text = "E,C\na@example.org,yes\nb@example.org,no\nc@example.org,\nd@example.org,TRUE\n"
    brought = bring(table(tmp_path, text, mapping=mapping))
    assert len(brought.profiles) == 2
    assert brought.outcome.skipped == {"rows without consent": 2}
    said = refused(table(tmp_path, text.replace("TRUE", "maybe"), mapping=mapping))
    assert "list.csv:5:2: 'maybe' is neither a yes nor a no" in said


ISSUES = [
    {
        "key": 7,
        "user": {"login": "ada", "id": 1},
        "tags": ["a", "b"],
        "at": "2026-05-01",
        "x": None,
    },
    {"key": 8, "user": None, "tags": [], "at": "2026-05-02", "replies": [{"by": "bob"}]},
]
PATHS = {
    "activity": {
        "id": "{key}",
        "type": "talk",
        "at": "{at}",
        "actor": ["tracker:{user.login}", "tracker:{replies.0.by}"],
        "title": "{tags}",
    }
}


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("json", json.dumps(ISSUES), {}),
        ("json", json.dumps({"data": {"rows": ISSUES}}), {"each": "data.rows"}),
        ("json", json.dumps(ISSUES).encode("utf-16"), {"encoding": "utf-16"}),
        ("jsonl", "\n\n".join(map(json.dumps, ISSUES)), {}),
        ("json", json.dumps([*ISSUES, {"x": "half an emoji: \ud83d"}]), {}),
        ("jsonl", "\n".join(map(json.dumps, [*ISSUES, {"x": "\ud83d"}])), {}),
    ],
)
def test_json_by_paths(tmp_path: Path, kind: str, text: str | bytes, form: dict[str, Any]) -> None:
    brought = bring(table(tmp_path, text, kind=kind, mapping=PATHS, **form))
    said = [(a.id, a.actor, a.title) for a in brought.activities]
    assert said == [("7", "tracker:ada", "a, b"), ("8", "tracker:bob", None)]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("json", '{"rows": [], "meta": []}', "add each: rows under format (lists: rows, meta)"),
        ("json", "[1, 2]", "the list holds what is no object"),
        ("json", "[" * 100_000, "is not JSON"),
        ("json", '[{"key": 1}', "is not JSON"),
        ("jsonl", '{"key": 1}\n{"key"', "list.jsonl:2:1: is not JSON"),
        ("jsonl", "[\n{}\n]", "say type: json"),
        ("jsonl", '{"other": 1}', "the rows have: other"),
    ],
)
def test_json_that_is_not_what_is_declared(
    tmp_path: Path, kind: str, text: str, words: str
) -> None:
    assert words in refused(table(tmp_path, text, kind=kind, mapping=PATHS))


def test_a_folder_is_read_file_by_file_and_only_what_is_new(tmp_path: Path) -> None:
    mapping = {"activity": {"id": "{.file}-{Id}", "type": "talk", "actor": "x:{Id}"}}
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "may.csv").write_text("Id\n1\n")
    first = bring(table(tmp_path, mapping=mapping, name="exports"))
    (folder / "june.csv").write_text("Id\n1\n2\n")
    again = bring(table(tmp_path, mapping=mapping, name="exports"), first.outcome.cursor)
    assert [a.id for a in again.activities] == ["june-1", "june-2"]
    (folder / "may.csv").unlink()
    third = bring(table(tmp_path, mapping=mapping, name="exports"), again.outcome.cursor)
    assert (third.activities, third.outcome.cursor) == ([], again.outcome.cursor)


def test_a_mapping_that_changed_reads_everything_again(tmp_path: Path) -> None:
    cursor = bring(table(tmp_path, rows(*ROWS))).outcome.cursor
    other = {"activity": {**MAP["activity"], "type": "talk"}}
    assert len(bring(table(tmp_path, mapping=other), cursor).activities) == len(ROWS)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"activity": {"type": {"Type": None}}}, 'put it between quotes, such as "{Name}"'),
        ({"activity": {"type": "{Type"}}, "a brace that names no column"),
        ({"activity": {"type": "{}"}}, "a brace that names no column"),
        ({"activity": {}}, "Field required"),
    ],
)
def test_a_wrong_mapping_is_named_by_check(mapping: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        Source.model_validate({"type": "csv", "map": mapping})


CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
def test_no_cell_can_break_a_feed(tmp_path: Path, cells: list[tuple[str, str, str]]) -> None:
    """Whatever cells hold, a row is taken or named; what is kept can be seen and read again."""
    quoted = ["".join(('"', c.replace('"', '""'), '"')) for row in cells for c in row]
    lines = [",".join(quoted[at : at + 3]) for at in range(0, len(quoted), 3)]
    mapping = {
        "activity": {"type": "talk", "actor": "x:{a}", "title": "{b}", "text": "{c}"},
        "profile": {"name": "{b}", "bio": "{c}"},
    }
    importer = table(tmp_path, "a,b,c\n" + "\n".join(lines) + "\n", mapping=mapping)
    brought = Brought(importer.outcome)
    with suppress(BadFile):  # where no row can be used
        brought = bring(importer)
    left_out = importer.outcome.skipped.get("rows that cannot be used", 0)
    blank = sum(not any(c.strip() for c in row) for row in cells)
    assert len(cells) - blank <= len(brought.activities) + left_out <= len(cells)
    for activity in brought.activities:
        assert all(c.isprintable() or c in "\u200c\u200d" for c in activity.title or "")
