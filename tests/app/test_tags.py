"""`crmtool tag`: a word is changed wherever it stands, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Said, crm
from tests.store.helpers import Repo

FILES = {
    "crm.yml": "community: {name: Terns}\nsubprojects:\n  x: {title: X, tags: [talks]}  # kept\n",
    "tags.yml": "# ours\ntags:\n  talks: {about: Gives talks}\n  help: {about: Helps}\n"
    "keywords:\n  stage: {tag: talks, words: [lecture]}\n"
    "segments:\n  all: {title: All, where: \"list_contains(tags, 'talks')\"}\n"
    "  some: {title: S, where: \"name = 'talks'\"}\n",
    "people/ada.md": "---\nname: Ada\ntags: [help, talks]  # both\n---\n",
    "people/grace.md": "---\nname: Grace\ntags:\n  - talks\n---\n",
    "people/zoe.md": "---\nname: Zoë\n---\n",
    "notes/n.md": "---\ndate: 2026-11-01\nauthor: ada\ntags: [talks]\n---\ntalks\n",
    "tasks/t.md": "---\ntitle: T\ntags: [talks]\n---\n",
    "sources/core/source.yml": "type: git\ntarget: https://example.org/x.git\ntags: [talks]\n",
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path).begin()
    for path, text in FILES.items():
        made.write(path, text)
    made.commit_all("Fill")
    return made


def tag(repo: Repo, *args: object) -> Said:
    return crm("-C", repo.root, "tag", *args)


def test_a_new_name_reaches_every_place_in_one_commit(repo: Repo) -> None:
    assert tag(repo, "rename", "talks", "speaker", "--commit").code == 0
    assert len(repo.committed()) == 7
    assert repo.subjects()[0] == "Rename the tag talks to speaker"
    for path, text in FILES.items():
        expected = text.replace("talks", "speaker")
        if path == "tags.yml":  # a meaning and a name that is no tag stay
            expected = expected.replace("Gives speaker", "Gives talks")
            expected = expected.replace("name = 'speaker'", "name = 'talks'")
        if path == "notes/n.md":
            expected = expected.replace("---\nspeaker", "---\ntalks")
        assert repo.read(path) == expected
    assert crm("-C", repo.root, "check").code == 0


def test_two_tags_become_one_only_if_that_is_meant(repo: Repo) -> None:
    said = tag(repo, "rename", "talks", "help")
    assert (said.code, repo.status()) == (2, [])
    assert "crmtool tag rename talks help --merge" in said.err
    assert tag(repo, "rename", "talks", "help", "--merge").code == 0
    assert "tags: [help]  # both\n" in repo.read("people/ada.md")
    assert "talks:" not in repo.read("tags.yml")
    assert crm("-C", repo.root, "check").code == 0


def test_added_with_its_meaning_and_put_on_people(repo: Repo) -> None:
    words = ("--about", "Comes from afar", "--applies-to", "person")
    assert tag(repo, "add", "guest", "ada", "zoe", *words).code == 0
    said = "  guest:\n    about: Comes from afar\n    applies_to:\n      - person\n"
    assert said in repo.read("tags.yml")
    assert "tags: [help, talks, guest]  # both\n" in repo.read("people/ada.md")
    assert repo.read("people/zoe.md") == "---\nname: Zoë\ntags:\n  - guest\n---\n"
    assert crm("-C", repo.root, "check").code == 0


def test_the_first_tag_of_all_makes_the_file(tmp_path: Path) -> None:
    bare = Repo(tmp_path).begin()
    assert tag(bare, "add", "guest").code == 0
    assert "guest" in bare.read("tags.yml")
    assert crm("-C", bare.root, "check").code == 0


def test_taken_off_one_person_it_stays_elsewhere(repo: Repo) -> None:
    assert tag(repo, "remove", "talks", "grace").out == "changed people/grace.md\n"
    assert repo.read("people/grace.md") == "---\nname: Grace\n---\n"


def test_taken_away_altogether_once_nothing_needs_it(repo: Repo) -> None:
    assert "keywords 'stage' in tags.yml needs the tag" in tag(repo, "remove", "talks").err
    assert repo.status() == []
    tag(repo, "rename", "help", "aid", "--commit")
    assert tag(repo, "remove", "aid").code == 0
    assert "aid" not in repo.read("tags.yml") + repo.read("people/ada.md")


@pytest.mark.parametrize(
    ("args", "words", "remedy"),
    [
        (["rename", "talk", "x"], "no tag 'talk'", "did you mean 'talks'?"),
        (["rename", "talks", "Big Talks"], "is not a tag", "such as: speaker"),
        (["add", "talks"], "is in tags.yml already", "crmtool tag add talks PERSON"),
        (["add", "talks", "nobody"], "no person 'nobody'", "person list"),
        (["add", "'; drop"], "is not a tag", "such as: speaker"),
        (["remove", "nothing"], "no tag 'nothing'", "tag list"),
    ],
)
def test_mistakes(repo: Repo, args: list[str], words: str, remedy: str) -> None:
    said = tag(repo, *args)
    assert (said.code, repo.status()) == (2, [])
    assert words in said.err
    assert remedy in said.err


def test_most_records_at_once_want_a_word_more(repo: Repo) -> None:
    for number in range(30):
        repo.write(f"people/p{number}.md", "---\nname: P\ntags: [talks]\n---\n")
    repo.commit_all("Many")
    said = tag(repo, "rename", "talks", "speaker")
    assert said.code == 6
    assert "--allow-mass-change" in said.err
    assert tag(repo, "rename", "talks", "speaker", "--allow-mass-change").code == 0


def test_the_list_counts_and_shows_what_is_not_in_the_vocabulary(repo: Repo) -> None:
    repo.write("people/zoe.md", "---\nname: Zoë\ntags: [odd]\n---\n")
    assert tag(repo, "list").out.splitlines() == [
        "tag    people  notes  tasks  about",
        "talks  2       1      1      Gives talks",
        "help   1                     Helps",
        "odd    1                     not in tags.yml",
    ]
