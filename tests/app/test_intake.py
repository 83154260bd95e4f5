"""From a form in a browser to a page of the site, and nothing that the form's text can do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmtool.app.intake import answers
from tests.app.hosting import FakeGitHub, FakeGitLab, FakeHost, serving
from tests.app.test_proposing import FILES, Clone, begin, outside
from tests.cli.running import Said

__all__ = ["outside"]  # a fixture that every test here uses

NOTE = {"About whom": "Ada", "Kind": "conversation", "Day": "2026-11-05", "Tags": "",
        "Note": "Would give a talk."}  # fmt: skip
TASK = {"What is to be done": "Send Ada a shirt", "About whom": "ada", "Who does it": "ada",
        "Due": "2026-12-03", "More": ""}  # fmt: skip


class Scene:
    """A host with issues, and what its CI has checked out."""

    def __init__(self, host: FakeHost, folder: Path) -> None:
        self.host, self.folder = host, folder
        begin(host, FILES)
        self.ci = Clone(host, folder / "ci")

    def form(self, number: int, answers: dict[str, str], label: str = "crm-note") -> None:
        """An issue as the host keeps what was written into a form."""
        empty = "_No response_" if self.host.kind == "github" else ""
        body = "\n\n".join(f"### {head}\n\n{text or empty}" for head, text in answers.items())
        self.host.write_issue(number, "A title", body, label, "vera")

    def intake(self, which: object = 1) -> Said:
        return self.ci.crm("intake", str(which))

    def proposed(self, number: int = 1) -> str:
        """What the branch of an issue adds."""
        return self.ci.git("diff", "main", f"origin/crm/intake-{number}")

    def answer(self, number: int = 1) -> str:
        """Our one comment on the issue."""
        [ours] = [c["body"] for c in self.host.comments[number] if c["ours"]]
        return str(ours)


@pytest.fixture(params=[FakeGitHub, FakeGitLab], ids=["github", "gitlab"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """The same on both hosts."""
    with serving(request.param(tmp_path / "host")) as host:
        yield Scene(host, tmp_path)


def test_a_note_from_form_to_site(scene: Scene) -> None:
    # The host counts requests and issues together; ours begin elsewhere, to tell them apart.
    scene.form(41, NOTE)
    said = scene.intake(41)
    assert said.code == 0, said
    [request] = scene.host.requests
    assert request["title"] == "A note from #41"
    assert request["body"].startswith("Closes #41\n\n### What this change means")
    assert [s["state"] for s in scene.host.statuses.values()] == ["success"]
    assert "It is proposed in" in scene.answer(41)
    scene.host.merge(1)
    scene.ci.git("pull", "--quiet", "--ff-only")
    assert scene.ci.crm("check").code == 0
    assert scene.ci.crm("site", "build").code == 0
    pages = [p for p in (scene.ci.root / "build/site").rglob("*.html") if "ada" in p.as_posix()]
    assert any("Would give a talk." in page.read_text() for page in pages)


def test_a_task(scene: Scene) -> None:
    scene.form(41, TASK, "crm-task")
    assert scene.intake(41).code == 0
    added = scene.proposed(41)
    for line in ("+title: Send Ada a shirt", "+assignee: ada", "+due: 2026-12-03"):
        assert line in added


def test_its_writer_is_the_author(scene: Scene) -> None:
    scene.form(41, NOTE)
    scene.intake(41)
    assert '+author: "127.0.0.1:vera"' in scene.proposed(41)


def test_an_edited_form_replaces_what_it_said(scene: Scene) -> None:
    scene.form(41, NOTE)
    scene.intake(41)
    scene.form(41, NOTE | {"Note": "Would rather not."})
    scene.intake(41)
    assert len(scene.host.requests) == 1
    assert "Would rather not." in scene.proposed(41)
    assert "Would give a talk." not in scene.proposed(41)


def test_a_form_that_says_what_it_said_is_left_alone(scene: Scene) -> None:
    """It is looked at every ten minutes; what maintainers agreed to is not taken from under them."""
    scene.form(41, NOTE | {"Day": ""})
    scene.intake(41)
    before = scene.host.commit_of("terns/crm", "crm/intake-41")
    assert "+date: 2026-11-04" in scene.proposed(41)  # when it was written, whenever that is read
    assert "nothing new" in scene.intake("all").out
    assert scene.host.commit_of("terns/crm", "crm/intake-41") == before
    scene.host.merge(1)
    scene.ci.git("pull", "--quiet", "--ff-only")
    assert "nothing new" in scene.intake("all").out
    assert len(scene.host.requests) == 1


def test_what_somebody_mended_by_hand_stays(scene: Scene, tmp_path: Path) -> None:
    scene.form(41, NOTE)
    scene.intake(41)
    other = Clone(scene.host, tmp_path / "other")
    other.git("switch", "--quiet", "crm/intake-41")
    other.git("commit", "--quiet", "--allow-empty", "-m", "Mend a word")
    other.git("push", "--quiet", "origin", "crm/intake-41")
    scene.form(41, NOTE | {"Note": "Would rather not."})
    assert "edited crm/intake-41 by hand" in scene.intake(41).out
    assert scene.host.commit_of("terns/crm", "crm/intake-41") == other.git("rev-parse", "HEAD")


def test_a_closed_issue_is_left_alone(scene: Scene) -> None:
    scene.form(41, NOTE)
    scene.host.issues[41]["state"] = "closed"
    said = scene.intake(41)
    assert said.code == 0
    assert "it is closed" in said.out
    assert not scene.host.requests


def test_one_that_cannot_be_answered_does_not_keep_back_the_others(scene: Scene) -> None:
    scene.form(41, NOTE | {"About whom": "Nobody"})
    scene.form(42, TASK, "crm-task")
    scene.host.locked.add(41)
    said = scene.intake("all")
    assert said.code in (4, 5)
    assert "#41: could not be taken in" in said.out
    assert len(scene.host.requests) == 1


def test_a_status_that_the_host_does_not_take_is_told(scene: Scene) -> None:
    scene.form(41, NOTE)
    scene.host.takes_statuses = False
    said = scene.intake(41)
    assert said.code == 5
    assert "/statuses/" in said.err
    assert "What this change means" in scene.host.comments[1][0]["body"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"About whom": "Adda"}, "there is no person"),
        ({"Day": "tomorrowish"}, "tomorrowish"),
        ({"Kind": "gossip"}, "kind is"),
        ({"Tags": "speakr"}, "there is no tag"),
        ({"Note": ""}, "has no text under Note"),
        ({"Note": "---\nauthor: ada\nvisibility: public\n---\nHi."}, "begins with ---"),
        ({"Note": "Mail b@ternmail.org, the key is AKIAIOSFODNN7EXAMPLQ"}, "2026-11-05"),
        ({"About whom": "../../etc/passwd"}, "passwd"),
    ],
)
def test_what_cannot_be_taken_in_is_answered(
    scene: Scene, change: dict[str, str], reason: str
) -> None:
    scene.form(41, NOTE | change)
    said = scene.intake(41)
    assert said.code == 0
    assert reason in scene.answer(41)
    assert "AKIAIOSFODNN7EXAMPLQ" not in scene.answer(41)
    assert not scene.host.requests
    assert scene.ci.git("status", "--porcelain") == ""
    assert scene.ci.git("branch", "--show-current") == "main"


def outside_code(text: str) -> str:
    """What Markdown reads."""
    return re.sub(r"(`+)(?!`).*?[^`]\1(?!`)", "", text)


HOSTILE = "@all `$(touch pwned)` <script>alert(1)</script> ${{ secrets.X }} ![x](https://x.example)"


def test_hostile_answers_stay_text(scene: Scene) -> None:
    scene.form(41, NOTE | {"Note": HOSTILE, "Kind": f"x; {HOSTILE}", "About whom": HOSTILE})
    scene.intake(41)
    assert "@all" not in outside_code(scene.answer(41))
    scene.form(41, NOTE | {"Note": HOSTILE})
    assert scene.intake(41).code == 0
    assert HOSTILE in scene.proposed(41)
    assert not (scene.ci.root / "pwned").exists()
    assert "<script>" not in outside_code(scene.host.requests[0]["body"])


def test_an_issue_of_another_kind_is_left_alone(scene: Scene) -> None:
    scene.form(41, NOTE, "bug")
    said = scene.intake(41)
    assert said.code == 2
    assert not scene.host.requests
    assert 41 not in scene.host.comments


def test_all_open_ones(scene: Scene) -> None:
    scene.form(41, NOTE)
    scene.form(42, TASK, "crm-task")
    assert scene.intake("all").out.count("#4") == 2
    assert len(scene.host.requests) == 2


def test_a_heading_in_the_text_is_part_of_no_other_answer() -> None:
    body = "### About whom\n\nada\n\n### Note\n\nHi\n\n### About whom\n\nmallory\n"
    assert answers(body) == {"about whom": "ada", "note": "Hi"}


def test_comments_and_commands_are_not_answers() -> None:
    body = "### Note\r\n\r\n<!-- help -->\r\nHi\r\n/label ~crm-note\r\n### Tags\r\n\r\n"
    assert answers(body) == {"note": "Hi", "tags": ""}


def test_a_path_in_a_note_is_no_command() -> None:
    assert answers("### Note\n\n/usr/bin/tern fails\n") == {"note": "/usr/bin/tern fails"}


@pytest.mark.parametrize("text", ["<!--", "### x" + " " * 99, "#", "\n### ", "<!---->", "/label "])
def test_a_huge_form_is_read_in_one_go(text: str) -> None:
    """A quadratic pattern would need hours for these."""
    assert isinstance(answers(text * (2_000_000 // len(text))), dict)
