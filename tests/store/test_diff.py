"""What `--dry-run` shows: git would take it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from crmtool.model.plan import Change, Plan
from crmtool.store.apply import apply
from crmtool.store.diff import plan_diff
from tests.store.helpers import Repo


def shown(repo: Repo, *changes: Change) -> list[str]:
    return list(plan_diff(repo.root, Plan(changes)))


def test_each_kind_of_edit_with_its_reason(repo: Repo) -> None:
    repo.write("people/joan.md", "Joan\n")
    changes = (
        repo.change("people/hedy.md", "Hedy\n"),
        repo.change("people/ada.md", "name: Ada\nkind: person\n"),
        repo.change("people/hopper.md", "name: Grace\n", origin="people/grace.md"),
        repo.change("people/joan.md", None),
    )
    assert shown(repo, *changes) == """\
# create people/hedy.md: a test
diff --git a/people/hedy.md b/people/hedy.md
new file mode 100644
--- /dev/null
+++ b/people/hedy.md
@@ -0,0 +1 @@
+Hedy
# patch people/ada.md: a test
diff --git a/people/ada.md b/people/ada.md
--- a/people/ada.md
+++ b/people/ada.md
@@ -1 +1,2 @@
 name: Ada
+kind: person
# move people/grace.md -> people/hopper.md: a test
diff --git a/people/grace.md b/people/hopper.md
rename from people/grace.md
rename to people/hopper.md
# delete people/joan.md: a test
diff --git a/people/joan.md b/people/joan.md
deleted file mode 100644
--- a/people/joan.md
+++ /dev/null
@@ -1 +0,0 @@
-Joan""".split("\n")  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\ntwo\n", "one\n2\n"),
        ("one\r\ntwo\r\n", "one\r\n2\r\n"),
        ("one\n", "one"),
        ("one", "one\n"),
        ("one", "two"),
        ("", "one\n"),
        ("one\n", ""),
        ("\ufeffone\n", "one\n"),
        ("a\x0bb\u2028c\x85d\n", "a\x0bb\u2028c\x85e\n"),
        ("++ x\n-- y\n", "-- x\n++ y"),
        ("# x\n@@ y\n", "@@ x\n# y\n"),
        ("\n".join(map(str, range(99))), "\n".join(map(str, range(7, 120))) + "\n"),
    ],
)
@pytest.mark.parametrize("verb", ["patch", "move", "create", "delete"])
def test_git_makes_the_same_of_it(tmp_path: Path, verb: str, before: str, after: str) -> None:
    repo = Repo(tmp_path / "crm").begin(ada=before)
    change = {
        "patch": lambda: repo.change("people/ada.md", after),
        "move": lambda: repo.change("people/a/a.md", after, origin="people/ada.md"),
        "create": lambda: repo.change("people/new.md", after),
        "delete": lambda: repo.change("people/ada.md", None),
    }[verb]()
    patch = "\n".join(shown(repo, change)) + "\n"
    apply(repo.root, lambda: Plan((change,), "Edit"))
    repo.git("switch", "--quiet", "--detach", "HEAD~")
    subprocess.run(
        ["git", "-C", repo.root, "-c", "core.whitespace=cr-at-eol", "apply", "--index", "-"],
        input=patch.encode("utf-8", "surrogateescape"), check=True,
    )  # fmt: skip
    assert repo.git("diff", "--cached", "main") == ""


def test_bytes_that_are_no_text_are_shown_as_surrogates(repo: Repo) -> None:
    change = Change("people/x.md", None, b"caf\xe9\n", "a test")
    assert shown(repo, change)[-1] == "+caf\udce9"


@pytest.mark.parametrize(
    ("before", "after", "counted"),
    [
        (0, 201, "# 201 lines added, 0 removed: 201 lines"),
        (300, 301, "# 1 lines added, 0 removed: 301 lines"),
        (5_000, 10, "# 0 lines added, 4,990 removed: 10 lines"),
    ],
)
def test_a_long_feed_is_counted(repo: Repo, before: int, after: int, counted: str) -> None:
    feed = "sources/g/activities/2026-11.jsonl"
    if before:
        repo.write(feed, "".join(f"{n}\n" for n in range(before)))
    news = repo.root / "news"
    news.write_text("".join(f"{n}\n" for n in range(after)))
    old = repo.change(feed, "").old
    lines = shown(repo, Change(feed, old, news, "news of g"))
    assert lines[-1] == counted
    assert len(lines) < 5
    assert news.exists(), "a look at a plan uses nothing up"


def test_a_short_feed_is_shown(repo: Repo) -> None:
    assert shown(repo, repo.change("sources/g/cursor.json", "{}\n"))[-1] == "+{}"
