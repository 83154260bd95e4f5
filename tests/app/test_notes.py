"""`crmtool note`, as volunteers and managers use it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from crmtool.app.authors import Introduction
from crmtool.app.note_edits import NewNote, begin_note
from crmtool.app.notes import show_note
from crmtool.app.opening import Asked
from crmtool.app.sheets import filled_in, template
from crmtool.errors import UsageError
from crmtool.model.keyed import Keyed
from crmtool.model.notekinds import HINTS, KINDS, NAMES
from crmtool.model.records import KEYS_OF_KIND, Note
from tests.cli.running import Said, crm
from tests.conftest import KEY
from tests.store.helpers import Repo

KEYED = Keyed(bytes.fromhex(KEY))
GRACE = KEYED.email("grace@navy.example", "hmac")
FILES = {
    "crm.yml": f"community: {{name: Terns}}\nteam: [grace]\nprivacy: {{key: {KEYED.fingerprint}}}\n",
    "tags.yml": "tags: {booth: {applies_to: [note]}, speaker: {applies_to: [person]}}\n"
    "keywords: {tables: {tag: booth, words: [stand, table]}, talks: {tag: speaker, words: [lecture, bench]}}\n",
    "people/ada.md": "---\nname: Ada Lovelace\nidentities: [github:ada]\n---\n",
    "people/ada-byron.md": "---\nname: Ada Byron\n---\n",
    "people/grace.md": f"---\nname: Grace Hopper\nidentities: ['{GRACE}']\naliases: [amazing]\n---\n",
    "people/zoe.md": "---\nname: Zoë\nvisibility: stewards\n---\n",
    "notes/2026/2026-11-01-met.md": "---\ndate: 2026-11-01\nauthor: grace\nabout: [ada]\n"
    "tags: [booth]\n---\nMet [[ada]]\nin Oslo, by the sea.\n\nMore.\n",
    "notes/2026/2026-11-02-walk.md": "---\ndate: 2026-11-02\nauthor: github:ada\nkind: event\n"
    "starts: 2026-12-01\nends: 2026-12-02\nplace: Porto\nroles: {ada: guide}\n---\n=1+1 walks\n",
    "notes/2026/2026-11-03-personal.md": "---\ndate: 2026-11-03\nauthor: grace\nabout: [ada]\n"
    "kind: personal\n---\nMoves.\n",
    "tasks/2026/.gitkeep": "",
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A workspace whose git knows Grace by her address."""
    made = Repo(tmp_path / "crm").begin()
    for path, text in FILES.items():
        made.write(path, text)
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "Begin")
    be(made, "Grace", "grace@navy.example")
    return made


def be(repo: Repo, name: str, address: str) -> None:
    repo.git("config", "user.name", name)
    repo.git("config", "user.email", address)


def note(repo: Repo, *args: object) -> Said:
    return crm("-C", repo.root, "--as-of", "2026-11-21", "note", *args)


def new_files(repo: Repo) -> dict[str, str]:
    """What git does not know yet."""
    paths = repo.git("ls-files", "--others", "--exclude-standard").split()
    return {path: (repo.root / path).read_text() for path in paths}


def test_a_note_is_a_file_that_is_left_in_the_work_tree(repo: Repo) -> None:
    said = note(repo, "add", "ada", "-m", "Would like to speak\nin spring.", "--tag", "booth")
    assert said.code == 0
    assert new_files(repo) == {
        "notes/2026/2026-11-21-would-like-to-speak.md": "---\ndate: 2026-11-21\nauthor: grace\n"
        "about:\n  - ada\nkind: conversation\ntags:\n  - booth\n---\nWould like to speak\nin spring.\n"
    }
    assert "about Ada Lovelace (ada)" in said.err
    assert "next: crmtool propose" in said.err


def test_or_a_commit_of_its_own(repo: Repo) -> None:
    repo.write("people/ada.md", "work in progress")
    assert note(repo, "add", "grace", "-m", "Met.", "--commit").code == 0
    shown = repo.git("show", "--stat", "--format=%s", "HEAD")
    assert shown.startswith("Add a note: grace")
    assert "1 file changed" in shown


def test_or_a_diff_and_nothing_else(repo: Repo) -> None:
    said = note(repo, "add", "grace", "-m", "Met.", "--dry-run")
    assert "+Met." in said.out
    assert new_files(repo) == {}


def test_a_follow_up_comes_with_it_and_names_it(repo: Repo) -> None:
    more = ("--task", "Send a shirt", "--due", "friday", "--assignee", "me")
    assert note(repo, "add", "ada", "-m", "Wants a shirt.", *more).code == 0
    task = new_files(repo)["tasks/2026/2026-11-21-send-a-shirt.md"]
    for line in ("assignee: grace", "due: 2026-11-27", 'from_note: "2026-11-21-wants-a-shirt"'):
        assert line in task.splitlines()


def test_other_keys_are_given_in_people_s_words(repo: Repo) -> None:
    pairs = ("starts=friday", "place=Oslo", "roles=github:ada:speaker,amazing:organiser")
    words = [word for pair in pairs for word in ("--set", pair)]
    assert note(repo, "add", "--kind", "event", *words, "-m", "Planned.").code == 0
    (text,) = new_files(repo).values()
    assert "starts: 2026-11-27\nplace: Oslo\nroles:\n  ada: speaker\n  grace: organiser\n" in text


REFUSED = [
    (["ada", "-m", "Her password: hunter2secret!"], 6, "holds a password [secret]", "revoke it"),
    (["ada", "-m", "Mail ada@lovelace.example"], 6, ":8:6: an e-mail address", "contact"),
    (["ada", "-m", "As [[adda]] said"], 6, "no person is called 'adda'", "did you mean 'ada'?"),
    (["ad", "-m", "x"], 2, "'ad' may be 2 people: ada (Ada Lovelace), ada-byron", "such as ada"),
    (["nobody", "-m", "x"], 2, "no person 'nobody'", "person list"),
    (["zoe", "-m", "x"], 2, "no person 'zoe' whom the team may see", "person list"),
    (["ada", "-m", "x", "--tag", "boot"], 2, "no tag 'boot'", "did you mean 'booth'?"),
    (["ada", "-m", "x", "--set", "plac=Oslo"], 2, "has no 'plac'", "did you mean 'place'?"),
    (["ada", "-m", "x", "--set", "sent=soon"], 2, "'soon' is not a day", "tomorrow"),
    (["ada", "-m", "x", "--set", "roles=ada"], 2, "no pair for roles", "ada-lovelace:speaker"),
    (["ada", "-m", "x", "--set", "stage=agreed"], 6, "belongs to a note of kind opportunity", ""),
    (["ada", "-m", "x", "--due", "friday"], 2, "are for a task", "--help"),
    (["ada", "-m", "x", "--author", "nobody"], 2, "no person 'nobody'", "person list"),
    (["ada", "--kind", "gossip", "-m", "x"], 2, "'gossip' is not one of", "--help"),
    (["ada"], 2, "a note needs a text", "--message"),
    (["ada", "-m", "zero\u200bwidth"], 6, "cannot be seen", "remove it"),
]


@pytest.mark.parametrize(("args", "code", "words", "remedy"), REFUSED)
def test_what_is_wrong_is_said_before_anything_is_written(
    repo: Repo, args: list[str], code: int, words: str, remedy: str
) -> None:
    said = note(repo, "add", *args)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert remedy in said.err
    assert "hunter2" not in said.err
    assert new_files(repo) == {}


def test_a_warning_is_told_and_hinders_nothing(repo: Repo) -> None:
    said = note(repo, "add", "ada", "-m", "She has cancer.", "--kind", "personal")
    assert said.code == 0
    assert "[special-category]" in said.err
    assert list(new_files(repo)) == ["notes/2026/2026-11-21-personal.md"]  # no word of it


def test_a_second_note_of_the_same_words_has_a_name_of_its_own(repo: Repo) -> None:
    for _ in range(2):
        note(repo, "add", "ada", "-m", "Met.")
    stems = [path.rpartition("/")[2] for path in new_files(repo)]
    assert stems == ["2026-11-21-met-2.md", "2026-11-21-met.md"]


def test_words_that_fit_a_tag_are_pointed_out(repo: Repo) -> None:
    said = note(repo, "add", "ada", "-m", "A table and a bench in Ghent.")
    assert "tags that may fit: booth\n" in said.err  # speaker is for people


class TestWhoWrites:
    """The author is found by git's address, as the privacy policy keeps it; or asked for."""

    def author(self, repo: Repo, *args: str) -> str:
        said = note(repo, "add", "ada", "-m", "Met.", *args)
        assert said.code == 0, said.err
        (line,) = {
            line
            for path, text in new_files(repo).items()
            for line in text.splitlines()
            if path.startswith("notes/") and line.startswith("author:")
        }
        return line.removeprefix("author: ")

    def test_by_the_hash_of_the_address(self, repo: Repo) -> None:
        assert self.author(repo) == "grace"

    def test_by_the_account_of_a_no_reply_address(self, repo: Repo) -> None:
        be(repo, "A. L.", "7+Ada@users.noreply.github.com")
        assert self.author(repo) == "ada"

    def test_as_told(self, repo: Repo) -> None:
        assert self.author(repo, "--author", "ada-byron") == "ada-byron"

    def test_an_account_that_nobody_has_may_be_one(self, repo: Repo) -> None:
        assert self.author(repo, "--author", "github:new") == "github:new"

    def test_an_account_that_somebody_has_is_that_person(self, repo: Repo) -> None:
        assert self.author(repo, "--author", "github:ada") == "ada"

    def test_a_newcomer_is_told_what_to_type(self, repo: Repo) -> None:
        be(repo, "Ada Byron", "new@example.net")
        said = note(repo, "add", "ada", "-m", "Met.")
        assert said.code == 2
        assert "'Ada Byron' is nobody whom this workspace knows" in said.err
        assert "--author ada-byron" in said.err
        assert "--join" in said.err

    def test_a_newcomer_joins_in_the_same_change(self, repo: Repo) -> None:
        be(repo, "Vera Nýr", "vera@nyr.example")
        assert self.author(repo, "--join") == "vera-nyr"
        known = KEYED.email("vera@nyr.example", "hmac")
        assert new_files(repo)["people/vera-nyr.md"] == (
            f"---\nname: Vera Nýr\nidentities:\n  - {known}\n---\n"
        )
        assert crm("-C", repo.root, "check").out == "all is well\n"
        assert self.author(repo) == "vera-nyr"

    def test_without_the_key_a_newcomer_joins_by_name(
        self, repo: Repo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CRMTOOL_KEY")
        be(repo, "Vera", "vera@nyr.example")
        assert self.author(repo, "--join") == "vera"
        assert new_files(repo)["people/vera.md"] == "---\nname: Vera\n---\n"
        assert self.author(repo) == "vera"  # remembered in this clone

    def test_a_namesake_is_asked_and_remembered(self, repo: Repo) -> None:
        be(repo, "Ada Byron", "new@example.net")
        asked = Asked(repo.root)
        questions: list[str] = []

        def yes(words: str) -> bool:
            questions.append(words)
            return True

        said = Introduction(confirm=yes)
        assert begin_note(asked, NewNote(("grace",), said=said)).author.name == "ada-byron"
        assert questions == ["Are you Ada Byron (people/ada-byron.md)?"]
        assert self.author(repo) == "ada-byron"

    def test_git_without_a_name_is_told_how_to_get_one(self, repo: Repo) -> None:
        repo.git("config", "--remove-section", "user")
        assert "git config user.name" in note(repo, "add", "ada", "-m", "x").err


class TestSheets:
    """What the editor is opened with, and what comes back."""

    @pytest.mark.parametrize("kind", NAMES)
    def test_a_sheet_that_nobody_touched_is_no_note(self, repo: Repo, kind: str) -> None:
        sheet = begin_note(Asked(repo.root), NewNote(("ada",), kind))
        assert filled_in(template(sheet), sheet) == ""

    def test_what_was_filled_in_stays_and_the_rest_goes(self, repo: Repo) -> None:
        sheet = begin_note(Asked(repo.root, as_of=date(2026, 11, 21)), NewNote(("ada",), "event"))
        asked = template(sheet)
        assert "place:  # a town, or online" in asked
        text = asked.replace("place:  #", "place: Oslo  #").replace("tags:  #", "tags: [booth]  #")
        text = text.replace("---\n\n", "---\n\nIt rained.\n").replace("\n", "\r\n")
        assert filled_in(text, sheet) == (
            "---\ndate: 2026-11-21\nauthor: grace\nabout:\n  - ada\nkind: event\ntags: [booth]\n"
            "place: Oslo\n---\nIt rained.\n"
        )

    def test_the_kinds_are_those_of_the_format_and_ask_for_its_keys(self) -> None:
        assert set(KINDS) == set(NAMES)
        for name, kind in KINDS.items():
            others = {key for k, keys in KEYS_OF_KIND.items() if k != name for key in keys}
            assert not others & set(kind.keys)
        asked = {key for kind in KINDS.values() for key in kind.keys}
        assert asked <= set(Note.model_fields)
        assert asked == set(HINTS)

    def test_an_editor_and_two_questions_make_a_note_and_a_task(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        editor = tmp_path / "editor"
        editor.write_text('#!/bin/sh\nsleep 0; echo "Sang well." >> "$1"; touch -d tomorrow "$1"\n')
        editor.chmod(0o700)
        monkeypatch.setenv("VISUAL", str(editor))
        monkeypatch.setattr("crmtool.cli.note.somebody_is_there", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO("Thank her\n+1w\n"))
        assert note(repo, "add", "ada").code == 0
        found = new_files(repo)
        assert "Sang well." in found["notes/2026/2026-11-21-sang-well.md"]
        assert "due: 2026-11-28" in found["tasks/2026/2026-11-21-thank-her.md"]

    def test_what_was_written_in_vain_is_kept(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        editor = tmp_path / "editor"
        editor.write_text('#!/bin/sh\necho "Saw [[adda]]." >> "$1"; touch -d tomorrow "$1"\n')
        editor.chmod(0o700)
        monkeypatch.setenv("VISUAL", str(editor))
        monkeypatch.setattr("crmtool.cli.note.somebody_is_there", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
        kept = repo.root / ".crm/unwritten.md"
        assert f"your text is kept: add --file {kept}" in note(repo, "add", "ada").err
        kept.write_text(kept.read_text().replace("adda", "ada"))
        assert note(repo, "add", "ada", "--file", kept).code == 0
        (text,) = new_files(repo).values()
        assert text.endswith("---\nSaw [[ada]].\n")


class TestReading:
    """Lists and single notes, as an audience may see them."""

    def test_the_newest_first_links_as_names(self, repo: Repo) -> None:
        assert note(repo, "list").out == (
            "date        kind          about         by            note\n"
            "2026-11-02  event                       Ada Lovelace  =1+1 walks\n"
            "2026-11-01  conversation  Ada Lovelace  Grace Hopper  "
            "Met Ada Lovelace in Oslo, by the sea.\n"
        )

    @pytest.mark.parametrize(
        ("args", "stems"),
        [
            (["--about", "ada"], ["2026-11-02-walk", "2026-11-01-met"]),
            (["--about", "ada", "--audience", "stewards"], ["2026-11-03-personal", "2026-11-02-walk", "2026-11-01-met"]),
            (["--author", "hopper"], ["2026-11-01-met"]),
            (["--tag", "booth"], ["2026-11-01-met"]),
            (["--since", "2026-11-02"], ["2026-11-02-walk"]),
            (["--until", "2026-11-01"], ["2026-11-01-met"]),
            (["--kind", "event", "--since", "2026-12-01"], ["2026-11-02-walk"]),  # by its start
            (["--kind", "gift"], []),
        ],
    )  # fmt: skip
    def test_filters(self, repo: Repo, args: list[str], stems: list[str]) -> None:
        data = json.loads(note(repo, "list", "--format", "json", *args).out)
        assert (data["crmtool"], data["kind"]) == (1, "notes")
        assert [each["slug"] for each in data["data"]] == stems

    def test_each_kind_has_a_table_of_its_own(self, repo: Repo) -> None:
        lines = note(repo, "list", "--kind", "event").out.splitlines()
        assert lines[0].split() == ["when", "place", "who", "event"]
        assert lines[1].startswith("2026-12-01 to 12-02  Porto  Ada Lovelace (guide)")

    def test_csv_holds_no_formula(self, repo: Repo) -> None:
        out = note(repo, "list", "--kind", "event", "--format", "csv").out
        assert next(csv.DictReader(io.StringIO(out)))["event"] == "'=1+1 walks"

    def test_what_is_left_out_is_said(self, repo: Repo) -> None:
        assert "1 more: --limit 0 shows all" in note(repo, "list", "--limit", "1").err

    def test_nothing_found_is_said(self, repo: Repo) -> None:
        said = note(repo, "list", "--kind", "gift")
        assert (said.code, said.out) == (0, "")
        assert "no gift notes that fit" in said.err

    def test_one_note(self, repo: Repo) -> None:
        assert note(repo, "show", "walk").out == (
            "2026-11-02  event by Ada Lovelace\n"
            "  notes/2026/2026-11-02-walk.md\n"
            "  starts      2026-12-01\n  ends        2026-12-02\n  place       Porto\n"
            "  roles       Ada Lovelace: guide\n\n  =1+1 walks\n"
        )

    def test_a_note_that_may_not_be_seen_is_not_there(self, repo: Repo) -> None:
        assert note(repo, "show", "personal").code == 2
        assert "Moves." in note(repo, "show", "personal", "--audience", "stewards").out

    def test_several_notes_are_a_choice(self, repo: Repo) -> None:
        with pytest.raises(UsageError, match="may be 2 notes"):
            show_note(Asked(repo.root), "2026-11")
