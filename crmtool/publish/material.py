"""The adapter to MkDocs and Material: what wraps our pages, and nothing else of them.

MkDocs sees one placeholder page a section and the maintainers' hand-written pages. What members
and feeds say never goes through it. Another site generator would replace this one module.
"""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtool.errors import Refused, WorkspaceError
from crmtool.publish.shell import BODY, HEAD_TITLE, TITLE, Shell, guard, make_shell

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

SECTIONS: Final = {
    "home": "Home",
    "people": "People",
    "organisations": "Organisations",
    "notes": "Notes",
    "tasks": "Tasks",
    "tags": "Tags",
    "subprojects": "Subprojects",
    "reports": "Reports",
}
_THEME: Final = Path(__file__).parent / "templates" / "theme"
_FEATURES: Final = ("navigation.tabs", "navigation.tabs.sticky", "navigation.top")
# Instant loading would swap our pages without their scripts; tooltips put text in as HTML.
_DROPPED_FEATURES: Final = ("navigation.instant", "content.tooltips")
_PALETTE: Final = [
    {
        "media": f"(prefers-color-scheme: {scheme})",
        "scheme": name,
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": f"material/{icon}", "name": f"Switch to {other} mode"},
    }
    for scheme, name, icon, other in (
        ("light", "default", "weather-night", "dark"),
        ("dark", "slate", "weather-sunny", "light"),
    )
]
_NEVER: Final = ("sitemap.xml", "sitemap.xml.gz")


@dataclass
class Wrapped:
    """What MkDocs made: shells by section, every other file, and what it warned of."""

    shells: dict[str, Shell] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    search: dict[str, Any] = field(default_factory=lambda: {"config": {}, "docs": []})
    site_name: str = ""
    has_intro: bool = False
    warnings: list[str] = field(default_factory=list)


def wrap(
    root: Path, name: str, css: str, *, sections: Collection[str] = tuple(SECTIONS), is_public: bool
) -> Wrapped:
    """Let MkDocs build the shells of these sections and the hand-written pages of a workspace.

    Raises:
        WorkspaceError: MkDocs cannot make anything of `mkdocs.yml` or a hand-written page.

    """
    root = root.resolve()
    docs, made = _state(root, "docs"), _state(root, "cache/site")
    with _listening() as heard:
        try:
            config = _config(root, name, docs, made)
            written = _copy_docs(root, docs)
            _write_shells(docs, sections, written)
            config.nav = _nav(config, sections, written)
            config.extra_css = [css, *config.extra_css]
            _build(config)
        except (Exception, SystemExit) as error:
            if isinstance(error, (Refused, WorkspaceError)):
                raise
            first = heard[0] if heard else str(error)
            raise WorkspaceError(
                f"mkdocs.yml: the site cannot be built: {first}",
                "correct mkdocs.yml or the page that it names",
            ) from error
    wrapped = _collect(made, sections, is_public=is_public)
    wrapped.site_name, wrapped.warnings = config.site_name, heard
    wrapped.has_intro = "index.md" in written
    return wrapped


def _state(root: Path, name: str) -> Path:
    """A folder below `.crm`; links are refused, since what is in it gets deleted."""
    folder = root
    for part in (".crm", *name.split("/")):
        folder /= part
        if folder.is_symlink():
            raise Refused(f"{folder} is a link, so nothing was built", "remove the link")
    folder.mkdir(parents=True, exist_ok=True)
    ignore = root / ".crm" / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
    return folder


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage().splitlines()[0])


class _listening:  # noqa: N801 (used like a function)
    """Take MkDocs' warnings instead of letting them out on stderr."""

    def __enter__(self) -> list[str]:
        # Printed at import, to whoever builds a site: a decision of ours, not of theirs.
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        self._listener = _Listener()
        self._log = logging.getLogger("mkdocs")
        self._before = self._log.propagate, self._log.level
        self._log.addHandler(self._listener)
        self._log.propagate = False
        self._log.setLevel(logging.WARNING)
        return self._listener.heard

    def __exit__(self, *_: object) -> None:
        self._log.removeHandler(self._listener)
        self._log.propagate, level = self._before
        self._log.setLevel(level)


def _config(root: Path, name: str, docs: Path, made: Path) -> MkDocsConfig:
    from mkdocs.config import load_config

    file = root / "mkdocs.yml"
    text = (
        file.read_bytes()
        if file.is_file()
        else json.dumps({"site_name": name, "theme": {"name": "material"}}).encode()
    )
    config = load_config(
        io.BytesIO(text),
        config_file_path=str(file),
        docs_dir=str(docs),
        site_dir=str(made),
        use_directory_urls=False,
    )
    theme = config.theme
    if theme.name != "material":
        raise WorkspaceError("mkdocs.yml: the theme is not material", "set theme: {name: material}")
    features = theme["features"] or list(_FEATURES)
    theme["features"] = [f for f in features if not f.startswith(_DROPPED_FEATURES)]
    theme["font"] = False  # web fonts would be asked of another host
    if "palette" not in theme:
        theme["palette"] = _PALETTE
    theme.dirs.insert(1 if theme.custom_dir else 0, str(_THEME))
    config.strict = False  # warnings are for the summary: some name pages that are yet to be made
    return config


def _build(config: MkDocsConfig) -> None:
    from mkdocs.commands.build import build

    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()


# --- Hand-written pages ---------------------------------------------------------------------------


def _hand_written(root: Path) -> Path:
    """The folder of hand-written pages: what `mkdocs.yml` calls `docs_dir`, here `site/docs`."""
    from mkdocs.utils.yaml import yaml_load

    file = root / "mkdocs.yml"
    given = yaml_load(io.BytesIO(file.read_bytes())) if file.is_file() else None
    name = given.get("docs_dir") if isinstance(given, dict) else None
    return root / (name if isinstance(name, str) else "site/docs")


def _copy_docs(root: Path, docs: Path) -> list[str]:
    """Lay the hand-written files beside our shells; what is a link is left out."""
    shutil.rmtree(docs)
    docs.mkdir()
    source = _hand_written(root)
    found = []
    for path in sorted(_files(source)):
        name = path.relative_to(source).as_posix()
        if name.partition("/")[0] in SECTIONS and name.endswith(".md"):
            logging.getLogger("mkdocs.crm").warning(
                "%s is left out: crmtool makes the pages below %s/", name, name.partition("/")[0]
            )
            continue
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, docs / name)
        found.append(name)
    return found


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _write_shells(docs: Path, sections: Collection[str], written: list[str]) -> None:
    from mkdocs.utils.meta import get_data

    for section in sections:
        path = docs / _index(section)
        text, meta = "", dict[str, Any]()
        if section == "home" and "index.md" in written:
            text, meta = get_data(path.read_text(encoding="utf-8-sig"))
        meta |= {
            "title": TITLE,
            "template": "crm-page.html",
            "hide": ["navigation", "toc", "path", "footer"],
            "search": {"exclude": True},
            "crm": {"head_title": HEAD_TITLE, "body": BODY},
        }
        path.parent.mkdir(exist_ok=True)
        # JSON is YAML, so that no YAML has to be written here.
        front = json.dumps(meta, default=str)
        path.write_text(f"---\n{front}\n---\n{text}", encoding="utf-8")


def _index(section: str) -> str:
    return "index.md" if section == "home" else f"{section}/index.md"


def _nav(config: MkDocsConfig, sections: Collection[str], written: list[str]) -> list[Any]:
    """Our sections, then the hand-written pages as their author ordered them, else as they lie."""
    ours: list[Any] = [{SECTIONS[section]: _index(section)} for section in sections]
    if config.nav:
        return ours + [entry for entry in config.nav if not _is_home(entry)]
    pages = [name for name in written if name.endswith(".md") and name != "index.md"]
    return ours + _tree(pages)


def _is_home(entry: Any) -> bool:  # noqa: ANN401 (whatever the YAML holds)
    return entry == "index.md" or (isinstance(entry, dict) and "index.md" in entry.values())


def _tree(pages: list[str]) -> list[Any]:
    """Pages as a nav: those at the top by name, a folder's together under its name."""
    nav: list[Any] = []
    folders: dict[str, list[Any]] = {}
    for page in pages:
        folder, slash, _ = page.partition("/")
        if not slash:
            nav.append(page)
            continue
        if folder not in folders:
            folders[folder] = []
            nav.append({folder.replace("-", " ").replace("_", " ").capitalize(): folders[folder]})
        folders[folder].append(page)
    return nav


# --- What came out --------------------------------------------------------------------------------


def _collect(made: Path, sections: Collection[str], *, is_public: bool) -> Wrapped:
    shells = {_index(s).removesuffix(".md") + ".html": s for s in sections}
    wrapped = Wrapped()
    for path in sorted(_files(made)):
        name = path.relative_to(made).as_posix()
        data = path.read_bytes()
        if name in shells:
            wrapped.shells[shells[name]] = make_shell(data.decode(), is_public=is_public)
        elif name == "search/search_index.json":
            wrapped.search = json.loads(data)
        elif name.endswith(".html"):
            text = guard(data.decode(), is_public=is_public, inline_styles=True)
            wrapped.files[name] = text.encode()
        elif name not in _NEVER and not name.endswith(".map"):
            wrapped.files[name] = data
    return wrapped
