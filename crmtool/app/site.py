"""`crmtool site`: the community as a private web site."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import UsageError
from crmtool.metrics.engine import Engine
from crmtool.store.objects import ObjectTree

if TYPE_CHECKING:
    from crmtool.publish.site import SiteSummary

Progress = Callable[[str, int, int | None], None]


def site_build(
    asked: Asked, *, out: Path | None = None, progress: Progress | None = None
) -> SiteSummary:
    """Build the site; what was built, in figures.

    Raises:
        UsageError: the folder to build into is part of the workspace.
        Refused: it holds something that no build has made.

    """
    from crmtool.publish.site import BuildStamp, build_site

    scene = open_scene(asked)
    target = out.resolve() if out else scene.root / "build" / "site"
    _require_outside(scene.root, target)
    stamp = BuildStamp(revision=scene.revision, as_of=scene.day)
    with _pages(scene) as pages, Engine(scene.view, scene.day) as engine:
        return build_site(scene.view, engine, pages, target, stamp, progress)


def _require_outside(root: Path, target: Path) -> None:
    if target in (root, *root.parents) or root / ".git" in (target, *target.parents):
        raise UsageError(f"{target} holds the workspace itself", "build into another folder")


@contextmanager
def _pages(scene: Scene) -> Iterator[Path]:
    """The folder whose `mkdocs.yml` and hand-written pages belong to the tree."""
    if not isinstance(scene.tree, ObjectTree):
        yield scene.root
        return
    with tempfile.TemporaryDirectory(prefix="crmtool-") as folder:
        scene.tree.write_others(Path(folder))
        yield Path(folder)


def site_serve(root: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve the built site on this machine until interrupted."""
    from crmtool.publish.serve import serve

    folder = root / "build" / "site"
    if not (folder / "index.html").is_file():
        raise UsageError("there is no built site yet", "run: crmtool site build")
    serve(folder, host, port, ready)
