"""`crmtool task`, as volunteers and managers use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Said, crm
from tests.store.helpers import Repo

FILES = {
    "crm.yml": "community: {name: Terns}\nteam: [grace]\nsubprojects: {walks: {title: Walks}}\n",
    "tags.yml": "tags: {booth: {}}\n",
    "people/ada.md": "---\nname: Ada Lovelace\nidentities: [github:ada]\n---\n",
    "people/grace.md": "---\nname: Grace Hopper\nidentities: [github:grace]\n---\n",
    "people/zoe.md": "---\nname: Zoë\nvisibility: stewards\n---\n",
    "notes/n.md": "---\ndate: 2026-11-01\nauthor: grace\n---\n",
    "tasks/2026-11-01-shirt.md": "---\n# by hand\ntitle: Send a shirt\nstatus: open\n"
    "assignee: grace  # she has them\ndue: 2026-11-18\nabout: [ada]\n---\n- [x] pack it\n",
    "tasks/2026-11-02-round.md": "---\ntitle: The Monday round\nstatus: doing\ndue: 2026-11-16\n"
    "tags: [booth]\nsubproject: walks\nrepeat: FREQ=WEEKLY;BYDAY=MO\nfrom_note: n\n---\n"
    "- [x] ask\n",
    "tasks/2026-11-03-some-day.md": "---\ntitle: Some day\n---\n",
    "tasks/2026-11-04-over.md": "---\ntitle: Over\nstatus: done\ndue: 2026-11-01\n---\n",
    "tasks/2026-11-05-hidden.md": "---\ntitle: Hidden\nvisibility: stewards\n---\n",
    "tasks/2026-11-06-later.md": "---\ntitle: Later\nassignee: zoe\ndue: 2026-12-01\n---\n",
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A workspace whose git knows Grace by her account."""
    made = Repo(tmp_path).begin()
    for path, text in FILES.items():
        made.write(path, text)
    made.commit_all("Fill")
    made.git("config", "user.name", "Grace")
    made.git("config", "user.email", "grace@users.noreply.github.com")
    return made


def task(repo: Repo, *args: object) -> Said:
    return crm("-C", repo.root, "--as-of", "2026-11-21", "task", *args)


def test_a_task_is_a_file(repo: Repo) -> None:
    words = ("--about", "ada", "--assignee", "me", "--due", "+2w", "-m", "Size M.")
    said = task(repo, "add", "Send  a shirt", *words)
    assert said.out == "wrote tasks/2026/2026-11-21-send-a-shirt.md\n"
    assert repo.read("tasks/2026/2026-11-21-send-a-shirt.md") == (
        "---\ntitle: Send a shirt\nstatus: open\nassignee: grace\ndue: 2026-12-05\n"
        "about:\n  - ada\ncreated: 2026-11-21\n---\nSize M.\n"
    )
    assert repo.subjects()[0] == "Fill"
    assert crm("-C", repo.root, "check").code == 0


def test_one_that_repeats_begins_today_unless_told(repo: Repo) -> None:
    task(repo, "add", "Water", "--repeat", "weekly", "--commit")
    text = repo.read("tasks/2026/2026-11-21-water.md")
    assert "due: 2026-11-21\nrepeat: FREQ=WEEKLY\n" in text
    assert repo.subjects()[0] == "Add a task: Water"


WRONG = [
    (["add", "T", "--due", "soon"], 2, "'soon' is not a day", "tomorrow"),
    (["add", "T", "--repeat", "often"], 2, "'often' is not a repeat rule", "weekly"),
    (["add", "T", "--about", "nobody"], 2, "no person 'nobody'", "person list"),
    (["add", "T", "--subproject", "walk"], 6, "walk", "did you mean 'walks'?"),
    (["add", "Token ghp_" + "a1B2" * 9], 6, "[secret]; nothing was written", "revoke"),
    (["add", ""], 6, "title is empty", ""),
    (["done", "over"], 6, "'Over' is done already", "task show 2026-11-04-over"),
    (["done", "hidden"], 2, "no task 'hidden'", "task list"),
    (["done", "2026-11"], 2, "may be", "such as"),
    (["done"], 2, "Missing argument", "--help"),
    (["assign", "shirt", "nobody"], 2, "no person 'nobody'", "person list"),
    (["assign", "over", "ada"], 6, "'Over' is done already", "task show"),
    (["snooze", "shirt", "yesterday"], 2, "not in the future", "later day"),
    (["show", "shrt"], 2, "no task 'shrt'", "task list"),
    (["list", "--until", "soon"], 2, "'soon' is not a day", "tomorrow"),
]


@pytest.mark.parametrize(("args", "code", "words", "remedy"), WRONG)
def test_what_is_wrong_is_said_and_nothing_done(
    repo: Repo, args: list[str], code: int, words: str, remedy: str
) -> None:
    before = repo.files()
    said = task(repo, *args)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert remedy in said.err
    assert repo.files() == before


class TestDone:
    def test_touches_one_word(self, repo: Repo) -> None:
        assert task(repo, "done", "shirt").out == "changed tasks/2026-11-01-shirt.md\n"
        before = FILES["tasks/2026-11-01-shirt.md"]
        assert repo.read("tasks/2026-11-01-shirt.md") == before.replace("open", "done")

    def test_one_that_repeats_comes_again_in_the_same_commit(self, repo: Repo) -> None:
        assert task(repo, "done", "round", "--commit").code == 0
        assert repo.committed() == [
            "M\ttasks/2026-11-02-round.md",
            "A\ttasks/2026/2026-11-21-round.md",
        ]
        assert repo.read("tasks/2026/2026-11-21-round.md") == (
            "---\ntitle: The Monday round\nstatus: open\ndue: 2026-11-23\ntags:\n  - booth\n"
            'subproject: walks\nrepeat: FREQ=WEEKLY;BYDAY=MO\ncreated: 2026-11-21\nfrom_note: "n"\n'
            "---\n- [ ] ask\n"
        )

    def test_dropped_it_does_not(self, repo: Repo) -> None:
        task(repo, "done", "round", "--dropped")
        assert "status: dropped" in repo.read("tasks/2026-11-02-round.md")
        assert not (repo.root / "tasks/2026").exists()

    def test_several_at_once_are_one_plan(self, repo: Repo) -> None:
        assert task(repo, "done", "shirt", "some-day", "shirt", "--commit").code == 0
        assert len(repo.committed()) == 2


def test_another_hand_keeps_the_comment(repo: Repo) -> None:
    task(repo, "assign", "shirt", "lovelace")
    assert "assignee: ada  # she has them\n" in repo.read("tasks/2026-11-01-shirt.md")
    task(repo, "assign", "shirt", "me")
    said = task(repo, "assign", "shirt", "grace")
    assert said.out == "it is so already: nothing was written\n"


@pytest.mark.parametrize(("until", "due"), [((), "2026-11-28"), (("3 dec",), "2026-12-03")])
def test_snoozed_by_a_week_or_to_a_day(repo: Repo, until: tuple[str, ...], due: str) -> None:
    task(repo, "snooze", "shirt", *until)
    assert f"due: {due}\n" in repo.read("tasks/2026-11-01-shirt.md")


def test_the_list_is_by_day_and_marks_what_is_late(repo: Repo) -> None:
    assert task(repo, "list").out == (
        "due                    name      task                      who           about\n"
        "2026-11-16 overdue 5d  round     The Monday round (doing)  nobody\n"
        "2026-11-18 overdue 3d  shirt     Send a shirt              Grace Hopper  Ada Lovelace\n"
        "2026-12-01             later     Later                     nobody\n"
        "no day                 some-day  Some day                  nobody\n"
    )


def test_two_of_one_name_keep_their_days(repo: Repo) -> None:
    repo.write("tasks/2026-11-09-shirt.md", "---\ntitle: Another\n---\n")
    names = [line.split()[-3:] for line in task(repo, "list").out.splitlines()]
    assert ["2026-11-09-shirt", "Another", "nobody"] in names


@pytest.mark.parametrize(
    ("args", "stems"),
    [
        (["--assignee", "me"], ["2026-11-01-shirt"]),
        (["--about", "ada"], ["2026-11-01-shirt"]),
        (["--overdue"], ["2026-11-02-round", "2026-11-01-shirt"]),
        (["--until", "2026-11-16"], ["2026-11-02-round"]),
        (["--tag", "booth"], ["2026-11-02-round"]),
        (["--subproject", "walks"], ["2026-11-02-round"]),
        (["--status", "done"], ["2026-11-04-over"]),
        (["--assignee", "zoe", "--audience", "stewards"], ["2026-11-06-later"]),
    ],
)
def test_filters(repo: Repo, args: list[str], stems: list[str]) -> None:
    data = json.loads(task(repo, "list", "--format", "json", *args).out)
    assert [each["slug"] for each in data["data"]] == stems


def test_programs_learn_how_late_a_task_is(repo: Repo) -> None:
    data = json.loads(task(repo, "list", "--overdue", "--format", "json").out)["data"]
    assert [each["days_overdue"] for each in data] == [5, 3]


def test_one_task(repo: Repo) -> None:
    assert task(repo, "show", "shirt").out == (
        "Send a shirt · open\n  tasks/2026-11-01-shirt.md\n"
        "  due        2026-11-18 (overdue for 3 days)\n  assignee   Grace Hopper (grace)\n"
        "  about      Ada Lovelace (ada)\n\n  - [x] pack it\n"
    )
