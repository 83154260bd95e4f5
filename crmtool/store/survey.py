"""What lies around the records, and where everybody can read it: for a check.

Nothing is asked over a network. That a repository is public is known where a forge's own runner
says so; `doctor` tells of remotes on hosts where it could be.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from crmtool.model.protocols import OtherFile, Tree

_HEAD: Final = 64 << 10
_MOST: Final = 200
"""Files that are looked into."""
# Attributes of git, and kinds of files in which people are exported.
_TELLING: Final = re.compile(
    r"(?:.*/)?\.git(?:attributes|modules)\Z"
    r"|.*\.(?:csv|tsv|mbox|mbx|eml|vcf|ldif|zip)\Z",
    re.IGNORECASE | re.DOTALL,
)


def survey(tree: Tree) -> tuple[OtherFile, ...]:
    """Every file around the records, with how it begins where that may tell something."""
    return tuple(_looked_into(tree))


def _looked_into(tree: Tree) -> Iterator[OtherFile]:
    left = _MOST
    inside = (e for e in tree.entries() if e.path.endswith((".gitattributes", ".gitmodules")))
    for entry in (*inside, *tree.others()):
        head = b""
        if entry.kind == "file" and left and _TELLING.match(entry.path):
            left -= 1
            try:
                head = tree.read(entry.path, _HEAD)
            except OSError:
                continue
        yield OtherFile(entry.path, entry.kind, head)


def public_place(root: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Where everybody can read the repository of a workspace; empty where nobody says so."""
    if environ.get("CI_PROJECT_VISIBILITY") == "public" and _holds(environ, "CI_PROJECT_DIR", root):
        return environ.get("CI_PROJECT_URL", "GitLab")
    event = environ.get("GITHUB_EVENT_PATH")
    if not event or not _holds(environ, "GITHUB_WORKSPACE", root):
        return ""
    try:
        repository = json.loads(Path(event).read_bytes())["repository"]
        public = repository.get("visibility") == "public" or repository.get("private") is False
        return str(repository.get("html_url", "GitHub")) if public else ""
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""


def _holds(environ: Mapping[str, str], name: str, root: Path) -> bool:
    """Whether the runner's checkout, named by a variable, is the repository of the workspace."""
    folder = environ.get(name)
    return bool(folder) and root.resolve().is_relative_to(Path(folder or "/").resolve())
