"""Which paths differ between a commit and another state of a workspace, records or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from crmtool.model.changes import PathChange
from crmtool.model.protocols import EntryKind
from crmtool.store.git import run
from crmtool.store.objects import KINDS, Commit
from crmtool.store.workspace import split

_VERBS: Final[dict[str, Literal["added", "deleted"]]] = {"A": "added", "D": "deleted"}
_NOTHING: Final = "000000"


def changed_paths(
    root: Path, base: Commit, after: Commit | None, *, staged: bool
) -> list[PathChange]:
    """What differs from `base` in a commit, in the index, or (neither given) in the work tree.

    Files that git does not know yet count as added; ignored ones do not. A moved file is a
    deleted one and an added one.
    """
    asked = ["diff", "--raw", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=dirty"]
    asked += ["--cached"] if staged else []
    asked += [base.name, *([after.name] if after else [])]
    found = list(_listed(run(root, *asked)))
    if after is None and not staged:
        found += _unknown(root)
    prefix = run(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").strip("\n")
    return sorted(_from_here(found, prefix), key=lambda change: change.path)


def _listed(out: bytes) -> Iterator[PathChange]:
    """The records of `--raw -z`: `:OLD-MODE NEW-MODE OLD NEW STATUS`, then the path."""
    fields = iter(split(out))
    for words in fields:
        old, new, _, _, status = words.removeprefix(":").split(" ")
        mode = old if new == _NOTHING else new
        yield PathChange(next(fields), _VERBS.get(status[0], "changed"), KINDS.get(mode, "file"))


def _unknown(root: Path) -> Iterator[PathChange]:
    """Untracked files of the whole repository; a folder that is a repository ends in `/`."""
    top = run(root, "rev-parse", "--show-cdup").decode().strip()
    out = run(root / top, "ls-files", "--others", "--exclude-standard", "-z")
    for path in split(out):
        kind: EntryKind = "submodule" if path.endswith("/") else "file"
        kind = "link" if (root / top / path).is_symlink() else kind
        yield PathChange(path.rstrip("/"), "added", kind)


def _from_here(found: list[PathChange], prefix: str) -> Iterator[PathChange]:
    for change in found:
        inside = change.path.startswith(prefix)
        path = change.path.removeprefix(prefix) if inside else f"/{change.path}"
        yield PathChange(path, change.verb, change.kind)
