"""`crmtool init`: a new workspace, ready to import."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from crmtool.errors import Refused, UsageError
from crmtool.model.config import Source
from crmtool.model.plan import Change, Plan
from crmtool.model.target import is_remote
from crmtool.store.apply import apply
from crmtool.store.git import ForeignRepository
from crmtool.store.keys import new_key
from crmtool.store.paths import CONFIG
from crmtool.store.workspace import Workspace, create_repository
from crmtool.sync.slugs import fold
from crmtool.text.render import mapping

IGNORED = "/build/\n/.crm/\n"
TAGS = """\
# The vocabulary of this community. `about` tells the others what a tag means.
tags:
  speaker: {about: Gives or would give talks, applies_to: [person]}
  newcomer: {about: Arrived lately and could do with a welcome, applies_to: [person]}
"""
INDEX = """\
# Welcome

This is the community's private site. Edit `site/docs/index.md` to change these words.
"""
MKDOCS = """\
site_name: {name}
# Not `site`, which holds hand-written pages and which a build would empty.
site_dir: build/site
docs_dir: site/docs
use_directory_urls: true
theme:
  name: material
  font: false
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: {{icon: material/weather-night, name: Dark}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: {{icon: material/weather-sunny, name: Light}}
"""


def init(root: Path, repositories: tuple[str, ...], name: str | None, emails: str) -> list[str]:
    """Make a workspace with one git source for each repository; what was made, in words.

    Raises:
        Refused: there is a workspace already, or files that this would overwrite.
        RepositoryError: a path named is no git repository.

    """
    if is_workspace(root):
        raise Refused(f"{root} is a workspace already", "run crmtool import in it")
    sources = dict(_source(root, target) for target in repositories)
    if len(sources) < len(repositories):
        raise UsageError("two of the repositories have the same name", "name each folder once")
    _require_free(root)
    root.mkdir(parents=True, exist_ok=True)
    if not Workspace(root).is_repository():
        create_repository(root)
    key = new_key()
    title = name or next(iter(sources), root.resolve().name)
    changes = tuple(_files(title, sources, key.fingerprint, emails))
    message = f"Begin the community CRM of {title}"
    _, commit = apply(root, lambda: Plan(changes, message))
    return [
        f"made a workspace in {root}" + (f" (commit {commit[:8]})" if commit else ""),
        *(f"source {name}: {source.type} {source.target}" for name, source in sources.items()),
        f"privacy key {key.fingerprint}: kept outside the repository; pass it on by a safe way",
    ]


def is_workspace(root: Path) -> bool:
    """Whether a folder is one already."""
    return (root / CONFIG).exists()


def _require_free(root: Path) -> None:
    for name in ("people", "notes", "tasks", "sources", "tags.yml", "mkdocs.yml"):
        if (root / name).exists():
            raise Refused(
                f"{root / name} is there already and would become part of the workspace",
                "choose an empty folder",
            )


def _source(root: Path, target: str) -> tuple[str, Source]:
    """A git source for a path or an address; a path is kept relative to the workspace."""
    source = Source.model_validate({"type": "git", "target": target})
    if not is_remote(target):
        folder = Path(target.removeprefix("file://")).expanduser()
        ForeignRepository("", folder).head(None)
        target = os.path.relpath(folder.resolve(), root.resolve())
        source = source.model_copy(update={"target": target})
    stem = Path(target.rstrip("/")).name.removesuffix(".git")
    if stem in ("repo", ".git", "..", "."):
        stem = Path(target).resolve().parent.name
    return fold(stem) or "git", source


def _files(
    title: str, sources: dict[str, Source], fingerprint: str, emails: str
) -> Iterator[Change]:
    config = {
        "community": {"name": title, "timezone": "UTC"},
        "privacy": {"emails": emails, "key": fingerprint},
    }
    texts = {
        CONFIG: "# What this community's CRM knows of itself. Every key: docs/formats.md\n"
        + mapping(config),
        "tags.yml": TAGS,
        ".gitignore": IGNORED,
        "mkdocs.yml": MKDOCS.format(name=mapping({"x": title})[3:].strip()),
        "site/docs/index.md": INDEX,
        "people/.gitkeep": "",
        "notes/.gitkeep": "",
        "tasks/.gitkeep": "",
    }
    for name, source in sources.items():
        values = {"type": source.type, "target": source.target}
        texts[f"sources/{name}/source.yml"] = mapping(values)
    for path, text in texts.items():
        yield Change(path, None, text.encode(), "a new workspace")
