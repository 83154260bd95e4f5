"""The edge of the program: every mistake ends in one line, a remedy and an exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crmtool.cli.output import colour_wanted
from crmtool.errors import Changed, KeyProblem
from tests.cli.running import Said, command, crm, crm_apart, environment
from tests.store.helpers import Repo

HEAVY = ("duckdb", "git", "material", "mkdocs", "msgspec", "numpy", "pandas", "pydantic", "yaml")


@pytest.fixture
def terns(tmp_path: Path) -> Path:
    """A workspace of one person, without git."""
    (tmp_path / "people").mkdir()
    (tmp_path / "crm.yml").write_text("community: {name: Terns}\n")
    (tmp_path / "people/ada.md").write_text("---\nname: Ada\n---\n")
    return tmp_path


def refused(said: Said, code: int, *words: str) -> None:
    """One line that says what happened, one what to do, and not a word on stdout."""
    assert said.code == code
    assert said.out == ""
    first, hint = said.err.rstrip("\n").split("\n")
    assert first.startswith("crmtool: ")
    assert hint.startswith("    ")
    for word in words:
        assert word in said.err


MISTAKES = [
    (["chek"], 2, "No such command 'chek'. (Did you mean one of: 'check', ", "crmtool --help"),
    (["site", "biuld"], 2, "Did you mean 'build'?", "crmtool site --help"),
    (["check", "--formt", "json"], 2, "Did you mean '--format'?", "crmtool check --help"),
    (["check", "--format", "yaml"], 2, "'yaml' is not one of", "crmtool check --help"),
    (["check", "more"], 2, "there is no more in the work tree", "as seen from here"),
    (["check", "--select", "unknown-tagg"], 2, "no rule is called", "mean 'unknown-tag'?"),
    (["check", "--base", "HEAD"], 3, "not a git repository", "git repository?"),
    (["report", "2026-11", "more"], 2, "unexpected extra argument", "crmtool report --help"),
    (["check", "--as-of", "2026-1-1"], 2, "write it YYYY-MM-DD", "crmtool check --help"),
    (["check", "--as-of", "2026-02-30"], 2, "write it YYYY-MM-DD", "crmtool check --help"),
    (["--audience", "world", "check"], 2, "'world' is not one of", "crmtool --help"),
    (["check", "--rev", "HEAD", "--staged"], 2, "give one of them", "crmtool check --help"),
    (["import", "--rev", "HEAD"], 2, "--rev has no meaning here", "crmtool import --help"),
    (["--staged", "import"], 2, "--staged has no meaning here", "crmtool import --help"),
    (["person", "show", "aada"], 2, "there is no person 'aada'", "did you mean 'ada'?"),
    (["report", "2026-13"], 2, "is not a month", "nothing here has a date yet"),
    (["report", "--subproject", "x"], 2, "there is no subproject 'x'", "names no subprojects"),
    (["explain", "nothing"], 2, "nothing is known of 'nothing'", "crmtool explain rules"),
    (["check", "--rev", "HEAD"], 3, "not a git repository", "git repository?"),
    (["check", "--staged"], 3, "not a git repository", "git repository?"),
    (["-C", "/nowhere", "check"], 3, "/nowhere is not a folder", "after -C"),
    (["check", "-C", "people/ada.md"], 3, "is not a folder", "after -C"),
    (["check", "-C", "\udcff\n"], 3, r"\udcff\n is not a folder", "after -C"),
    (["check", "\x1b[31m\udcff"], 2, r"no \x1b[31m\udcff in", "as seen from here"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: " ".join(mistake[0]))
def test_a_mistake_is_told_in_a_line_with_its_remedy(
    terns: Path, monkeypatch: pytest.MonkeyPatch, mistake: tuple[list[str], int, str, str]
) -> None:
    monkeypatch.chdir(terns)
    args, code, message, remedy = mistake
    refused(crm(*args), code, message, remedy)


def test_where_no_workspace_is_init_is_named(tmp_path: Path) -> None:
    refused(crm("-C", tmp_path, "check"), 3, "no crm.yml here", "crmtool init")


@pytest.mark.parametrize("verb", ["check", "doctor"])
def test_a_secret_in_a_broken_crm_yml_is_not_repeated(terns: Path, verb: str) -> None:
    token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
    (terns / "crm.yml").write_text(f"community: {{name: T}}\n{token}: 1\n")
    said = crm("-C", terns, verb)
    assert "crm.yml:2:1: unknown key '…'" in said.out + said.err
    assert token not in said.out + said.err


def test_a_broken_crm_yml_is_named_by_its_line(terns: Path) -> None:
    (terns / "crm.yml").write_text("community:\n  name: T\n  timezone: Mars\n")
    refused(crm("-C", terns, "check"), 3, "crm.yml:3:3: community.timezone is not a time zone")


def test_without_a_command_help_is_shown() -> None:
    said = crm()
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage: crmtool")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (Changed("people/ada.md"), 6, "people/ada.md changed while crmtool was working"),
        (KeyProblem("no key", "find it"), 4, "no key"),
        (
            PermissionError(13, "Permission denied", "people/x\n.md"),
            3,
            r"people/x\n.md: Permission",
        ),
        (OSError(28, "No space left on device"), 3, "No space left on device"),
        (OSError("odd"), 3, "odd"),
    ],
)
def test_whatever_ends_a_command_is_told(
    terns: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    raising(monkeypatch, error)
    said = crm("-C", terns, "check")
    assert said.code == code
    assert words in said.err
    assert "Traceback" not in said.err


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("crmtool.app.checking.judge", fail)


def test_a_bug_is_one_line_and_a_file_to_report_it_with(
    terns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(terns))
    raising(monkeypatch, ZeroDivisionError("people\x1b[2J"))
    refused(crm("-C", terns, "check"), 70, "a bug in crmtool (ZeroDivisionError)", str(terns))
    (report,) = terns.glob("crmtool-bug-*.txt")
    assert "Traceback" in report.read_text()


def test_help_fits_forty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for words in ("--help", "check --help", "doctor -h", "person show --help", "site build -h"):
        said = crm(*words.split())
        assert said.code == 0
        text, _, _ = said.out.partition("Examples:")  # those are to be copied whole
        assert max(map(len, text.splitlines())) <= 50, "the names of choices are not broken"


def test_help_starts_quickly_since_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from crmtool.cli.main import main; sys.argv = ['crmtool', '--help']\n"
        "try: main()\n"
        f"except SystemExit: print(sorted(set(sys.modules) & set({HEAVY})))"
    )
    out = subprocess.check_output([sys.executable, "-c", code], env=environment(), text=True)
    assert out.startswith("Usage: crmtool")
    assert out.endswith("[]\n")


def test_a_closed_pipe_ends_it_quietly(terns: Path) -> None:
    """As in `crmtool check | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    words, env = command("-C", terns, "check"), environment()
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, env=env, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize(
    ("redirection", "code"), [(">/dev/full", 3), (">&-", 0), (">&- 2>&-", 0), ("2>/dev/full", 0)]
)
def test_output_that_goes_nowhere_is_no_traceback(redirection: str, code: int) -> None:
    words = ["sh", "-c", f'"$0" -m crmtool explain rules {redirection}', sys.executable]
    done = subprocess.run(words, capture_output=True, env=environment(), check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_a_terminal_of_few_letters_gets_the_others_escaped(
    terns: Path, env: dict[str, str]
) -> None:
    (terns / "people/ada.md").write_text("---\nname: Ада\n---\n")
    said = crm_apart("-C", terns, "person", "show", "ada", **env)
    assert said.code == 0
    assert said.out.startswith(("Ада", r"\u0410\u0434\u0430"))


def test_arguments_that_are_no_text_are_shown_escaped(terns: Path) -> None:
    said = crm_apart("-C", terns, "check", b"\xff\x1b[2J")
    assert said.code == 2
    assert r"\udcff\x1b[2J" in said.err


def test_every_command_takes_the_common_options_before_and_after_its_name(tmp_path: Path) -> None:
    repo = Repo(tmp_path).begin(ada="---\nname: Ada\n---\n")
    repo.write("people/ada.md", "broken")
    here = ["-C", repo.root]
    before, after = crm(*here, "--rev", "HEAD", "check"), crm("check", "--rev", "HEAD", *here)
    assert before == after == Said(0, "all is well\n", "")
    assert crm(*here, "check").code == 1
    assert crm(*here, "check", "--staged").code == 0
    inner = crm("person", *here, "--rev", "HEAD", "show", "ada", "--rev", "HEAD~0")
    assert inner.out.startswith("Ada")


def test_the_option_after_the_name_wins(terns: Path) -> None:
    assert crm("-C", "/nowhere", "check", "-C", terns).code == 0
    assert crm("-C", terns, "check", "-C", "/nowhere").code == 3


def test_quiet_and_verbose_concern_stderr_alone(terns: Path) -> None:
    plain, loud = (
        crm("-C", terns, "check"),
        crm("-C", terns, "check", "-v", "--as-of", "2026-01-02"),
    )
    assert plain.out == loud.out
    assert plain.err == ""
    assert "the work tree of" in loud.err
    assert "on 2026-01-02, for team: 1 people" in loud.err


@pytest.mark.parametrize(
    ("args", "env", "coloured"),
    [
        ((), "", False),
        (("--color", "always"), "", True),
        (("--color", "always"), "1", True),
        (("--color", "never"), "", False),
    ],
)
def test_colour_is_for_who_can_see_it(
    terns: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], env: str, *, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", env)
    (terns / "people/ada.md").write_text("")
    assert ("\x1b[" in crm("-C", terns, "check", *args).out) == coloured


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_terminal_is_coloured_unless_it_asks_not_to_be(
    monkeypatch: pytest.MonkeyPatch, no_color: str, *, coloured: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert colour_wanted() == coloured
