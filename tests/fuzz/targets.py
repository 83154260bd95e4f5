"""What is fed to, and what must hold whatever it is given."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st
from pydantic import BaseModel

from crmtool.app.checking import check
from crmtool.app.opening import Asked
from crmtool.errors import WorkspaceError
from crmtool.model.config import Config, Source, Tags
from crmtool.model.finding import Finding
from crmtool.model.records import Note, Person, Task
from crmtool.store.feedtidy import tidied
from crmtool.store.feedwriter import count_contributions, read_lines
from crmtool.text.comments import comments
from crmtool.text.formatting import formatted
from crmtool.text.parse import parse_mapping, parse_record, place
from crmtool.text.splice import SpliceError, append, set_value, unset
from tests.fuzz.inputs import TOP, good, mutants, written

_MODELS: Final[dict[str, type[BaseModel]]] = {
    "people/*.md": Person,
    "notes/**/*.md": Note,
    "tasks/**/*.md": Task,
    "crm.yml": Config,
    "tags.yml": Tags,
    "sources/*/source.yml": Source,
}


class Target(NamedTuple):
    """Inputs (any value that Hypothesis draws), and the function that must survive them."""

    inputs: st.SearchStrategy[Any]
    survive: Callable[[Any], None]


class Given(NamedTuple):
    """A file's bytes, and of what format it should be."""

    model: type[BaseModel]
    data: bytes

    @property
    def path(self) -> str:
        return "people/x.md" if self.model in (Person, Note, Task) else "tags.yml"


def _files() -> st.SearchStrategy[Given]:
    """Records and settings, good ones and what became of them."""
    mutated = [
        st.tuples(st.just(model), mutants(corpus))
        for pattern, model in _MODELS.items()
        if (corpus := good(pattern))
    ]
    return st.one_of(*mutated, st.tuples(st.just(Person), written())).map(lambda x: Given(*x))


def positioned(findings: Iterable[Finding], path: str, data: bytes) -> None:
    """Every finding on a file says where, and what in one line that can be printed."""
    lines = data.replace(b"\r", b"").count(b"\n") + 2
    for finding in findings:
        assert finding.path, finding
        assert finding.line >= 1, finding
        assert finding.column >= 1, finding
        assert finding.path != path or finding.line <= lines, finding
        assert finding.message.isprintable(), finding
        assert finding.hint.isprintable(), finding


def told(error: WorkspaceError, path: str, changed: str) -> None:
    """Being unable to go on says which file and line, and what to do."""
    assert path == changed
    assert error.message.startswith(f"{path}:")
    assert error.hint


def read(given: Given) -> None:
    """Bytes become a value or findings, each with its place."""
    parse = parse_record if given.path.endswith(".md") else parse_mapping
    value, findings = parse(given.model, given.path, given.data)
    assert value is not None or findings
    for finding in findings:
        at = (finding.line, finding.column)
        line, column = at if finding.line else place(given.path, given.data, finding.key)
        assert line >= 1
        assert column >= 1
        assert line <= given.data.count(b"\n") + 2
        assert finding.message.isprintable(), finding
    assert all(
        comment.line >= 1 and comment.column >= 1 for comment in comments(given.path, given.data)
    )


def format_(given: Given) -> None:
    """A text is repaired once and for all, or not touched."""
    try:
        text = given.data.decode()
        yml = not given.path.endswith(".md")
        after, repairs = formatted(text, given.model, yml=yml)
    except (SpliceError, UnicodeDecodeError):
        return
    assert formatted(after, given.model, yml=yml) == (after, ())
    assert bool(repairs) == (after != text)
    value, _ = (parse_mapping if yml else parse_record)(given.model, given.path, given.data)
    again, _ = (parse_mapping if yml else parse_record)(given.model, given.path, after.encode())
    assert (value is None) == (again is None)


_EDITS: Final = st.tuples(
    st.sampled_from([set_value, append, unset]),
    st.sampled_from([("name",), ("tags",), ("contact", "email"), ("affiliations", 0, "role"), ("identities", 1), ("x", 0), ("on",)]),
    st.sampled_from(["Ada", "NO", "a: b", "# x", "a\nb", "", ["a", "b"], {"a": "b"}, True, 7]),
)  # fmt: skip


def splice(drawn: tuple[Given, tuple[Any, Any, Any]]) -> None:
    """An edit is made as asked, or refused."""
    given, (edit, key, value) = drawn
    try:
        text = given.data.decode()
        yml = not given.path.endswith(".md")
        arguments = (key,) if edit is unset else (key, value)
        after = edit(text, *arguments, yml=yml)
        again = edit(after, *arguments, yml=yml)
        if edit is not unset or isinstance(key[-1], str):  # the next item takes the place
            assert again == after
    except (SpliceError, UnicodeDecodeError):
        return


# --- through the whole of check -------------------------------------------------------------------


@cache
def _workspace() -> Path:
    """A small good workspace, in memory where the system has such a folder."""
    shared = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    root = Path(tempfile.mkdtemp(prefix="crmtool-fuzz-", dir=shared if shared.is_dir() else None))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    base = TOP / "tests" / "rules" / "base"
    for file in base.rglob("*.*"):
        _write(root / file.relative_to(base), file.read_bytes())
    assert check(Asked(root)) == []
    return root


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def checked(path: str) -> Callable[[bytes], None]:
    """All of `check` over a workspace in which one file holds this."""

    def survive(data: bytes) -> None:
        root = _workspace()
        before = (root / path).read_bytes() if (root / path).exists() else None
        _write(root / path, data)
        try:
            positioned(check(Asked(root)), path, data)
        except WorkspaceError as error:
            told(error, "crm.yml", path)
        finally:
            if before is None:
                (root / path).unlink()
            else:
                _write(root / path, before)
        if path.endswith(".jsonl"):
            _tidied(path, data, root)

    return survive


def _tidied(path: str, data: bytes, root: Path) -> None:
    """The other readers of a feed refuse it or read it; in order it stays in order."""
    done = tidied(path, data)
    if isinstance(done, Finding):
        positioned([done], path, data)
    else:
        assert tidied(path, done[0]) == (done[0], ())
    if "/activities/" in path:
        _write(root / "feed", data)
        count_contributions([root / "feed"])
        try:
            read_lines(path, data)
        except WorkspaceError as error:
            told(error, path, path)


def _through_check(path: str, corpus: list[bytes]) -> Target:
    return Target(mutants(corpus), checked(path))


def _crash(_: int) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang(_: int) -> None:
    while True:
        pass


def _fail(number: int) -> None:
    assert number < 1000


_TOMBSTONE: Final = b'{"hash":"%032d","key":"%016d","of":"identity","on":"2026-11-21"}\n'
TARGETS: Final[dict[str, Callable[[], Target]]] = {
    "reader": lambda: Target(_files(), read),
    "splicer": lambda: Target(st.tuples(_files(), _EDITS), splice),
    "formatter": lambda: Target(_files(), format_),
    "person": lambda: _through_check("people/x.md", good("people/*.md")),
    "note": lambda: _through_check("notes/2026/x.md", good("notes/**/*.md")),
    "task": lambda: _through_check("tasks/2026/x.md", good("tasks/**/*.md")),
    "crm": lambda: _through_check("crm.yml", good("crm.yml")),
    "tags": lambda: _through_check("tags.yml", good("tags.yml")),
    "source": lambda: _through_check("sources/x/source.yml", good("sources/*/source.yml")),
    "activities": lambda: _through_check("sources/core-git/activities/2026-10.jsonl", good("sources/*/activities/*.jsonl")),
    "profiles": lambda: _through_check("sources/core-git/profiles.jsonl", good("sources/*/profiles.jsonl")),
    "counts": lambda: _through_check("sources/core-git/counts.jsonl", good("sources/*/counts.jsonl")),
    "cursor": lambda: _through_check("sources/core-git/cursor.json", good("sources/*/cursor.json")),
    "tombstones": lambda: _through_check("sources/forgotten.jsonl", [_TOMBSTONE % (1, 1) + _TOMBSTONE % (2, 2)]),
}  # fmt: skip
DOOMED: Final[dict[str, Callable[[], Target]]] = {
    "crash": lambda: Target(st.integers(), _crash),
    "hang": lambda: Target(st.integers(), _hang),
    "fail": lambda: Target(st.integers(), _fail),
}
"""Targets that do not survive, to see that it is seen."""
