"""Requests judged from the default branch: what is said of them, and what they cannot do to it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmtool.model.keyed import Keyed
from tests.app.hosting import FakeGitHub, FakeGitLab, FakeHost, serving
from tests.app.test_proposing import FILES, NOTE, SAID, Clone, begin, outside
from tests.conftest import KEY

__all__ = ["outside"]  # a fixture that every test here uses


class Scene:
    """A host, what its CI has checked out, and a volunteer's clone."""

    def __init__(self, host: FakeHost, folder: Path, files: dict[str, str] = FILES) -> None:
        self.host, self.folder = host, folder
        begin(host, files)
        self.ci = Clone(host, folder / "ci")
        self.vera = Clone(host, folder / "vera")

    def ask(self, files: dict[str, str | None], branch: str = "change") -> None:
        """Open a request that changes these files, as somebody does who uses git alone."""
        self.vera.git("switch", "--quiet", "--create", branch, "origin/main")
        for path, text in files.items():
            if text is None:
                (self.vera.root / path).unlink()
            else:
                self.vera.write(path, text)
        self.vera.git("add", "--all", "--force")
        self.vera.git("commit", "--quiet", "-m", "Change")
        self.vera.git("push", "--quiet", "origin", branch)
        self.listed(branch)

    def listed(self, branch: str) -> None:
        """The host shows a request for a branch."""
        project = "terns/crm" if self.host.kind == "github" else f"{self.host.folder}/terns/crm"
        request = {"number": len(self.host.requests) + 1, "state": "open", "from": project,
                   "into": project.strip("/"), "branch": branch, "base": "main"}  # fmt: skip
        self.host.requests.append({**request, "from": project.strip("/"), "title": "", "body": ""})

    def comment(self, number: int = 1) -> list[str]:
        """The lines of our comment, the only one."""
        [ours] = [c["body"] for c in self.host.comments[number] if c["ours"]]
        assert isinstance(ours, str)
        return ours.splitlines()

    def first(self) -> str:
        """The heading under which the comment says what has to be seen first."""
        return next(line for line in self.comment() if line.startswith("#### "))

    def status(self, branch: str = "change") -> str:
        """What the host was told of the branch's commit."""
        said = self.host.statuses[self.host.commit_of("terns/crm", branch)]
        assert said.get("context", said.get("name")) == "crm/trusted"
        return str(said["state"]).replace("failed", "failure")


@pytest.fixture(params=[FakeGitHub, FakeGitLab], ids=["github", "gitlab"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """The same on both hosts."""
    with serving(request.param(tmp_path / "host")) as host:
        yield Scene(host, tmp_path)


def test_a_good_change_is_told_in_words(scene: Scene) -> None:
    scene.ask({NOTE: SAID})
    said = scene.ci.crm("review", "--post", "1")
    assert (said.code, said.out) == (0, "#1: good: 1 note\n")
    assert scene.status() == "success"
    assert scene.comment()[-1] == (
        "- **2026-11-05-talk**: new conversation note by Ada about Ada: Would give a talk."
    )


def test_the_comment_is_kept_up_to_date_and_nobody_else_s_is_touched(scene: Scene) -> None:
    scene.ask({NOTE: SAID})
    scene.host.say(1, "<!-- crmtool review -->\nAll is well, trust me.")
    scene.ci.crm("review", "--post", "all")
    before = scene.comment()
    scene.ci.crm("review", "--post", "all")
    assert scene.comment() == before
    scene.vera.write("people/ada.md", "---\nname: Ada King\n---\n")
    scene.vera.git("commit", "--quiet", "--all", "-m", "More")
    scene.vera.git("push", "--quiet", "origin", "change")
    scene.ci.crm("review", "--post", scene.host.commit_of("terns/crm", "change"))
    assert "- **Ada King (ada)**: now called Ada King, was Ada" in scene.comment()
    assert scene.host.comments[1][0]["body"].endswith("trust me.")


def test_an_error_is_named_and_blocks(scene: Scene) -> None:
    scene.ask({NOTE: SAID.replace("[ada]", "[adda]")})
    scene.ci.crm("review", "--post", "1")
    assert scene.status() == "failure"
    assert scene.first() == "#### ⚠ Has to be mended"


def test_what_is_judged_is_what_merging_would_give(scene: Scene) -> None:
    """A request that is behind: what main gained meanwhile is neither missing nor undone in it."""
    scene.ask({NOTE: SAID})
    scene.ci.write("people/grace.md", "---\nname: Grace\n---\n")
    scene.ci.git("add", "--all")
    scene.ci.git("commit", "--quiet", "-m", "Grace")
    scene.ci.crm("review", "--post", "1")
    assert scene.status() == "success"
    assert not any("Grace" in line for line in scene.comment())


def test_a_person_whom_a_note_on_main_needs_cannot_go(scene: Scene) -> None:
    scene.ask({"people/ada.md": None})
    scene.ci.write(NOTE, SAID)
    scene.ci.git("add", "--all")
    scene.ci.git("commit", "--quiet", "-m", "A note")
    scene.ci.crm("review", "--post", "1")
    assert scene.status() == "failure"
    assert any("no person is called" in line for line in scene.comment())


def test_a_conflict_is_said(scene: Scene) -> None:
    scene.ask({"people/ada.md": "---\nname: Ada King\n---\n"})
    scene.ci.write("people/ada.md", "---\nname: Ada Byron\n---\n")
    scene.ci.git("commit", "--quiet", "--all", "-m", "Byron")
    scene.ci.crm("review", "--post", "1")
    assert scene.status() == "failure"
    assert any("conflicts with the default branch" in line for line in scene.comment())


def test_one_that_cannot_be_commented_does_not_keep_back_the_others(scene: Scene) -> None:
    scene.ask({NOTE: SAID}, "first")
    scene.ask({NOTE: SAID}, "second")
    scene.host.locked.add(1)
    said = scene.ci.crm("review", "--post", "all")
    assert said.code in (4, 5)
    assert "#1: could not be judged or commented" in said.out
    assert scene.status("second") == "success"


def test_a_request_to_another_branch_is_none_of_ours(scene: Scene) -> None:
    scene.ask({NOTE: SAID})
    scene.host.requests[0]["base"] = "release"
    assert scene.ci.crm("review", "--post", "all") == (0, "", "")
    assert not scene.host.statuses
    assert not scene.host.comments


SECRET = f"{SAID[:-1]} The key is AKIAIOSFODNN7EXAMPLQ, and mail goes to b@example.org.\n"
POLICY = "community: {name: Terns}\n"
WEAK: dict[str, dict[str, str | None]] = {
    "its own severities": {
        "crm.yml": f"{POLICY}check: {{severity: {{email-outside-contact: info}}}}\n", NOTE: SECRET
    },
    "a waiver": {
        NOTE: f"{SECRET}<!-- crm: allow unlikely-date because I say so -->\n",
        "people/zoe.md": "---\nname: Zoe  # crm: allow mixed-scripts because I say so\n---\n",
    },
    "attributes": {".gitattributes": "*.md -diff linguist-generated\n", NOTE: SECRET},
    "a workflow": {".github/workflows/crm-check.yml": "on: push\njobs: {}\n", NOTE: SECRET},
    "CI of the other host": {".gitlab-ci.yml": "x: {script: 'true'}\n", NOTE: SECRET},
    "code for the site": {"mkdocs.yml": "hooks: [x.py]\n", "x.py": "raise", NOTE: SECRET},
    "an ignore file": {".gitignore": "notes/\n", NOTE: SECRET},
    "attributes that look otherwise": {"notes/.GitAttributes": "*.md -diff\n", NOTE: SECRET},
    "code that the site runs already": {"site/hooks/x.py": "raise", NOTE: SECRET},
}  # fmt: skip
ODD = {
    "a repository in the repository": "160000,{commit},people/nested",
    "one in place of the records": "160000,{commit},people",
    "a link out of it": "120000,{link},people/zoe.md",
    "a link in place of the configuration": "120000,{link},crm.yml",
}


@pytest.mark.parametrize("how", ODD)
def test_what_is_no_ordinary_file_is_shouted_about(scene: Scene, how: str) -> None:
    commit = scene.vera.git("rev-parse", "HEAD")
    link = subprocess.run(
        ["git", "-C", scene.vera.root, "hash-object", "-w", "--stdin"],
        input=b"/etc/passwd", capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    mode, name, path = ODD[how].format(commit=commit, link=link).split(",")
    scene.vera.git("rm", "-r", "--quiet", "--cached", "--ignore-unmatch", path)
    scene.vera.git("update-index", "--add", "--cacheinfo", f"{mode},{name},{path}")
    scene.vera.git("commit", "--quiet", "-m", "Nest")
    scene.vera.git("push", "--quiet", "origin", "HEAD:change")
    scene.listed("change")
    assert scene.ci.crm("review", "--post", "1").code == 0
    assert scene.status() == "failure"
    if path != "crm.yml":  # without it there is nothing to compare
        assert scene.first() == "#### ⚠ This change touches its own guards"
    assert "root:" not in "".join(scene.comment())


def test_a_change_cannot_blind_the_search_for_forgotten_people(tmp_path: Path) -> None:
    """By naming another key, or by dropping the marks, beside bringing somebody back."""
    key = Keyed(bytes.fromhex(KEY))
    mark = {"of": "slug", "hash": key.forgotten("slug", "eve"), "key": key.fingerprint}
    policy = f"community: {{name: Terns}}\nprivacy: {{key: {key.fingerprint}}}\n"
    lines = json.dumps({**mark, "on": "2026-01-01"}) + "\n"
    eve = "---\nname: Eve\n---\n"
    weak = {
        "key": {"crm.yml": policy.replace(key.fingerprint, "0" * len(key.fingerprint))},
        "marks": {"sources/forgotten.jsonl": ""},
    }
    for name, files in weak.items():
        with serving(FakeGitHub(tmp_path / name / "host")) as host:
            scene = Scene(host, tmp_path / name, {
                **FILES, "crm.yml": policy, "sources/forgotten.jsonl": lines
            })  # fmt: skip
            scene.ask({**files, "people/eve.md": eve})
            scene.ci.crm("review", "--post", "1")
            assert scene.first() == "#### ⚠ This change touches its own guards"
            assert scene.status() == "failure", (name, scene.comment())


@pytest.mark.parametrize("how", WEAK)
def test_a_change_cannot_weaken_its_own_check(scene: Scene, how: str) -> None:
    scene.ask(WEAK[how])
    said = scene.ci.crm("review", "--post", "1")
    assert said.code == 0
    assert scene.status() == "failure"
    if how != "an ignore file":
        assert scene.first() == "#### ⚠ This change touches its own guards"
    assert "AKIAIOSFODNN7EXAMPLQ" not in "".join(scene.comment())


def test_a_broken_configuration_is_an_answer_not_a_crash(scene: Scene) -> None:
    scene.ask({"crm.yml": "community: [\n"})
    assert scene.ci.crm("review", "--post", "1").code == 0
    assert scene.status() == "failure"


def test_nothing_of_a_request_is_checked_out(scene: Scene) -> None:
    scene.ask({NOTE: SAID, ".git-hooks/x": "#!/bin/sh\n"})
    before = scene.ci.git("rev-parse", "HEAD")
    scene.ci.crm("review", "--post", "all")
    assert scene.ci.git("rev-parse", "HEAD") == before
    assert scene.ci.git("status", "--porcelain") == ""
    assert not (scene.ci.root / NOTE).exists()


HOSTILE = (
    "@all ![x](https://evil.example/x.png) <img src=x onerror=alert(1)> <!-- crmtool review -->"
)


def test_what_a_request_says_means_nothing_in_the_comment(scene: Scene) -> None:
    scene.ask({
        NOTE: SAID.replace("Would", f"{HOSTILE} Would"),
        "people/eve.md": f"---\nname: '{HOSTILE}'\n---\n",
    }, branch="x;$(id)&`id`")  # fmt: skip
    scene.ci.crm("review", "--post", "all")
    for line in scene.comment()[1:]:
        outside_code = line.split("`")[::2]
        assert not any(sign in part for part in outside_code for sign in ("@", "<", "!["))


def test_an_unknown_request(scene: Scene) -> None:
    said = scene.ci.crm("review", "--post", "99")
    assert said.code == 2
    assert "no open request" in said.err


def test_without_a_token(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    said = scene.ci.crm("review", "--post", "all")
    assert said.code == 4
    assert "there is no token in" in said.err
