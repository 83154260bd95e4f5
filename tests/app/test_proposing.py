"""From a volunteer's clone to a request that the others can see."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from crmtool.app.hosts.here import ci_settings
from crmtool.app.hosts.host import Request, token_of
from crmtool.app.hosts.requests import link
from crmtool.model.forge import Forge, find_forge
from tests.app.hosting import TOKEN, FakeGitHub, FakeGitLab, FakeHost, serving
from tests.cli.running import Said, crm
from tests.gitrepo import Project

FILES = {
    "crm.yml": "community: {name: Terns}\n",
    "tags.yml": "tags: {}\n",
    ".gitignore": "/.crm/\n",
    "people/ada.md": "---\nname: Ada\n---\n",
}
NOTE = "notes/2026/2026-11-05-talk.md"
SAID = "---\ndate: 2026-11-05\nauthor: ada\nabout: [ada]\n---\nWould give a talk.\n"


class Clone:
    """What a volunteer has on their machine."""

    def __init__(self, host: FakeHost, folder: Path, project: str = "terns/crm") -> None:
        self.host, self.root = host, folder
        settings = [f"--config={key}={value}" for key, value in self.settings().items()]
        subprocess.run(
            ["git", "clone", "--quiet", *settings, str(host.repository(project)), str(folder)],
            check=True,
            capture_output=True,
        )

    def settings(self) -> dict[str, str]:
        return {
            "user.name": "Vera", "user.email": "vera@example.org",
            "crmtool.forge": self.host.kind, "crmtool.web": self.host.url,
            "crmtool.api": f"{self.host.url}/{self.host.prefix}".rstrip("/"),
        }  # fmt: skip

    def git(self, *args: str) -> str:
        done = subprocess.run(["git", "-C", str(self.root), *args], check=True, capture_output=True)
        return done.stdout.decode().strip()

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def crm(self, *args: str) -> Said:
        return crm("-C", self.root, *args)


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool of a host on PATH, and a token in the environment."""
    folders = [f for f in os.environ["PATH"].split(":") if not (Path(f) / "gh").exists()]
    monkeypatch.setenv("PATH", ":".join(folders))
    monkeypatch.setenv("GH_TOKEN", TOKEN)
    monkeypatch.setenv("GITLAB_TOKEN", TOKEN)


@pytest.fixture(params=[FakeGitHub, FakeGitLab], ids=["github", "gitlab"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeHost]:
    """A host with one community's repository."""
    with serving(request.param(tmp_path / "host")) as found:
        begin(found, FILES)
        yield found


def begin(host: FakeHost, files: dict[str, str]) -> None:
    """Give the host one community's repository."""
    Project(host.folder / "terns/crm.git", bare=True).commit("Begin", files=files)


@pytest.fixture
def clone(host: FakeHost, tmp_path: Path) -> Clone:
    return Clone(host, tmp_path / "crm")


def test_a_note_becomes_a_request(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID)
    said = clone.crm("propose", "--message", "Heard at the meeting.")
    assert (said.code, said.err) == (0, said.err)
    [request] = host.requests
    assert said.out == f"opened {host.url}/{page(host)}\n"
    assert request["title"] == "New conversation note by Ada about Ada: Would give a talk."
    assert request["body"].startswith("Heard at the meeting.\n\n### What this change means")
    assert request["branch"].startswith("crm/")
    assert clone.git("branch", "--show-current") == request["branch"]
    assert clone.git("status", "--porcelain") == ""
    shown = clone.git("show", "--format=%an|%s", "--name-only", f"origin/{request['branch']}")
    assert shown.splitlines() == [f"Vera|{request['title']}", "", NOTE]


def page(host: FakeHost) -> str:
    return "terns/crm/pull/1" if host.kind == "github" else request_path(host)


def request_path(host: FakeHost) -> str:
    return f"{host.requests[0]['into']}/-/merge_requests/1"


def test_the_title_names_the_note_and_counts_the_rest(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID)
    clone.write("people/bob.md", "---\nname: Bob\n---\n")
    clone.crm("propose")
    title = "New conversation note by Ada about Ada: Would give a talk.; 1 more"
    assert host.requests[0]["title"] == title


def test_a_second_time_adds_to_the_request(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID)
    clone.crm("propose")
    clone.write("people/ada.md", "---\nname: Ada\nlocation: Leeds\n---\n")
    said = clone.crm("propose")
    assert said.out.startswith("updated ")
    assert len(host.requests) == 1
    assert clone.git("log", "--format=%s", "main..") == (
        "Ada (ada): location is now Leeds\n"
        "New conversation note by Ada about Ada: Would give a talk."
    )


def test_a_dry_run_says_what_it_would_do_and_does_nothing(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID)
    said = clone.crm("propose", "--dry-run")
    assert said.code == 0
    assert f"  {NOTE}" in said.out.splitlines()
    assert said.out.endswith("nothing was done (dry run)\n")
    assert clone.git("branch", "--list") == "* main"
    assert not host.requests


def test_from_a_fork(host: FakeHost, tmp_path: Path) -> None:
    fork = host.folder / "vera/crm.git"
    fork.parent.mkdir()
    upstream = str(host.repository("terns/crm"))
    subprocess.run(["git", "clone", "--quiet", "--bare", upstream, str(fork)], check=True)
    clone = Clone(host, tmp_path / "crm", "vera/crm")
    clone.git("remote", "add", "upstream", upstream)
    clone.write(NOTE, SAID)
    assert clone.crm("propose").code == 0
    [request] = host.requests
    assert request["from"].endswith("vera/crm")
    assert request["into"].endswith("terns/crm")
    assert not host.commit_of("terns/crm", request["branch"])


def test_what_has_an_error_is_not_sent(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID.replace("about: [ada]", "about: [adda]"))
    said = clone.crm("propose")
    assert said.code == 6
    assert f"{NOTE}:4:9: error[unknown-person]" in said.out
    assert "did you mean 'ada'?" in said.out
    assert clone.git("branch", "--list") == "* main"
    assert not host.requests


def test_nothing_to_propose(clone: Clone) -> None:
    said = clone.crm("propose")
    assert said.code == 6
    assert "there is nothing to propose" in said.err
    assert "crmtool note add" in said.err


TEXT = "---\nname: Bob\n---\n"
EDITS: dict[str, tuple[list[str], str]] = {
    "staged": (["add", "--all"], "A people/bob.md"),
    "deleted": (["rm", "--quiet", "--cached", "people/ada.md"], "A people/bob.md"),
    "removed": (["rm", "--quiet", "people/ada.md"], "D people/ada.md,A people/bob.md"),
    "moved": (
        ["mv", "people/ada.md", "people/ada-l.md"],
        "A people/ada-l.md,D people/ada.md,A people/bob.md",
    ),
}


@pytest.mark.parametrize("how", EDITS)
def test_edits_are_taken_whole_however_they_were_made(
    host: FakeHost, clone: Clone, how: str
) -> None:
    words, expected = EDITS[how]
    clone.write("people/bob.md", TEXT)
    clone.git(*words)
    assert clone.crm("propose").code == 0
    branch = host.requests[0]["branch"]
    diff = clone.git("diff", "--no-renames", "--name-status", "main", f"origin/{branch}")
    assert ",".join(diff.replace("\t", " ").splitlines()) == expected
    assert clone.git("status", "--porcelain") == ""


def test_paths_are_as_seen_from_where_one_is(clone: Clone) -> None:
    clone.write(NOTE, SAID)
    clone.write("people/bob.md", "---\nnme: Bob\n---\n")  # is left out, and may be unfinished
    said = crm("-C", (clone.root / NOTE).parent, "propose", Path(NOTE).name)
    assert said.code == 0, said
    assert "left out: people/bob.md" in said.err


def test_a_workspace_in_a_folder_of_a_repository(host: FakeHost, tmp_path: Path) -> None:
    begin(host, {f"crm/{path}": text for path, text in FILES.items()} | {"main.c": "int x;\n"})
    clone = Clone(host, tmp_path / "project")
    clone.write(f"crm/{NOTE}", SAID)
    clone.write("main.c", "int y;\n")
    said = crm("-C", clone.root / "crm", "propose")
    assert said.code == 0, said
    assert host.requests[0]["title"] == "New conversation note by Ada about Ada: Would give a talk."
    assert clone.git("status", "--porcelain") == "M main.c"


def test_a_name_that_is_taken(clone: Clone) -> None:
    clone.write(NOTE, SAID)
    clone.git("branch", "topic")
    said = clone.crm("propose", "--branch", "topic")
    assert said.code == 2
    assert "git switch topic" in said.err


def test_what_the_base_mended_meanwhile_hinders_nobody(clone: Clone) -> None:
    for text in ("---\nnme: Bob\n---\n", TEXT):
        clone.write("people/bob.md", text)
        clone.git("add", "--all")
        clone.git("commit", "--quiet", "-m", "Bob")
        clone.git("push", "--quiet", "origin", "HEAD:main")
    clone.git("reset", "--quiet", "--hard", "HEAD~1")
    clone.write(NOTE, SAID)
    assert clone.crm("propose").code == 0


TROUBLES = {
    "a detached head": (["checkout", "--quiet", "--detach"], 6, "git switch BRANCH"),
    "no remote": (["remote", "remove", "origin"], 6, "git remote add origin"),
    "a remote out of reach": (["remote", "set-url", "origin", "/gone"], 3, "is the network there"),
    "a merge under way": (["update-ref", "MERGE_HEAD", "HEAD"], 6, "git merge --abort"),
    "no commit yet": (["checkout", "--quiet", "--orphan", "x"], 6, "git commit"),
}


@pytest.mark.parametrize("how", TROUBLES)
def test_where_it_cannot_be_done_the_next_step_is_told(clone: Clone, how: str) -> None:
    words, code, hint = TROUBLES[how]
    clone.write(NOTE, SAID)
    clone.git(*words)
    said = clone.crm("propose")
    assert (said.code, said.out) == (code, "")
    assert hint in said.err.splitlines()[1]
    assert (clone.root / NOTE).read_text() == SAID


def test_a_branch_that_somebody_else_added_to(clone: Clone, host: FakeHost, tmp_path: Path) -> None:
    clone.write(NOTE, SAID)
    clone.crm("propose", "--branch", "permission-403")
    other = Clone(host, tmp_path / "other")
    other.git("switch", "--quiet", "permission-403")
    other.git("commit", "--quiet", "--allow-empty", "-m", "Mine")
    other.git("push", "--quiet", "origin", "permission-403")
    clone.write("people/bob.md", TEXT)
    said = clone.crm("propose")
    assert said.code == 3
    assert "git pull --rebase origin permission-403" in said.err


def test_never_to_the_default_branch(clone: Clone) -> None:
    clone.write(NOTE, SAID)
    for name in ("main", "master"):
        said = clone.crm("propose", "--branch", name)
        assert said.code == 6, said
        assert "others build on" in said.err
    assert clone.git("branch", "--show-current") == "main"


def test_a_hook_that_says_no_leaves_everything_as_it_was(clone: Clone) -> None:
    hook = clone.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho 'no smoking' >&2\nexit 1\n")
    hook.chmod(0o755)
    clone.write(NOTE, SAID)
    said = clone.crm("propose")
    assert said.code == 3
    assert "no smoking" in said.err
    assert clone.git("branch", "--list") == "* main"
    assert clone.git("status", "--porcelain") == "?? notes/"


def test_other_files_are_left_out_and_named(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID)
    clone.write("secret.txt", "hunter2")
    assert "left out, being no record: secret.txt" in clone.crm("propose").err
    assert not clone.git("ls-tree", f"origin/{host.requests[0]['branch']}", "secret.txt")


def test_what_was_staged_stays_staged(clone: Clone) -> None:
    clone.write("other.txt", "x")
    clone.git("add", "other.txt")
    clone.write(NOTE, SAID)
    assert clone.crm("propose").code == 0
    assert clone.git("status", "--porcelain") == "A  other.txt"


def test_without_a_token_there_is_a_link(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    clone.write(NOTE, SAID)
    said = clone.crm("propose", "--title", "A talk? & more")
    url = urlsplit(said.out.split()[-1])
    query = parse_qs(url.query)
    assert "A talk? & more" in (query.get("title") or query.get("merge_request[title]") or [])


def test_a_wrong_token_says_so_and_keeps_the_branch(
    host: FakeHost, clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_TOKEN", "hunter2")
    monkeypatch.setenv("GITLAB_TOKEN", "hunter2")
    clone.write(NOTE, SAID)
    said = clone.crm("propose")
    assert said.code == 4
    assert "is pushed" in said.err
    assert "hunter2" not in said.out + said.err
    assert not host.requests


def test_a_plain_server_is_pushed_to(clone: Clone) -> None:
    clone.git("config", "--unset", "crmtool.forge")
    clone.write(NOTE, SAID)
    address = f"file://vera:hunter2@localhost{clone.host.repository('terns/crm')}"
    clone.git("remote", "set-url", "origin", address)
    said = clone.crm("propose", "--branch", "crm/talk", "-m", "#12 asks for it.")
    assert said.code == 0
    assert said.out == "ask them to take the branch crm/talk\n"
    assert "hunter2" not in said.out + said.err
    assert clone.git("log", "-1", "--format=%b").startswith("#12 asks for it.")


def test_the_host_s_own_tool_is_preferred(
    host: FakeHost, clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"github": "gh", "gitlab": "glab"}[host.kind]
    tool = tmp_path / "bin" / name
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >{tmp_path}/said\necho https://x.example/1\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    clone.write(NOTE, SAID)
    assert clone.crm("propose", "--title", "--exec=x; $(y)").out == "opened https://x.example/1\n"
    assert "--title=--exec=x; $(y)" in (tmp_path / "said").read_text().splitlines()
    assert not host.requests


HOSTILE = "@all `$(touch /tmp/x)` --exec <script>alert(1)</script> ${{ github.token }} \u202e"


def test_hostile_words_stay_words(host: FakeHost, clone: Clone) -> None:
    clone.write(NOTE, SAID.replace("Would", HOSTILE[:-1] + " Would"))
    assert clone.crm("propose", "--title", HOSTILE, "--message", HOSTILE).code == 0
    [request] = host.requests
    assert request["title"] == HOSTILE
    assert "`@all" not in request["body"].partition("###")[0]
    assert clone.git("log", "-1", "--format=%s") == HOSTILE.strip()


@pytest.mark.parametrize("name", ["-x", "a..b", "a b", "x.lock", "a:b", "refs/../x", ""])
def test_a_name_that_no_branch_can_have(clone: Clone, name: str) -> None:
    clone.write(NOTE, SAID)
    said = clone.crm("propose", f"--branch={name}")
    assert said.code == (2 if name else 0)


@pytest.mark.parametrize(
    ("url", "kind", "api", "project"),
    [
        ("https://github.com/a/b.git", "github", "https://api.github.com", "a/b"),
        ("git@github.com:a/b.git", "github", "https://api.github.com", "a/b"),
        ("ssh://git@github.acme.org/a/b", "github", "https://github.acme.org/api/v3", "a/b"),
        ("https://gitlab.com/g/s/b", "gitlab", "https://gitlab.com/api/v4", "g/s/b"),
        ("https://u:p@gitlab.acme.org:8443/g/b.git", "gitlab",
         "https://gitlab.acme.org:8443/api/v4", "g/b"),
        ("https://git.example.org/a/b", "plain", "", "a/b"),
        ("/srv/git/a.git", "plain", "", "srv/git/a"),
        ("https://evil.example/github.com/a", "plain", "", "github.com/a"),
    ],
)  # fmt: skip
def test_whose_project_an_address_is(url: str, kind: str, api: str, project: str) -> None:
    found = find_forge(url, {})
    assert (found.kind, found.api, found.project) == (kind, api, project)


TOKENS = {"GH_TOKEN": "hub", "GITLAB_TOKEN": "lab"}
LAB = {
    "GITLAB_CI": "true",
    "CI_SERVER_URL": "https://code.acme.org",
    "CI_API_V4_URL": "https://x/v4",
}
HUB = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://git.acme.org"}


@pytest.mark.parametrize(
    ("url", "said", "token"),
    [
        ("https://github.com/a/b", {}, "hub"),
        ("git@gitlab.com:a/b.git", {}, "lab"),
        ("https://gitlab.evil.example/a/b", {}, ""),
        ("https://github.com.evil.example/a/b", {}, ""),
        ("https://gitlab.com@evil.example/a/b", {}, ""),
        ("https://code.acme.org/a/b", {"forge": "gitlab"}, "lab"),
        ("https://gitlab-ci-token:x@code.acme.org/a/b.git", LAB, "lab"),
        ("https://gitlab.evil.example/a/b", LAB, ""),
        ("https://git.acme.org/a/b", HUB, "hub"),
        ("https://code.acme.org/a/b", HUB, ""),
    ],
)
def test_a_token_goes_to_nobody_who_merely_has_a_name_like_it(
    url: str, said: dict[str, str], token: str
) -> None:
    """To github.com and gitlab.com, where git's configuration says so, and to CI's own host."""
    settings = said if "forge" in said else ci_settings(url, said)
    assert token_of(find_forge(url, settings), TOKENS) == token


def test_a_link_is_never_too_long() -> None:
    forge = Forge("github", "https://github.com", "https://api.github.com", "a/b")
    assert len(link(Request(forge, "x", forge, "main", "T", "ü" * 9000))) <= 6000
